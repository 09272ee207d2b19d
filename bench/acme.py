"""What one ACME issuance costs `shinsa serve`, and Debian's pebble beside it.

    ./dev bench acme [--issuances N] [--names N] [--connections N] [--pairs N] [--no-pebble]
                     [--threads N] [--http-01]

bench_acme, our own load client, asks for certificates over connections that stay open; an issuance
is seven requests with a key on P-256. Validation is skipped on both sides: `--always-valid` here,
PEBBLE_VA_ALWAYS_VALID there. CPU time is that of the server process, user and system, from the
first issuance to the last; memory is what its resident size grew by. Pairs take turns, medians are
told. Pebble stalls for good under several connections: such a run is made again over half as many,
and told, until not even one is left; one of ours ends the measurement. With --http-01 nothing is
skipped and pebble is left out: the client puts the file of each challenge into the fake web by the
admin API, and the CA asks for it, by our DNS and over a socket; all of that is counted. SHINSA is
the program that is measured, SHINSA_BENCH the client.
"""

import argparse
import http.client
import json
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

NAMES_OF_A_CUSTOMER = 100
STILL = 10  # seconds without work after which a server is held to have stalled
WORK = 0.1  # seconds of CPU that are work

PEBBLE_ENV = {
    "PEBBLE_VA_NOSLEEP": "1",
    "PEBBLE_VA_ALWAYS_VALID": "1",
    "PEBBLE_WFE_NONCEREJECT": "0",
}

# All other members come by the admin API: they are more than a scenario file may tell of.
GIVEN = """title: The first member
title_ja: 最初の会員
system: jpdirect-acme
covers: [ACM-17]
given:
  start: 2026-11-24T10:00:00+09:00
  facts:
    - fact.price: product/DV
      amount: 10900
    - fact.customer: customer/C0
      mail: c0@example.jp
steps:
  - request: acme.applied
    subject: customer/C0
    data: {consent: true, button: 同意して確定}
"""


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def cpu_seconds(pid):
    """User and system time of a process."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_kb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise RuntimeError("no resident size")


def customers_of(names):
    return [names[i : i + NAMES_OF_A_CUSTOMER] for i in range(0, len(names), NAMES_OF_A_CUSTOMER)]


def events_of(names):
    """What the admin API is told: every name is paid for, every customer has applied for ACME."""
    number = 0
    for c, own in enumerate(customers_of(names), 1):
        customer, mail = f"customer/C{c}", f"c{c}@example.jp"
        yield "fact.customer", customer, {"mail": mail, "billing_mail": mail}
        for name in own:
            number += 1
            paid = {"customer": customer, "fqdn": name, "completed": "2026-11-01T10:00:00+09:00"}
            yield "fact.fqdn", f"fqdn/{number}", paid
        yield "acme.applied", customer, {"consent": True, "button": "同意して確定"}


def let_happen(admin, names):
    url = urllib.parse.urlsplit(admin)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    for kind, subject, data in events_of(names):
        said = json.dumps({"type": kind, "subject": subject, "data": data})
        connection.request("POST", "/events", said.encode())
        answer = connection.getresponse()
        what = answer.read().decode()
        if answer.status != 200:
            sys.exit(f"{subject} cannot be: {what}")
    connection.close()


class Server:
    """A server that runs, and where its client begins."""

    def __init__(self, process, directory, root, keys, admin=None):
        self.process, self.directory, self.root, self.keys = process, directory, root, keys
        self.admin = admin  # where files of challenges are put, if they are wanted

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)


def shinsa(folder, names, more=()):
    given = folder / "given.yaml"
    given.write_text(GIVEN, encoding="utf-8")
    log = open(folder / "shinsa.log", "w", encoding="utf-8")
    process = subprocess.Popen(
        [os.environ["SHINSA"], "serve", "--given", given, "--ca-dir", folder / "ca"]
        + ["--quiet", *more],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    line = process.stdout.readline()
    if not line:
        process.wait()
        sys.exit("shinsa serve did not start:\n" + (folder / "shinsa.log").read_text())
    at = json.loads(line)
    let_happen(at["admin"]["url"], names)
    with urllib.request.urlopen(at["admin"]["url"] + "/eab") as answer:
        eabs = json.load(answer)
    keys = {}  # by customer: C1-1 is the first of C1
    for one in eabs:
        keys[one["key_id"].rpartition("-")[0]] = f"{one['key_id']} {one['hmac_key']}"
    lines = [f"{len(own)} {keys[f'C{c}']}" for c, own in enumerate(customers_of(names), 1)]
    return Server(process, at["acme"]["directory"], at["acme"]["ca"], lines, at["admin"]["url"])


def pebble(folder, names):
    listen, admin = free_port(), free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"]
        + ["-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-subj", "/CN=localhost"]
        + ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"],
        check=True,
        capture_output=True,
    )
    config = {
        "listenAddress": f"127.0.0.1:{listen}",
        "managementListenAddress": f"127.0.0.1:{admin}",
        "certificate": str(folder / "cert.pem"),
        "privateKey": str(folder / "key.pem"),
        "httpPort": 5002,
        "tlsPort": 5001,
    }
    (folder / "pebble.json").write_text(json.dumps({"pebble": config}))
    process = subprocess.Popen(
        ["pebble", "-config", folder / "pebble.json"],
        env={**os.environ, **PEBBLE_ENV},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(200):
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", listen)) == 0:
                break
        time.sleep(0.05)
    lines = [str(len(own)) for own in customers_of(names)]
    return Server(process, f"https://127.0.0.1:{listen}/dir", folder / "cert.pem", lines)


def kill_when_still(client, pid, over):
    """Kills the client of a server that does nothing any more, unless the measurement is over."""
    used, since = cpu_seconds(pid), time.monotonic()
    while not over.wait(1):
        now = cpu_seconds(pid)
        if now - used > WORK:
            used, since = now, time.monotonic()
        elif time.monotonic() - since > STILL:
            client.kill()
            return


def load(server, folder, names, issuances, connections, puts_files=False):
    """Milliseconds of CPU and kilobytes that an issuance takes, and what else was seen."""
    (folder / "names").write_text("".join(name + "\n" for name in names))
    (folder / "keys").write_text("".join(line + "\n" for line in server.keys))
    client = subprocess.Popen(
        [os.environ["SHINSA_BENCH"], server.directory, server.root, folder / "names"]
        + [str(issuances), str(connections), folder / "keys"]
        + ([server.admin] if puts_files else []),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if client.stdout.readline().strip() != "READY":
        sys.exit("the client could not begin")
    pid = server.process.pid
    cpu, memory = cpu_seconds(pid), resident_kb(pid)
    client.stdin.write("go\n")
    client.stdin.flush()
    over = threading.Event()
    threading.Thread(target=kill_when_still, args=(client, pid, over)).start()
    done = client.stdout.readline().split()
    over.set()
    used, grown = cpu_seconds(pid) - cpu, resident_kb(pid) - memory
    status = client.wait()
    if status == -signal.SIGKILL:
        raise Stalled()
    if status != 0 or int(done[1]) != issuances:
        sys.exit(f"{done[1] if done else 0} of {issuances} were issued")
    return {
        "ms": used / issuances * 1000,
        "kb": grown / issuances,
        "requests": int(done[2]) / issuances,
        "rate": issuances / float(done[4]),
    }


class Stalled(Exception):
    """The server did not answer any more."""


def measure(make, names, issuances, connections, puts_files=False):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with make(folder, names) as server:
            return load(server, folder, names, issuances, connections, puts_files)


def say(what):
    print(what, file=sys.stderr, flush=True)


def tell(who, runs):
    ms = [one["ms"] for one in runs]
    print(
        f"{who:<10}{statistics.median(ms):7.2f} ms CPU an issuance "
        f"({min(ms):.2f} to {max(ms):.2f}), "
        f"{statistics.median(one['kb'] for one in runs):5.1f} KB kept, "
        f"{statistics.median(one['requests'] for one in runs):.1f} requests, "
        f"{statistics.median(one['rate'] for one in runs):.0f} a second",
        flush=True,
    )
    return statistics.median(ms)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--issuances", type=int, default=5000)
    parser.add_argument("--names", type=int, default=1000, help="distinct host names")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--no-pebble", action="store_true")
    parser.add_argument("--threads", type=int, default=1, help="of shinsa serve")
    parser.add_argument("--http-01", action="store_true", help="look at every challenge")
    given = parser.parse_args()
    more = [] if given.http_01 else ["--always-valid"]
    more += ["--threads", str(given.threads)]

    def ours_of(folder, names):
        return shinsa(folder, names, more)

    names = [f"n{i}.example.jp" for i in range(given.names)]
    ours, theirs, stalls, crowd = [], [], 0, given.connections
    for run in range(1, given.pairs + 1):
        at = f"run {run} of {given.pairs}:"
        try:
            ours.append(measure(ours_of, names, given.issuances, given.connections, given.http_01))
        except Stalled:
            sys.exit(f"{at} shinsa stalled")
        say(f"{at} shinsa {ours[-1]['ms']:.2f} ms")
        if not given.no_pebble and not given.http_01:
            # It takes a name's authorization again, which would save it requests.
            fresh = [f"n{i}.example.jp" for i in range(given.issuances)]
            while len(theirs) < len(ours) and crowd > 0:
                try:
                    theirs.append(measure(pebble, fresh, given.issuances, crowd))
                    say(f"{at} pebble {theirs[-1]['ms']:.2f} ms over {crowd} connections")
                except Stalled:
                    say(f"{at} pebble stalled over {crowd} connections")
                    stalls, crowd = stalls + 1, crowd // 2
    print(
        f"{given.issuances} issuances of {given.names} names over {given.connections} connections, "
        f"{given.pairs} runs"
        + (", http-01" if given.http_01 else "")
        + (f", {given.threads} threads" if given.threads > 1 else "")
    )
    mine = tell("shinsa", ours)
    if stalls:
        print(
            f"pebble stalled for good in {stalls} further runs, "
            f"over {given.connections} connections and then fewer, last {crowd}"
        )
    if theirs:
        print(f"shinsa takes {mine / tell('pebble', theirs):.2f} of pebble's CPU")


if __name__ == "__main__":
    main()
