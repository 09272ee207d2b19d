#!/usr/bin/env python3
"""Who notices a portal that forgets a rule: every guard of every system, forced both ways.

Each mutant is a run of the suites of its system, which must fail. Every fourteenth one is tried; by
night (SHINSA_NIGHTLY=1) all of them. Called by CTest with the program and the source folder:
guards_test.py SHINSA SOURCE_DIR [unittest arguments].
"""

import json
import os
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor

SHINSA, SOURCE = sys.argv[1:3]
STEP = 1 if os.environ.get("SHINSA_NIGHTLY") else 14
SECONDS = 600  # of one run; sanitizers are slow


def shinsa(*arguments):
    return subprocess.run(
        [SHINSA, *arguments], cwd=SOURCE, capture_output=True, text=True, timeout=SECONDS
    )


class GuardsTest(unittest.TestCase):
    def test_a_broken_guard_is_noticed_by_the_suites_of_its_system(self):
        guards = json.loads(shinsa("list", "guards", "--json").stdout)["guards"]
        mutants = sorted({(guard["system"], one) for guard in guards for one in guard["mutants"]})
        self.assertGreater(len(mutants), 300)

        def status(mutant):
            system, one = mutant
            return shinsa("run", "--mutant", one, f"scenarios/{system}", "-j1").returncode

        some = mutants[::STEP]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            unnoticed = [one for one, left in zip(some, pool.map(status, some)) if left != 1]
        self.assertEqual(unnoticed, [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
