"""The last line of `./dev test` counts what CTest recorded; its exit code says if all is well."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parent / "ctest_summary.py"

PASSED = '<testcase name="a.Passes" status="run"><system-out/></testcase>'
FAILED = '<testcase name="a.Fails" status="fail"><failure message=""/></testcase>'
DISABLED = '<testcase name="a.Disabled" status="disabled"/>'
SKIPS = (
    '<testcase name="a.Skips" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/></testcase>'
)
MISSING = (
    '<testcase name="a.Missing" status="notrun">'
    '<skipped message="Unable to find executable"/></testcase>'
)


class CTestSummary(unittest.TestCase):
    def summary(self, *cases, ctest_status=0):
        with tempfile.TemporaryDirectory() as folder:
            record = pathlib.Path(folder) / "junit.xml"
            record.write_text(f"<testsuite>{''.join(cases)}</testsuite>", encoding="utf-8")
            done = subprocess.run(
                [sys.executable, TOOL, record, "--ctest-status", str(ctest_status)],
                capture_output=True,
                text=True,
                check=False,
            )
        return done.returncode, done.stdout.splitlines()

    def test_counts_by_outcome(self):
        code, lines = self.summary(PASSED, PASSED, DISABLED, SKIPS)

        self.assertEqual(lines, ["2 passed, 0 failed, 2 skipped"])
        self.assertEqual(code, 0)

    def test_a_failure_is_named_and_gives_the_exit_code_of_ctest(self):
        code, lines = self.summary(PASSED, FAILED, ctest_status=8)

        self.assertEqual(lines, ["failed: a.Fails", "1 passed, 1 failed, 0 skipped"])
        self.assertEqual(code, 8)

    def test_a_test_whose_program_is_missing_has_failed(self):
        code, lines = self.summary(PASSED, MISSING)

        self.assertEqual(lines[-1], "1 passed, 1 failed, 0 skipped")
        self.assertEqual(code, 1)

    def test_no_test_at_all_is_a_failure(self):
        code, lines = self.summary()

        self.assertEqual(lines, ["0 passed, 0 failed, 0 skipped"])
        self.assertEqual(code, 1)

    def test_a_run_that_left_no_record_counts_nothing(self):
        done = subprocess.run(
            [sys.executable, TOOL, "no/such/record.xml", "--ctest-status", "0"],
            capture_output=True,
            text=True,
            check=False,
        )

        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("no record of a test run", done.stderr)


if __name__ == "__main__":
    unittest.main()
