"""The random walk of system, judge and laws: events per CPU second on one core, without X.509.

    ./dev bench walk [--slices N] [--requests N] [SYSTEM...]

Keys, requests for signing and certificates are made in the first runs of a campaign and known from
then on; so what a long campaign takes more than a short one is the walk alone. Prints the median,
the least and the most of some slices of each system, taken in turn, for other work on the machine
comes and goes. Events of runs that are played twice count twice. SHINSA is our program.
"""

import argparse
import json
import os
import re
import statistics

import cpu_time

TWICE = 0.05  # of the runs, which must hash alike
# Requests of a campaign. After the short one few keys and requests for signing are new.
SHORT, LONG = 100_000, 260_000


def all_systems(program):
    text, _ = cpu_time.run([program, "list", "systems", "--json"])
    return [one["system"] for one in json.loads(text)["systems"] if one["implemented"]]


def campaign(program, system, runs, requests):
    """Events, and the CPU seconds that they took."""
    command = [program, "fuzz", "--system", system, "-j1", "--seed", "7"]
    text, seconds = cpu_time.run(command + ["--runs", str(runs), "--requests", str(requests)])
    events = int(re.search(r"([\d,]+) events", text)[1].replace(",", ""))
    return events * (1 + TWICE), seconds


def rate(program, system, requests):
    few, briefly = campaign(program, system, SHORT // requests, requests)
    many, long = campaign(program, system, LONG // requests, requests)
    return (many - few) / (long - briefly) / 1e6


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--slices", type=int, default=9)
    arguments.add_argument("--requests", type=int, default=20, help="of a run")
    arguments.add_argument("systems", nargs="*", metavar="SYSTEM", help="default: all")
    given = arguments.parse_args()
    program = os.environ["SHINSA"]
    slices = {system: [] for system in given.systems or all_systems(program)}
    for _ in range(given.slices):
        for system, rates in slices.items():
            rates.append(rate(program, system, given.requests))
    print(f"M events per CPU second, runs of {given.requests} requests, {given.slices} slices")
    print(f"{'':18}{'median':>8}{'least':>8}{'most':>8}")
    for system, rates in slices.items():
        print(f"{system:18}{statistics.median(rates):8.2f}{min(rates):8.2f}{max(rates):8.2f}")


if __name__ == "__main__":
    main()
