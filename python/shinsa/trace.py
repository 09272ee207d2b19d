"""A trace: what happened, in order."""

import json
import os
from pathlib import Path

from shinsa import _frames, _html


class Trace:
    """The events of a run or a log.

    `len(trace)` counts them, `trace[0]` is the first as a dict in the form of `shinsa-events/1`.
    A line is an event's place in the JSON Lines file, from 1; `problems` and `breaches()` name the
    same lines. Lines of a log whose type nobody knows are left out.
    """

    def __init__(self, handle):
        self._handle = handle

    def __len__(self):
        return len(self._handle)

    def __getitem__(self, position: int) -> dict:
        """One event, by its position from 0 (negative: from the end). Raises IndexError."""
        if position < 0:
            position += len(self)
        if not 0 <= position < len(self):
            raise IndexError(f"there is no event {position}, the trace has {len(self)}")
        return json.loads(self._handle.line(position))

    @property
    def system(self) -> str:
        """Which system the trace belongs to."""
        return self._handle.system

    @property
    def types(self) -> dict[str, int]:
        """The event types that occur, in the order of the event table, and how often."""
        return self._handle.types()

    def to_pandas(self):
        """One row per event, without what the events say (see `data`).

        Returns:
            A DataFrame indexed by `line`, with `time` (datetime64[ns, Asia/Tokyo]) and the
            categories `id`, `type`, `sort` (fact, request, action, frame), `actor` (nobody,
            customer, payer, telephone, directory, portal, ca) and `subject`. The columns are views
            of arrays made in C++; each call makes its own, so a frame may be changed. The
            categories of type, sort and actor are all that there are, in every trace: frames of
            several traces can be put together. Group them with `observed=True`.

        Raises:
            Error: an instant does not fit datetime64[ns] (years 1678 to 2262).
        """
        return _frames.frame(self._handle.events(), index="line")

    def data(self, type: str):
        """What the events of one type say: a column for each field of the event table.

        Join it with `to_pandas()`, which has the same index, for time and subject.

        Args:
            type: such as "certificate.issued"; `shinsa.events()` lists them.

        Returns:
            A DataFrame indexed by `line`: texts and choices are categories, numbers Int64, truths
            boolean, instants datetime64[ns, Asia/Tokyo], lists tuples of text. What an event does
            not say is missing (NaN, <NA>, NaT, None). No rows if the type does not occur.

        Raises:
            Error: there is no such type, or an instant does not fit datetime64[ns].
        """
        return _frames.frame(self._handle.data(type), index="line")

    def breaches(self):
        """Where the trace breaks a law. The laws are monitors over the trace alone; no machine of
        the model is asked.

        Returns:
            A DataFrame: line, law, kind (always, eventually), clauses, says_en, says_ja. It has no
            rows for a trace that keeps all laws, and for a system without laws.
        """
        return _frames.frame(self._handle.breaches())

    def to_jsonl(self, path: str | os.PathLike | None = None) -> str | None:
        """The trace as `shinsa-events/1`, which `shinsa.check` and `shinsa check` read.

        Args:
            path: file to be written; without it the text is returned.
        """
        text = self._handle.jsonl()
        if path is None:
            return text
        Path(path).write_text(text, encoding="utf-8", newline="")
        return None

    def __repr__(self):
        return f"<Trace of {self.system}: {len(self)} events>"

    def _repr_html_(self):
        return _html.lanes(self.to_pandas(), set(self.breaches()["line"]))
