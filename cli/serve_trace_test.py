"""A scenario gives the same trace in process and over the sockets of `shinsa serve`.

serve_trace_test.py SHINSA SOURCE_DIR

The scenarios of jpdirect-acme are run in process (`shinsa run`). Then each is played once more over
sockets: a service is started with what the scenario has given, its clock
stands still, and is moved by the admin API to the instants of the scenario. ACME requests are sent
by a client of our own over https; the other requests go through the admin API. Names are looked up
and files are fetched by the service as ever. At the end the two traces are held against each other,
event by event: type, subject, instant and all data.

What has to differ, and is put in before:
- the thumbprint of the client's account key, which strings of challenges hold: `shinsa run` draws
  it, a client has its own. Each string of the trace in process becomes that of the other trace for
  the same challenge, wherever it stands, in files and records too;
- the digest of a CSR: the same names and key make other bytes. Names and the key's digest must be
  the same;
- the last event, `log.closed`: a service has no end;
- ids count lines, so they are the same, and are held against each other too.
"""

import collections
import concurrent.futures
import http.client
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import yaml
from acme_client import Client, b64, csr_of
from cryptography.hazmat.primitives import hashes, serialization

SHINSA, ROOT = sys.argv[1], Path(sys.argv[2])
SUITE = ROOT / "scenarios/jpdirect-acme"
PATIENCE = 30  # seconds, for anything
AT_ONCE = 2  # services
ACME = {
    "account.requested",
    "order.requested",
    "challenge.responded",
    "order.finalized",
    "download.requested",
    "revocation.requested",
}

# Why a run of a scenario cannot be played, by its name. The test fails where one of them can.
UNVERIFIED = (
    "it says that a MAC verifies where there is no binding, or none was issued with that id"
)
NO_MEMBER = "a request of ACME does not say that"
ORDER = "a page comes over the network after what else happens in its instant"
CANNOT = {
    "account-after-refusal": UNVERIFIED,
    "account-before-order": "nobody can sign for an account that is not there",
    "account-refused.1": UNVERIFIED,
    "account-refused.2": UNVERIFIED,
    "account-refused.5": "what is no address of mail the server refuses by itself",
    "account-refused.6": "what is no address of mail the server refuses by itself",
    "account-refused.7": NO_MEMBER + ": at which directory it is",
    "account-refused.9": UNVERIFIED,
    "both-methods-at-once.1": ORDER,
    "both-methods-at-once.2": ORDER,
    "eab-inquiry.2": UNVERIFIED,
    "file-answers.9": "who waits for a slow server waits in real time, which is no virtual time",
    "finalize-refused.7": "the server refuses by itself to finalize without a CSR",
    "no-file-for-a-wildcard.3": "a challenge that is not offered has no address",
    "no-file-for-a-wildcard.4": "a challenge that is not offered has no address",
    "offered-late.1": "a challenge that is not offered has no address",
    "order-refused.1": "nobody can sign for an account that is not there",
    "reading-host.1": NO_MEMBER + ": on which host the client runs",
    "reading-host.2": NO_MEMBER + ": on which host the client runs",
    "reading-host.3": NO_MEMBER + ": on which host the client runs",
    "refund-after-month-end.1": "an order that was refused is asked for again: over ACME, another",
    "refund-after-month-end.2": "an order that was refused is asked for again: over ACME, another",
    "string-of-the-ca.1": NO_MEMBER + ": a string of its own",
    "string-of-the-ca.2": NO_MEMBER + ": a string of its own",
    "string-of-the-ca.3": NO_MEMBER + ": a string of its own",
    "string-of-the-ca.4": NO_MEMBER + ": a string of its own",
    "underpaid.1": "an order that was refused is asked for again: over ACME, another",
    "underpaid.2": "an order that was refused is asked for again: over ACME, another",
    "www-rule.4": "the server writes names in lower case (RFC 8555 section 7.1.3)",
}


def without_key(key_id):
    """Octets that are the key of no binding."""
    return b"not the key of " + key_id.encode()


def key_digest(key):
    """As events tell a key: SHA-256 of its SubjectPublicKeyInfo."""
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    digest = hashes.Hash(hashes.SHA256())
    digest.update(public)
    return digest.finalize().hex()


def known_keys():
    """The keys that scenarios name, by digest."""
    keys = {}
    for file in sorted((ROOT / "fakes/ca/testkeys").glob("*.pem")):
        key = serialization.load_pem_private_key(file.read_bytes(), None)
        keys[key_digest(key)] = key
    return keys


KEYS = known_keys()


class Cannot(Exception):
    """It cannot be played over sockets; says why."""


# -- scenarios


def filled_in(value, row):
    """The value with the variables of a row of examples put in."""
    if isinstance(value, str):
        whole = re.fullmatch(r"\$\{([^}]*)\}", value)
        if whole and whole[1] in row:
            return row[whole[1]]
        return re.sub(r"\$\{([^}]*)\}", lambda at: str(row.get(at[1], at[0])), value)
    if isinstance(value, list):
        return [filled_in(one, row) for one in value]
    if isinstance(value, dict):
        return {filled_in(k, row): filled_in(v, row) for k, v in value.items()}
    return value


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def rows_of(story):
    """Names of its runs behind its own, and what each puts in."""
    if "examples" not in story:
        return [("", {})]
    return [(f".{n}", row) for n, row in enumerate(story["examples"], 1)]


def requests_in(steps, row):
    """The types of the requests of a story, in order."""
    for step in filled_in(steps, row):
        if "request" in step:
            yield step["request"]
        for one in step.get("each", ()):
            yield from requests_in(step.get("steps", ()), one)


class Run:
    """One run of a scenario: what is given, and its trace in process."""

    def __init__(self, file, suffix, row, traces):
        self.name = file.stem + suffix
        story = load(file)
        self.requests = list(requests_in(story["steps"], row))
        self.given = {key: filled_in(story.get(key, {}), row) for key in ("system", "given")}
        trace = traces / f"jpdirect-acme.{self.name}.jsonl"
        self.trace = [json.loads(line) for line in trace.read_text().splitlines()]

    def write(self, folder):
        """What is given as a scenario without steps, beside the blocks of the suite."""
        shutil.copy(SUITE / "given.yaml", folder)
        path = folder / "story.yaml"
        words = {
            "title": "What is given",
            "title_ja": "前提",
            "covers": ["ACM-17"],
            "steps": [{"wait": "PT0S"}],
        }
        path.write_text(
            yaml.safe_dump({**words, **self.given}, allow_unicode=True, sort_keys=False),
            encoding="utf-8",
        )
        return path

    def inputs(self):
        """The events of the trace that are requests of the story."""
        left = collections.deque(self.requests)
        for event in self.trace:
            if left and event["type"] == left[0]:
                left.popleft()
                yield event
        if left:
            raise Cannot(f"its trace has no {left[0]}")


# -- the other side


class Service:
    def __init__(self, given, folder):
        self.log = open(folder / "log.jsonl", "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [SHINSA, "serve", "--given", given, "--ca-dir", folder / "ca", "--frozen"],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        line = self.process.stdout.readline()
        if not line:
            self.stop()
            raise Cannot("it does not start: " + (folder / "log.jsonl").read_text())
        self.at = json.loads(line)

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.log.close()

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.at["admin"]["url"] + path, method=method)
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data, PATIENCE) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                raise Cannot(f"{path} says {error.code}: {error.read().decode()}") from error

    def trace(self):
        return [json.loads(line) for line in self.call("GET", "/trace").splitlines()]


class Player:
    """Plays one run; one ACME client for each account."""

    def __init__(self, run, service):
        self.run, self.service = run, service
        self.clients, self.certificates = {}, {}
        self.others = []  # connections on which an order is waited for
        self.now = run.trace[0]["time"]
        self.strings = {}  # of challenges in process -> over the socket

    def play(self):
        for event in self.run.inputs():
            self.go_to(event["time"])
            self.learn_strings()
            kind = event["type"]
            if kind in ACME:
                getattr(self, kind.replace(".", "_"))(event["subject"], event.get("data", {}))
            else:
                self.happen(event)
            self.wait_for_pages()
        self.go_to(self.run.trace[-1]["time"])
        self.learn_strings()
        return self.service.trace()

    def close(self):
        for _, asking in self.others:
            asking.join(PATIENCE)
        for client in [*self.clients.values(), *(client for client, _ in self.others)]:
            client.close()

    # -- time and what is told by one trace to the other

    def go_to(self, instant):
        """By way of all instants at which anything happens: pages are asked for then, too."""
        for at in sorted({e["time"] for e in self.run.trace if self.now < e["time"] <= instant}):
            self.service.call("POST", "/clock", {"set": at})
            self.now = at
            self.wait_for_pages()

    def wait_for_pages(self):
        """Until every page that is asked for has been answered."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            text = self.service.call("GET", "/trace")
            if text.count('"http.requested"') == text.count('"http.answered"'):
                return
            time.sleep(0.005)
        raise AssertionError("a page does not come")

    def learn_strings(self):
        def strings(trace):
            return {e["subject"]: e["data"]["string"] for e in trace if e["type"] == OFFERED}

        mine, theirs = strings(self.run.trace), strings(self.service.trace())
        self.strings = {mine[at]: theirs[at] for at in mine if at in theirs}

    def translated(self, value):
        """With the strings that the service has offered."""
        text = json.dumps(value, ensure_ascii=False)
        for mine, theirs in self.strings.items():
            text = text.replace(mine, theirs)
        return json.loads(text)

    def happen(self, event):
        said = {"type": event["type"], "subject": event["subject"]}
        if "data" in event:
            said["data"] = self.translated(event["data"])
        self.service.call("POST", "/events", said)

    # -- ACME

    def client(self, account):
        """The client of an account; one that was there before gets its key first."""
        if account in self.clients:
            return self.clients[account]
        client = self.new_client()
        said = {"subject": account, "jwk": client.jwk}
        client.account = json.loads(self.service.call("POST", "/accounts", said))["url"]
        self.clients[account] = client
        return client

    def new_client(self, number=None):
        acme = self.service.at["acme"]
        return Client(acme["directory"], acme["ca"], number or len(self.clients) + 1)

    def account_requested(self, subject, data):
        client = self.new_client()
        binding, mac_key = None, None
        if "eab" in data:
            key_id = data["eab"].removeprefix("eab/")
            known = json.loads(self.service.call("GET", "/eab"))
            found = [one["hmac_key"] for one in known if one["key_id"] == key_id]
            if not data.get("mac_verifies"):
                mac_key = without_key(key_id)
            binding = (key_id, found[0] if found else b64(without_key(key_id)))
        contacts = data.get("contacts", ())
        client.open_account(binding, contacts, data.get("terms", False), mac_key)
        if client.account:
            self.clients[subject] = client
        else:
            client.close()

    def order_requested(self, subject, data):
        """An order is answered once it is created; until then another connection goes on."""
        client = self.client(data["account"])
        asking = threading.Thread(target=self.order, args=(client, data["identifiers"]))
        asking.start()
        until = time.monotonic() + PATIENCE
        while asking.is_alive() and time.monotonic() < until:
            asking.join(0.02)
            if asking.is_alive() and self.is_waited_for(subject):
                self.clients[data["account"]] = self.beside(client)
                self.others.append((client, asking))
                return

    @staticmethod
    def order(client, names):
        try:
            client.order(names)
        except (OSError, http.client.HTTPException):
            pass  # the service has ended

    def is_waited_for(self, subject):
        types = [e["type"] for e in self.service.trace() if e["subject"] == subject]
        return types == ["order.requested"]

    def beside(self, client):
        """Another connection of the same account."""
        other = self.new_client(client.number)
        other.account = client.account
        return other

    def owner_of_order(self, order):
        for event in self.run.trace:
            if event["type"] == "order.requested" and event["subject"] == order:
                return self.client(event["data"]["account"])
        raise Cannot(f"nobody has ordered {order}")

    def challenge_responded(self, subject, data):
        authorization = subject.removeprefix("authorization/")
        order = "order/" + authorization.rpartition("-")[0]
        way = {"http-01": "file", "dns-01": "dns"}[data["type"]]
        self.owner_of_order(order).post(f"/acme/challenge/{authorization}-{way}", {})

    def order_finalized(self, subject, data):
        key = KEYS.get(data.get("key"))
        if "csr" not in data:
            self.owner_of_order(subject).post(
                f"/acme/order/{subject.removeprefix('order/')}/finalize", {}
            )
            return
        if not key:
            raise Cannot("it names a key that is not of the pool")
        csr = csr_of(data.get("csr_names", ()), key, data.get("csr_cn"))
        if data.get("csr_problem") == "bad-signature":
            csr = csr[:-1] + bytes([csr[-1] ^ 1])
        number = subject.removeprefix("order/")
        self.owner_of_order(subject).post(f"/acme/order/{number}/finalize", {"csr": b64(csr)})

    def download_requested(self, subject, data):
        serial = subject.removeprefix("certificate/")
        answer = self.client(data["account"]).get(f"/acme/cert/{serial}")
        if answer.status == 200:
            self.certificates[subject] = answer.body

    def revocation_requested(self, subject, data):
        """By the admin API: who has not downloaded a certificate cannot send it."""
        self.happen({"type": "revocation.requested", "subject": subject, "data": data})


OFFERED = "challenge.offered"


def without_csr_bytes(event):
    if event["type"] != "order.finalized":
        return event
    text = re.sub(r"[0-9a-f]{64}(?=\])", "DIGEST", event["data"]["csr"])
    return {**event, "data": {**event["data"], "csr": text}}


def difference(mine, theirs):
    """What is the first difference of two traces; empty: there is none."""
    for n in range(max(len(mine), len(theirs))):
        one = without_csr_bytes(mine[n]) if n < len(mine) else None
        other = without_csr_bytes(theirs[n]) if n < len(theirs) else None
        if one != other:
            show = [json.dumps(e, ensure_ascii=False)[:700] for e in (one, other)]
            return f"line {n + 1}\n  in process   {show[0]}\n  over sockets {show[1]}"
    return ""


def play(run):
    """Why the run cannot be played, or how the traces differ; empty: they are the same."""
    with tempfile.TemporaryDirectory(prefix="shinsa-trace-") as folder:
        folder = Path(folder)
        try:
            service = Service(run.write(folder), folder)
        except Cannot as why:
            return str(why)
        player = Player(run, service)
        try:
            theirs = player.play()
            return difference(player.translated(run.trace[:-1]), theirs)
        except Cannot as why:
            return str(why)
        except Exception as error:  # told with its run
            return f"{type(error).__name__}: {error}"
        finally:
            service.stop()
            player.close()


class TraceTest(unittest.TestCase):
    def test_a_scenario_gives_the_same_trace_in_process_and_over_sockets(self):
        with tempfile.TemporaryDirectory(prefix="shinsa-runs-") as folder:
            done = subprocess.run(
                [SHINSA, "run", SUITE, "--out", folder], capture_output=True, text=True
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            runs = []
            for file in sorted(SUITE.glob("*.yaml")):
                story = load(file)
                for suffix, row in rows_of(story) if "steps" in story else ():
                    runs.append(Run(file, suffix, row, Path(folder) / "traces"))
        if len(sys.argv) > 3:
            runs = [run for run in runs if re.fullmatch(sys.argv[3], run.name)]
        same, differ = [], {}
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            for run, why in zip(runs, pool.map(play, runs)):
                if why:
                    differ[run.name] = why
                else:
                    same.append(run.name)
        print(f"{len(same)} of {len(runs)} runs have the same trace")
        unexpected = {name: why for name, why in differ.items() if name not in CANNOT}
        self.assertEqual(unexpected, {}, "\n".join(f"{n}: {w}" for n, w in unexpected.items()))
        self.assertEqual([name for name in same if name in CANNOT], [], "these can be played")
        if len(sys.argv) == 3:
            self.assertEqual(set(CANNOT) - {run.name for run in runs}, set(), "there are none such")
        self.assertGreater(len(same), 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
