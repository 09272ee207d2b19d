"""Every bounded world of bench/worlds gone through: with steps that are known, and each worked out.

    ./dev bench worlds [--pairs N] [WORLD...]

Runs `shinsa explore` in turn with and without --direct, on one thread, and prints medians of CPU
time: states, steps, states per second, bytes a state, and how much the knowing saves. The first
two columns of rates are of the machines alone (--no-laws), the others with the laws. Both ways must
find the same. SHINSA is our program.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys

import cpu_time

WORLDS = sorted((pathlib.Path(__file__).parent / "worlds").glob("*.yaml"))
WAYS = [["--no-laws"], ["--no-laws", "--direct"], [], ["--direct"]]


def explore(program, world, way):
    """What was found, and the CPU seconds it took."""
    text, seconds = cpu_time.run([program, "explore", str(world), "--json", *way])
    return json.loads(text)["worlds"][0], seconds


def measure(program, world, pairs):
    found = [[] for _ in WAYS]
    for _ in range(pairs):
        for runs, way in zip(found, WAYS):
            runs.append(explore(program, world, way))
    rates = []
    for runs in found:
        states = runs[0][0]["states"]
        rates.append(states / statistics.median(seconds for _, seconds in runs) / 1e6)
    for known, direct in ((0, 1), (2, 3)):
        one, other = found[known][0][0], found[direct][0][0]
        for what in ("states", "edges", "levels", "end", "digest"):
            if one[what] != other[what]:
                sys.exit(f"{world.name}: {what} differ: {one[what]} and {other[what]}")
    alone, whole = found[0][0][0], found[2][0][0]
    print(
        f"{world.stem:18} {alone['states']:>9,} {rates[0]:6.2f} {rates[1]:6.2f}"
        f" {whole['states']:>10,} {whole['edges']:>10,} {rates[2]:6.2f} {rates[3]:6.2f}"
        f" {whole['bytes'] / whole['states']:6.0f}",
        flush=True,
    )


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--pairs", type=int, default=1)
    arguments.add_argument("worlds", nargs="*", type=pathlib.Path, default=WORLDS)
    asked = arguments.parse_args()
    print("                    machines alone            with the laws")
    print("                       states  known direct     states      steps  known direct  bytes")
    for world in asked.worlds:
        measure(os.environ["SHINSA"], world, asked.pairs)


if __name__ == "__main__":
    main()
