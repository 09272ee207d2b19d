"""A small ACME client of our own (RFC 8555), for tests that look at every answer themselves.

Keys are made from numbers, so that they are the same each time.
"""

import base64
import hashlib
import http.client
import json
import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID

PATIENCE = 30  # seconds, for anything


def b64(octets):
    """base64url without padding."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def key_of(number):
    """The key on P-256 of that number."""
    return ec.derive_private_key(number, ec.SECP256R1())


def jwk_of(key):
    """Its public half, as JSON writes keys."""
    numbers = key.public_key().public_numbers()
    x, y = (b64(one.to_bytes(32, "big")) for one in (numbers.x, numbers.y))
    return {"crv": "P-256", "kty": "EC", "x": x, "y": y}


def thumbprint_of(jwk):
    """RFC 7638, in base64url."""
    canonical = json.dumps(jwk, separators=(",", ":"), sort_keys=True)
    return b64(hashlib.sha256(canonical.encode()).digest())


def signature_of(key, octets):
    """By ES256, as a JWS has it, in base64url."""
    r, s = decode_dss_signature(key.sign(octets, ec.ECDSA(hashes.SHA256())))
    return b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def csr_of(names, key, common_name=None):
    """A request for these names, DER."""
    subject = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)] if common_name else []
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(subject))
    alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
    request = builder.add_extension(alternatives, False).sign(key, hashes.SHA256())
    return request.public_bytes(serialization.Encoding.DER)


class Answer:
    """What was answered: `status`, `headers`, `body` in bytes."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def error(self):
        """`rejectedIdentifier`, of a problem document; empty for what is none."""
        if self.status < 400:
            return ""
        return self.json.get("type", "").removeprefix("urn:ietf:params:acme:error:")


class Client:
    """One account at one server, over one connection that stays open."""

    def __init__(self, directory, root, number=1):
        scheme, _, rest = directory.partition("://")
        self.base, self.host = f"{scheme}://{rest.split('/')[0]}", rest.split("/")[0]
        context = ssl.create_default_context(cafile=str(root))
        self.to = http.client.HTTPSConnection(self.host, timeout=PATIENCE, context=context)
        self.number, self.key = number, key_of(number)
        self.jwk = jwk_of(self.key)
        self.thumbprint = thumbprint_of(self.jwk)
        self.account = self.nonce = None

    def close(self):
        self.to.close()

    def ask(self, method, path, body=None, headers=()):
        self.to.request(method, path, body, {"User-Agent": "shinsa-test", **dict(headers)})
        answer = self.to.getresponse()
        return Answer(answer.status, answer.headers, answer.read())

    def post(self, url, payload, by_key=False):
        """A signed request; `None` reads (POST-as-GET). @param url  with or without the server."""
        path = url.removeprefix(self.base)
        nonce = self.nonce or self.ask("HEAD", "/acme/new-nonce").headers["Replay-Nonce"]
        header = {"alg": "ES256", "nonce": nonce, "url": self.base + path}
        header |= {"jwk": self.jwk} if by_key or not self.account else {"kid": self.account}
        protected = b64(json.dumps(header).encode())
        octets = b"" if payload is None else json.dumps(payload).encode()
        signature = signature_of(self.key, f"{protected}.{b64(octets)}".encode())
        body = {"protected": protected, "payload": b64(octets), "signature": signature}
        answer = self.ask("POST", path, json.dumps(body), {"Content-Type": "application/jose+json"})
        self.nonce = answer.headers["Replay-Nonce"]
        return answer

    def get(self, url):
        return self.post(url, None)

    def open_account(self, eab=None, contacts=(), terms=True, mac_key=None):
        """newAccount.

        @param eab       key id and key in base64url; none: without a binding.
        @param contacts  URLs.
        @param mac_key   octets to sign the binding with instead of that key.
        """
        path = "/acme/new-account"
        wish = {"termsOfServiceAgreed": terms}
        if contacts:
            wish["contact"] = list(contacts)
        if eab:
            key_id, key = eab
            header = {"alg": "HS256", "kid": key_id, "url": self.base + path}
            protected = b64(json.dumps(header).encode())
            payload = b64(json.dumps(self.jwk).encode())
            octets = mac_key if mac_key is not None else base64.urlsafe_b64decode(key + "==")
            mac = hmac.HMAC(octets, hashes.SHA256())
            mac.update(f"{protected}.{payload}".encode())
            wish["externalAccountBinding"] = {
                "protected": protected,
                "payload": payload,
                "signature": b64(mac.finalize()),
            }
        answer = self.post(path, wish, by_key=True)
        if answer.status in (200, 201):
            self.account = answer.headers["Location"]
        return answer

    def order(self, names):
        identifiers = [{"type": "dns", "value": name} for name in names]
        return self.post("/acme/new-order", {"identifiers": identifiers})

    def challenge(self, authorization, kind):
        """The challenge of that type, as an authorization shows it."""
        all_of_it = self.get(authorization).json["challenges"]
        return next(one for one in all_of_it if one["type"] == kind)

    def key_authorization(self, challenge):
        return f"{challenge['token']}.{self.thumbprint}"

    def record_value(self, challenge):
        """What stands in the TXT record (RFC 8555 section 8.4)."""
        return b64(hashlib.sha256(self.key_authorization(challenge).encode()).digest())

    def finalize(self, order, csr):
        return self.post(order["finalize"], {"csr": b64(csr)})
