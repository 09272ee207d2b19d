"""The package as its users see it: running, judging, campaigning, errors."""

import ast
import hashlib
import json
import os
import signal
import tempfile
import threading
import time
import unittest
from pathlib import Path
from xml.etree import ElementTree

import shinsa
import shinsa.plot
from shinsa import _shinsa

STORY = "jpdirect-reissue/first-light"


class RunTest(unittest.TestCase):
    def test_a_story_passes_and_says_what_it_touched(self):
        run = shinsa.run(STORY)
        self.assertTrue(run.passed)
        self.assertEqual(run.id, STORY)
        self.assertEqual(run.problems, [])
        self.assertIn("JPR-34", run.clauses["clause"].tolist())
        self.assertEqual(set(run.clauses["verdict"]), {"held"})
        self.assertTrue(run.steps["held"].all())
        self.assertTrue(run.artifacts["ca/root.pem"].startswith(b"-----BEGIN CERTIFICATE-----"))

    def test_the_hash_is_that_of_the_json_lines(self):
        run = shinsa.run(STORY)
        digest = hashlib.sha256(run.trace.to_jsonl().encode()).hexdigest()
        self.assertEqual(digest, run.trace_sha256)

    def test_one_seed_gives_one_trace_and_another_another(self):
        first, again, other = (shinsa.run(STORY, seed=seed) for seed in (7, 7, 8))
        self.assertEqual(first.trace.to_jsonl(), again.trace.to_jsonl())
        self.assertNotEqual(first.trace.to_jsonl(), other.trace.to_jsonl())

    def test_a_file_a_line_and_an_id_name_the_same_story(self):
        file = shinsa.scenario_root() / "jpdirect-reissue" / "month-of-expiry.yaml"
        lines = file.read_text(encoding="utf-8").splitlines()
        row = 2 + lines.index("examples:")
        by_id = shinsa.run("jpdirect-reissue/month-of-expiry#2")
        by_line = shinsa.run(f"{file}:{row + 1}")
        self.assertEqual(by_id.trace_sha256, by_line.trace_sha256)

    def test_a_broken_portal_is_told_by_judge_and_law(self):
        run = shinsa.run("jpdirect-reissue/new-order-by-card", mutants="JPR-10:allow")
        self.assertFalse(run.passed)
        violation = next(p for p in run.problems if p.kind == "violation")
        self.assertEqual(violation.clauses, ["JPR-10"])
        breaches = run.trace.breaches()
        self.assertEqual(set(breaches["law"]), {"paid-before-review"})
        self.assertIn(violation.line, breaches["line"].tolist())
        self.assertEqual(run.trace[violation.line - 1]["type"], violation.event_type)

    def test_a_story_that_requires_another_reading_is_not_applicable(self):
        suite = shinsa.run_suite(
            shinsa.scenario_root() / "jpdirect-reissue", readings={"JPR-Q4": "utc"}
        )
        skipped = [run for run in suite if run.verdict == "not applicable"]
        self.assertEqual(len(skipped), suite.counts.skipped)
        reasons = {run.id: run.reason_en for run in skipped}
        self.assertIn("requires JPR-Q4", reasons["jpdirect-reissue/month-of-expiry#1"])
        self.assertIn("chooses JPR-Q4", reasons["jpdirect-reissue/reading-month#3"])
        self.assertIsNone(skipped[0].trace)


class SuiteTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.calls = []
        cls.suite = shinsa.run_suite(progress=lambda *counts: cls.calls.append(counts))

    def test_other_threads_go_on_meanwhile(self):
        ticks = []
        done = threading.Event()

        def tick():
            while not done.wait(0.001):
                ticks.append(time.monotonic())

        thread = threading.Thread(target=tick)
        thread.start()
        began = time.monotonic()
        shinsa.run_suite()  # without a callback, which would let others go on by itself
        ended = time.monotonic()
        done.set()
        thread.join()
        middle = [at for at in ticks if began + 0.01 < at < ended - 0.01]
        self.assertGreater(len(middle), 5)

    def test_tells_how_far_it_is(self):
        count = len(self.suite)
        self.assertEqual(self.calls, [(done, count) for done in range(count + 1)])

    def test_all_suites_hold_and_every_clause_has_a_verdict(self):
        self.assertTrue(self.suite.passed, self.suite)
        self.assertEqual(self.suite.counts.passed + self.suite.counts.skipped, len(self.suite))
        clauses = self.suite.clauses
        self.assertGreaterEqual(len(clauses), 50)
        self.assertEqual(set(clauses["verdict"]), {"held", "not applicable"})
        limit = clauses.set_index("clause").loc["JPR-24"]
        self.assertGreater(limit["refused"], 0)
        self.assertIn("jpdirect-reissue/third-refused", limit["scenarios"])

    def test_says_what_results_json_says(self):
        results = json.loads(self.suite.to_json())
        verdicts = {clause["id"]: clause["verdict"] for clause in results["clauses"]}
        clauses = self.suite.clauses
        self.assertEqual(dict(zip(clauses["clause"], clauses["verdict"])), verdicts)
        self.assertEqual(results["readings"], self.suite.readings)
        hashes = {one["id"]: one["trace"]["sha256"] for one in results["scenarios"]}
        scenarios = self.suite.scenarios
        self.assertEqual(dict(zip(scenarios["scenario"], scenarios["trace_sha256"])), hashes)

    def test_gives_its_runs_by_position_and_by_id(self):
        self.assertEqual(self.suite[STORY].trace_sha256, shinsa.run(STORY).trace_sha256)
        self.assertEqual([run.id for run in self.suite], self.suite.scenarios["scenario"].tolist())
        self.assertEqual(self.suite[-1].id, self.suite[len(self.suite) - 1].id)
        with self.assertRaises(KeyError):
            self.suite["no-such-story"]
        with self.assertRaises(IndexError):
            self.suite[len(self.suite)]

    def test_what_progress_raises_comes_back_and_ends_it(self):
        def stop(done, count):
            if done == 3:
                raise RuntimeError("enough")

        with self.assertRaisesRegex(RuntimeError, "enough"):
            shinsa.run_suite(progress=stop)


class CheckTest(unittest.TestCase):
    def test_our_own_trace_passes_as_a_log_from_a_file(self):
        run = shinsa.run(STORY)
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log.jsonl"
            run.trace.to_jsonl(log)
            judgement = shinsa.check(log)
        self.assertTrue(judgement.passed)
        self.assertEqual(judgement.trace.to_jsonl(), run.trace.to_jsonl())
        self.assertEqual(judgement.warnings, [])

    def test_names_line_and_clause_when_an_event_is_missing(self):
        run = shinsa.run(STORY)
        lines = run.trace.to_jsonl().splitlines(keepends=True)
        kept = [line for line in lines if '"type":"domain.approved"' not in line]
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "log.jsonl"
            log.write_text("".join(kept), encoding="utf-8")
            judgement = shinsa.check(log)
            only_portal = shinsa.check(log, judge="portal")
        self.assertFalse(judgement.passed)
        (problem,) = [p for p in judgement.problems if p.kind == "violation"]
        self.assertEqual(problem.clauses, ["JPR-34"])
        self.assertEqual(judgement.trace[problem.line - 1]["type"], "certificate.issued")
        violated = judgement.clauses.query("verdict == 'violated'")["clause"].tolist()
        self.assertEqual(violated, ["JPR-34"])
        self.assertIn("issue-after-domain-control", judgement.trace.breaches()["law"].tolist())
        self.assertIn("log.closed counts", judgement.warnings[0])
        self.assertEqual([p.kind for p in only_portal.problems if p.clauses == ["JPR-34"]], [])

    def test_a_trace_can_be_checked_without_a_file(self):
        broken = shinsa.run("jpdirect-reissue/new-order-by-card", mutants=["JPR-10:allow"])
        judgement = shinsa.check(broken.trace)
        self.assertEqual(
            [p.line for p in judgement.problems if p.kind == "violation"],
            [p.line for p in broken.problems if p.kind == "violation"],
        )


class FuzzTest(unittest.TestCase):
    def test_the_system_as_it_should_be_passes(self):
        campaign = shinsa.fuzz(1200, seed=3)
        self.assertTrue(campaign.passed, campaign)
        self.assertIsNone(campaign.failure)
        self.assertEqual(campaign.runs, 1200)
        self.assertGreater(campaign.refusals["runs"].sum(), 0)
        self.assertLessEqual(campaign.refusals["runs"].max(), 1200)
        self.assertGreater((campaign.rows["fired"] > 0).mean(), 0.9)
        self.assertFalse(campaign.laws["broken"].any())
        self.assertTrue((campaign.laws.query("kind == 'sometimes'")["runs"] > 0).all())

    def test_threads_change_nothing(self):
        one, three = (shinsa.fuzz(800, jobs=jobs) for jobs in (1, 3))
        self.assertTrue(one.refusals.equals(three.refusals))
        self.assertTrue(one.rows.equals(three.rows))

    def test_a_broken_limit_is_found_shrunk_and_replayed(self):
        campaign = shinsa.fuzz(2000, seed=7, mutants=["JPR-24", "JPR-23"])
        self.assertFalse(campaign.passed)
        failure = campaign.failure
        self.assertIn("JPR-23", failure.clauses)
        self.assertEqual(failure.laws, ["at-most-two-active"])
        self.assertEqual(campaign.laws.query("broken")["law"].tolist(), failure.laws)
        self.assertLess(failure.requests, failure.requests_before)
        self.assertEqual(failure.replay().verdict, "violated")
        self.assertEqual(failure.replay(sound=True).verdict, "held")
        with tempfile.TemporaryDirectory() as folder:
            failure.save(Path(folder) / "found.yaml")
            self.assertEqual(shinsa.run(Path(folder) / "found.yaml").verdict, "violated")

    def test_ctrl_c_ends_it(self):
        handler = signal.signal(signal.SIGINT, signal.default_int_handler)
        timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        try:
            with self.assertRaises(KeyboardInterrupt):
                shinsa.fuzz(10**9)
        finally:
            timer.join()
            signal.signal(signal.SIGINT, handler)

    def test_what_progress_raises_comes_back_and_ends_it(self):
        seen = []

        def stop(done, count):
            seen.append((done, count))
            raise RuntimeError("enough")

        with self.assertRaisesRegex(RuntimeError, "enough"):
            shinsa.fuzz(10**9, progress=stop)
        self.assertEqual(len(seen), 1)
        self.assertEqual(seen[0][1], 10**9)


class ErrorTest(unittest.TestCase):
    def test_what_is_wrong_outside_says_what_and_where(self):
        cases = {
            "no such file": (lambda: shinsa.run("nowhere.yaml"), "nowhere.yaml: there is no such"),
            "several": (lambda: shinsa.run("jpdirect-reissue/month-of-expiry"), "call run_suite"),
            "row": (lambda: shinsa.run("jpdirect-reissue/month-of-expiry#99"), "no scenario was"),
            "mutant": (lambda: shinsa.run(STORY, mutants=["JPR-999"]), "no mutant 'JPR-999'"),
            "reading": (lambda: shinsa.run(STORY, readings={"JPR-Q5": "tea"}), "tea"),
            "seed": (lambda: shinsa.run(STORY, seed=-1), "seed must be 0 to"),
            "log": (lambda: shinsa.check("nowhere.jsonl"), "nowhere.jsonl: cannot be read"),
            "judge": (lambda: shinsa.check("log.jsonl", judge="me"), "portal, ca or both"),
            "system": (lambda: shinsa.fuzz(10, system="nttcom"), "nttcom"),
            "runs": (lambda: shinsa.fuzz(0), "runs must be 1 to"),
            "requests": (lambda: shinsa.fuzz(1, requests=0), "requests must be 1 to 10000"),
            "mutants of": (lambda: shinsa.mutants("nttcom"), "nttcom"),
        }
        for name, (call, says) in cases.items():
            with self.subTest(name), self.assertRaisesRegex(shinsa.Error, says):
                call()

    def test_every_mistake_of_a_file_is_told_with_its_place(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "bad.yaml"
            file.write_text("title: Bad\ncovers: [JPR-999]\nstep: []\n", encoding="utf-8")
            with self.assertRaises(shinsa.Error) as caught:
                shinsa.run(file)
        self.assertRegex(caught.exception.where, r"bad\.yaml:\d+:\d+")
        self.assertGreater(str(caught.exception).count("bad.yaml:"), 1)

    def test_bad_lines_of_a_log_are_told_with_their_place(self):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "bad.jsonl"
            log.write_text('{"id":"1"}\n{nonsense\n', encoding="utf-8")
            with self.assertRaisesRegex(shinsa.Error, r"bad\.jsonl:2:2: this is no JSON"):
                shinsa.check(log)


class ListsTest(unittest.TestCase):
    def test_the_catalogue_has_all_five_pages(self):
        clauses = shinsa.clauses()
        self.assertEqual((len(clauses), clauses["system"].nunique()), (233, 5))
        self.assertEqual(set(shinsa.clauses("sakura-reissue")["system"]), {"sakura-reissue"})

    def test_laws_readings_mutants_and_events_are_there(self):
        self.assertIn("at-most-two-active", shinsa.laws()["law"].tolist())
        self.assertIn("approved-in-time", shinsa.laws("nttcom-biz")["law"].tolist())
        first = shinsa.readings("jpdirect-reissue").set_index("reading").loc["JPR-Q5"]
        self.assertIn("refuse", first["alternatives"])
        self.assertIn("JPR-21:allow", shinsa.mutants()["mutant"].tolist())
        fields = shinsa.events().set_index("type").loc["certificate.issued", "fields"]
        self.assertIn("not_after", fields)
        self.assertIn("jpdirect-reissue", shinsa.systems())


class DisplayTest(unittest.TestCase):
    def test_a_trace_shows_as_a_picture_with_a_mark_for_each_event(self):
        trace = shinsa.run(STORY).trace
        svg = ElementTree.fromstring(trace._repr_html_())[0]
        titles = [mark.text for mark in svg.iter("{http://www.w3.org/2000/svg}title")]
        self.assertEqual(len(titles), len(trace))
        self.assertIn("certificate.issued", titles[9])

    def test_what_a_log_says_is_escaped(self):
        log = (
            '{"id":"1","time":"2026-11-24T10:00:00+09:00","type":"call.made",'
            '"subject":"application/<script>","data":{"number":"<u>"}}\n'
        )
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "<i>.jsonl"
            file.write_text(log, encoding="utf-8")
            judgement = shinsa.check(file)
        self.assertFalse(judgement.passed)
        shown = judgement._repr_html_()
        for tag in ("<script>", "<u>", "<i>"):
            self.assertNotIn(tag, shown)
        for tag in ("&lt;script&gt;", "&lt;i&gt;"):
            self.assertIn(tag, shown)

    def test_a_suite_and_a_campaign_show_their_counts(self):
        suite = shinsa.run_suite(shinsa.scenario_root() / f"{STORY}.yaml")
        self.assertIn("1 passed, 0 failed, 0 skipped", suite._repr_html_())
        campaign = shinsa.fuzz(300, mutants=["JPR-10:allow"])
        self.assertIn("paid-before-review", campaign._repr_html_())

    def test_lanes_draw_every_event_and_mark_what_is_wrong(self):
        trace = shinsa.run(STORY).trace
        for by in ("time", "order"):
            (axes,) = shinsa.plot.lanes(trace, {10}, by=by).axes
            self.assertEqual(len(axes.lines), len(trace))
            red = [line for line in axes.lines if line.get_color() == shinsa.plot.WRONG]
            self.assertEqual(len(red), 1)
        with self.assertRaises(ValueError):
            shinsa.plot.lanes(trace, by="size")

    def test_verdicts_and_refusals_draw_every_clause(self):
        run = shinsa.run(STORY)
        (axes,) = shinsa.plot.verdicts(run.clauses).axes
        self.assertEqual([text.get_text() for text in axes.texts], run.clauses["clause"].tolist())
        campaign = shinsa.fuzz(300)
        (axes,) = shinsa.plot.refusals(campaign).axes
        self.assertEqual(len(axes.patches), len(campaign.refusals))


class StubTest(unittest.TestCase):
    def test_stubs_name_what_the_module_has(self):
        tree = ast.parse((Path(shinsa.__file__).parent / "_shinsa.pyi").read_text("utf-8"))
        written = {}
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                written[node.name] = {part.name for part in node.body if hasattr(part, "name")}
            elif isinstance(node, ast.FunctionDef):
                written[node.name] = set()
        there = {}
        for name, thing in vars(_shinsa).items():
            if isinstance(thing, type):
                names = {part for part in vars(thing) if not part.startswith("_")}
                there[name] = names | ({"__len__"} & set(vars(thing)))
            elif callable(thing):
                there[name] = set()
        self.assertEqual(written, there)


if __name__ == "__main__":
    unittest.main()
