"""The explorer beside Spin on one model: issuance.pml, and the same as our own machines.

    ./dev bench explorer [--pairs N]

Runs both in turn, pair by pair, and prints medians of CPU time: states, edges, seconds, bytes a
state, and the ratio of states per second; then how much sooner two threads of ours are done than
one. Needs Debian's spin and gcc; SHINSA_BENCH is our program.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import cpu_time

MODEL = pathlib.Path(__file__).parent / "spin" / "issuance.pml"
# Spin's best exact run: packed records, depth first.
MAKE = ["gcc", "-O2", "-DSAFETY", "-DNOREDUCE", "-DMEMLIM=9000", "-o", "pan", "pan.c"]
RUN = ["./pan", "-m10000", "-w24"]


def make_spin(folder):
    shutil.copy(MODEL, folder)
    subprocess.run(["spin", "-DPACK", "-a", MODEL.name], cwd=folder, check=True)
    subprocess.run(MAKE, cwd=folder, check=True, stderr=subprocess.DEVNULL)


def run_spin(folder):
    text, seconds = cpu_time.run(RUN, folder)
    states = int(re.search(r"(\d+) states, stored", text)[1])
    edges = int(re.search(r"(\d+) transitions", text)[1]) - 1  # it counts the initial state
    megabytes = float(re.search(r"([\d.]+)\s+total actual memory usage", text)[1])
    if "errors: 0" not in text:
        sys.exit("spin found an error or did not finish:\n" + text)
    return {
        "states": states,
        "edges": edges,
        "seconds": seconds,
        "bytes": megabytes * 2**20 / states,
    }


def run_ours(program, threads=1):
    text, seconds = cpu_time.run([program, str(threads)])
    said = json.loads(text)
    return {
        "states": said["states"],
        "edges": said["edges"],
        "seconds": seconds,
        "bytes": said["bytes_per_state"],
        "wall": said["wall"],
    }


def median(runs, key):
    return statistics.median(run[key] for run in runs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=5)
    pairs = parser.parse_args().pairs
    if not shutil.which("spin"):
        sys.exit("there is no spin; install it: apt-get install spin")
    program = os.environ["SHINSA_BENCH"]
    ours, spins, twos = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        make_spin(folder)
        for _ in range(pairs):
            ours.append(run_ours(program))
            spins.append(run_spin(folder))
            twos.append(run_ours(program, threads=2))
    print(f"{'':8}{'states':>12}{'edges':>12}{'CPU s':>8}{'M states/s':>12}{'B/state':>9}")
    for name, runs in [("Shinsa", ours), ("Spin", spins)]:
        seconds = median(runs, "seconds")
        states = runs[0]["states"]
        print(
            f"{name:8}{states:12,}{runs[0]['edges']:12,}{seconds:8.2f}"
            f"{states / seconds / 1e6:12.2f}{median(runs, 'bytes'):9.1f}"
        )
    ratios = [b["seconds"] / a["seconds"] for a, b in zip(ours, spins)]
    print(
        f"states per second, Shinsa : Spin: median {statistics.median(ratios):.2f},"
        f" {min(ratios):.2f} to {max(ratios):.2f} in {pairs} pairs"
    )
    sooner = [one["wall"] / two["wall"] for one, two in zip(ours, twos)]
    print(
        f"two threads are done {statistics.median(sooner):.2f} times as soon as one,"
        f" {min(sooner):.2f} to {max(sooner):.2f}"
    )
    if (ours[0]["states"], ours[0]["edges"]) != (spins[0]["states"], spins[0]["edges"]):
        sys.exit("they do not count alike")


if __name__ == "__main__":
    main()
