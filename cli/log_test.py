#!/usr/bin/env python3
"""Logs of other people, as `shinsa check` and `shinsa log` read them.

Called by CTest with the program and the source folder:
log_test.py SHINSA SOURCE_DIR [unittest arguments].
"""

import csv
import gzip
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata
import unittest
from pathlib import Path

SHINSA = ""
SOURCE = Path()
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SHINSA_SCENARIOS": "scenarios"}


def shinsa(*arguments, **more):
    return subprocess.run(
        [SHINSA, *map(str, arguments)],
        cwd=SOURCE,
        capture_output=True,
        text=True,
        timeout=300,
        env=ENVIRONMENT,
        **more,
    )


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


class LogTest(unittest.TestCase):
    """A log that holds, and the same after the approval was lost."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        story = "scenarios/jpdirect-reissue/first-light.yaml"
        shinsa("run", story, "--out", cls.folder / "out")
        trace = next((cls.folder / "out" / "traces").glob("*first-light*.jsonl"))
        cls.lines = trace.read_text(encoding="utf-8").splitlines(keepends=True)
        cls.broken = [line for line in cls.lines if '"domain.approved"' not in line]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def written(self, name, content):
        path = self.folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text("".join(content), encoding="utf-8")
        return path


class CheckTest(LogTest):
    def test_a_log_may_be_packed_or_come_by_standard_input(self):
        text = "".join(self.broken)
        packed = self.written("log.jsonl.gz", gzip.compress(text.encode()))
        from_file = shinsa("check", packed)
        piped = shinsa("check", "-", input=text)
        self.assertEqual((from_file.returncode, piped.returncode), (1, 1), piped.stderr)
        self.assertIn("JPR-34", from_file.stdout)
        self.assertIn("JPR-34", piped.stdout)
        cut = self.written("cut.gz", gzip.compress(text.encode())[:200])
        done = shinsa("check", cut)
        self.assertEqual(done.returncode, 2)
        self.assertIn("its end is missing", done.stderr)

    def test_a_log_may_be_an_array_of_cloud_events(self):
        events = [json.loads(line) | {"specversion": "1.0", "source": "/ra"} for line in self.lines]
        log = self.written("array.json", json.dumps(events, ensure_ascii=False, indent=1))
        done = shinsa("check", log)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_two_sources_are_one_log_by_their_own_clocks(self):
        """The CA's clock is an hour ahead: what it did comes too late, unless that is told."""
        at = next(i for i, line in enumerate(self.lines) if '"certificate.issued"' in line)

        def moved(line, clock):
            return re.sub(r'("time":"\S+?T)[\d:]{8}', rf"\g<1>{clock}", line)

        after = [moved(line, "12:00:20") for line in self.lines[at + 1 :]]
        one = self.written("portal.jsonl", self.lines[:at] + after)
        two = self.written("ca.jsonl", [moved(self.lines[at], "13:00:10")])
        held = shinsa("check", "--source", one, "--source", f"{two},skew=+1h")
        told = shinsa("check", "--source", one, "--source", two)
        self.assertEqual(held.returncode, 0, held.stdout + held.stderr)
        self.assertEqual(told.returncode, 1, told.stdout + told.stderr)
        self.assertEqual(shinsa("check", one, "--source", two).returncode, 64)
        self.assertEqual(shinsa("check", "--source", f"{one},skew=much").returncode, 64)

    def test_what_is_a_little_out_of_order_is_put_in_order(self):
        at = next(i for i, line in enumerate(self.lines) if '"inquiry.received"' in line)
        lines = list(self.lines)
        later = next(i for i, line in enumerate(lines) if '"application.returned"' in line)
        lines[at], lines[later] = lines[later], lines[at]
        log = self.written("mixed.jsonl", lines)
        self.assertIn("the time is before", shinsa("check", log).stderr)
        done = shinsa("check", "--tolerance", "2d", log)
        self.assertNotIn("the time is before", done.stderr)

    def test_csv_is_read_through_a_mapping(self):
        """Each event is a row: what its type is called there, whom it is about, and its data."""
        names = {"domain.approved": "APPROVED", "certificate.issued": "ISSUED"}
        path = self.folder / "log.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, delimiter=";")
            fields = ["code", "application", "cn", "not_before", "not_after", "kind"]
            writer.writerow(["When", "What", "Whom", *fields])
            for line in self.lines:
                event = json.loads(line)
                if event["type"] in names:
                    when = event["time"][:19].replace("T", " ").replace("-", "/")
                    data = [event["data"].get(field, "") for field in fields]
                    writer.writerow([when, names[event["type"]], event["subject"], *data])
        mapping = self.written(
            "map.yaml",
            "format: csv\nseparator: ';'\nzone: '+09:00'\ntime: '%Y/%m/%d %H:%M:%S'\n"
            "event: {time: When, type: What, subject: Whom}\n"
            "types: {APPROVED: domain.approved, ISSUED: certificate.issued}\n"
            "data:\n"
            + "".join(f"  {field}: {{from: {field}}}\n" for field in fields if "not" not in field)
            + "  certificate.issued:\n"
            "    not_before: {from: not_before, time: '%Y-%m-%dT%H:%M:%S%z'}\n"
            "    not_after: {from: not_after, time: '%Y-%m-%dT%H:%M:%S%z'}\n",
        )
        done = shinsa("check", "--mapping", mapping, path)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"log\.csv:3\n\s+certificate\.issued")
        preview = shinsa("log", "preview", "--mapping", mapping, path)
        right = "".join(line.partition(" | ")[2] for line in preview.stdout.splitlines())
        self.assertIn('"type":"certificate.issued"', right)
        self.assertLessEqual(max(map(columns, preview.stdout.splitlines())), 80)

    def test_a_mapping_that_is_wrong_is_told_with_its_place(self):
        mapping = self.written("wrong.yaml", "types:\n  A: certificate.isued\n")
        done = shinsa("check", "--mapping", mapping, self.written("log.jsonl", self.lines))
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"wrong\.yaml:2:6: .*did you mean 'certificate\.issued'\?")

    def test_a_log_that_grows_is_followed_until_it_is_interrupted(self):
        log = self.written("growing.jsonl", self.broken[:4])
        with subprocess.Popen(
            [SHINSA, "check", "--follow", str(log)],
            cwd=SOURCE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        ) as child:
            time.sleep(0.5)
            with open(log, "a", encoding="utf-8") as file:
                file.write("".join(self.broken[4:]) + self.lines[0][:30])
            first = child.stdout.readline()
            child.send_signal(signal.SIGINT)
            rest, told = child.communicate(timeout=60)
        self.assertRegex(first, r"growing\.jsonl:\d+: certificate\.issued .*JPR-34")
        self.assertEqual(child.returncode, 130, told)
        self.assertRegex(rest.splitlines()[-1], r"^\d+ passed, \d+ failed, \d+ skipped$")

    def test_reports_show_a_short_log_and_leave_a_long_one_out(self):
        out = self.folder / "reports"
        shinsa("check", "--out", out, self.written("short.jsonl", self.lines))
        self.assertIn("certificate.issued", (out / "report.html").read_text(encoding="utf-8"))
        long = [line.replace('"id":"', f'"id":"{n}-') for n in range(1500) for line in self.lines]
        done = shinsa("check", "--out", out, self.written("long.jsonl", long))
        self.assertIn("more than 4 MiB", done.stderr)


class LintTest(LogTest):
    def test_tells_secrets_and_persons_by_kind_and_place_and_repeats_none(self):
        good = self.lines[4]
        secret = {
            "hunter2hunter2": '"password":"hunter2hunter2"',
            "c2VjcmV0IGhtYWMga2V5": '"eab_hmac_key":"c2VjcmV0IGhtYWMga2V5"',
            "MIIEvQIBADANBg": '"key":"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBg"',
            "0123456789abcdef0123": '"header":"Bearer 0123456789abcdef0123"',
            "s3cretpass": '"url":"https://bob:s3cretpass@host.jp/"',
            "ghp_0123456789": '"note":"ghp_0123456789012345678901234567890123456789"',
        }
        personal = {
            "taro.yamada": '"to":"taro.yamada@provider.jp"',
            "090-1234-5678": '"called":"090-1234-5678"',
            "81312345678": '"called":"+81312345678"',
        }
        for kind, table in (("secret", secret), ("person", personal)):
            for word, field in table.items():
                with self.subTest(field):
                    log = self.written(
                        "x.jsonl", good.replace('"data":{', '"data":{' + field + ",")
                    )
                    done = shinsa("log", "lint", log)
                    self.assertNotIn(word, done.stdout + done.stderr)
                    self.assertIn("x.jsonl:1: a", done.stderr)
                    told = "1 secrets, 0 data" if kind == "secret" else "0 secrets, 1 data"
                    self.assertIn(told, done.stdout)
                    self.assertEqual(done.returncode, 1 if kind == "secret" else 0, done.stdout)

    def test_a_trace_of_our_own_gives_nothing_away(self):
        done = shinsa("log", "lint", self.written("own.jsonl", self.lines), "--strict")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("0 secrets, 0 data of persons", done.stdout)

    def test_a_log_that_is_none_is_told(self):
        done = shinsa("log", "lint", self.written("none.jsonl", ["nonsense\n"] * 30))
        self.assertEqual(done.returncode, 2)
        self.assertIn("and 10 more bad lines", done.stderr)


class CoverageTest(LogTest):
    def test_says_which_type_would_let_more_clauses_be_judged(self):
        whole = shinsa("log", "coverage", self.written("whole.jsonl", self.lines))
        less = [line for line in self.lines if '"mail.sent"' not in line]
        lacking = shinsa("log", "coverage", self.written("less.jsonl", less))
        self.assertEqual((whole.returncode, lacking.returncode), (0, 0))
        count = [int(re.search(r"(\d+) of \d+ clauses", one.stdout)[1]) for one in (whole, lacking)]
        self.assertGreater(*count)
        self.assertRegex(lacking.stdout, r"add 'mail\.sent' to judge \d+ more clauses: .*JPR-")
        self.assertNotIn("'mail.sent'", whole.stdout)


if __name__ == "__main__":
    SHINSA, SOURCE = sys.argv[1], Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
