"""Shinsa: the examination that a certificate order goes through, as an executable model.

    >>> import shinsa
    >>> run = shinsa.run("jpdirect-reissue/first-light")
    >>> run.passed
    True
    >>> frame = run.trace.to_pandas()

`run` and `run_suite` run scenarios, `check` judges somebody's log, `fuzz` runs a random campaign;
`clauses`, `readings`, `laws`, `mutants` and `events` list what there is. Times are virtual, in
whole seconds, and shown in Asia/Tokyo. Same seed, same result. What is wrong outside (a file, a
name, a log's form) raises `Error`; a rule that says no is data.

The package has no rules of its own: everything is asked of the C++ model. It is not affiliated with
JPRS, Sakura Internet, NTT or any company named; the readings of the pages are ours.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from shinsa._error import Error

try:
    from shinsa import _shinsa
except ImportError as wrong:
    raise ImportError(
        "shinsa's C++ side is not beside this file: build it (./dev build dev) and import the "
        "package of the build, by ./dev python or with PYTHONPATH=build/dev/python"
    ) from wrong

from shinsa import _frames
from shinsa.results import Campaign, Counts, Failure, Judgement, Run, Suite
from shinsa.trace import Trace

Problem = _shinsa.Problem

__all__ = [
    "Campaign",
    "Counts",
    "Error",
    "Failure",
    "Judgement",
    "Problem",
    "Run",
    "Suite",
    "Trace",
    "check",
    "clauses",
    "events",
    "fuzz",
    "laws",
    "mutants",
    "readings",
    "run",
    "run_suite",
    "scenario_root",
    "systems",
]


def scenario_root() -> Path:
    """The folder of the suites: what SHINSA_SCENARIOS names, else `scenarios` below the current
    folder, else that of the source tree."""
    return Path(_shinsa.scenario_root())


def run(
    scenario: str | os.PathLike,
    *,
    seed: int = 1,
    readings: Mapping[str, str] | None = None,
    mutants: Iterable[str] = (),
    faults: Iterable[str] = (),
) -> Run:
    """Runs one scenario.

    Args:
        scenario: a file, `FILE:LINE` for one row of its examples, or an id as `run_suite` lists
            them, such as "jpdirect-reissue/first-light" or "jpdirect-reissue/month-of-expiry#2".
        seed: of every random stream, 0 or more; same seed, same trace.
        readings: meanings of ambiguous clauses, such as {"JPR-Q5": "refuse"}; see `readings()`.
        mutants: what is broken in the system on purpose, such as ["JPR-21:allow"]; see `mutants()`.
            "none" runs a saved failure on the system as it should be.
        faults: what goes wrong outside, such as ["mail:spam@nth=1"].

    Raises:
        Error: the scenario cannot be read or is not one, or a name is not known.
    """
    _check_range("seed", seed, 0, _SEED_MAX)
    path, only = _path_of(scenario)
    outcome = _shinsa.run(
        [path],
        None,
        str(scenario_root()),
        only,
        "",
        seed,
        *_choices(readings, mutants, faults),
        None,
    )
    if len(outcome) > 1:
        raise Error(
            f"there are {len(outcome)} scenarios here",
            str(scenario),
            f"name one, such as '{outcome.id(0)}', or call run_suite",
        )
    return Run(outcome, 0, seed)


def run_suite(
    path: str | os.PathLike | None = None,
    *,
    system: str = "",
    seed: int = 1,
    readings: Mapping[str, str] | None = None,
    mutants: Iterable[str] = (),
    faults: Iterable[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Suite:
    """Runs all scenarios of a file or folder.

    Other Python threads go on meanwhile, and Ctrl-C ends it after the scenario at hand.

    Args:
        path: a file or folder; without it all suites.
        system: only scenarios of this system.
        progress: called with how many are done and how many there are.
        seed, readings, mutants, faults: as for `run`.

    Raises:
        Error: a scenario cannot be read, there is none, or a name is not known.
    """
    _check_range("seed", seed, 0, _SEED_MAX)
    where = str(scenario_root()) if path is None else _path_of(path)[0]
    outcome = _shinsa.run(
        [where],
        None,
        str(scenario_root()),
        "",
        system,
        seed,
        *_choices(readings, mutants, faults),
        progress,
    )
    return Suite(outcome, seed)


def check(
    log: str | os.PathLike | Trace,
    *,
    system: str = "jpdirect-reissue",
    readings: Mapping[str, str] | None = None,
    judge: Iterable[str] = ("portal", "ca"),
    complete: bool = True,
) -> Judgement:
    """Judges an event log (`shinsa-events/1`, JSON Lines).

    Args:
        log: a file, or a trace.
        system: unless the log's first line names another.
        readings: over those that the log names.
        judge: whose actions are judged, "portal", "ca" or both; the others' are input.
        complete: whether what is still owed at the end is missing. A log that says of itself that
            it is not complete is believed.

    Raises:
        Error: the log cannot be read, is empty or not of that form, or a name is not known.
    """
    judged = {judge} if isinstance(judge, str) else set(judge)
    if not judged or not judged <= {"portal", "ca"}:
        raise Error(f"judge wants portal, ca or both, not {sorted(judged)}")
    is_trace = isinstance(log, Trace)
    outcome = _shinsa.judge(
        "trace" if is_trace else os.fspath(log),
        log.to_jsonl() if is_trace else None,
        system,
        dict(readings or {}),
        "portal" in judged,
        "ca" in judged,
        complete,
    )
    return Judgement(outcome)


def fuzz(
    runs: int = 1000,
    *,
    requests: int = 20,
    seed: int = 1,
    system: str = "jpdirect-reissue",
    readings: Mapping[str, str] | None = None,
    mutants: Iterable[str] = (),
    jobs: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Campaign:
    """Runs a random campaign against judge and laws; ends with the first failure, shrunk.

    Other Python threads go on meanwhile. Ctrl-C, or an exception of `progress`, ends it within
    some hundred runs, except while a failure is being shrunk.

    Args:
        runs: how many, 1 or more.
        requests: of each run, 1 to 10000.
        jobs: threads, up to 1024, 0 for one per core. Results do not depend on it.
        progress: called every now and then with how many runs are done and how many there are.
        readings: pinned; of the others some runs take another meaning than the default.
        seed, mutants: as for `run`.

    Raises:
        Error: a number is out of range, a name is not known, or the system has no campaign.
    """
    _check_range("runs", runs, 1, 10**12)
    _check_range("requests", requests, 1, 10000)
    _check_range("seed", seed, 0, _SEED_MAX)
    _check_range("jobs", jobs, 0, 1024)
    chosen = _choices(readings, mutants, ())[:2]
    return Campaign(_shinsa.fuzz(system, seed, runs, requests, *chosen, jobs, progress))


def clauses(system: str = ""):
    """The catalogue: a DataFrame clause, system, kind, lines (of the page), statement_en,
    statement_ja, observable_en, observable_ja. All five pages unless a system is named."""
    return _frames.frame(_shinsa.clauses(system))


def readings(system: str = ""):
    """The ambiguous clauses: a DataFrame reading, system, kind, alternatives (the first is the
    default), issue_en, issue_ja."""
    return _frames.frame(_shinsa.readings(system))


def laws(system: str = "jpdirect-reissue"):
    """What traces are held against besides the model: a DataFrame law, kind (always, eventually,
    sometimes), clauses, says_en, says_ja. No rows for a system without laws."""
    return _frames.frame(_shinsa.laws(system))


def mutants(system: str = "jpdirect-reissue"):
    """What `mutants=` takes: a DataFrame mutant, clause, kind (allow, deny, drop, twice,
    misaddress, late, early, number), where.

    Raises:
        Error: the system has no model.
    """
    return _frames.frame(_shinsa.mutants(system))


def events():
    """The event table: a DataFrame type, sort, actor, subject (its kind), fields, says."""
    return _frames.frame(_shinsa.events())


def systems() -> list[str]:
    """Names of the systems that are modelled."""
    return _shinsa.systems()


_SEED_MAX = 2**64 - 1


def _check_range(name, value, least, most):
    if not least <= value <= most:
        raise Error(f"{name} must be {least} to {most}, not {value}")


def _choices(readings, mutants, faults):
    """Readings, mutants and faults as the C++ side takes them; one text is a list of one."""
    lists = [[one] if isinstance(one, str) else list(one) for one in (mutants, faults)]
    return dict(readings or {}), *lists


def _path_of(scenario):
    """Where a scenario is, and its id if it is one of several in that file.

    What is no file is taken as an id below the root of the suites.
    """
    text = os.fspath(scenario)
    if Path(text).exists() or Path(text.rpartition(":")[0]).is_file():
        return text, ""
    file, _, row = text.partition("#")
    for candidate in (scenario_root() / f"{file}.yaml", scenario_root() / file):
        if candidate.exists():
            return str(candidate), text if row else ""
    return text, ""
