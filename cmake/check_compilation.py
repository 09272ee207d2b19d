"""Asks the compiler whether one file compiles: it must, or it must not and say why.

    check_compilation.py FILE --compiles -- COMPILER FLAGS...
    check_compilation.py FILE --refused-with TEXT -- COMPILER FLAGS...

A file that fails for another reason than TEXT is a failure too: else a moved header would pass
for a refusal.
"""

import argparse
import subprocess
import sys


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--compiles", action="store_true")
    wanted.add_argument("--refused-with", metavar="TEXT")
    parser.add_argument("command", nargs="+", help="compiler and flags, after --")
    arguments = parser.parse_args()

    done = subprocess.run(
        [*arguments.command, "-fsyntax-only", arguments.file],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if arguments.compiles:
        good = done.returncode == 0
        expected = "compile"
    else:
        good = done.returncode != 0 and arguments.refused_with in done.stdout
        expected = f"be refused with '{arguments.refused_with}'"
    if good:
        return 0
    print(
        f"{arguments.file}: expected to {expected}; the compiler gave {done.returncode} and said:"
    )
    print(done.stdout)
    return 1


if __name__ == "__main__":
    sys.exit(main())
