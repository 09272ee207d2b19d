#!/usr/bin/env python3
"""The shinsa command, as its users see it: exit codes, files, and what a run shows.

Called by CTest with the program and the source folder:
cli_test.py SHINSA SOURCE_DIR [unittest arguments].
"""

import html
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

SHINSA = ""
SOURCE = Path()
LAST_LINE = re.compile(r"^\d+ passed, \d+ failed, \d+ skipped$")


def shinsa(*arguments):
    return subprocess.run(
        [SHINSA, *map(str, arguments)],
        cwd=SOURCE,
        capture_output=True,
        text=True,
        timeout=300,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SHINSA_SCENARIOS": "scenarios"},
    )


class SharedRun(unittest.TestCase):
    """One run of all suites, whose output several tests look at."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        cls.out = cls.folder / "out"
        cls.run_ = shinsa("run", "--out", cls.out)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def traces(self):
        return sorted((self.out / "traces").glob("*.jsonl"))


class RunTest(SharedRun):
    def test_all_suites_hold_and_the_last_line_counts_them(self):
        self.assertEqual(self.run_.returncode, 0, self.run_.stdout + self.run_.stderr)
        last = self.run_.stdout.splitlines()[-1]
        self.assertRegex(last, LAST_LINE)
        passed, failed = map(int, re.match(r"(\d+) passed, (\d+) failed", last).groups())
        self.assertGreaterEqual(passed, 15)
        self.assertEqual(failed, 0)

    def test_leaves_results_junit_traces_and_artifacts(self):
        results = json.loads((self.out / "results.json").read_text(encoding="utf-8"))
        self.assertEqual(results["format"], "shinsa-results/1")
        self.assertEqual(len(results["scenarios"]), len(self.traces()))
        for scenario in results["scenarios"]:
            self.assertTrue((self.out / scenario["trace"]["path"]).is_file())
            for artefact in scenario["artifacts"]:
                self.assertTrue((self.out / artefact).is_file(), artefact)
        self.assertFalse(list(self.out.rglob("*.part")))

    def test_list_says_of_each_clause_what_the_run_saw(self):
        results = json.loads((self.out / "results.json").read_text(encoding="utf-8"))
        listed = json.loads(shinsa("list", "clauses", "--json").stdout)
        ran, told = (
            {one["id"]: (one["verdict"], one["scenarios"]) for one in all_of["clauses"]}
            for all_of in (results, listed)
        )
        self.assertEqual(told, ran)

    def test_junit_is_well_formed_xml(self):
        if not shutil.which("xmllint"):
            self.skipTest("xmllint is not installed")
        done = subprocess.run(
            ["xmllint", "--noout", self.out / "junit.xml"], capture_output=True, text=True
        )
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_every_certificate_verifies_when_issued_and_not_after_its_end(self):
        different = {}  # many runs issue the same ones, all below one root
        for pem in sorted(self.out.glob("artifacts/*/certificates/*.pem")):
            ca = pem.parent.parent / "ca"
            if pem.name != "crl.pem":
                different[pem.read_bytes(), (ca / "chain.pem").read_bytes()] = pem, ca
        self.assertGreaterEqual(len(different), 100)
        for pem, ca in different.values():
            with self.subTest(certificate=str(pem)):
                begin, end = self.validity(pem)
                self.assertTrue(self.verifies(pem, ca, begin))
                self.assertTrue(self.verifies(pem, ca, end - 1))
                self.assertFalse(self.verifies(pem, ca, end + 1))

    @staticmethod
    def validity(pem):
        said = subprocess.run(
            ["openssl", "x509", "-in", pem, "-noout", "-startdate", "-enddate"],
            capture_output=True,
            text=True,
        )
        texts = [line.split("=", 1)[1] for line in said.stdout.splitlines()]
        return [
            int(datetime.strptime(text + "+0000", "%b %d %H:%M:%S %Y GMT%z").timestamp())
            for text in texts
        ]

    @staticmethod
    def verifies(pem, ca, instant):
        command = ["openssl", "verify", "-attime", str(instant), "-CAfile", ca / "root.pem"]
        done = subprocess.run([*command, "-untrusted", ca / "chain.pem", pem], capture_output=True)
        return done.returncode == 0

    def test_two_runs_with_one_seed_are_equal_but_for_the_run_block(self):
        again = self.folder / "again"
        shinsa("run", "--out", again)
        for trace in self.traces():
            self.assertEqual(trace.read_bytes(), (again / "traces" / trace.name).read_bytes())
        first, second = (
            json.loads((folder / "results.json").read_text(encoding="utf-8"))
            for folder in (self.out, again)
        )
        del first["run"], second["run"]
        self.assertEqual(first, second)

    def test_another_seed_gives_other_traces(self):
        other = self.folder / "other"
        shinsa("run", "--seed", "2", "--out", other)
        name = "jpdirect-reissue.first-light.jsonl"
        self.assertNotEqual(
            (self.out / "traces" / name).read_bytes(), (other / "traces" / name).read_bytes()
        )


class CheckTest(SharedRun):
    def test_accepts_every_trace_that_run_writes(self):
        done = shinsa("check", *self.traces())
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(
            done.stdout.splitlines()[-1], f"{len(self.traces())} passed, 0 failed, 0 skipped"
        )

    def lines(self, name, system="jpdirect-reissue"):
        text = (self.out / "traces" / f"{system}.{name}.jsonl").read_text(encoding="utf-8")
        return text.splitlines(keepends=True)

    def check_lines(self, lines, *options):
        log = self.folder / "edited.jsonl"
        log.write_text("".join(lines), encoding="utf-8")
        return shinsa("check", *options, log)

    @staticmethod
    def position(lines, event_type, nth=0):
        return [i for i, line in enumerate(lines) if f'"type":"{event_type}"' in line][nth]

    def test_two_things_under_one_name_break_a_clause(self):
        cases = [
            ("jpdirect-reissue", "first-light", "certificate", "ASM-05"),
            ("jpdirect-acme", "two-names.1", "authorization", "RFC-13"),
        ]
        for system, story, kind, clause in cases:
            with self.subTest(kind=kind):
                lines = self.lines(story, system)
                first, second = sorted(set(re.findall(rf'"{kind}/[^"]+"', "".join(lines))))[:2]
                done = self.check_lines([line.replace(second, first) for line in lines])
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                self.assertIn(clause, done.stdout)

    def test_names_line_and_clause_after_a_deletion(self):
        cases = [
            (
                "first-light",
                "mail.sent",
                1,
                "certificate.issued",
                "JPR-34",
            ),  # the approval finds no mail
            ("first-light", "mail.sent", -1, None, "JPR-43"),  # the completion mail never comes
            ("ov-by-telephone", "call.made", 0, "certificate.issued", "JPR-34"),
            ("third-held", "certificate.revoked", 0, "certificate.issued", "JPR-23"),
        ]
        for story, event_type, nth, broken, clause in cases:
            with self.subTest(story=story, deleted=event_type):
                lines = self.lines(story)
                del lines[self.position(lines, event_type, nth)]
                done = self.check_lines(lines)
                self.assertEqual(done.returncode, 1, done.stdout)
                at = self.position(lines, broken) if broken else len(lines) - 1
                self.assertIn(f"edited.jsonl:{at + 1}\n", done.stdout)
                self.assertIn(clause, done.stdout)

    def test_names_line_and_clause_after_a_doubling(self):
        cases = [
            ("first-light", "certificate.issued", 0, "ASM-04"),
            ("first-light", "mail.sent", 1, "JPR-35"),
            ("first-light", "mail.sent", -1, "JPR-43"),
            ("ov-by-telephone", "call.made", 0, "JPR-40"),
            ("third-held", "certificate.revoked", 0, "RFC-02"),
        ]
        for story, event_type, nth, clause in cases:
            with self.subTest(story=story, doubled=event_type):
                lines = self.lines(story)
                at = self.position(lines, event_type, nth)
                lines.insert(at, lines[at])
                done = self.check_lines(lines)
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn(f"edited.jsonl:{at + 2}\n", done.stdout)
                self.assertIn(clause, done.stdout)

    def test_names_line_and_clause_after_a_move(self):
        lines = self.lines("first-light")
        issued = lines.pop(self.position(lines, "certificate.issued"))
        at = self.position(lines, "domain.approved")
        lines.insert(at, issued)
        done = self.check_lines(lines)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(f"edited.jsonl:{at + 1}\n", done.stdout)
        self.assertIn("JPR-34", done.stdout)

    def test_a_log_of_another_reseller_in_its_own_words_fails_where_the_systems_differ(self):
        """What NTT Com may do, JPDirect may not: issue without an ACME client and a use-FQDN."""
        lines = self.lines("first-light", "nttcom-biz")
        at = self.position(lines, "certificate.issued")
        theirs = {"certificate.issued": "cert.delivered", "application.registered": "cert.wanted"}
        for ours, word in theirs.items():
            lines = [line.replace(f'"type":"{ours}"', f'"type":"{word}"') for line in lines]
        names = self.folder / "names.yaml"
        names.write_text(
            "types:\n" + "".join(f"  {word}: {ours}\n" for ours, word in theirs.items())
        )
        at_home = self.check_lines(lines, "--mapping", names)
        self.assertEqual(at_home.returncode, 0, at_home.stdout)
        done = self.check_lines(lines, "--mapping", names, "--system", "jpdirect-acme")
        self.assertEqual(done.returncode, 1, done.stdout)
        first, told = re.findall(r"edited\.jsonl:(\d+)\n(.*\n.*)", done.stdout)[0]
        self.assertEqual(int(first), at + 1)
        self.assertRegex(told, r"certificate\.issued")
        self.assertRegex(told, r"violates\s+ACM-38:")

    def problems(self, *options):
        """What a check of the edited log finds, as results.json has it."""
        done = shinsa("check", "--json", *options, self.folder / "edited.jsonl")
        return json.loads(done.stdout)["scenarios"][0]["problems"]

    def test_tells_repair_and_what_follows_and_counts_one_cause(self):
        lines = self.lines("first-light")
        del lines[self.position(lines, "mail.sent", 1)]  # the mail that asks for approval
        done = self.check_lines(lines)
        approval = self.position(lines, "domain.approved") + 1
        self.assertRegex(
            done.stdout, rf"repair: insert mail\.sent [^}}]*\}} before line {approval}\n"
        )
        self.assertRegex(
            done.stdout, r"stopped by: Issuance of application/1 takes none in Waiting"
        )
        (cause,) = [one for one in self.problems() if one["kind"] != "remark"]
        self.assertEqual(cause["repair"]["event"]["type"], "mail.sent")
        self.assertTrue(cause["follows"])
        issued = self.position(lines, "certificate.issued")
        self.assertEqual(cause["accepted_lines"], issued)

    def test_what_a_log_does_not_record_makes_it_inconclusive(self):
        lines = self.lines("third-held")
        del lines[self.position(lines, "certificate.revoked")]
        partial = [
            line.replace('"observes":["*"]', '"observes":["certificate.issued"]') for line in lines
        ]
        done = self.check_lines(partial)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(
            done.stdout, r"INCONCLUSIVE: \d+ departures? .*record\s+certificate\.revoked"
        )
        self.assertEqual(done.stdout.splitlines()[-1], "0 passed, 0 failed, 1 skipped")
        self.assertIn({"JPR-23"}, [set(one["clauses"]) for one in self.problems()])
        self.assertEqual(self.check_lines(partial, "--strict").returncode, 1)
        self.assertEqual(self.check_lines(lines).returncode, 1)

    def test_a_log_that_does_not_say_what_it_records_records_what_occurs_in_it(self):
        lines = self.lines("third-held")[1:]
        del lines[self.position(lines, "certificate.revoked")]
        done = self.check_lines(lines)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("INCONCLUSIVE", done.stdout)

    def test_the_verdict_depends_on_the_reading_and_says_so(self):
        """The portal holds a third reissue until there is room, which is a choice of JPR-Q5."""
        lines = self.lines("third-held")
        self.assertEqual(
            self.check_lines(lines, "--reading", "JPR-Q5=hold-or-refuse").returncode, 0
        )
        done = self.check_lines(lines, "--reading", "JPR-Q5=refuse")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertRegex(done.stdout, r"accepted under: .*JPR-Q5=hold-or-refuse")
        self.assertRegex(done.stdout, r"readings in force:[^\n]*(\n +[^\n]*)*JPR-Q5=refuse")
        first = self.problems("--reading", "JPR-Q5=refuse")[0]
        self.assertIn("JPR-Q5=hold-or-refuse", first["accepted_under"])

    def test_expected_departures_pass_and_stale_ones_fail(self):
        lines = self.lines("third-held")
        del lines[self.position(lines, "certificate.revoked")]
        known = self.folder / "known.yaml"
        known.write_text("- clause: JPR-23\n  log: edited.jsonl\n  reason: ticket 12\n")
        done = self.check_lines(lines, "--expect", known)
        self.assertEqual(done.returncode, 0, done.stdout)
        known.write_text(known.read_text() + "- clause: JPR-21\n  reason: ticket 13\n")
        done = self.check_lines(lines, "--expect", known)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(f"{known}:4:3", done.stdout)
        self.assertEqual(done.stdout.splitlines()[-1], "1 passed, 1 failed, 0 skipped")

    def test_writes_sarif_with_the_line_of_the_log(self):
        lines = self.lines("third-held")
        del lines[self.position(lines, "certificate.revoked")]
        sarif = self.folder / "found.sarif"
        self.check_lines(lines, "--sarif", sarif, "--out", self.folder / "checked")
        log = json.loads(sarif.read_text(encoding="utf-8"))
        again = (self.folder / "checked" / "results.sarif").read_text(encoding="utf-8")
        self.assertEqual(log, json.loads(again))
        (run,) = log["runs"]
        result = next(one for one in run["results"] if one["kind"] == "fail")
        place = result["locations"][0]["physicalLocation"]
        self.assertEqual(
            place["region"]["startLine"], self.position(lines, "certificate.issued") + 1
        )
        self.assertTrue(place["artifactLocation"]["uri"].startswith("file:///"))
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        self.assertEqual(rule["id"], "JPR-23")
        self.assertEqual(rule["helpUri"], "https://jpdirect.jp/ssl/reissue.html")

    def test_judges_only_whom_it_is_asked_to_judge(self):
        lines = self.lines("first-light")
        at = self.position(lines, "certificate.issued")
        lines.insert(at, lines[at])
        log = self.folder / "edited.jsonl"
        log.write_text("".join(lines), encoding="utf-8")
        self.assertEqual(shinsa("check", "--judge", "ca", log).returncode, 1)
        self.assertEqual(shinsa("check", "--judge", "portal", log).returncode, 0)
        self.assertEqual(shinsa("check", "--judge", "nobody", log).returncode, 64)

    def test_takes_readings_for_a_log_that_does_not_open_itself(self):
        log = self.folder / "unopened.jsonl"
        log.write_text("".join(self.lines("first-light")[1:]), encoding="utf-8")
        self.assertEqual(shinsa("check", "--reading", "JPR-Q5=refuse", log).returncode, 0)
        done = shinsa("check", "--reading", "JPR-Q5=nonsense", log)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("nonsense", done.stderr)

    def test_refuses_what_is_no_log_with_its_place(self):
        line = self.lines("first-light")[1]
        bad = {
            "empty": ("", "the log is empty"),
            "no-json": (line + "{nonsense\n", ":2:2: this is no JSON"),
            "twice": (line.replace('{"id"', '{"id":"1","id"'), "the key 'id' stands twice"),
            "time": (line.replace("+09:00", ""), "is no time"),
            "huge": (
                '{"id":"1","time":"2026-01-01T00:00:00Z","type":"log.closed",'
                '"subject":"system","data":{"events":1e999}}\n',
                ":1:",
            ),
        }
        for name, (text, said) in bad.items():
            with self.subTest(name):
                done = self.check_lines([text])
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertIn(said, done.stderr)

    def test_keeps_unknown_types_unjudged_with_a_warning(self):
        lines = self.lines("first-light")
        lines.insert(
            5,
            '{"id":"x","time":"2026-11-24T10:00:00+09:00","type":"mail.sended",'
            '"subject":"application/1"}\n',
        )
        done = self.check_lines(lines)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("did you mean 'mail.sent'?", done.stderr)


class MutantTest(unittest.TestCase):
    def test_a_portal_that_forgets_the_month_of_expiry_is_noticed(self):
        done = shinsa("run", "--mutant", "JPR-21", "scenarios/jpdirect-reissue")
        self.assertEqual(done.returncode, 1)
        self.assertIn("JPR-21", done.stdout)
        self.assertEqual(shinsa("run", "scenarios/jpdirect-reissue").returncode, 0)

    def test_mutants_of_guards_effects_and_numbers_are_noticed(self):
        for mutant in (
            "JPR-24",
            "JPR-32",
            "JPR-35:drop",
            "JPR-35:misaddress",
            "JPR-37",
            "JPR-43:twice",
            "JPR-42.years:-1",
        ):
            with self.subTest(mutant):
                done = shinsa("run", "--mutant", mutant, "scenarios/jpdirect-reissue")
                self.assertEqual(done.returncode, 1, done.stdout)

    def test_the_laws_see_what_a_story_leads_to(self):
        done = shinsa(
            "run", "--mutant", "JPR-23", "--mutant", "JPR-24",
            "scenarios/jpdirect-reissue/third-held.yaml", "--json",
        )  # fmt: skip
        problems = json.loads(done.stdout)["scenarios"][0]["problems"]
        laws = [one for one in problems if one["kind"] == "law"]
        self.assertEqual([one["clauses"] for one in laws], [["JPR-23"]])
        self.assertIn("at-most-two-active", laws[0]["says"]["ja"])

    def test_an_unknown_mutant_is_refused_with_a_remedy(self):
        done = shinsa("run", "--mutant", "JPR-12345")
        self.assertEqual(done.returncode, 2)
        self.assertIn("list mutants", done.stderr)


class ReadingTest(unittest.TestCase):
    def test_a_story_that_requires_another_reading_is_skipped(self):
        done = shinsa(
            "run", "--reading", "JPR-Q4=utc", "scenarios/jpdirect-reissue/month-of-expiry.yaml"
        )
        self.assertEqual(done.stdout.splitlines()[-1], "0 passed, 0 failed, 2 skipped")
        self.assertEqual(done.returncode, 0)
        strict = shinsa(
            "run",
            "--strict",
            "--reading",
            "JPR-Q4=utc",
            "scenarios/jpdirect-reissue/month-of-expiry.yaml",
        )
        self.assertEqual(strict.returncode, 1)

    def test_an_unknown_reading_or_alternative_is_refused(self):
        self.assertEqual(shinsa("run", "--reading", "JPR-Q99=x").returncode, 2)
        done = shinsa("run", "--reading", "JPR-Q5=refused")
        self.assertEqual(done.returncode, 2)
        self.assertIn("hold-or-refuse|refuse|issue-only", done.stderr)
        self.assertEqual(shinsa("run", "--reading", "JPR-Q5").returncode, 64)


class ExplainTest(unittest.TestCase):
    def test_a_clause_has_page_lines_guard_and_scenarios_in_japanese(self):
        done = shinsa("explain", "JPR-21", "--lang", "ja")
        self.assertEqual(done.returncode, 0)
        for said in (
            "有効期限日が属する月",
            "ページ: SSLサーバー証明書の再発行手順を教えてください (jpdirect.jp/ssl/reissue.html)",
            "行: 59",
            "ガード: ReissueApplication.BeforeTheMonthOfExpiry",
            "シナリオ: jpdirect-reissue/month-of-expiry#1",
        ):
            self.assertIn(said, done.stdout)

    def test_an_unknown_id_is_a_usage_error_with_a_guess(self):
        done = shinsa("explain", "JPR21")
        self.assertEqual(done.returncode, 64)
        self.assertIn("did you mean 'JPR-21'?", done.stderr)


class ListTest(unittest.TestCase):
    def test_lists_the_five_pages_clauses_unless_asked_for_more(self):
        self.assertEqual(len(shinsa("list", "clauses").stdout.splitlines()), 233)
        self.assertGreater(len(shinsa("list", "clauses", "--all").stdout.splitlines()), 233)
        self.assertEqual(len(shinsa("list", "systems").stdout.splitlines()), 5)

    def test_everything_can_be_listed(self):
        for what in ("readings", "guards", "events", "faults", "mutants", "conduct", "scenarios"):
            with self.subTest(what):
                done = shinsa("list", what)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue(done.stdout)
        self.assertEqual(shinsa("list", "eventz").returncode, 64)

    def test_schemas_are_json(self):
        for what in ("scenario", "events", "results"):
            self.assertEqual(json.loads(shinsa("schema", what).stdout)["type"], "object")


class BadInputTest(unittest.TestCase):
    def story(self, text):
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        path = folder / "story.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def test_a_bad_story_is_told_with_place_caret_and_guess_and_nothing_is_written(self):
        path = self.story("title: x\ntitle_ja: 例\nsystem: jpdirect-reissue\nstepz: []\n")
        out = path.parent / "out"
        done = shinsa("run", path, "--out", out)
        self.assertEqual(done.returncode, 2)
        self.assertIn("story.yaml:4:1", done.stderr)
        self.assertIn("did you mean 'steps'?", done.stderr)
        self.assertFalse(out.exists())

    def test_nothing_selected_is_an_error(self):
        self.assertEqual(shinsa("run", "no/such/folder").returncode, 2)
        empty = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, empty)
        self.assertEqual(shinsa("run", empty).returncode, 2)

    def test_usage_errors_end_with_64(self):
        for arguments in (["rum"], ["run", "--nonsense"], ["check"], []):
            self.assertEqual(shinsa(*arguments).returncode, 64, arguments)

    def test_help_has_examples(self):
        done = shinsa("--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("Examples:", done.stdout)


class ListJsonTest(unittest.TestCase):
    def listed(self, what, *more):
        done = shinsa("list", what, "--json", *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)[what]

    def test_every_clause_of_all_systems_is_represented_and_exercised(self):
        clauses = self.listed("clauses")
        self.assertEqual(len(clauses), 233)
        for clause in clauses:
            if clause["verdict"] == "not applicable":
                self.assertEqual(clause["kind"], "information", clause["id"])
                self.assertTrue(clause["note"]["ja"], clause["id"])
                continue
            self.assertEqual(clause["verdict"], "held", clause["id"])
            self.assertTrue(clause["scenarios"], clause["id"])
            places = ("guards", "effects", "permits", "out_of_order", "never", "laws", "numbers")
            self.assertTrue(any(clause[place] for place in places), clause["id"])

    def test_an_unknown_thing_to_list_is_told_with_what_there_is(self):
        done = shinsa("list", "clause")
        self.assertEqual(done.returncode, 64)
        self.assertIn("clauses", done.stderr)


class DiagramTest(unittest.TestCase):
    def test_draws_every_state_and_clause_in_three_formats(self):
        for text in ("dot", "svg", "mermaid"):
            done = shinsa("diagram", "Issuance", "--format", text)
            self.assertEqual(done.returncode, 0, done.stderr)
            for word in ("IssueDue", "Held", "Lapsed", "JPR-23", "CertificateIssued"):
                self.assertIn(word, html.unescape(done.stdout), text)

    def test_suggests_a_machine(self):
        done = shinsa("diagram", "Isuance")
        self.assertEqual(done.returncode, 64)
        self.assertIn("Issuance", done.stderr)


class ExploreTest(unittest.TestCase):
    def setUp(self):
        self.order = SOURCE / "bench" / "worlds" / "jpdirect-order.yaml"
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def test_goes_through_a_world_and_finds_the_same_when_it_works_out_every_step(self):
        known = shinsa("explore", self.order, "--json")
        self.assertEqual(known.returncode, 0, known.stderr)
        self.assertRegex(known.stderr.splitlines()[-1], LAST_LINE)
        direct = shinsa("explore", self.order, "--json", "--direct", "--check-tables")
        one, other = (json.loads(done.stdout)["worlds"][0] for done in (known, direct))
        for what in ("states", "edges", "levels", "end", "digest", "rows_never_fired"):
            self.assertEqual(one[what], other[what])
        self.assertEqual(one["end"], "complete")
        self.assertLess(one["worked_out"], other["worked_out"])

    def test_a_broken_rule_is_told_by_the_shortest_way_saved_and_replayed(self):
        arguments = ("explore", self.order, "--mutant", "JPR-10:allow", "--out", self.folder)
        done = shinsa(*arguments, "--json")
        self.assertEqual(done.returncode, 1, done.stdout)
        found = json.loads(done.stdout)["worlds"][0]["counterexample"]
        self.assertEqual((found["law"], found["steps"]), ("paid-before-review", 2))
        self.assertTrue(found["replays"])
        self.assertEqual(shinsa("run", found["scenario"]).returncode, 1)
        self.assertIn("law/paid-before-review", shinsa(*arguments).stdout)
        told = shinsa("explain", found["scenario"])
        self.assertEqual(told.returncode, 0, told.stderr)
        for said in (
            "with the mutant JPR-10:allow",
            "violates JPR-10",
            "FAIL  law/paid-before-review:",
        ):
            self.assertIn(said, told.stdout)
        self.assertLessEqual(max(map(len, told.stdout.splitlines())), 80)

    def test_what_happens_in_a_sound_scenario_is_told_too(self):
        done = shinsa("explain", SOURCE / "scenarios" / "jpdirect-reissue" / "first-light.yaml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the customer asks for a reissue: application/", done.stdout)
        self.assertTrue(done.stdout.endswith("nothing is broken\n"))

    def test_goes_through_several_stories_at_once_and_finds_the_same(self):
        stories = [
            SOURCE / "scenarios" / "jpdirect-acme" / name
            for name in ("revoked.yaml", "txt-answers.yaml")
        ]
        arguments = ("explore", *stories, "--along", "--no-laws", "--max-states", 300, "--json")
        told = []
        for threads in (1, 3):
            done = shinsa(*arguments, "-j", threads)
            self.assertEqual(done.returncode, 0, done.stderr)
            worlds = json.loads(done.stdout)["worlds"]
            for world in worlds:
                del world["seconds"]
            told.append(worlds)
        self.assertGreater(len(told[0]), 2)
        self.assertEqual(told[0], told[1])
        self.assertEqual([world["left_out"] for world in told[0][:2]], [[], []])

    def test_goes_through_what_lies_beside_a_story(self):
        story = SOURCE / "scenarios" / "jpdirect-reissue" / "first-light.yaml"
        done = shinsa("explore", story, "--max-states", 300, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(done.stdout)["worlds"][0]
        self.assertGreaterEqual(found["states"], 300)
        self.assertIsNone(found.get("counterexample"))
        nothing = shinsa("explore", self.folder)
        self.assertEqual(nothing.returncode, 2)
        self.assertIn("no scenario was selected", nothing.stderr)
        self.assertEqual(shinsa("check", self.folder).returncode, 2)
        several = shinsa("explore", story.parent / "month-of-expiry.yaml", "--graph", "w.svg")
        self.assertEqual(several.returncode, 2)
        self.assertIn("--checkpoint and --graph are of one world", several.stderr)

    def test_says_loudly_that_it_stopped(self):
        for limit in (("--max-states", 50), ("--depth", 3), ("--memory", "1M")):
            done = shinsa("explore", self.order, *limit)
            self.assertEqual(done.returncode, 0)
            self.assertIn(f"STOP  not complete: stopped at {limit[0]}", done.stdout)
            self.assertTrue(done.stdout.splitlines()[-1].startswith("0 passed, 0 failed, "))
            self.assertEqual(shinsa("explore", self.order, *limit, "--strict").returncode, 1)
        self.assertEqual(shinsa("explore", self.order, "--memory", "much").returncode, 64)

    def test_draws_the_states_of_a_small_world(self):
        picture, text = (self.folder / name for name in ("world.svg", "world.dot"))
        found = json.loads(shinsa("explore", self.order, "--json", "--graph", picture).stdout)[
            "worlds"
        ][0]
        root = ElementTree.parse(picture).getroot()
        groups = [g.get("id", "") for g in root.iter("{http://www.w3.org/2000/svg}g")]
        self.assertEqual(sum(one.startswith("state-") for one in groups), found["states"])
        self.assertIn("drawn: ", shinsa("explore", self.order, "--graph", text).stdout)
        arrows = [line for line in text.read_text(encoding="utf-8").splitlines() if " -> s" in line]
        self.assertEqual(len(arrows), found["edges"] + 1)  # and the one to where it begins
        broken = self.folder / "broken.dot"
        shinsa(
            "explore",
            self.order,
            "--mutant",
            "JPR-10:allow",
            "--out",
            self.folder,
            "--graph",
            broken,
        )
        drawn = broken.read_text(encoding="utf-8")
        self.assertEqual(drawn.count("penwidth=3"), 2)
        self.assertIn("d64545", drawn)
        renewal = SOURCE / "bench" / "worlds" / "nttcom-biz.yaml"
        self.assertIn("not drawn", shinsa("explore", renewal, "--graph", text).stdout)
        self.assertEqual(shinsa("explore", self.order, "--graph", "world.png").returncode, 64)

    def test_killed_at_half_and_resumed_it_finds_the_same(self):
        """Killed without warning, stopped at a limit, and at once: three ways to one result."""
        renewal = SOURCE / "bench" / "worlds" / "dedicated-renewal.yaml"
        whole = shinsa("explore", renewal, "--json")
        saved = self.folder / "search"
        search = ("explore", renewal, "--json", "--checkpoint", saved)
        killed = subprocess.Popen(
            [SHINSA, *map(str, search), "--every", "1"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            if saved.exists() or killed.poll() is not None:
                break
            time.sleep(0.1)
        killed.kill()
        killed.wait()
        if not saved.exists():  # a machine so fast that a second is enough for all
            shinsa(*search, "--max-states", 100_000)
        stopped = shinsa(*search, "--resume", "--max-states", 150_000)
        self.assertEqual(json.loads(stopped.stdout)["worlds"][0]["end"], "max-states")
        resumed = shinsa(*search, "--resume")
        one, other = (json.loads(done.stdout)["worlds"][0] for done in (whole, resumed))
        for what in ("states", "edges", "levels", "end", "digest", "bytes", "rows_never_fired"):
            self.assertEqual(one[what], other[what], what)
        self.assertEqual(resumed.stderr.splitlines()[-1], whole.stderr.splitlines()[-1])

    def test_a_broken_rule_is_found_by_the_same_way_after_a_stop(self):
        saved = self.folder / "search"
        search = ("explore", self.order, "--json", "--out", self.folder, "--mutant", "JPR-10:allow")
        at_once = json.loads(shinsa(*search).stdout)["worlds"][0]["counterexample"]
        shinsa(*search, "--checkpoint", saved, "--depth", 1)
        resumed = json.loads(shinsa(*search, "--checkpoint", saved, "--resume").stdout)
        self.assertEqual(resumed["worlds"][0]["counterexample"], at_once)

    def test_goes_on_from_nothing_but_the_same_search(self):
        saved = self.folder / "search"
        search = ("explore", self.order, "--checkpoint", saved)
        missing = shinsa(*search, "--resume")
        self.assertEqual(missing.returncode, 2)
        self.assertIn("cannot read the checkpoint", missing.stderr)
        self.assertIn("go on with --resume", shinsa(*search, "--max-states", 50).stdout)
        self.assertEqual(shinsa(*search, "--resume").returncode, 0)
        for other in (("--no-laws",), ("--mutant", "JPR-10:allow")):
            done = shinsa(*search, "--resume", *other)
            self.assertEqual(done.returncode, 2)
            self.assertIn("is of another world, other options or another build", done.stderr)
        bytes_saved = bytearray(saved.read_bytes())
        bytes_saved[len(bytes_saved) // 2] ^= 1
        saved.write_bytes(bytes_saved)
        self.assertIn("is damaged", shinsa(*search, "--resume").stderr)
        saved.write_bytes(b"no such thing")
        self.assertIn("is not a checkpoint", shinsa(*search, "--resume").stderr)
        nowhere = self.folder / "missing" / "search"
        full = shinsa("explore", self.order, "--checkpoint", nowhere, "--max-states", 50)
        self.assertEqual(full.returncode, 2)
        self.assertIn("cannot write the checkpoint", full.stderr)
        self.assertEqual(shinsa("explore", self.order, "--resume").returncode, 64)
        self.assertEqual(shinsa("explore", self.order, self.order, *search[2:]).returncode, 64)

    def test_names_the_place_of_a_mistake_in_a_world(self):
        world = self.folder / "world.yaml"
        text = self.order.read_text(encoding="utf-8")
        world.write_text(text.replace("order.received", "order.recieved"), encoding="utf-8")
        done = shinsa("explore", world)
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"world\.yaml:\d+:\d+: there is no event type")


class FuzzTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def test_a_sound_system_passes_and_the_same_seed_says_the_same(self):
        runs = [shinsa("fuzz", "--runs", 10000, "--seed", 7, "--json") for _ in range(2)]
        self.assertEqual(runs[0].returncode, 0, runs[0].stderr)
        self.assertEqual(runs[0].stdout, runs[1].stdout)
        self.assertRegex(runs[0].stderr.splitlines()[-1], LAST_LINE)
        said = json.loads(runs[0].stdout)
        self.assertGreaterEqual(said["rows"]["fired"], 0.95 * said["rows"]["all"])
        self.assertEqual(said["guards"]["one_sided"], [])
        self.assertTrue(0.2 <= said["refused"] / said["requests"] <= 0.6)

    def test_a_failure_is_saved_fails_again_and_passes_without_its_mutants(self):
        mutants = ("--mutant", "JPR-24", "--mutant", "JPR-23")
        done = shinsa("fuzz", *mutants, "--seed", 7, "--out", self.folder, "--json")
        self.assertEqual(done.returncode, 1, done.stdout)
        failure = json.loads(done.stdout)["failures"][0]
        self.assertLessEqual(failure["requests"], 12)
        self.assertEqual(failure["given_certificates"], 0)
        self.assertIn("JPR-23", failure["clauses"])
        self.assertEqual(failure["laws"], ["at-most-two-active"])
        self.assertEqual(shinsa("run", failure["scenario"]).returncode, 1)
        self.assertEqual(shinsa("run", failure["scenario"], "--mutant", "none").returncode, 0)

    def test_a_broken_payment_gate_breaks_the_payment_law(self):
        done = shinsa("fuzz", "--mutant", "JPR-10", "--out", self.folder, "--json")
        self.assertEqual(done.returncode, 1)
        self.assertIn("paid-before-review", json.loads(done.stdout)["failures"][0]["laws"])

    def test_goes_on_after_a_failure_and_saves_each_kind_once(self):
        arguments = ("fuzz", "--mutant", "JPR-42", "--runs", 600, "--out", self.folder)
        done = shinsa(*arguments, "--json")
        said = json.loads(done.stdout)
        self.assertEqual((done.returncode, said["runs"], said["ended_by"]), (1, 600, "runs"))
        saved = [failure["scenario"] for failure in said["failures"]]
        self.assertEqual(len(set(saved)), len(saved))
        self.assertEqual(sorted(saved), sorted(map(str, self.folder.glob("fuzz-1-*.yaml"))))
        shown = [kind["runs"] for kind in said["failures"] + said["more_failures"]]
        self.assertEqual(sum(shown), said["failed"])
        for failure in said["failures"]:
            head = Path(failure["scenario"]).read_text(encoding="utf-8").splitlines()[1]
            self.assertTrue(head.startswith(f"# run {failure['run']} of seed 1, weights: "), head)
            self.assertTrue(set(failure["weights"].values()) <= {0.5, 0.125})
        told = shinsa(*arguments).stdout
        self.assertEqual(told.count("replay: shinsa run "), len(saved))
        self.assertRegex(told, r"shown by [\d,]+ runs, first by run \d+ of seed 1\n  weights: ")

    def test_first_ends_with_the_first_failure(self):
        done = shinsa("fuzz", "--mutant", "JPR-42", "--first", "--out", self.folder, "--json")
        said = json.loads(done.stdout)
        self.assertEqual(said["ended_by"], "failure")
        self.assertLess(said["runs"], 100)
        self.assertEqual(len(said["failures"]), 1)

    def test_ends_when_its_time_is_up_and_says_how_many_runs_there_were(self):
        done = shinsa("fuzz", "--time", "1s", "--json")
        said = json.loads(done.stdout)
        self.assertEqual((done.returncode, said["ended_by"]), (0, "time"), done.stderr)
        self.assertGreater(said["runs"], 0)
        self.assertIn(f"runs           {said['runs']:,} of 20 requests", done.stderr)
        self.assertIn("ended          by --time 1s; ", done.stderr)
        for wrong in ("1", "s", "1d", "1s1m", "0s", "-1s", "1m1m"):
            refused = shinsa("fuzz", f"--time={wrong}")
            self.assertEqual(refused.returncode, 64, wrong)
            self.assertIn("--time wants 90s, 10m or 1h30m", refused.stderr)
        self.assertEqual(shinsa("fuzz", "--time", "1h30m1s", "--runs", 10).returncode, 0)

    def test_ends_when_nothing_new_comes_whatever_the_number_of_threads(self):
        one, three = (shinsa("fuzz", "--until-flat", 500, "-j", jobs, "--json") for jobs in (1, 3))
        self.assertEqual(one.stdout, three.stdout)
        self.assertEqual(json.loads(one.stdout)["ended_by"], "flat")
        self.assertIn("ended          nothing new came in the last 500 runs", one.stderr)

    def test_a_corpus_is_made_played_first_and_added_to(self):
        corpus = self.folder / "corpus.jsonl"
        first = json.loads(shinsa("fuzz", "--runs", 500, "--corpus", corpus, "--json").stdout)
        lines = corpus.read_text(encoding="utf-8").splitlines()
        self.assertEqual(first["replayed"], 0)
        self.assertGreater(len(lines), 10)
        kept = json.loads(lines[0])
        self.assertEqual(list(kept), ["system", "seed", "run", "requests", "why"])
        second = shinsa("fuzz", "--runs", 50, "--seed", 9, "--corpus", corpus, "--json")
        said = json.loads(second.stdout)
        self.assertEqual((said["replayed"], said["runs"]), (len(lines), 50))
        self.assertGreaterEqual(said["rows"]["fired"], first["rows"]["fired"])
        self.assertEqual(corpus.read_text(encoding="utf-8").splitlines()[: len(lines)], lines)
        self.assertNotIn("warning", second.stderr)
        other = shinsa("fuzz", "--system", "nttcom-biz", "--runs", 50, "--corpus", corpus, "--json")
        self.assertEqual(json.loads(other.stdout)["replayed"], 0)
        before = corpus.read_bytes()
        broken = ("--mutant", "JPR-42", "--out", self.folder)
        shinsa("fuzz", "--runs", 50, "--seed", 5, *broken, "--corpus", corpus)
        self.assertEqual(corpus.read_bytes(), before)

    def test_a_stale_line_of_a_corpus_is_told_and_a_broken_one_stops(self):
        corpus = self.folder / "corpus.jsonl"
        line = {"system": "jpdirect-reissue", "seed": "1", "run": 3, "requests": 20}
        line["why"] = ["row Gone: Here + There (row 1)"]
        corpus.write_text("\n" + json.dumps(line) + "\n", encoding="utf-8")
        done = shinsa("fuzz", "--runs", 5, "--corpus", corpus)
        self.assertEqual(done.returncode, 0)
        self.assertIn(f"warning: {corpus}:2: the run no longer shows 'row Gone", done.stderr)
        corpus.write_text(json.dumps(line) + "\n{}\n", encoding="utf-8")
        done = shinsa("fuzz", "--runs", 5, "--corpus", corpus)
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"{corpus}:2: a line of a corpus says 'system' as a text", done.stderr)

    def test_a_terminal_is_told_how_fast_it_goes_and_nothing_else_is(self):
        arguments = ["fuzz", "--runs", "3000", "--seed", "7"]
        self.assertEqual(shinsa(*arguments).stderr, "")
        reader, terminal = pty.openpty()
        fuzz = subprocess.Popen(
            [SHINSA, *arguments], stdout=subprocess.DEVNULL, stderr=terminal, env={"LANG": "C"}
        )
        os.close(terminal)
        told = b""
        try:
            while more := os.read(reader, 65536):
                told += more
        except OSError:  # the end of what a terminal holds
            pass
        os.close(reader)
        self.assertEqual(fuzz.wait(), 0)
        self.assertRegex(
            told.decode(),
            r"\r  runs \d+/3000  [\d,]+ runs/s  [\d,]+ events/s  0 failed  \d+:\d\d left",
        )


if __name__ == "__main__":
    SHINSA, SOURCE = sys.argv[1], Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
