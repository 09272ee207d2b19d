"""How fast `shinsa check` judges a log, what memory it takes, and pm4py's token replay beside it.

    ./dev bench check [--orders N] [--many N] [--folder FOLDER] [--no-pm4py]

The log is written by bench_check: the lives of a campaign of jpdirect-reissue, with some hundred
events and names of their own each, put in the order of time. pm4py (AGPL; a peer to measure beside,
never a part of this project) is installed from PyPI into build/bench-venv. It discovers a Petri net
in a tenth of the orders, which is not counted, and replays all of them on it; it is given the
events as a table that is read already. Events per CPU second, user and system time, one thread.

`--many` judges a second, larger log, of which the memory is told: 100,000 orders by default, ten
million events. SHINSA is our program, SHINSA_BENCH the one that writes logs.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
VENV = ROOT / "build" / "bench-venv"
PM4PY = "pm4py==2.7.23.11"

REPLAY = """
import json, resource, sys
import pandas, pm4py
rows = []
for line in open(sys.argv[1], encoding="utf-8"):
    event = json.loads(line)
    if event["type"] not in ("log.opened", "log.closed"):
        name = event["subject"].partition("/")[2].partition("-")[0]
        rows.append((name, event["type"], event["time"]))
frame = pandas.DataFrame(rows, columns=["case:concept:name", "concept:name", "time:timestamp"])
frame["time:timestamp"] = pandas.to_datetime(frame["time:timestamp"], utc=True)
cases = frame["case:concept:name"].unique()
some = frame[frame["case:concept:name"].isin(cases[: max(1, len(cases) // 10)])]
net, initial, final = pm4py.discover_petri_net_inductive(some, noise_threshold=0.2)
used = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
before = used()
replayed = pm4py.conformance_diagnostics_token_based_replay(frame, net, initial, final)
print("REPLAYED", len(frame), len(replayed), used() - before)
"""


def measured(command, **more):
    """The CPU seconds and the peak memory in MB of a command, and what it printed."""
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **more)
    text = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {child.returncode}:\n{text}")
    wall = time.monotonic() - started
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, wall, text


def write_log(path, orders):
    """Writes a log, unless it is there. @return events and bytes."""
    if not path.exists():
        with open(path, "wb") as file:
            subprocess.run([os.environ["SHINSA_BENCH"], str(orders)], stdout=file, check=True)
    events = sum(chunk.count(b"\n") for chunk in iter_chunks(path))
    return events, path.stat().st_size


def iter_chunks(path):
    with open(path, "rb") as file:
        while chunk := file.read(1 << 24):
            yield chunk


def judge(path, events, size, orders):
    seconds, megabytes, wall, text = measured([os.environ["SHINSA"], "check", str(path)])
    verdict = text.strip().splitlines()[-1]
    clauses = re.search(r"(\d+) violated", text)
    print(
        f"shinsa check   {events:,} events of {orders:,} orders, {size // events} bytes a line: "
        f"{events / seconds / 1e6:.2f} M events per CPU second ({seconds:.1f} s, {wall:.1f} s by "
        f"the wall), {megabytes:.0f} MB; {verdict}" + (f", {clauses[0]} clauses" if clauses else "")
    )
    return events / seconds


def pm4py_rate(path):
    python = VENV / "bin" / "python"
    if not python.exists():
        print("making build/bench-venv from PyPI", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        install = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run(install + [PM4PY], check=True)
    _, megabytes, _, text = measured(
        [str(python), "-c", REPLAY, str(path)], stderr=subprocess.DEVNULL
    )
    events, cases, seconds = re.search(r"REPLAYED (\d+) (\d+) ([\d.]+)", text).groups()
    rate = int(events) / float(seconds)
    print(
        f"pm4py replay   {int(events):,} events of {int(cases):,} cases: "
        f"{rate / 1e3:.0f} k events per CPU second, {megabytes:.0f} MB"
    )
    return rate


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--orders", type=int, default=10_000)
    arguments.add_argument("--many", type=int, default=100_000, help="0: leave it out")
    arguments.add_argument("--folder", type=pathlib.Path, default=ROOT / "build" / "bench-logs")
    arguments.add_argument("--no-pm4py", action="store_true")
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    path = given.folder / f"{given.orders}.jsonl"
    events, size = write_log(path, given.orders)
    ours = max(judge(path, events, size, given.orders) for _ in range(3))
    if not given.no_pm4py:
        print(f"ratio          {ours / pm4py_rate(path):.1f} (must be 13)")
    if given.many:
        path = given.folder / f"{given.many}.jsonl"
        events, size = write_log(path, given.many)
        judge(path, events, size, given.many)


if __name__ == "__main__":
    main()
