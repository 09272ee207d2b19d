"""Whether programs built in other ways find the same in bounded worlds.

    same_for_all_builds.py PROGRAM... -- WORLD...

Each goes through each world, with and without knowing what steps do. What they find must be equal:
states, steps, levels, the rows that never fire, and a digest of which state was found from which.
The last line counts.
"""

import json
import subprocess
import sys

ALIKE = ("states", "edges", "levels", "end", "digest", "broken_states", "rows_never_fired")
WAYS = ([], ["--direct", "--no-laws"], ["--no-laws"])


def explore(program, world, way):
    command = [program, "explore", world, "--json", *way]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)["worlds"][0]
    return {what: found[what] for what in ALIKE}


def main():
    at = sys.argv.index("--")
    programs, worlds = sys.argv[1:at], sys.argv[at + 1 :]
    passed = failed = 0
    for world in worlds:
        for way in WAYS:
            expected = explore(programs[0], world, way)
            for program in programs[1:]:
                found = explore(program, world, way)
                if found == expected:
                    passed += 1
                    continue
                failed += 1
                print(f"FAIL  {program} {world} {' '.join(way)}: {found}, not {expected}")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
