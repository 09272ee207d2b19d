"""What the name server of `shinsa serve` costs: answers per second of CPU time of the whole server.

    ./dev bench dns [--answers N] [--names N] [--under-way N] [--runs N]

bench_dns, our own load client, keeps so many queries under way over UDP. Asked in turn: addresses
and TXT records that are there, a type that the name has not, names that are not there. CPU time is
that of the server process, user and system, from the first query to the last; the server writes no
line for each query (--quiet). SHINSA is the program that is measured, SHINSA_BENCH the client.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from acme import cpu_seconds

A, TXT, AAAA = 1, 16, 28
MUST = 50_000  # answers per CPU second

GIVEN = """title: Names with records
title_ja: レコードのある名前
system: jpdirect-acme
covers: [ACM-17]
given:
  start: 2026-11-24T10:00:00+09:00
steps:
"""
CHANGED = """  - request: dns.changed
    subject: zone/{name}
    data: {{name: {name}, type: {type}, values: ["{value}"]}}
"""


def write_given(path, names):
    records = []
    for i, name in enumerate(names):
        records.append((name, "A", f"192.0.2.{i % 250 + 1}"))
        records.append((f"_acme-challenge.{name}", "TXT", f"v{i:042d}"))
    text = "".join(CHANGED.format(name=n, type=t, value=v) for n, t, v in records)
    path.write_text(GIVEN + text, encoding="utf-8")


def write_questions(path, names):
    lines = []
    for name in names:
        lines += [(name, A), (f"_acme-challenge.{name}", TXT), (name, AAAA), (f"no.{name}", A)]
    path.write_text("".join(f"{name} {kind}\n" for name, kind in lines), encoding="utf-8")
    return len(lines)


def measure(given):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        names = [f"n{i}.example.jp" for i in range(given.names)]
        write_given(folder / "given.yaml", names)
        write_questions(folder / "questions", names)
        server = subprocess.Popen(
            [os.environ["SHINSA"], "serve", "--given", folder / "given.yaml", "--quiet"]
            + ["--frozen", "--ca-dir", folder / "ca"],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            at = json.loads(server.stdout.readline())["dns"]
            return load(server.pid, at, folder / "questions", given)
        finally:
            server.terminate()
            server.wait(60)


def load(pid, at, questions, given):
    client = subprocess.Popen(
        [os.environ["SHINSA_BENCH"], at["address"], str(at["port"]), questions]
        + [str(given.answers), str(given.under_way)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if client.stdout.readline().strip() != "READY":
        sys.exit("the client could not begin")
    before = cpu_seconds(pid)
    client.stdin.write("go\n")
    client.stdin.flush()
    done = client.stdout.readline().split()
    used = cpu_seconds(pid) - before
    if client.wait() != 0:
        sys.exit("the client could not go on")
    answered, lost, there, not_there = map(int, done[1:5])
    if answered == 0 or abs(there - not_there) > given.names * 4:
        sys.exit(f"{there} answers with records and {not_there} without: not what was asked")
    return {"rate": answered / used, "lost": lost, "wall": answered / float(done[5])}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--answers", type=int, default=400_000)
    parser.add_argument("--names", type=int, default=1000, help="distinct host names")
    parser.add_argument("--under-way", type=int, default=64, help="queries at once")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    runs = [measure(given) for _ in range(given.runs)]
    rates = [one["rate"] for one in runs]
    print(
        f"{given.answers} answers about {given.names} names, {given.under_way} queries under way, "
        f"{given.runs} runs: {statistics.median(rates):.0f} per CPU second "
        f"({min(rates):.0f} to {max(rates):.0f}; must {MUST}), "
        f"{statistics.median(one['wall'] for one in runs):.0f} per second, "
        f"{sum(one['lost'] for one in runs)} lost"
    )


if __name__ == "__main__":
    main()
