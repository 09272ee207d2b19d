"""Three coupled orders of each system, gone through to the end or to so many states.

    ./dev bench three [--max-states N] [WORLD...]

Runs `shinsa explore` through the worlds of bench/worlds/three, with the laws, on one thread, once:
states, steps, where it ended, CPU time, states per second, bytes a state. Ends with an error if a
law is broken. SHINSA is our program.
"""

import argparse
import json
import os
import pathlib
import sys

import cpu_time

WORLDS = sorted((pathlib.Path(__file__).parent / "worlds" / "three").glob("*.yaml"))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--max-states", type=int, default=20_000_000)
    arguments.add_argument("worlds", nargs="*", type=pathlib.Path, default=WORLDS)
    asked = arguments.parse_args()
    limit = ["--max-states", str(asked.max_states)]
    print(f"{'':18}{'states':>12}{'steps':>13} {'end':10}{'CPU s':>8}{'M/s':>6}{'bytes':>7}")
    for world in asked.worlds:
        text, seconds = cpu_time.run(
            [os.environ["SHINSA"], "explore", str(world), "--json", *limit]
        )
        found = json.loads(text)["worlds"][0]
        if found["broken_states"]:
            sys.exit(f"{world.stem}: {found['counterexample']['what']}")
        print(
            f"{world.stem:18}{found['states']:12,}{found['edges']:13,} {found['end']:10}"
            f"{seconds:8.1f}{found['states'] / seconds / 1e6:6.2f}"
            f"{found['bytes'] / found['states']:7.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
