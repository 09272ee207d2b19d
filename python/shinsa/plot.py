"""Pictures of traces, verdicts and campaigns. Each function returns a matplotlib figure, which only
this module imports."""

from matplotlib import dates, pyplot
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from shinsa._frames import ZONE
from shinsa._html import COLOURS, LANES, WRONG

_MARKS = {"fact": "|", "frame": "|", "request": "o", "action": "s"}
_VERDICTS = {
    "held": "#2ca02c",
    "violated": WRONG,
    "inconclusive": "#ff7f0e",
    "not exercised": "#bbbbbb",
    "not applicable": "#eeeeee",
}
_LABELS_MAX = 40


def lanes(trace, wrong=(), *, by="time"):
    """Draws a trace as marks on a lane per actor.

    Args:
        trace: a Trace.
        wrong: lines to be drawn in red, such as those of `problems` or `breaches()`.
        by: "time", a true scale in Asia/Tokyo, where what happens at one instant is stacked; or
            "order", one step for each event.

    Returns:
        A matplotlib Figure. Events are labelled with their type if there are 40 or fewer.
    """
    if by not in ("time", "order"):
        raise ValueError(f'by must be "time" or "order", not {by!r}')
    events = trace.to_pandas()
    actors = [actor for actor in reversed(LANES) if (events["actor"] == actor).any()]
    figure = _figure(11, 1.2 + 0.9 * len(actors))
    axes = figure.add_subplot()
    label = {"xytext": (6, 2), "va": "bottom", "rotation": 14}
    if by == "order":
        label = {"xytext": (3, 6), "va": "bottom", "rotation": 30}
    taken = {}  # how many marks stand at a place already
    for event in events.itertuples():
        x = dates.date2num(event.time) if by == "time" else event.Index
        place = (x, event.actor)
        level = taken.get(place, 0)
        taken[place] = level + 1
        y = actors.index(event.actor) + 0.16 * level
        colour = WRONG if event.Index in wrong else COLOURS[event.sort]
        axes.plot(x, y, _MARKS[event.sort], color=colour, markersize=8)
        if len(events) <= _LABELS_MAX:
            axes.annotate(event.type, (x, y), textcoords="offset points", fontsize=7, **label)
    axes.set_yticks(range(len(actors)), actors)
    axes.set_ylim(-0.5, len(actors) - 0.1)
    axes.grid(axis="y", color="#eeeeee")
    axes.margins(x=0.12)
    if by == "time":
        locator = dates.AutoDateLocator(tz=ZONE)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, tz=ZONE))
        axes.set_xlabel(f"virtual time ({ZONE})")
    else:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlabel("line of the trace")
    axes.set_title(repr(trace)[1:-1])
    sorts = [sort for sort in COLOURS if (events["sort"] == sort).any()]
    marks = [_mark(_MARKS[sort], COLOURS[sort], sort) for sort in sorts]
    marks += [_mark("s", WRONG, "wrong")] if wrong else []
    axes.legend(handles=marks, loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    return figure


def verdicts(clauses, columns=10):
    """Draws a square per clause in the colour of its verdict.

    Args:
        clauses: the frame of `Suite.clauses`, `Judgement.clauses` or `Run.clauses`.
        columns: squares in a row.

    Returns:
        A matplotlib Figure.
    """
    rows = -(-len(clauses) // columns)
    figure = _figure(0.85 * columns + 2, 0.45 * rows + 0.9)
    axes = figure.add_subplot()
    for at, (clause, verdict) in enumerate(zip(clauses["clause"], clauses["verdict"])):
        x, y = at % columns, rows - 1 - at // columns
        box = {"boxstyle": "square,pad=0.5", "facecolor": _VERDICTS[verdict], "edgecolor": "white"}
        dark = verdict in ("held", "violated")
        axes.text(
            x, y, clause, ha="center", fontsize=8, bbox=box, color="white" if dark else "black"
        )
    axes.set_xlim(-0.6, columns - 0.4)
    axes.set_ylim(-0.6, rows - 0.2)
    axes.axis("off")
    counts = clauses["verdict"].value_counts()
    marks = [
        _mark("s", colour, f"{verdict}: {counts[verdict]}")
        for verdict, colour in _VERDICTS.items()
        if counts.get(verdict, 0)
    ]
    axes.legend(handles=marks, loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    return figure


def refusals(campaign):
    """Draws in how many runs each clause refused a request, the most frequent on top.

    Args:
        campaign: a Campaign.

    Returns:
        A matplotlib Figure.
    """
    frame = campaign.refusals.sort_values(["runs", "clause"])
    figure = _figure(8, 0.8 + 0.24 * len(frame))
    axes = figure.add_subplot()
    bars = axes.barh(frame["clause"], frame["runs"], color=COLOURS["request"])
    axes.bar_label(bars, padding=3, fontsize=8)
    axes.margins(x=0.08, y=0.01)
    axes.set_xlabel(f"runs with a refusal by the clause, of {campaign.runs:,}")
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def _figure(width, height):
    """A figure in inches that pyplot no longer shows by itself: a notebook draws it once."""
    figure = pyplot.figure(figsize=(width, height), layout="constrained")
    pyplot.close(figure)
    return figure


def _mark(shape, colour, label):
    return Line2D([], [], linestyle="", marker=shape, color=colour, label=label)
