"""`shinsa serve` under load and among clients that mean no good; for a build with sanitizers.

    serve_load.py [ISSUANCES]

SHINSA is the program, SHINSA_BENCH the folder of bench_acme. While certificates are issued, by
files in the fake web that the CA fetches, all ports get requests that are none, JWS that are not
signed, datagrams of noise, connections that say nothing or stop half way; faults come and go. Then
the service is ended. It has to have issued them all and to end with 0; a sanitizer that has found
something says so on stderr. The noise is drawn from a fixed seed.
"""

import json
import os
import pathlib
import random
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "bench"))
from acme import GIVEN, customers_of, let_happen  # noqa: E402

ISSUANCES = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
NAMES = [f"n{i}.example.jp" for i in range(300)]
PATIENCE = 2  # seconds that a hostile client waits
LONGEST = 1800  # seconds for all
SANITIZERS = ("AddressSanitizer", "LeakSanitizer", "runtime error:")
PATHS = ("/", "/directory", "/acme/new-order", "/acme/order/1", "/acme/challenge/1-1-file", "/ocsp")


class Hostile(threading.Thread):
    """A client that sends noise to one port after the other until it is told to stop."""

    def __init__(self, at, seed, stop):
        super().__init__()
        self.at, self.chance, self.stopped, self.sent = at, random.Random(seed), stop, 0
        self.held = []  # connections that say nothing

    def run(self):
        acts = (self.bad_request, self.bad_jws, self.half_open, self.datagram, self.over_tcp)
        while not self.stopped.is_set():
            try:
                self.chance.choice(acts)()
            except OSError:
                pass  # it was closed upon; that is the least that may happen
            self.sent += 1
        for one in self.held:
            one.close()

    def noise(self, most=300):
        return self.chance.randbytes(self.chance.randrange(most))

    def port(self):
        at = self.at
        urls = [at["acme"]["directory"], at["admin"]["url"], at["ca"]["url"]]
        ports = [int(url.split(":")[2].split("/")[0]) for url in urls]
        return self.chance.choice([*ports, at["http"]["http_port"], at["http"]["https_port"]])

    def connect(self, port):
        return socket.create_connection(("127.0.0.1", port), PATIENCE)

    def bad_request(self):
        path = self.chance.choice(PATHS).encode()
        request = self.chance.choice(
            (
                b"GET "
                + path
                + b" HTTP/1.1\r\nHost: "
                + self.noise(60).hex().encode()
                + b"\r\n\r\n",
                b"POST "
                + path
                + b" HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"
                + self.noise(9),
                b"POST "
                + path
                + b" HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
                b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\n\r\n",
                self.noise(),
            )
        )
        with self.connect(self.port()) as one:
            one.sendall(request)
            one.settimeout(0.2)
            one.recv(4096)

    def bad_jws(self):
        """Over TLS, as a client would."""
        port = int(self.at["acme"]["directory"].split(":")[2].split("/")[0])
        context = ssl._create_unverified_context()
        body = self.chance.choice(
            (
                self.noise(),
                b'{"protected":"'
                + self.noise(40).hex().encode()
                + b'","payload":"","signature":""}',
                b'{"protected":"e30","payload":"e30","signature":"AAAA"}',
                b"[" * 200,
            )
        )
        head = (
            f"POST {self.chance.choice(PATHS)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"User-Agent: noise\r\nContent-Type: application/jose+json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        with context.wrap_socket(self.connect(port), server_hostname="localhost") as one:
            one.sendall(head.encode() + body)
            one.recv(4096)

    def half_open(self):
        one = self.connect(self.port())
        one.sendall(b"\x16\x03\x01\x02\x00"[: self.chance.randrange(6)])
        self.held.append(one)
        if len(self.held) > 100:
            self.held.pop(self.chance.randrange(len(self.held))).close()

    def datagram(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            query = b"\0\1\1\0\0\1\0\0\0\0\0\0\2n1\7example\2jp\0\0\1\0\1"
            cut = query[: self.chance.randrange(len(query))]
            one.sendto(self.chance.choice((self.noise(), cut, query)), self.dns())

    def over_tcp(self):
        with socket.create_connection(self.dns(), PATIENCE) as one:
            one.sendall(self.chance.choice((b"\0\xff" + self.noise(), b"\xff\xff", b"\0")))

    def dns(self):
        return self.at["dns"]["address"], self.at["dns"]["port"]


def admin(at, path, body, method="POST"):
    data = json.dumps(body).encode()
    request = urllib.request.Request(at["admin"]["url"] + path, data, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def play_faults(at, stop):
    """Faults that a client of the load does not mind, asked for and ended again and again."""
    while not stop.wait(0.2):
        for fault in (
            {"front": "ca", "kind": "truncated", "bytes": 3},
            {"front": "https", "kind": "reset"},
            {"front": "dns", "kind": "slow", "delay_ms": 50, "name": "n1.example.jp"},
            {"front": "dns", "kind": "truncated", "name": "n2.example.jp"},
        ):
            admin(at, "/faults", fault)
        stop.wait(0.2)
        admin(at, "/faults", None, "DELETE")


def issue(at, folder):
    """Asks for all the certificates. @return how many were issued."""
    eabs = admin(at, "/eab", None, "GET")
    keys = {one["key_id"].rpartition("-")[0]: one for one in eabs}
    lines = []
    for c, own in enumerate(customers_of(NAMES), 1):
        one = keys[f"C{c}"]
        lines.append(f"{len(own)} {one['key_id']} {one['hmac_key']}\n")
    (folder / "names").write_text("".join(name + "\n" for name in NAMES))
    (folder / "keys").write_text("".join(lines))
    bench = pathlib.Path(os.environ["SHINSA_BENCH"]) / "bench_acme"
    command = [bench, at["acme"]["directory"], at["acme"]["ca"], folder / "names"]
    command += [str(ISSUANCES), "4", folder / "keys", at["admin"]["url"]]
    done = subprocess.run(command, input="go\n", stdout=subprocess.PIPE, text=True, timeout=LONGEST)
    return int(done.stdout.split()[2])


def main():
    stop = threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "given.yaml").write_text(GIVEN, encoding="utf-8")
        log = open(folder / "log", "w+", encoding="utf-8")
        service = subprocess.Popen(
            [os.environ["SHINSA"], "serve", "--given", folder / "given.yaml", "--quiet"]
            + ["--state", folder / "state", "--threads", "3"],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        at = json.loads(service.stdout.readline())
        let_happen(at["admin"]["url"], NAMES)
        others = [Hostile(at, seed, stop) for seed in range(2)]
        others.append(threading.Thread(target=play_faults, args=(at, stop)))
        for one in others:
            one.start()
        try:
            issued = issue(at, folder)
        finally:
            stop.set()
            for one in others:
                one.join()
            service.terminate()
            code = service.wait(600)
        log.seek(0)
        said = log.read()
    noise = sum(one.sent for one in others[:2])
    print(f"{issued} of {ISSUANCES} issued, {noise} times noise, the service ended with {code}")
    found = any(word in said for word in SANITIZERS)
    if found or code != 0 or issued != ISSUANCES or noise == 0:
        sys.exit(said[-6000:])


if __name__ == "__main__":
    main()
