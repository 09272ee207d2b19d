"""`shinsa serve --state`, killed by SIGKILL while clients are at work: what was answered is kept.

serve_kill_test.py SHINSA SOURCE_DIR [KILLS]

Several clients, each on a connection of its own that stays open, make accounts, order, prove,
finalize, download and revoke. At a random moment (the seed is pinned) the service is killed and
started again. Then what was answered before is asked for once more and compared: accounts, the
newest and some older orders, authorizations, challenges and certificates (byte for byte),
revocations, bindings, the clock, the whole trace line by line; and the last nonce that each client
was given is still good. After some kills all begins anew, so that restarts stay short.
"""

import base64
import hashlib
import http.client
import json
import random
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from acme_client import b64, csr_of, jwk_of, signature_of, thumbprint_of

SHINSA, ROOT = sys.argv[1], Path(sys.argv[2])
KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 50
SEED = 20261128
CLIENTS = 4
PATIENCE = 30  # seconds, for anything
LONGEST = 0.4  # seconds of work before a kill, at most
KILLS_OF_A_LIFE = 10  # before all begins anew
ORDER = ["pending", "ready", "processing", "valid", "invalid"]  # how far a status has come


def given(folder):
    """A scenario with a member for each client; each has a name of its own, paid for."""
    lines = ["title: Members with a name each", "title_ja: 一つずつ名前を持つ会員"]
    lines += ["system: jpdirect-acme", "covers: [ACM-17]", "given:"]
    lines += ["  start: 2026-11-24T10:00:00+09:00", "  facts:"]
    for product, amount in (("DV", 10900), ("DV-wildcard", 43600)):
        lines.append(f"    - {{fact.price: product/{product}, amount: {amount}}}")
    for n in range(CLIENTS):
        mail = f"mail: m{n}@example.jp, billing_mail: b{n}@example.jp"
        lines.append(f"    - {{fact.customer: customer/C{n}, {mail}}}")
        lines.append(
            f"    - {{fact.fqdn: fqdn/{n}, customer: customer/C{n}, fqdn: n{n}.example.jp, "
            "completed: 2026-11-01T10:00:00+09:00}"
        )
    lines.append("steps:")
    for n in range(CLIENTS):
        lines.append(
            f"  - {{request: acme.applied, subject: customer/C{n}, "
            "data: {consent: true, button: 同意して確定}}"
        )
    path = folder / "members.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


class Gone(Exception):
    """The service is not there any more."""


class Connection:
    """One that stays open."""

    def __init__(self, url, root=None):
        scheme, _, host = url.partition("://")
        self.host = host.split("/")[0]
        tls = ssl.create_default_context(cafile=root) if root else None
        self.to = (
            http.client.HTTPSConnection(self.host, timeout=PATIENCE, context=tls)
            if scheme == "https"
            else http.client.HTTPConnection(self.host, timeout=PATIENCE)
        )

    def ask(self, method, path, body=None, headers=()):
        """Status, headers and body of a whole answer."""
        try:
            self.to.request(method, path, body, {"User-Agent": "kill", **dict(headers)})
            answer = self.to.getresponse()
            return answer.status, answer.headers, answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Gone from error


class Service:
    starts = 0

    def __init__(self, folder, given_path):
        Service.starts += 1
        threads = str(1 + Service.starts % 2)  # now this, now that
        self.log = open(folder / "log.jsonl", "a", encoding="utf-8")
        self.process = subprocess.Popen(
            [SHINSA, "serve", "--given", str(given_path), "--state", str(folder / "state")]
            + ["--threads", threads],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError("it did not start: " + (folder / "log.jsonl").read_text()[-2000:])
        self.at = json.loads(line)
        self.root = folder / "state/ca/root.pem"

    def kill(self, how=signal.SIGKILL):
        self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.log.close()
        return code

    def admin(self):
        return Connection(self.at["admin"]["url"])


class Client(threading.Thread):
    """An ACME client; what it was answered outlives it in `kept`."""

    def __init__(self, number, kept, service):
        super().__init__()
        self.number, self.kept = number, kept
        self.acme = Connection(service.at["acme"]["directory"], str(service.root))
        self.admin = service.admin()
        self.base = "https://" + self.acme.host
        self.failed = None

    # -- the protocol

    def post(self, path, payload, by_key=False, nonce=None):
        kept = self.kept
        if nonce is None:
            nonce = kept.nonce or self.acme.ask("HEAD", "/acme/new-nonce")[1]["Replay-Nonce"]
        kept.nonce = None
        header = {"alg": "ES256", "nonce": nonce, "url": self.base + path}
        header |= {"jwk": kept.jwk} if by_key else {"kid": self.base + kept.account}
        protected = b64(json.dumps(header).encode())
        octets = b"" if payload is None else json.dumps(payload).encode()
        signed = f"{protected}.{b64(octets)}".encode()
        body = {"protected": protected, "payload": b64(octets), "signature": kept.sign(signed)}
        status, headers, said = self.acme.ask(
            "POST", path, json.dumps(body), {"Content-Type": "application/jose+json"}
        )
        kept.nonce = headers["Replay-Nonce"]
        return status, headers, said

    def get(self, path):
        status, _, said = self.post(path, None)
        if status != 200:
            raise AssertionError(f"{path}: {status} {said}")
        return said

    def path_of(self, url):
        return "/" + url.split("/", 3)[3]

    def look(self, path, kind):
        """Asks for a resource, and remembers what was answered."""
        said = self.without_host(self.get(path))
        self.kept.told[path] = (kind, said)
        return said

    def without_host(self, said):
        """Ports are others after a restart."""
        return json.loads(said.replace(self.base.encode(), b""))

    # -- a life

    def run(self):
        try:
            if not self.kept.account:
                self.open_account()
            while True:
                self.issue()
        except Gone:
            pass
        except Exception as error:  # told by the test
            self.failed = error

    def open_account(self):
        known = json.loads(self.admin.ask("GET", "/eab")[2])
        eab = sorted(known, key=lambda one: one["key_id"])[self.number]
        path = "/acme/new-account"
        header = {"alg": "HS256", "kid": eab["key_id"], "url": self.base + path}
        protected, payload = b64(json.dumps(header).encode()), b64(
            json.dumps(self.kept.jwk).encode()
        )
        key = base64.urlsafe_b64decode(eab["hmac_key"] + "==")
        mac = hmac.HMAC(key, hashes.SHA256())
        mac.update(f"{protected}.{payload}".encode())
        binding = {"protected": protected, "payload": payload, "signature": b64(mac.finalize())}
        wish = {"contact": [f"mailto:m{self.number}@example.jp"], "termsOfServiceAgreed": True}
        status, headers, said = self.post(
            path, {**wish, "externalAccountBinding": binding}, by_key=True
        )
        if status not in (200, 201):
            raise AssertionError(f"no account: {status} {said}")
        self.kept.account = self.path_of(headers["Location"])
        self.kept.told[self.kept.account] = ("account", self.without_host(said))

    def issue(self):
        kept = self.kept
        name = f"n{self.number}.example.jp"
        wish = {"identifiers": [{"type": "dns", "value": name}]}
        status, headers, said = self.post("/acme/new-order", wish)
        if status != 201:
            raise AssertionError(f"no order: {status} {said}")
        order = self.path_of(headers["Location"])
        kept.told[order] = ("order", self.without_host(said))
        state = self.without_host(said)
        for authorization in state["authorizations"]:
            self.prove(authorization)
        state = self.look(order, "order")
        csr = {"csr": b64(kept.csr(name))}
        status, _, said = self.post(state["finalize"], csr)
        if status != 200:
            raise AssertionError(f"not finalized: {status} {said}")
        kept.told[order] = ("order", self.without_host(said))
        state = self.wait_for(order, "order")
        certificate = state["certificate"]
        kept.told[certificate] = ("certificate", self.get(certificate))
        kept.issued += 1
        if kept.issued % 2 == 0:
            self.revoke(certificate)

    def prove(self, path):
        kept = self.kept
        authorization = self.look(path, "authorization")
        if authorization["status"] == "valid":
            return
        challenge = next(c for c in authorization["challenges"] if c["type"] == "dns-01")
        text = f"{challenge['token']}.{kept.thumbprint}".encode()
        value = b64(hashlib.sha256(text).digest())
        fqdn = "_acme-challenge." + authorization["identifier"]["value"]
        self.admin.ask("POST", "/txt/present", json.dumps({"fqdn": fqdn, "value": value}))
        if self.post(challenge["url"], {})[0] != 200:
            raise AssertionError("the challenge is not taken")
        self.wait_for(path, "authorization")
        self.admin.ask("POST", "/txt/cleanup", json.dumps({"fqdn": fqdn, "value": value}))

    def wait_for(self, path, kind):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            state = self.look(path, kind)
            if state["status"] == "valid":
                return state
            if state["status"] == "invalid":
                raise AssertionError(f"{path} is invalid: {state}")
            time.sleep(0.02)
        raise AssertionError(f"{path} does not come to an end")

    def revoke(self, certificate):
        pem = self.kept.told[certificate][1]
        der = x509.load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER)
        if self.post("/acme/revoke-cert", {"certificate": b64(der)})[0] == 200:
            self.kept.revoked[certificate] = der

    # -- after a restart

    def compare(self, test, path):
        kind, said = self.kept.told[path]
        if kind == "certificate":
            test.assertEqual(self.get(path), said, path)
            return
        now = self.without_host(self.get(path))
        come = ORDER.index
        test.assertGreaterEqual(come(now["status"]), come(said["status"]), f"{path}: {said} {now}")
        for member in ("identifier", "identifiers", "authorizations", "finalize", "contact"):
            test.assertEqual(now.get(member), said.get(member), f"{path} {member}")
        for member in ("expires", "certificate", "orders", "externalAccountBinding"):
            if member in said:
                test.assertEqual(now.get(member), said[member], f"{path} {member}")
        shown = {one["url"]: one for one in now.get("challenges", [])}  # once valid, only the proof
        for was in said.get("challenges", []):
            is_now = shown.get(was["url"])
            test.assertTrue(is_now or now["status"] == "valid", path)
            if is_now:
                test.assertEqual(is_now["token"], was["token"], path)
                test.assertGreaterEqual(come(is_now["status"]), come(was["status"]), path)


class Kept:
    """What a client has, and what it was answered."""

    def __init__(self, number, chance):
        self.key = ec.derive_private_key(chance.getrandbits(200) + 1, ec.SECP256R1())
        self.csr_key = ec.derive_private_key(chance.getrandbits(200) + 1, ec.SECP256R1())
        self.jwk = jwk_of(self.key)
        self.thumbprint = thumbprint_of(self.jwk)
        self.account = self.nonce = None
        self.told, self.revoked, self.issued = {}, {}, 0

    def sign(self, octets):
        return signature_of(self.key, octets)

    def csr(self, name):
        return csr_of([name], self.csr_key, name)


class KillTest(unittest.TestCase):
    def setUp(self):
        self.chance = random.Random(SEED)
        self.service = None
        self.compared = self.issued = self.revoked = 0
        self.addCleanup(self.end)

    def end(self):
        if self.service and self.service.process.poll() is None:
            self.service.kill()

    def start(self, folder):
        self.service = Service(folder, folder / "members.yaml")
        return self.service

    def state_of(self, admin):
        """What the admin API tells; all of it was answered, so all of it is to stay."""
        return {
            "clock": json.loads(admin.ask("GET", "/clock")[2])["now"],
            "eab": json.loads(admin.ask("GET", "/eab")[2]),
            "trace": admin.ask("GET", "/trace")[2].splitlines(),
        }

    def test_what_was_answered_is_there_after_a_kill(self):
        for first in range(0, KILLS, KILLS_OF_A_LIFE):
            self.live(range(first, min(KILLS, first + KILLS_OF_A_LIFE)))
        print(f"{KILLS} kills; compared {self.compared} resources; ", end="")
        print(f"{self.issued} certificates, {self.revoked} revoked")
        self.assertGreater(self.issued, 0)

    def live(self, kills):
        """One state from its beginning, over several kills, to a SIGTERM."""
        folder = Path(tempfile.mkdtemp(prefix="shinsa-kill-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        given(folder)
        everybody = [Kept(n, self.chance) for n in range(CLIENTS)]
        service = self.start(folder)
        for kill in kills:
            before = self.work_and_kill(service, everybody)
            service = self.start(folder)
            with self.subTest(kill=kill):
                self.compare_all(service, everybody, before)
        self.assertEqual(service.kill(signal.SIGTERM), 0)
        self.issued += sum(kept.issued for kept in everybody)
        self.revoked += sum(len(kept.revoked) for kept in everybody)

    def work_and_kill(self, service, everybody):
        """@return what the admin API told a little before the end."""
        clients = [Client(n, kept, service) for n, kept in enumerate(everybody)]
        for client in clients:
            client.start()
        time.sleep(self.chance.uniform(0.0, LONGEST))
        before = self.state_of(service.admin())
        time.sleep(self.chance.uniform(0.0, 0.05))
        service.kill()
        for client in clients:
            client.join(PATIENCE)
            if client.failed:
                raise client.failed
        return before

    def compare_all(self, service, everybody, before):
        after = self.state_of(service.admin())
        self.assertGreaterEqual(after["clock"], before["clock"])
        for one in before["eab"]:
            self.assertIn(one, after["eab"])
        self.assertEqual(after["trace"][: len(before["trace"])], before["trace"])
        for number, kept in enumerate(everybody):
            if not kept.account:
                continue
            client = Client(number, kept, service)
            if kept.nonce:  # the one that came with the last answer
                self.assertEqual(client.post(kept.account, None, nonce=kept.nonce)[0], 200)
            told = list(kept.told)
            older = self.chance.sample(told[:-30], min(10, len(told[:-30])))
            for path in told[-30:] + older:
                client.compare(self, path)
                self.compared += 1
            for path, der in list(kept.revoked.items())[-3:]:
                said = client.post("/acme/revoke-cert", {"certificate": b64(der)})[2]
                self.assertIn(b"alreadyRevoked", said, path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
