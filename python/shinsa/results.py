"""What running, judging and campaigning give."""

import os
from html import escape
from pathlib import Path
from typing import NamedTuple

from shinsa import _frames, _html, _shinsa
from shinsa.trace import Trace


class Counts(NamedTuple):
    """How many scenarios, or laws of a campaign, passed, failed and were skipped."""

    passed: int
    failed: int
    skipped: int

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


class Run:
    """How one scenario went."""

    def __init__(self, outcome, at, seed):
        self._outcome = outcome
        self._at = at
        self.seed: int = seed

    @property
    def id(self) -> str:
        """Such as "jpdirect-reissue/month-of-expiry#2": the second row of its examples."""
        return self._outcome.id(self._at)

    @property
    def title_en(self) -> str:
        """The scenario's sentence, in English."""
        return self._outcome.title(self._at)[0]

    @property
    def title_ja(self) -> str:
        """The scenario's sentence, in Japanese."""
        return self._outcome.title(self._at)[1]

    @property
    def verdict(self) -> str:
        """held, violated, not applicable (it requires another reading) or error."""
        return self._outcome.verdict(self._at)

    @property
    def passed(self) -> bool:
        """Whether the verdict is `held`."""
        return self.verdict == "held"

    @property
    def reason_en(self) -> str:
        """For not applicable and error: one phrase."""
        return self._outcome.reason(self._at)[0]

    @property
    def reason_ja(self) -> str:
        """The same in Japanese."""
        return self._outcome.reason(self._at)[1]

    @property
    def problems(self) -> list[_shinsa.Problem]:
        """What went other than the story, a clause or the harness expects, and remarks."""
        return self._outcome.problems(self._at)

    @property
    def clauses(self):
        """The clauses that the run touched: a DataFrame clause, verdict, statement_en,
        statement_ja. A clause is held here if nothing broke it; whether its guard was seen both
        ways takes a suite."""
        return _frames.frame(self._outcome.touched(self._at))

    @property
    def steps(self):
        """The story's steps as they went: a DataFrame verb, says, held, time, line, where."""
        return _frames.frame(self._outcome.steps(self._at))

    @property
    def trace(self) -> Trace | None:
        """What happened; None if the scenario could not be run."""
        handle = self._outcome.trace(self._at)
        return None if handle is None else Trace(handle)

    @property
    def trace_sha256(self) -> str:
        """Hash of the trace's JSON Lines, in hex: same seed, same hash."""
        return self._outcome.sha256(self._at)

    @property
    def artifacts(self) -> dict[str, bytes]:
        """Certificates (PEM) and mails of the run, by path."""
        return self._outcome.artifacts(self._at)

    def __repr__(self):
        count = len(self.problems)
        return f"<Run {self.id}: {self.verdict}, {count} problem{'' if count == 1 else 's'}>"

    def _repr_html_(self):
        head = f"<b>{escape(self.title_en)}</b> ({escape(self.id)}, seed {self.seed}): "
        head += _html.verdict(self.passed, self.verdict)
        if self.reason_en:
            head += f", {escape(self.reason_en)}"
        if self.trace is None:
            return f"<div>{head}</div>"
        wrong = {problem.line for problem in self.problems if problem.kind != "remark"}
        picture = _html.lanes(self.trace.to_pandas(), wrong)
        return f"<div>{head}</div>{_html.problems(self.problems)}{picture}"


class _Coverage:
    """Tables of what was gone through of the model, for whatever has `_handle`."""

    @property
    def rows(self):
        """Rows of the state machines' tables: a DataFrame machine, row, fired."""
        return _frames.frame(self._handle.rows())

    @property
    def guards(self):
        """How often each guard said yes and no: a DataFrame machine, guard, yes, no."""
        return _frames.frame(self._handle.guards())


class Suite(_Coverage):
    """How many scenarios went. `len(suite)`, `suite[0]`, `suite["jpdirect-reissue/first-light"]`
    and iteration give the runs, ordered by id."""

    def __init__(self, outcome, seed):
        self._handle = outcome
        self.seed: int = seed

    def __len__(self):
        return len(self._handle)

    def __getitem__(self, key: int | str) -> Run:
        """Raises IndexError for a position and KeyError for an id that there is not."""
        if isinstance(key, str):
            for at in range(len(self)):
                if self._handle.id(at) == key:
                    return Run(self._handle, at, self.seed)
            raise KeyError(key)
        at = key + len(self) if key < 0 else key
        if not 0 <= at < len(self):
            raise IndexError(f"there is no run {key}, the suite has {len(self)}")
        return Run(self._handle, at, self.seed)

    @property
    def counts(self) -> Counts:
        """Scenarios passed, failed and skipped; prints as the command's last line."""
        return Counts(*self._handle.totals)

    @property
    def passed(self) -> bool:
        """Whether no scenario failed. Clauses that nothing exercised do not count here; look for
        "not exercised" in `clauses`."""
        return self.counts.failed == 0

    @property
    def clauses(self):
        """The verdict on each clause of the system.

        Returns:
            A DataFrame: clause, kind, verdict (a category: held, violated, inconclusive, not
            exercised, not applicable), how often its guards said `yes` and `no`, how many requests
            it `refused` (or actions were rejected in its name), how many obligations were `met`,
            the `scenarios` that touched it, statement_en,
            statement_ja, and why a clause was not exercised, note_en and note_ja.
        """
        return _frames.frame(self._handle.clauses())

    @property
    def scenarios(self):
        """A DataFrame: scenario, title_en, title_ja, verdict, reason_en, reason_ja, problems (how
        many), events, virtual_time (timedelta64[ns]), clauses (touched), tags, file, line,
        trace_sha256."""
        return _frames.frame(self._handle.scenarios())

    @property
    def readings(self) -> dict[str, str]:
        """The meaning in force of every ambiguous clause."""
        return self._handle.readings

    def to_json(self) -> str:
        """The results as `shinsa-results/1`, as `shinsa run --json` writes them."""
        return self._handle.json()

    def __repr__(self):
        return f"<Suite of {self._handle.system}: {self.counts}>"

    def _repr_html_(self):
        head = _html.verdict(self.passed, str(self.counts))
        clauses = escape(self._handle.clause_line("en"))
        failed = "".join(run._repr_html_() for run in self if run.verdict in ("violated", "error"))
        return f"<div>{head}<br>clauses: {clauses}</div>{failed}"


class Judgement:
    """What the model says of a log."""

    def __init__(self, outcome):
        self._handle = outcome

    @property
    def passed(self) -> bool:
        """Whether nothing in the log is forbidden, overdue or missing."""
        return self._handle.verdict(0) == "held"

    @property
    def problems(self) -> list[_shinsa.Problem]:
        """Violations with what was allowed instead, and remarks, in the order of the log."""
        return self._handle.problems(0)

    @property
    def clauses(self):
        """The verdict on each clause of the log's system, as in `Suite.clauses`."""
        return _frames.frame(self._handle.clauses())

    @property
    def trace(self) -> Trace:
        """The log as a trace; its `breaches()` are what the laws say."""
        return Trace(self._handle.trace(0))

    @property
    def readings(self) -> dict[str, str]:
        """The meaning in force of every ambiguous clause."""
        return self._handle.readings

    @property
    def warnings(self) -> list[str]:
        """What is strange about the log's form and was judged all the same."""
        return self._handle.warnings

    def __repr__(self):
        found = len(self.problems)
        return f"<Judgement of {self._handle.id(0)}: {self._handle.verdict(0)}, {found} problems>"

    def _repr_html_(self):
        head = f"<b>{escape(self._handle.id(0))}</b>: "
        head += _html.verdict(self.passed, self._handle.verdict(0))
        wrong = {problem.line for problem in self.problems if problem.kind != "remark"}
        picture = _html.lanes(self.trace.to_pandas(), wrong)
        return f"<div>{head}</div>{_html.problems(self.problems)}{picture}"


class Failure:
    """A run of a campaign in which the judge or a law fired, as small as it could be made."""

    def __init__(self, campaign):
        self._campaign = campaign
        self._handle = campaign.failure()

    @property
    def run(self) -> int:
        """Which run of the campaign it was found in, from 0."""
        return self._handle.run

    @property
    def requests(self) -> int:
        """How many requests are left."""
        return self._handle.requests

    @property
    def requests_before(self) -> int:
        """How many the run had as it was found."""
        return self._handle.requests_before

    @property
    def clauses(self) -> list[str]:
        """Ids of the clauses that the judge names."""
        return self._handle.clauses

    @property
    def laws(self) -> list[str]:
        """Names of the laws that are broken."""
        return self._campaign.broken_laws()

    @property
    def says_en(self) -> list[str]:
        """What the judge says."""
        return self._handle.says("en")

    @property
    def says_ja(self) -> list[str]:
        """The same in Japanese."""
        return self._handle.says("ja")

    @property
    def story(self) -> str:
        """The scenario that replays it, YAML; it names the campaign's mutants itself."""
        return self._handle.story

    def save(self, path: str | os.PathLike) -> None:
        """Writes the story to a file that `shinsa run` takes."""
        Path(path).write_text(self.story, encoding="utf-8", newline="")

    def replay(self, sound: bool = False) -> Run:
        """Runs the story again.

        Args:
            sound: on the system as it should be, without the story's mutants.
        """
        mutants = ["none"] if sound else []
        outcome = _shinsa.run([], self.story, "", "", "", 1, {}, mutants, [], None)
        return Run(outcome, 0, 1)

    def __repr__(self):
        found = f"run {self.run}, shrunk from {self.requests_before} to {self.requests} requests"
        return f"<Failure in {found}: {', '.join(self.clauses + self.laws)}>"


class Campaign(_Coverage):
    """What a random campaign found, and what it went through."""

    def __init__(self, handle):
        self._handle = handle

    @property
    def system(self) -> str:
        return self._handle.system

    @property
    def seed(self) -> int:
        return self._handle.seed

    @property
    def mutants(self) -> list[str]:
        return self._handle.mutants

    @property
    def runs(self) -> int:
        """How many runs were counted; fewer than asked for if one failed."""
        return self._handle.runs

    @property
    def requests(self) -> int:
        return self._handle.requests

    @property
    def refused(self) -> int:
        """How many of the requests were refused."""
        return self._handle.refused

    @property
    def events(self) -> int:
        return self._handle.events

    @property
    def counts(self) -> Counts:
        """Laws, and the judge, that passed, failed and said nothing; as the command counts them."""
        return Counts(*self._handle.totals)

    @property
    def passed(self) -> bool:
        """Whether neither the judge nor a law has anything to say. A `sometimes` law that 1000 runs
        or more never showed counts as failed."""
        return self.counts.failed == 0

    @property
    def refusals(self):
        """A DataFrame: clause, runs (how many of them had a request refused by it), first_run."""
        return _frames.frame(self._handle.refusals())

    @property
    def laws(self):
        """A DataFrame: law, kind, clauses, broken, runs (in how many a `sometimes` law was seen;
        missing for others), says_en, says_ja."""
        return _frames.frame(self._handle.laws())

    @property
    def failure(self) -> Failure | None:
        """The campaign ends with its first failure; None if there was none."""
        return None if self._handle.failure() is None else Failure(self._handle)

    def __repr__(self):
        return f"<Campaign of {self.runs} runs, seed {self.seed}: {self.counts}>"

    def _repr_html_(self):
        head = _html.verdict(self.passed, str(self.counts))
        fired = int((self.rows["fired"] > 0).sum())
        text = (
            f"{self.runs:,} runs of seed {self.seed}, {self.requests:,} requests, "
            f"{self.refused:,} of them refused, {self.events:,} events, "
            f"{fired} of {len(self.rows)} rows fired"
        )
        found = ""
        if self.failure is not None:
            says = "".join(f"<li>{escape(sentence)}</li>" for sentence in self.failure.says_en)
            found = f"<div>{escape(repr(self.failure))}</div><ul>{says}</ul>"
        return f"<div>{head}<br>{escape(text)}</div>{found}"
