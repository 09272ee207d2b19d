#!/usr/bin/env python3
"""Certificates, lists and OCSP of the suites and of a service, in the eyes of a linter.

Called by CTest with the program, the source folder and the linter's environment, which ./dev makes:
certificates_lint_test.py SHINSA SOURCE_DIR LINT_VENV [unittest arguments].
The linter is DigiCert's pkilint: RFC 5280 and the Baseline Requirements. Without it the test fails.
"""

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

SHINSA = ""
SOURCE = Path()
REQUIREMENTS = Path(__file__).with_name("certificates-lint-requirements.txt")

# Findings that stay: code, what they say, and why. One that no longer occurs must go from here.
ALLOWED = [
    (
        "cabf.internal_domain_name",
        r'"(crl|ocsp|repository)\.ca\.test"$',
        "the CA's addresses end in .test, which nobody can own (RFC 6761)",
    ),
    (
        "cabf.serverauth.root_validity_period_too_long",
        "Validity period of 18262 days",
        "one root for every year that a virtual clock may show, 2010 to 2060; 25 years (Baseline "
        "Requirements 6.3.2) would end within them",
    ),
    (
        "cabf.serverauth.dv.common_name_attribute_present",
        "",
        "not recommended, but the common name is what these orders go by (JPR-17)",
    ),
    ("cabf.serverauth.ov.common_name_attribute_present", "", "as for DV"),
    (
        "cabf.serverauth.subscriber_rsa_digitalsignature_and_keyencipherment_present",
        "",
        "not recommended, but may be asserted for servers that still exchange keys by RSA "
        "(Baseline Requirements 7.1.2.7.11)",
    ),
    (
        "cabf.serverauth.certificate_validity_period_exceeds_200_days",
        r"Validity period of (2|3)\d\d days",
        "a new certificate runs to the month end twelve months on (ASM-01), a reissued one at most "
        "as long (SAK-04), as sold before the Baseline Requirements (6.3.2) shortened validity",
    ),
    (
        "cabf.serverauth.certificate_validity_period_exceeds_100_days",
        r"Validity period of [1-3]\d\d days",
        "the same from 2027-03-15 on",
    ),
    (
        "cabf.serverauth.certificate_validity_period_exceeds_398_days",
        r"Validity period of (399|4[0-2]\d) days",
        "a renewal is counted from the former expiry, with about two weeks more (REN-18, REN-19), "
        "as sold in 2017",
    ),
    (
        "cabf.serverauth.ov.organizational_unit_name_attribute_present",
        "",
        "a field that makes a renewal new when it changes (REN-23), as certificates had in 2017",
    ),
]

TYPES = {
    "DV": "DV-FINAL-CERTIFICATE",
    "OV": "OV-FINAL-CERTIFICATE",
    "DV-wildcard": "DV-FINAL-CERTIFICATE",
    "OV-wildcard": "OV-FINAL-CERTIFICATE",
}
KEYS = {"rsa-2048", "rsa-3072", "rsa-4096", "secp256r1", "secp384r1", "secp521r1"}
REASONS = {
    "key-compromise": "keyCompromise",
    "superseded": "superseded",
    "cessation-of-operation": "cessationOfOperation",
    "unspecified": None,
}


def findings(linter, *arguments):
    """What a command of pkilint finds, from warnings up: code and text of each."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        linter.main(["lint", "-s", "WARNING", "-f", "JSON", *map(str, arguments)])
    return {
        (description["code"], f'{result["node_path"]}: {description["message"]}')
        for result in json.loads(said.getvalue())["results"]
        for description in result["finding_descriptions"]
    }


def allowed(code, text):
    """The entries that allow a finding."""
    return {entry for entry in ALLOWED if entry[0] == code and re.search(entry[1], text)}


class Run:
    """One run of all suites: its events, and the bytes that belong to them."""

    def __init__(self, out):
        command = [SHINSA, "run", "--out", out, "--traces", "all"]
        done = subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)
        self.issued = []  # (event, file of the certificate)
        self.revoked = []  # (events of one run up to the list, file of the list)
        for trace in sorted((out / "traces").glob("*.jsonl")):
            events = [json.loads(line) for line in trace.read_text().splitlines()]
            folder = out / "artifacts" / trace.stem
            for event in events:
                if event["type"] == "certificate.issued":
                    name = event["subject"].removeprefix("certificate/")
                    self.issued.append((event, folder / "certificates" / f"{name}.pem"))
            if any(event["type"] == "certificate.revoked" for event in events):
                self.revoked.append((events, folder / "certificates" / "crl.pem"))
        self.ca = out / "artifacts" / trace.stem / "ca"


class CertificatesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.run_ = Run(cls.folder / "out")

    def setUp(self):
        self.maxDiff = None

    # -- lint

    def lint_all(self):
        """Every finding, and the first file in which it was made."""
        ca, seen = self.run_.ca, {}

        def lint(file, linter, *arguments):
            for finding in findings(linter, *arguments, file):
                seen.setdefault(finding, str(file.relative_to(self.folder)))

        lint(ca / "root.pem", tls, "-t", "ROOT-CA")
        lint(ca / "chain.pem", tls, "-t", "INTERNAL-UNCONSTRAINED-TLS-CA")
        lint(ca / "chain.pem", chain, ca / "root.pem")
        once = {pem.read_bytes(): (event, pem) for event, pem in self.run_.issued}
        for event, pem in once.values():
            lint(pem, tls, "-t", TYPES[event["data"]["kind"]])
            lint(pem, chain, ca / "chain.pem")
        for _, pem in self.run_.revoked:
            lint(pem, lists, "-t", "CRL", "-p", "BR")
        return seen

    def test_nothing_is_found_but_what_is_allowed_and_each_of_that(self):
        seen = self.lint_all()

        self.assertEqual({k: v for k, v in seen.items() if not allowed(*k)}, {})
        self.assertEqual(set(ALLOWED), {entry for k in seen for entry in allowed(*k)})

    def test_the_linter_finds_a_certificate_of_the_wrong_kind(self):
        pem = next(pem for event, pem in self.run_.issued if event["data"]["kind"] == "DV")

        seen = findings(tls, "-t", "OV-FINAL-CERTIFICATE", pem)

        self.assertNotEqual({k for k in seen if not allowed(*k)}, set())

    # -- that everything was there to be looked at

    def test_every_product_key_and_reason_occurs(self):
        kinds = {event["data"]["kind"] for event, _ in self.run_.issued}
        keys = {self.kind_of_key(self.certificate(pem)) for _, pem in self.run_.issued}
        reasons = {
            event.get("data", {}).get("reason", "unspecified")
            for events, _ in self.run_.revoked
            for event in events
            if event["type"] == "certificate.revoked"
        }

        self.assertEqual(kinds, set(TYPES))
        self.assertEqual(keys, KEYS)
        self.assertEqual(reasons, set(REASONS))

    # -- bytes against events

    def test_each_certificate_is_what_its_event_says(self):
        for event, pem in self.run_.issued:
            said, found = event["data"], self.certificate(pem)
            with self.subTest(subject=event["subject"], file=pem.relative_to(self.folder)):
                sans = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
                names = sans.get_values_for_type(x509.DNSName)
                self.assertEqual(names[0], said["cn"])
                self.assertEqual(len(names), len(set(names)))
                self.assertEqual(set(names), {said["cn"], *said.get("sans", [])})
                self.assertEqual(self.attribute(found, NameOID.COMMON_NAME), said["cn"])
                organisation = said.get("organisation") if "OV" in said["kind"] else None
                self.assertEqual(self.attribute(found, NameOID.ORGANIZATION_NAME), organisation)
                self.assertEqual(found.not_valid_before_utc, self.instant(said["not_before"]))
                self.assertEqual(found.not_valid_after_utc, self.instant(said["not_after"]))
                self.assertEqual(found.serial_number, self.serial(event["subject"]))
                self.assertEqual(self.key_sha256(found), said["key"])
                usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
                self.assertTrue(usage.digital_signature)
                is_rsa = self.kind_of_key(found).startswith("rsa")
                self.assertEqual(usage.key_encipherment, is_rsa)

    def test_certificates_with_and_without_double_address_carry_what_was_applied_for(self):
        """JPR-19, in the certificates of the story double-address."""
        wanted = [{"www.example.jp", "example.jp"}, {"www.example.jp"}]
        for row, names in enumerate(wanted, start=1):
            folder = f"jpdirect-reissue.double-address.{row}"
            [pem] = [pem for _, pem in self.run_.issued if folder in pem.parts]
            sans = self.certificate(pem).extensions.get_extension_for_class(
                x509.SubjectAlternativeName
            )
            self.assertEqual(set(sans.value.get_values_for_type(x509.DNSName)), names)

    def test_serial_numbers_hold_64_bits_and_differ(self):
        """Baseline Requirements 7.1.2.7; every story starts from the same seed."""
        for story in {pem.parent for _, pem in self.run_.issued}:
            serials = [
                self.certificate(p).serial_number for _, p in self.run_.issued if p.parent == story
            ]
            self.assertEqual(len(serials), len(set(serials)))
            self.assertTrue(all(2**64 <= serial < 2**159 for serial in serials), serials)

    def test_the_last_list_of_a_run_holds_each_revocation_with_date_and_reason(self):
        from_before = 0
        for events, pem in self.run_.revoked:
            found = x509.load_pem_x509_crl(pem.read_bytes())
            said = [event for event in events if event["type"] == "certificate.revoked"]
            facts = [
                event
                for event in events
                if event["type"] == "fact.certificate" and self.stands_in_lists(event)
            ]
            from_before += len(facts)
            with self.subTest(file=pem.relative_to(self.folder)):
                entries = {
                    (entry.serial_number, entry.revocation_date_utc, self.reason(entry))
                    for entry in found
                }
                wanted = [
                    (
                        event,
                        event["time"],
                        REASONS[event.get("data", {}).get("reason", "unspecified")],
                    )
                    for event in said
                ] + [(event, event["data"]["revoked"], None) for event in facts]
                self.assertEqual(
                    entries,
                    {
                        (self.serial(event["subject"]), self.instant(time), reason)
                        for event, time, reason in wanted
                    },
                )
                self.assertEqual(found.last_update_utc, self.instant(said[-1]["time"]))
                number = found.extensions.get_extension_for_class(x509.CRLNumber).value
                made = int(found.last_update_utc.timestamp())
                # later lists have higher numbers, and of one second those with more entries
                self.assertEqual(divmod(number.crl_number, 2**24), (made, len(entries)))
                text = pem.with_suffix(".txt").read_text()
                self.assertEqual(text, self.openssl("crl", "-noout", "-text", "-in", pem))
        self.assertGreater(from_before, 0)

    def test_a_client_with_the_list_refuses_what_was_revoked(self):
        refused = 0
        for events, crl in self.run_.revoked:
            revoked = {e["subject"] for e in events if e["type"] == "certificate.revoked"}
            made = x509.load_pem_x509_crl(crl.read_bytes()).last_update_utc
            for event, pem in self.run_.issued:
                if pem.parent != crl.parent:
                    continue
                answer = self.openssl(
                    *("verify", "-x509_strict", "-crl_check", "-CRLfile", crl),
                    *("-attime", int(max(made, self.instant(event["time"])).timestamp())),
                    *("-CAfile", self.run_.ca / "root.pem"),
                    *("-untrusted", self.run_.ca / "chain.pem", pem),
                )
                is_revoked = event["subject"] in revoked
                refused += is_revoked
                self.assertEqual("certificate revoked" in answer, is_revoked, answer)
                self.assertEqual(answer.endswith(": OK\n"), not is_revoked, answer)
        self.assertGreater(refused, 0)

    # -- reading

    @staticmethod
    def serial(subject):
        """Stories call certificates from before by any name: see fakes/ca/README.md."""
        name = subject.removeprefix("certificate/")
        if re.fullmatch("[0-9a-fA-F]+", name):
            return int(name, 16)
        return int(hashlib.sha256(name.encode()).hexdigest()[:32], 16)

    def stands_in_lists(self, fact):
        """Revoked before the trace, by this CA, and not expired."""
        said, now = fact["data"], self.instant(fact["time"])
        return (
            "revoked" in said
            and said.get("issued_by", "JPDirect") == "JPDirect"
            and self.instant(said["revoked"]) <= now <= self.instant(said["not_after"])
        )

    @staticmethod
    def openssl(*arguments):
        command = ["openssl", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        return done.stdout + done.stderr

    @staticmethod
    def certificate(pem):
        return x509.load_pem_x509_certificate(pem.read_bytes())

    @staticmethod
    def instant(text):
        return datetime.fromisoformat(text).astimezone(timezone.utc)

    @staticmethod
    def attribute(certificate, oid):
        values = certificate.subject.get_attributes_for_oid(oid)
        return values[0].value if values else None

    @staticmethod
    def key_sha256(certificate):
        der = certificate.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return hashlib.sha256(der).hexdigest()

    @staticmethod
    def kind_of_key(certificate):
        key = certificate.public_key()
        return f"rsa-{key.key_size}" if isinstance(key, rsa.RSAPublicKey) else key.curve.name

    @staticmethod
    def reason(entry):
        try:
            return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.value
        except x509.ExtensionNotFound:
            return None


class Served:
    """A service that lived a story with a certificate issued and an old one revoked."""

    STORY = "scenarios/sakura-reissue/click-again.yaml"

    def __enter__(self):
        command = [SHINSA, "serve", "--frozen", "--given", self.STORY]
        self.process = subprocess.Popen(
            command, cwd=SOURCE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.at = json.loads(self.process.stdout.readline())
        self.ca = self.at["ca"]["url"]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.process.stdout.close()

    @staticmethod
    def fetched(address, data=None, **headers):
        request = urllib.request.Request(address, data, headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def admin(self, path, data=None):
        return self.fetched(self.at["admin"]["url"] + path, data)

    def status(self, serial, digest):
        """The bytes of the answer to a request about one certificate."""
        issuer = x509.load_der_x509_certificate(self.fetched(self.at["ca"]["issuer"]))
        builder = ocsp.OCSPRequestBuilder().add_certificate_by_hash(
            self.digest_of(digest, issuer.subject.public_bytes()),
            self.digest_of(digest, self.key_bits(issuer)),
            serial,
            digest,
        )
        asked = builder.build().public_bytes(serialization.Encoding.DER)
        kind = {"Content-Type": "application/ocsp-request"}
        return self.fetched(self.at["ca"]["ocsp"], asked, **kind)

    @staticmethod
    def digest_of(digest, octets):
        return hashlib.new(digest.name, octets).digest()

    @staticmethod
    def key_bits(certificate):
        """What an OCSP request hashes: the key without its algorithm."""
        key = certificate.public_key()
        if isinstance(key, rsa.RSAPublicKey):
            return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
        return key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )


class ServedTest(unittest.TestCase):
    """What the CA publishes where its certificates lead."""

    def test_the_linter_finds_nothing_in_lists_and_answers(self):
        with Served() as served, tempfile.TemporaryDirectory() as folder:
            statuses = self.lint_all(served, Path(folder))

        self.assertEqual(statuses, {"GOOD", "REVOKED", "UNKNOWN"})

    def lint_all(self, served, folder):
        def lint(octets, linter, *arguments):
            file = folder / "looked-at"
            file.write_bytes(octets)
            self.assertEqual(findings(linter, *arguments, file), set())

        def lint_lists():
            for name in ("issuing", "root"):
                octets = served.fetched(f"{served.ca}/{name}.crl")
                lint(octets, lists, "-t", "CRL", "-p", "BR")

        lint_lists()  # before anything was revoked
        served.admin("/clock", b'{"advance": "P60D"}')
        lint_lists()
        events = [json.loads(line) for line in served.admin("/trace").splitlines()]
        known = {
            CertificatesTest.serial(event["subject"])
            for event in events
            if event["type"] in ("certificate.issued", "certificate.revoked")
        }
        statuses = set()
        for serial in known | {0x5EED}:
            for digest in (hashes.SHA1(), hashes.SHA256()):
                octets = served.status(serial, digest)
                lint(octets, answers)
                answer = ocsp.load_der_ocsp_response(octets)
                self.assertEqual(answer.serial_number, serial)
                statuses.add(answer.certificate_status.name)
        return statuses


def enter(venv):
    """Goes on as the interpreter of the linter's environment; ends loudly if it is not there."""
    python = venv / "bin" / "python"
    made_from = venv / "requirements.txt"
    if not python.exists() or not made_from.exists():
        sys.exit(f"there is no linter in {venv}: run ./dev lint-venv (it needs PyPI)")
    if made_from.read_bytes() != REQUIREMENTS.read_bytes():
        sys.exit(f"{venv} was made from other requirements: run ./dev lint-venv")
    if Path(sys.prefix).resolve() != venv.resolve():
        os.execv(python, [str(python), *sys.argv])


if __name__ == "__main__":
    SHINSA = sys.argv[1]
    SOURCE = Path(sys.argv[2])
    enter(Path(sys.argv[3]))
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509 import ocsp
    from cryptography.x509.oid import NameOID
    from pkilint.bin import lint_cabf_serverauth_cert as tls
    from pkilint.bin import lint_crl as lists
    from pkilint.bin import lint_ocsp_response as answers
    from pkilint.bin import lint_pkix_signer_signee_cert_chain as chain

    # The linter leaves its files to be closed at the end.
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], warnings="ignore")
