"""`shinsa serve` with clients that are not ours: lego, certbot, dehydrated, dig, curl, openssl.

Each test starts a service of its own on free loopback ports and stops it by its pid.
"""

import base64
import http.server
import json
import os
import re
import resource
import shlex
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime
from pathlib import Path

from acme_client import Client, b64, csr_of, key_of

SHINSA, ROOT = sys.argv[1], Path(sys.argv[2])
MEMBER = ROOT / "docs/serve/member.yaml"
PATIENCE = 60  # seconds, for anything


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    """The files of a folder, and no word about who asks for them."""

    def log_message(self, *_):
        pass


class Service:
    """A running service; its folder and its addresses."""

    def __init__(self, *options, given=MEMBER, ca_dir=None):
        self.folder = Path(tempfile.mkdtemp(prefix="shinsa-serve-"))
        self.customer = free_port()
        self.log = open(self.folder / "log.jsonl", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [
                SHINSA,
                "serve",
                "--given",
                str(given),
                *(() if "--state" in options else ("--ca-dir", str(ca_dir or self.folder / "ca"))),
                *(
                    ()
                    if "--customer-http-port" in options
                    else ("--customer-http-port", str(self.customer))
                ),
                *options,
            ],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        self.at = json.loads(self.process.stdout.readline())
        self.directory = self.at["acme"]["directory"]
        self.root = self.folder / "ca/root.pem"

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.log.close()
        return code

    def call(self, method, path, body=None, token=None):
        """The text and the status of an admin call."""
        request = urllib.request.Request(self.at["admin"]["url"] + path, method=method)
        if token:
            request.add_header("Authorization", "Bearer " + token)
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        try:
            with urllib.request.urlopen(request, data, PATIENCE) as answer:
                return answer.read().decode(), answer.status
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode(), error.code

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def is_sanitized(self):
        """Whether it is a build with AddressSanitizer."""
        return "libasan" in Path(f"/proc/{self.process.pid}/maps").read_text()

    def resident(self):
        """Its resident size in KB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s*(\d+)", status)[1])

    def eab(self):
        """Credentials of the EAB that the member was issued."""
        known = json.loads(self.call("GET", "/eab")[0])
        return known[0]["key_id"], known[0]["hmac_key"]

    def trace(self):
        return [json.loads(line) for line in self.call("GET", "/trace")[0].splitlines()]


def run(*command, env=None):
    return subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=PATIENCE * 2,
        env={**os.environ, **(env or {})},
    )


class ServeTest(unittest.TestCase):
    def serve(self, *options, **more):
        service = Service(*options, **more)
        self.addCleanup(lambda: service.process.poll() is None and service.stop())
        return service

    def stand(self, kind, handler, port=0):
        """Starts a server of the customer's for as long as the test runs. Its port, as text."""
        server = kind(("127.0.0.1", port), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return str(server.server_address[1])

    def lego(self, service, *command, env=None):
        key_id, hmac = service.eab()
        return run(
            *(
                "lego",
                "--server",
                service.directory,
                "--accept-tos",
                "--email",
                "taro@example.jp",
            ),
            *("--eab", "--kid", key_id, "--hmac", hmac, "--path", service.folder / "lego"),
            *command,
            env={"LEGO_CA_CERTIFICATES": str(service.root), **(env or {})},
        )

    def by_http(self, service):
        return self.lego(
            service,
            *(
                "--domains",
                "example.jp",
                "--http",
                "--http.port",
                f"127.0.0.1:{service.customer}",
                "run",
            ),
        )

    def certbot(self, service, *command):
        key_id, hmac = service.eab()
        folder = service.folder / "certbot"
        return run(
            *(
                "certbot",
                "certonly",
                "--non-interactive",
                "--agree-tos",
                "--email",
                "taro@example.jp",
            ),
            *("--server", service.directory, "--eab-kid", key_id, "--eab-hmac-key", hmac),
            *("--config-dir", folder, "--work-dir", folder, "--logs-dir", folder),
            *command,
            env={"REQUESTS_CA_BUNDLE": str(service.root)},
        )

    def verified(self, service, certificate, *more):
        for name in ("root", "intermediate"):
            (service.folder / f"{name}.pem").write_text(service.call("GET", f"/ca/{name}.pem")[0])
        return run(
            *("openssl", "verify", "-CAfile", service.folder / "root.pem"),
            *("-untrusted", service.folder / "intermediate.pem", *more, certificate),
        )

    # -- real clients

    def test_lego_by_file_then_revoked(self):
        service = self.serve()
        done = self.by_http(service)
        self.assertEqual(done.returncode, 0, done.stderr)
        certificate = service.folder / "lego/certificates/example.jp.crt"
        self.assertEqual(self.verified(service, certificate).returncode, 0)
        done = self.lego(service, "--domains", "example.jp", "revoke", "--keep")
        self.assertEqual(done.returncode, 0, done.stderr)
        crl = service.folder / "crl.pem"
        crl.write_text(service.call("GET", "/ca/crl.pem")[0])
        refused = self.verified(service, certificate, "-crl_check", "-CRLfile", crl)
        self.assertIn("certificate revoked", refused.stdout + refused.stderr)

    def test_lego_by_dns_and_a_wildcard(self):
        service = self.serve()
        txt = {"HTTPREQ_ENDPOINT": service.at["admin"]["url"] + "/txt"}
        for name in ("example.jp", "*.example.jp"):
            done = self.lego(
                service, "--domains", name, "--dns", "httpreq", "--dns.disable-cp", "run", env=txt
            )
            self.assertEqual(done.returncode, 0, done.stderr)
        for name in ("example.jp", "_.example.jp"):
            certificate = service.folder / f"lego/certificates/{name}.crt"
            self.assertEqual(self.verified(service, certificate).returncode, 0)
        kinds = [event["type"] for event in service.trace()]
        self.assertEqual(kinds.count("certificate.issued"), 2)

    def test_certbot_by_file_and_by_dns(self):
        service = self.serve()
        done = self.certbot(
            service,
            *("--standalone", "--http-01-address", "127.0.0.1", "--http-01-port", service.customer),
            *("-d", "example.jp", "--cert-name", "by-file"),
        )
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        txt = service.at["admin"]["url"] + "/txt/"
        hook = (
            'curl -sf -d \'{"fqdn": "_acme-challenge.\'$CERTBOT_DOMAIN\'", '
            '"value": "\'$CERTBOT_VALIDATION\'"}\' ' + txt
        )
        done = self.certbot(
            service,
            *("--manual", "--preferred-challenges", "dns", "--manual-auth-hook", hook + "present"),
            *(
                "--manual-cleanup-hook",
                hook + "cleanup",
                "-d",
                "*.example.jp",
                "--cert-name",
                "by-dns",
            ),
        )
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        for name in ("by-file", "by-dns"):
            certificate = service.folder / f"certbot/live/{name}/cert.pem"
            self.assertEqual(self.verified(service, certificate).returncode, 0, name)

    def test_dehydrated_by_file_and_by_dns_then_revoked(self):
        service = self.serve()
        key_id, hmac = service.eab()
        site = service.folder / "site"
        proofs = site / ".well-known/acme-challenge"
        proofs.mkdir(parents=True)
        self.stand(
            http.server.ThreadingHTTPServer,
            lambda *asked: QuietFiles(*asked, directory=str(site)),
            service.customer,
        )
        hook = service.folder / "hook"
        hook.write_text(
            "#!/bin/sh\n"
            'case "$1" in deploy_challenge) ;; *) exit 0 ;; esac\n'
            'curl -sf -d "{\\"fqdn\\": \\"_acme-challenge.$2\\", \\"value\\": \\"$4\\"}" '
            + service.at["admin"]["url"]
            + "/txt/present\n"
        )
        hook.chmod(0o700)
        config = service.folder / "config"
        config.write_text(
            f"CA={service.directory}\nBASEDIR={service.folder}\nWELLKNOWN={proofs}\n"
            f"EAB_KID={key_id}\nEAB_HMAC_KEY={hmac}\nCONTACT_EMAIL=taro@example.jp\n"
            f'CURL_OPTS="--cacert {service.root}"\n'
        )
        certificate = service.folder / "certs/star/cert.pem"
        for command in (
            ("--register", "--accept-terms"),
            ("--cron", "--domain", "example.jp", "--alias", "plain"),
            ("--cron", "--domain", "*.example.jp", "--alias", "star")
            + ("--challenge", "dns-01", "--hook", hook),
            ("--account",),
            ("--revoke", certificate),
        ):
            done = run("dehydrated", "--config", config, *command)
            self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        for name in ("plain", "star"):
            ours = next((service.folder / "certs" / name).glob("cert-*.pem*"))
            self.assertEqual(self.verified(service, ours).returncode, 0, name)
        kinds = [event["type"] for event in service.trace()]
        self.assertEqual(kinds.count("certificate.issued"), 2)
        self.assertEqual(kinds.count("certificate.revoked"), 1)
        verdict = json.loads(service.call("GET", "/verdict")[0])
        self.assertEqual((verdict["findings"], verdict["deviations"]), ([], []))

    def page_blocks(self):
        """The command lines of docs/serve/README.md, with ports that are free here."""
        page = (ROOT / "docs/serve/README.md").read_text(encoding="utf-8")
        for port in ("14000", "8055", "8056", "5002"):
            page = page.replace(port, str(free_port()))
        return re.findall(r"^```\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)

    def test_the_command_lines_of_the_page(self):
        blocks = self.page_blocks()

        def with_word(word):
            return next(block for block in blocks if word in block)

        begin = with_word("$ shinsa serve").partition("shinsa serve ")[2].partition("\n{")[0]
        options = shlex.split(begin.replace("\\\n", " "))
        options = options[2:]  # --given is said by all tests
        self.assertEqual(options[:2], ["--ca-dir", "ca"])
        eab = with_word("eab() {").splitlines()[0]
        for lines, certificates in (
            (
                with_word("eab() {") + with_word("HTTPREQ_ENDPOINT"),
                (".lego/certificates/example.jp.crt", ".lego/certificates/_.example.jp.crt"),
            ),
            (eab + "\n" + with_word("certbot certonly"), ("certbot/live/example.jp/cert.pem",)),
        ):
            with tempfile.TemporaryDirectory() as folder:
                service = self.serve(*options[2:], ca_dir=Path(folder) / "ca")
                done = subprocess.run(
                    ["bash", "-euc", lines],
                    cwd=folder,
                    capture_output=True,
                    text=True,
                    timeout=PATIENCE * 2,
                )
                self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
                for certificate in certificates:
                    said = self.verified(service, Path(folder) / certificate)
                    self.assertEqual(said.returncode, 0, certificate + said.stderr)
                service.stop()

    def test_lego_and_certbot_renew(self):
        service = self.serve()
        certificate = self.leaf_of(service)
        first = certificate.read_text()
        port = f"127.0.0.1:{service.customer}"
        done = self.lego(
            *(service, "--domains", "example.jp", "--http", "--http.port", port),
            *("renew", "--days", 400, "--no-random-sleep"),
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotEqual(certificate.read_text(), first)
        self.assertEqual(self.verified(service, certificate).returncode, 0)

        service = self.serve()
        standalone = ("--standalone", "--http-01-address", "127.0.0.1", "--http-01-port")
        done = self.certbot(service, *standalone, service.customer, "-d", "example.jp")
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        folder = service.folder / "certbot"
        done = run(
            *(
                "certbot",
                "renew",
                "--non-interactive",
                "--force-renewal",
                "--no-random-sleep-on-renew",
            ),
            *("--config-dir", folder, "--work-dir", folder, "--logs-dir", folder),
            env={"REQUESTS_CA_BUNDLE": str(service.root)},
        )
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        kinds = [event["type"] for event in service.trace()]
        self.assertEqual(kinds.count("certificate.issued"), 2)

    def test_half_open_connections_disturb_nobody(self):
        service = self.serve()

        def renew():
            done = self.lego(
                *(service, "--domains", "example.jp", "--http"),
                *("--http.port", f"127.0.0.1:{service.customer}", "renew", "--days", 400),
                "--no-random-sleep",
            )
            self.assertEqual(done.returncode, 0, done.stderr)

        self.assertEqual(self.by_http(service).returncode, 0)
        renew()  # all that it does was done once
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
        before = service.descriptors(), service.resident()
        at = urllib.parse.urlsplit(service.directory)
        half_open = []
        for i in range(1000):
            half_open.append(socket.create_connection((at.hostname, at.port), PATIENCE))
            if i % 2:
                half_open[-1].send(b"\x16\x03\x01\x02\x00\x01")  # a ClientHello begins
        self.assertGreater(service.descriptors(), before[0] + 400)  # a front keeps five hundred
        renew()
        for one in half_open:
            one.close()
        for _ in range(PATIENCE * 10):
            if service.descriptors() <= before[0]:
                break
            time.sleep(0.1)
        self.assertLessEqual(service.descriptors(), before[0])
        if service.is_sanitized():
            return  # what is freed stays resident there for a while
        for _ in range(PATIENCE):
            if service.resident() < before[1] * 1.05:
                break
            time.sleep(0.1)
        self.assertLess(service.resident(), before[1] * 1.05)

    def test_what_was_recorded_is_accepted_as_a_log(self):
        service = self.serve()
        self.assertEqual(self.by_http(service).returncode, 0)
        log = service.folder / "trace.jsonl"
        log.write_text(service.call("GET", "/trace")[0])
        checked = run(SHINSA, "check", "--incomplete", "--out", service.folder / "out", log)
        self.assertEqual(checked.returncode, 0, checked.stdout)
        self.assertIn("1 passed, 0 failed", checked.stdout)
        report = (service.folder / "out/report.html").read_text(encoding="utf-8")
        self.assertIn("trace.jsonl", report)

    # -- where certificates lead

    def from_ca(self, service, *names):
        """What its front has, in files: those of the CA as PEM, lists as they come."""
        for name in names:
            fetched = service.folder / f"{name}.der"
            done = run("curl", "-sf", "-o", fetched, service.at["ca"][name])
            self.assertEqual(done.returncode, 0, name)
            kind = ("crl",) if name == "crl" else ("x509",)
            self.openssl(*kind, "-inform", "DER", "-in", fetched, "-out", fetched.with_suffix(""))
        return [service.folder / name for name in names]

    def openssl(self, *command):
        done = run("openssl", *command)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def leaf_of(self, service):
        done = self.by_http(service)
        self.assertEqual(done.returncode, 0, done.stderr)
        return service.folder / "lego/certificates/example.jp.crt"

    def status(self, service, *asked):
        """What OpenSSL's OCSP client is told."""
        root, issuer = self.from_ca(service, "root", "issuer")
        done = run(
            *("openssl", "ocsp", "-issuer", issuer, "-CAfile", root),
            *("-url", service.at["ca"]["ocsp"], *asked),
        )
        self.assertIn("Response verify OK", done.stderr)
        return done.stdout

    def verified_by_its_list(self, service, certificate):
        """What OpenSSL says, at the service's time, with the list of the distribution point."""
        root, issuer, crl = self.from_ca(service, "root", "issuer", "crl")
        now = datetime.fromisoformat(json.loads(service.call("GET", "/clock")[0])["now"])
        done = run(
            *("openssl", "verify", "-CAfile", root, "-untrusted", issuer, "-crl_check"),
            *("-CRLfile", crl, "-attime", int(now.timestamp()), certificate),
        )
        return done.stdout + done.stderr

    def test_certificates_lead_to_the_service(self):
        service = self.serve()
        certificate, ca = self.leaf_of(service), service.at["ca"]
        text = self.openssl("x509", "-in", certificate, "-noout", "-text")
        self.assertEqual(
            self.openssl("x509", "-in", certificate, "-noout", "-ocsp_uri").strip(), ca["ocsp"]
        )
        self.assertIn("CA Issuers - URI:" + ca["issuer"], text)
        self.assertIn("URI:" + ca["crl"], text)
        self.assertNotIn(".ca.test", text)
        [issuer] = self.from_ca(service, "issuer")
        text = self.openssl("x509", "-in", issuer, "-noout", "-text")
        self.assertIn("CA Issuers - URI:" + ca["root"], text)
        sent = service.folder / "lego/certificates/example.jp.issuer.crt"
        self.assertEqual(sent.read_text().strip(), issuer.read_text().strip())

    def test_ocsp_and_the_list_say_what_is_revoked(self):
        service = self.serve()
        certificate = self.leaf_of(service)
        said = self.status(service, "-cert", certificate)
        self.assertIn("example.jp.crt: good", said)
        self.assertIn(": OK", self.verified_by_its_list(service, certificate))
        done = self.lego(service, *("--domains", "example.jp", "revoke", "--keep", "--reason", 1))
        self.assertEqual(done.returncode, 0, done.stderr)
        said = self.status(service, "-cert", certificate)
        self.assertIn("example.jp.crt: revoked", said)
        self.assertIn("Reason: keyCompromise", said)
        self.assertIn("certificate revoked", self.verified_by_its_list(service, certificate))

    def test_ocsp_knows_hashes_nonces_and_what_was_never_issued(self):
        service = self.serve()
        certificate = self.leaf_of(service)
        said = self.status(
            *(service, "-sha256", "-cert", certificate, "-sha1", "-cert", certificate),
            *("-serial", "0x0123456789abcdef0123456789abcdef"),
        )
        self.assertEqual(said.count("example.jp.crt: good"), 2)
        self.assertIn("0x0123456789abcdef0123456789abcdef: unknown", said)
        root, issuer = self.from_ca(service, "root", "issuer")
        done = run(
            *("openssl", "ocsp", "-issuer", root, "-CAfile", root, "-serial", "0x0102"),
            *("-url", service.at["ca"]["ocsp"]),
        )
        self.assertIn("unauthorized", done.stdout + done.stderr)

    def test_ocsp_by_get_and_what_is_no_request(self):
        service = self.serve()
        [issuer] = self.from_ca(service, "issuer")
        ocsp, request = service.at["ca"]["ocsp"], service.folder / "request"
        self.openssl(
            *("ocsp", "-issuer", issuer, "-serial", "0x01", "-no_nonce", "-reqout", request)
        )
        asked = base64.b64encode(request.read_bytes()).decode()
        answer, head = service.folder / "answer", service.folder / "head"
        get = ("curl", "-s", "-D", head, "-o", answer)
        run(*get, f"{ocsp}/{urllib.parse.quote(asked, safe='')}")
        self.assertIn("Content-Type: application/ocsp-response", head.read_text())
        self.assertIn("Cache-Control: public, max-age=0", head.read_text())
        self.assertIn("Cert Status: unknown", self.text_of(answer))
        post = (*get, "-H", "Content-Type: application/ocsp-request", "--data-binary")
        run(*post, "garbage", ocsp)
        self.assertIn("malformedrequest", self.text_of(answer))
        request.write_bytes(bytes(20_000))
        run(*post, f"@{request}", ocsp)
        self.assertIn("413", head.read_text().splitlines()[0])

    def text_of(self, answer):
        done = run("openssl", "ocsp", "-respin", answer, "-text", "-noverify")
        return done.stdout + done.stderr

    def test_a_list_is_there_at_once_and_new_when_it_has_run_out(self):
        service = self.serve("--frozen")

        def list_at(clock):
            self.assertEqual(service.call("POST", "/clock", clock)[1], 200)
            [crl] = self.from_ca(service, "crl")
            self.assertEqual(service.call("GET", "/ca/crl.pem")[0], crl.read_text())
            return self.openssl(*("crl", "-in", crl, "-noout", "-lastupdate", "-crlnumber"))

        first = list_at({})
        self.assertIn("lastUpdate=Nov 24 01:00:00 2026 GMT", first)
        self.assertEqual(list_at({"advance": "P6D"}), first)
        self.assertIn("lastUpdate=Dec  1 01:00:00 2026 GMT", list_at({"advance": "P1D"}))

    # -- the clock

    def test_an_eab_ends_after_fourteen_days(self):
        service = self.serve("--frozen")
        self.assertEqual(service.call("POST", "/clock", {"advance": "P14D"})[1], 200)
        done = self.by_http(service)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("ACM-18", done.stdout + done.stderr)
        verdict = json.loads(service.call("GET", "/verdict")[0])
        self.assertEqual(verdict["findings"], [])
        self.assertEqual([one["type"] for one in verdict["refused"]], ["account.requested"])

    def test_strings_are_good_for_twenty_five_days(self):
        for kind, clause in (("http", "ACM-45"), ("dns", "ACM-52")):
            service = self.serve("--frozen")
            clock = service.at["admin"]["url"] + "/clock"
            late = f'curl -sf -d \'{{"advance": "P25DT1S"}}\' {clock}'
            done = self.certbot(
                service,
                *("--manual", "--preferred-challenges", kind, "--manual-auth-hook", late),
                *("-d", "example.jp"),
            )
            self.assertNotEqual(done.returncode, 0)
            # The problem document of the challenge; certbot does not always print it.
            log = (service.folder / "log.jsonl").read_text(encoding="utf-8")
            self.assertIn(f'\\"shinsa:clause\\":\\"{clause}\\"', log, kind)

    def test_nothing_is_ordered_once_the_month_of_the_deadline_has_ended(self):
        service = self.serve("--frozen")
        txt = {"HTTPREQ_ENDPOINT": service.at["admin"]["url"] + "/txt"}
        by_dns = ("--dns", "httpreq", "--dns.disable-cp", "run")
        done = self.lego(service, "--domains", "*.example.jp", *by_dns, env=txt)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(
            service.call("POST", "/clock", {"set": "2027-12-01T00:00:00+09:00"})[1], 200
        )
        done = self.lego(service, "--domains", "example.jp", *by_dns, env=txt)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("ACM-54", done.stdout + done.stderr)

    def test_the_clock_stands_and_never_goes_back(self):
        service = self.serve("--frozen")
        self.assertEqual(
            json.loads(service.call("GET", "/clock")[0]),
            {"now": "2026-11-24T10:00:00+09:00", "running": False},
        )
        said, status = service.call("POST", "/clock", {"set": "2026-11-24T09:59:59+09:00"})
        self.assertEqual(status, 409)
        self.assertIn("time does not go back", said)
        self.assertEqual(service.call("POST", "/clock", {"advance": "yesterday"})[1], 400)

    # -- back to where it was

    def test_reset_and_restore_bring_back_all_of_it(self):
        service = self.serve("--frozen")
        first = service.call("GET", "/trace")[0]
        self.assertEqual(self.by_http(service).returncode, 0)
        service.call("POST", "/faults", {"path": "/none", "kind": "silent"})
        service.call("POST", "/clock", {"advance": "P1D"})
        before = [service.call("GET", at)[0] for at in ("/trace", "/clock", "/faults", "/verdict")]
        name = json.loads(service.call("POST", "/snapshot")[0])["id"]

        self.assertEqual(service.call("POST", "/reset")[1], 200)
        self.assertEqual(service.call("GET", "/trace")[0], first)
        self.assertEqual(service.call("GET", "/faults")[0], "[]\n")
        self.assertIn("2026-11-24T10:00:00", service.call("GET", "/clock")[0])
        (service.folder / "lego").rename(service.folder / "lego-before")
        self.assertEqual(self.by_http(service).returncode, 0)  # the EAB is unused again

        self.assertEqual(service.call("POST", "/restore", {"id": name})[1], 200)
        after = [service.call("GET", at)[0] for at in ("/trace", "/clock", "/faults", "/verdict")]
        self.assertEqual(after, before)
        # The account of then is there, and the names are looked up where they were.
        shutil.rmtree(service.folder / "lego")
        (service.folder / "lego-before").rename(service.folder / "lego")
        done = self.lego(service, "--domains", "example.jp", "revoke", "--keep")
        self.assertEqual(done.returncode, 0, done.stderr)
        dig = ("dig", "@127.0.0.1", "-p", service.at["dns"]["port"], "+short", "A", "example.jp")
        self.assertEqual(run(*dig).stdout, "127.0.0.1\n")
        self.assertEqual(service.call("POST", "/restore", {"id": "9"})[1], 409)
        self.assertEqual(service.call("POST", "/restore", {"name": "1"})[1], 400)

    def test_what_was_kept_goes_on_and_no_other(self):
        folder = Path(tempfile.mkdtemp(prefix="shinsa-state-"))
        state = ("--state", folder)
        service = self.serve("--frozen", *map(str, state))
        service.root = folder / "ca/root.pem"
        self.assertEqual(self.by_http(service).returncode, 0)
        before = service.call("GET", "/trace")[0]
        name = json.loads(service.call("POST", "/snapshot")[0])["id"]
        other = run(SHINSA, "serve", "--given", MEMBER, *state)
        self.assertEqual((other.returncode, "another service" in other.stderr), (2, True))
        service.process.kill()
        service.stop()
        with open(folder / "journal.jsonl", "a", encoding="utf-8") as journal:
            journal.write('{"at":17958')  # as a machine that lost its power leaves it

        again = self.serve(*map(str, state))
        self.assertEqual(again.call("GET", "/trace")[0], before)
        self.assertIn("false", again.call("GET", "/clock")[0])  # it stood still
        self.assertIn("dropped the last line", (again.folder / "log.jsonl").read_text())
        self.assertEqual(again.call("POST", "/restore", {"id": name})[1], 200)
        again.stop()

        for options, says in (
            (("--given", MEMBER, "--seed", "2"), "another seed"),
            (
                ("--given", ROOT / "scenarios/jpdirect-acme/account-refused.yaml"),
                "another file of --given",
            ),
        ):
            refused = run(SHINSA, "serve", *options, *state)
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn(says, refused.stderr)

        # A program that would answer otherwise does not go on.
        lines = (folder / "journal.jsonl").read_text().splitlines(keepends=True)
        at = next(i for i, line in enumerate(lines) if '"said"' in line)
        noted = json.loads(lines[at])
        lines[at] = json.dumps({**noted, "said": "0" * 16}, separators=(",", ":")) + "\n"
        (folder / "journal.jsonl").write_text("".join(lines))
        refused = run(SHINSA, "serve", "--given", MEMBER, *state)
        self.assertEqual(refused.returncode, 2)
        says = f"journal.jsonl:{at + 1}: what is answered here is not what was answered then"
        self.assertIn(says, refused.stderr)

    # -- judged

    def test_the_end_tells_what_a_client_did_wrong(self):
        with tempfile.TemporaryDirectory() as folder:
            page, told = Path(folder) / "report.html", Path(folder) / "report.json"
            service = self.serve("--judge", str(page))
            done = self.lego(service, "--domains", "other.example", "--http", "run")
            self.assertNotEqual(done.returncode, 0)
            verdict = json.loads(service.call("GET", "/verdict")[0])
            self.assertEqual(verdict["findings"], [])
            self.assertEqual(verdict["deviations"][0]["clauses"], ["ACM-38"])
            self.assertEqual(service.stop(), 1)
            log = (service.folder / "log.jsonl").read_text()
            self.assertIn("POST /acme/new-order 403 rejectedIdentifier", log)
            self.assertIn("0 passed, 1 failed, 0 skipped", log)
            self.assertIn("ACM-38", page.read_text())
            service = self.serve("--judge", str(told))
            self.assertEqual(service.stop(), 0)
            results = json.loads(told.read_text())
            self.assertEqual(results["scenarios"][0]["verdict"], "held")

    # -- faults, names, order

    def test_faults_are_played_when_they_were_asked_for(self):
        service = self.serve()
        fault = {"path": "/acme/new-order", "kind": "bad-nonce", "nth": 1}
        self.assertEqual(service.call("POST", "/faults", fault)[1], 200)
        done = self.by_http(service)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(service.call("GET", "/faults")[0])[0]["seen"], 2)
        service.call("DELETE", "/faults")
        service.call(
            "POST",
            "/faults",
            {"path": "/directory", "kind": "status", "status": 429, "retry_after": 7},
        )
        answer = run("curl", "-si", "--cacert", service.root, service.directory).stdout
        self.assertIn("429", answer.splitlines()[0])
        self.assertIn("Retry-After: 7", answer)
        self.assertEqual(service.call("POST", "/faults", {"kind": "chaos"})[1], 400)

    def test_what_is_looked_up_takes_as_long_as_was_asked_for(self):
        state = Path(tempfile.mkdtemp(prefix="shinsa-state-"))
        self.addCleanup(shutil.rmtree, state, ignore_errors=True)
        service = self.serve("--frozen", "--state", str(state))
        service.root = state / "ca/root.pem"
        client = Client(service.directory, service.root)
        self.addCleanup(client.close)
        opened = client.open_account(service.eab(), ["mailto:taro@example.jp"])
        self.assertEqual(opened.status, 201, opened.body)
        order = client.order(["example.jp"])
        authorization = order.json["authorizations"][0]
        challenge = client.challenge(authorization, "dns-01")
        record = {"fqdn": "_acme-challenge.example.jp", "value": client.record_value(challenge)}
        service.call("POST", "/txt/present", record)
        for path, lasts in (("/acme/challenge/", 30), ("/acme/order/", 20)):
            fault = {"path": path, "kind": "processing", "seconds": lasts, "nth": 1}
            self.assertEqual(service.call("POST", "/faults", fault)[1], 200)

        # Who only looks at a challenge begins nothing.
        self.assertEqual(client.get(challenge["url"]).json["status"], "pending")
        answer = client.post(challenge["url"], {})
        self.assertEqual(
            (answer.json["status"], answer.headers["Retry-After"]), ("processing", "30")
        )
        service.call("POST", "/clock", {"advance": "PT29S"})
        answer = client.get(authorization)
        self.assertEqual(answer.json["status"], "pending")
        self.assertTrue(answer.headers["Retry-After"])

        # It is noted: what goes on from here is held up for as long.
        service.process.kill()
        service.stop()
        client.close()
        service = self.serve("--state", str(state))
        service.root = state / "ca/root.pem"
        again = Client(service.directory, service.root)
        self.addCleanup(again.close)
        again.account = again.base + client.account.removeprefix(client.base)
        status = lambda url: again.get(url.replace(client.base, "")).json["status"]  # noqa: E731
        self.assertEqual(status(challenge["url"]), "processing")
        service.call("POST", "/clock", {"advance": "PT1S"})
        self.assertEqual(status(challenge["url"]), "valid")

        at = order.headers["Location"]
        finalize = order.json["finalize"].replace(client.base, "")
        answer = again.post(finalize, {"csr": b64(csr_of(["example.jp"], key_of(2)))})
        self.assertEqual(
            (answer.json["status"], answer.headers["Retry-After"]), ("processing", "20")
        )
        service.call("POST", "/clock", {"advance": "PT19S"})
        self.assertEqual(status(at), "processing")
        service.call("POST", "/clock", {"advance": "PT1S"})
        self.assertEqual(status(at), "valid")
        times = {e["type"]: e["time"] for e in service.trace()}
        self.assertEqual(times["challenge.validated"][11:19], "10:00:30")
        self.assertEqual(times["certificate.issued"][11:19], "10:00:50")
        verdict = json.loads(service.call("GET", "/verdict")[0])
        self.assertEqual((verdict["findings"], verdict["deviations"]), ([], []))

    def test_lego_waits_while_it_is_told_to(self):
        service = self.serve()
        for path in ("/acme/challenge/", "/acme/order/"):
            service.call("POST", "/faults", {"path": path, "kind": "processing", "seconds": 2})
        done = self.by_http(service)
        self.assertEqual(done.returncode, 0, done.stderr)
        seen = [fault["seen"] for fault in json.loads(service.call("GET", "/faults")[0])]
        self.assertEqual(seen, [1, 1])

    def test_faults_of_the_name_server(self):
        service = self.serve("--frozen")

        def dig(*how, name="example.jp"):
            to = ("@127.0.0.1", "-p", service.at["dns"]["port"], "+tries=1", "+time=2")
            return run("dig", *to, *how, "A", name).stdout

        def asks(**fault):
            service.call("DELETE", "/faults")
            said, status = service.call("POST", "/faults", {"front": "dns", **fault})
            self.assertEqual(status, 200, said)

        asks(kind="servfail", nth=2, name="example.jp")
        self.assertIn("NOERROR", dig())
        self.assertIn("NXDOMAIN", dig(name="other.example"))
        self.assertIn("SERVFAIL", dig(name="Example.JP"))
        self.assertIn("NOERROR", dig())
        asks(kind="nxdomain", **{"from": "2026-11-24T10:00:05+09:00"})
        self.assertIn("NOERROR", dig())
        service.call("POST", "/clock", {"advance": "PT5S"})
        self.assertIn("NXDOMAIN", dig())
        asks(kind="silent", nth=1)
        self.assertIn("no servers could be reached", dig())
        self.assertIn("127.0.0.1", dig("+short"))
        asks(kind="truncated")
        self.assertIn("flags: qr aa tc", dig("+ignore"))
        self.assertEqual(dig("+short"), "127.0.0.1\n")  # by TCP
        asks(kind="slow", delay_ms=5000, nth=1)
        self.assertIn("no servers could be reached", dig())
        said, status = service.call("POST", "/faults", {"front": "dns", "kind": "reset"})
        self.assertEqual(status, 400)
        self.assertIn("kind: it wants servfail, nxdomain, silent, slow or truncated", said)

    def test_faults_of_the_web_and_of_the_ca(self):
        service = self.serve("--frozen")
        page = {"path": "/a", "body": "0123456789"}
        site = {"type": "site.changed", "subject": "site/www.example.jp", "data": page}
        self.assertEqual(service.call("POST", "/events", site)[1], 200)
        web = ("--connect-to", f"::127.0.0.1:{service.at['http']['http_port']}")

        def curl(*how):
            done = run("curl", "-si", "--max-time", 2, *how)
            return done.returncode, done.stdout

        page, crl = (*web, "http://www.example.jp/a"), (service.at["ca"]["crl"],)
        for front, at, path in (("http", page, "/a"), ("ca", crl, "/issuing.crl")):
            more = {"front": front, "path": path, "nth": 2}
            for kind, code in (
                ({"kind": "status", "status": 429, "retry_after": 7}, 0),
                ({"kind": "reset"}, 56),
                ({"kind": "silent"}, 28),
                ({"kind": "slow", "delay_ms": 60000}, 28),
                ({"kind": "truncated", "bytes": 4}, 18),
            ):
                service.call("DELETE", "/faults")
                self.assertEqual(service.call("POST", "/faults", {**more, **kind})[1], 200)
                self.assertEqual(curl(*at)[0], 0, (front, kind))
                failed, said = curl(*at)
                self.assertEqual(failed, code, (front, kind, said))
                if code == 0:
                    self.assertIn("429", said.splitlines()[0])
                    self.assertIn("Retry-After: 7", said)
                self.assertEqual(curl(*at)[0], 0, (front, kind))
        # A fault of a host is of no other; a reset brings nothing of it back.
        other = {"front": "http", "name": "else.example.jp", "kind": "reset"}
        service.call("POST", "/faults", other)
        self.assertEqual(curl(*page)[0], 0)
        service.call("POST", "/reset")
        self.assertEqual(service.call("GET", "/faults")[0], "[]\n")

    def test_the_web_has_room_for_more_hosts_than_one_small_net_has_addresses(self):
        service = self.serve("--frozen")
        for n in range(260):
            page = {"path": "/", "body": f"page {n}"}
            event = {"type": "site.changed", "subject": f"site/h{n}.example.jp", "data": page}
            self.assertEqual(service.call("POST", "/events", event)[1], 200)
        for n in (0, 253, 254, 259):
            host = f"h{n}.example.jp"
            dig = ("dig", "@127.0.0.1", "-p", service.at["dns"]["port"], "+short", "A", host)
            self.assertRegex(run(*dig).stdout, r"^198\.(51\.100|18\.0)\.\d+\n$")
            to = f"::127.0.0.1:{service.at['http']['http_port']}"
            self.assertEqual(
                run("curl", "-s", "--connect-to", to, f"http://{host}/").stdout, f"page {n}"
            )

    def test_a_fault_of_the_web_meets_the_validator_too(self):
        service = self.serve("--frozen")
        client = Client(service.directory, service.root)
        self.addCleanup(client.close)
        client.open_account(service.eab(), ["mailto:taro@example.jp"])
        order = client.order(["example.jp"]).json
        challenge = client.challenge(order["authorizations"][0], "http-01")
        path = "/.well-known/acme-challenge/" + challenge["token"]
        page = {"path": path, "body": client.key_authorization(challenge)}
        name = {"name": "example.jp", "type": "A", "values": ["198.51.100.1"]}
        for kind, subject, data in (
            ("site.changed", "site/example.jp", page),  # its server gets that address
            ("dns.changed", "zone/example.jp", name),
        ):
            event = {"type": kind, "subject": subject, "data": data}
            self.assertEqual(service.call("POST", "/events", event)[1], 200)
        fault = {"front": "http", "name": "example.jp", "path": path, "kind": "truncated"}
        service.call("POST", "/faults", {**fault, "bytes": 5, "nth": 1})
        self.assertEqual(client.post(challenge["url"], {}).status, 200)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            answered = [e["data"] for e in service.trace() if e["type"] == "http.answered"]
            if answered:
                break
        self.assertEqual(answered[0]["outcome"], "empty-answer")
        self.assertEqual(json.loads(service.call("GET", "/faults")[0])[0]["seen"], 1)

    def test_a_redirect_to_who_speaks_no_tls_fails_with_tls(self):
        class Redirects(QuietFiles):
            def do_GET(self):
                self.send_response(302)
                self.send_header("Location", "https://example.jp" + self.path)
                self.end_headers()

        class SpeaksNoTls(socketserver.BaseRequestHandler):
            def handle(self):
                self.request.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")
                self.request.shutdown(socket.SHUT_WR)
                while self.request.recv(1024):
                    pass

        plain = self.stand(http.server.ThreadingHTTPServer, Redirects)
        no_tls = self.stand(socketserver.ThreadingTCPServer, SpeaksNoTls)
        for https, error in ((no_tls, "tls"), (str(free_port()), "connection")):
            ports = ("--customer-http-port", plain, "--customer-https-port", https)
            service = self.serve("--frozen", "--reading", "ACM-Q5=followed", *ports)
            client = Client(service.directory, service.root)
            self.addCleanup(client.close)
            client.open_account(service.eab(), ["mailto:taro@example.jp"])
            order = client.order(["example.jp"])
            challenge = client.challenge(order.json["authorizations"][0], "http-01")
            self.assertEqual(client.post(challenge["url"], {}).status, 200)
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                challenge = client.get(challenge["url"]).json
                if challenge["status"] == "invalid":
                    break
            urn = "urn:ietf:params:acme:error:" + error
            self.assertEqual(challenge["error"]["type"], urn)
            self.assertEqual(challenge["error"]["shinsa:clause"], "RFC-22")
            self.assertEqual(client.get(order.headers["Location"]).json["error"]["type"], urn)

    def test_what_was_counted_is_counted_on_after_a_kill(self):
        state = Path(tempfile.mkdtemp(prefix="shinsa-state-"))
        self.addCleanup(shutil.rmtree, state, ignore_errors=True)
        service = self.serve("--frozen", "--state", str(state))
        service.call("POST", "/faults", {"front": "ca", "path": "/issuing.crl", "nth": 2})
        crl = ("curl", "-si", service.at["ca"]["crl"])
        self.assertIn("200", run(*crl).stdout.splitlines()[0])
        service.process.kill()
        service.stop()
        service = self.serve("--state", str(state))
        self.assertIn("503", run(*crl).stdout.splitlines()[0])
        self.assertIn("200", run(*crl).stdout.splitlines()[0])

    # -- settings in a file

    def test_a_file_has_the_settings_and_the_command_line_wins(self):
        folder = Path(tempfile.mkdtemp(prefix="shinsa-config-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        file = folder / "serve.yaml"
        admin, acme, other = free_port(), free_port(), free_port()
        file.write_text(
            f"admin-port: {admin}\nacme-port: {acme}\nfrozen: true\nquiet: true\nseed: 7\n"
            "faults:\n  - {path: /directory, kind: status, status: 429, nth: 1}\n"
        )
        service = self.serve("--config", str(file), "--acme-port", str(other))
        self.assertEqual(service.at["admin"]["url"], f"http://127.0.0.1:{admin}")
        self.assertEqual(service.directory, f"https://127.0.0.1:{other}/directory")
        self.assertFalse(json.loads(service.call("GET", "/clock")[0])["running"])
        directory = ("curl", "-si", "--cacert", service.root, service.directory)
        self.assertIn("429", run(*directory).stdout.splitlines()[0])
        self.assertIn("200", run(*directory).stdout.splitlines()[0])
        service.call("POST", "/reset")  # what it began with, it begins with again
        self.assertIn("429", run(*directory).stdout.splitlines()[0])
        self.assertEqual((service.folder / "log.jsonl").read_text(), "")

        file.write_text("frozen: true\nacme_port: 1\nfaults:\n  - {kind: status, nth: 0}\n")
        refused = run(SHINSA, "serve", "--config", file)
        self.assertEqual(refused.returncode, 2)
        self.assertIn(f"{file}:2:1: there is no setting 'acme_port'", refused.stderr)
        self.assertIn(f"{file}:4:25: nth: it wants a number from 1", refused.stderr)
        refused = run(SHINSA, "serve", "--config", folder / "none.yaml")
        self.assertEqual(refused.returncode, 2)

    def test_the_name_server_answers_dig(self):
        service = self.serve()
        service.call(
            "POST", "/txt/present", {"fqdn": "_acme-challenge.example.jp.", "value": "one"}
        )
        service.call(
            "POST", "/txt/present", {"fqdn": "_acme-challenge.example.jp.", "value": "two"}
        )
        asked = (
            "dig",
            "@127.0.0.1",
            "-p",
            service.at["dns"]["port"],
            "+short",
            "TXT",
            "_acme-challenge.example.jp",
        )
        self.assertEqual(sorted(run(*asked).stdout.split()), ['"one"', '"two"'])
        service.call(
            "POST", "/txt/cleanup", {"fqdn": "_acme-challenge.example.jp.", "value": "one"}
        )
        self.assertEqual(run(*asked).stdout.split(), ['"two"'])

    def test_a_root_that_is_kept_is_used_again_and_nobody_else_reads_its_key(self):
        service = self.serve()
        root = service.root.read_text()
        self.assertEqual((service.folder / "ca/root.key").stat().st_mode & 0o077, 0)
        self.assertEqual(service.stop(), 0)
        again = self.serve(ca_dir=service.folder / "ca")
        self.assertEqual(service.root.read_text(), root)
        self.assertEqual(run("curl", "-s", "--cacert", service.root, again.directory).returncode, 0)

    def test_another_address_wants_a_token_and_every_call_bears_it(self):
        for address in ("0.0.0.0", "::", "fe80::1%lo"):
            refused = run(SHINSA, "serve", "--address", address)
            self.assertEqual(refused.returncode, 64)
            self.assertIn("--anyone", refused.stderr)
        refused = run(SHINSA, "serve", "--address", "0.0.0.0", "--anyone")
        self.assertEqual(refused.returncode, 64)
        self.assertIn("--token", refused.stderr)
        refused = run(SHINSA, "serve", "--address", "localhost")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("no IPv4 or IPv6 address, write 127.0.0.1", refused.stderr)

    def test_a_call_that_is_none_says_what_there_is(self):
        service = self.serve()
        self.assertEqual(service.call("GET", "/clocks")[1], 404)
        self.assertEqual(service.call("DELETE", "/clock")[1], 405)
        said, status = service.call(
            "POST", "/events", {"type": "order.created", "subject": "order/9", "data": {}}
        )
        self.assertEqual(status, 400)
        self.assertIn("facts and requests", said)
        self.assertEqual(service.call("POST", "/events", b"no json")[1], 400)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
