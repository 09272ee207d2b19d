"""Prints `N passed, N failed, N skipped` for a record of `ctest --output-junit`.

A test counts as skipped if it is disabled or said itself that it skips; one that could not be
started counts as failed. The exit code is 0 if there was a test and none failed, else what CTest
gave, else 1.
"""

import argparse
import sys
import xml.etree.ElementTree as ElementTree


def outcome(case):
    """`passed`, `failed` or `skipped`, for one <testcase>."""
    status = case.get("status")
    if status == "run" and case.find("failure") is None:
        return "passed"
    if status == "disabled":
        return "skipped"
    skipped = case.find("skipped")
    # CTest says so of a missing program too; only reasons that begin so are the test's own.
    if skipped is not None and skipped.get("message", "").startswith("SKIP_"):
        return "skipped"
    return "failed"


def count(path):
    """Numbers of tests by outcome, and the names of the failed ones."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    failed = []
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        how = outcome(case)
        counts[how] += 1
        if how == "failed":
            failed.append(case.get("name"))
    return counts, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", help="what ctest wrote with --output-junit")
    parser.add_argument("--ctest-status", type=int, default=0, help="exit code of ctest")
    arguments = parser.parse_args()

    try:
        counts, failed = count(arguments.record)
    except (OSError, ElementTree.ParseError) as error:
        print(f"{arguments.record}: no record of a test run ({error})", file=sys.stderr)
        return arguments.ctest_status or 2

    for name in failed:
        print(f"failed: {name}")
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    if failed or sum(counts.values()) == 0:
        return arguments.ctest_status or 1
    return arguments.ctest_status


if __name__ == "__main__":
    sys.exit(main())
