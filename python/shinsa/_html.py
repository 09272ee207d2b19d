"""Static HTML for notebooks: no script, everything escaped, so that a stored page shows it too."""

from html import escape

# From the outside in: who asks, who examines, who issues.
LANES = "nobody customer payer telephone directory dns web whois post portal ca".split()
COLOURS = {"fact": "#777777", "frame": "#aaaaaa", "request": "#1f77b4", "action": "#2ca02c"}
WRONG = "#d62728"

_LEFT, _STEP, _LANE, _EVENTS_MAX = 90, 18, 28, 300


def verdict(passed, text):
    """A word in green or red."""
    colour = "#2ca02c" if passed else WRONG
    return f'<b style="color:{colour}">{escape(text)}</b>'


def problems(items):
    """A list of problems, each with what was allowed or expected instead."""
    if not items:
        return ""
    lines = []
    for problem in items:
        where = f"<code>{escape(problem.where)}</code> " if problem.where else ""
        allowed = "".join(
            f"<br><small>allowed: {escape(one)}</small>" for one in problem.allowed_en
        )
        if problem.kind == "expectation":
            seen = problem.observed_en or "nothing"
            allowed = (
                f"<br><small>expected {escape(problem.expected_en)}, saw {escape(seen)}</small>"
            )
        lines.append(f"<li>{escape(problem.kind)} {where}{escape(problem.says_en)}{allowed}</li>")
    return f"<ul>{''.join(lines)}</ul>"


def lanes(events, wrong=()):
    """Events in order as marks on a lane per actor, as inline SVG.

    Args:
        events: the frame of `Trace.to_pandas()`; only the first 300 rows are drawn, and it says so.
        wrong: lines to be drawn in red.
    """
    shown = events.iloc[:_EVENTS_MAX]
    actors = [actor for actor in LANES if (shown["actor"] == actor).any()]
    width = _LEFT + _STEP * (len(shown) + 1)
    height = _LANE * len(actors) + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="11">'
    ]
    for row, actor in enumerate(actors):
        y = _LANE * row + _LANE // 2
        parts.append(f'<text x="4" y="{y + 4}" fill="#444444">{escape(actor)}</text>')
        parts.append(f'<line x1="{_LEFT}" x2="{width}" y1="{y}" y2="{y}" stroke="#dddddd"/>')
    day = None
    for at, event in enumerate(shown.itertuples()):
        x = _LEFT + _STEP * (at + 1)
        y = _LANE * actors.index(event.actor) + _LANE // 2
        if event.time.date() != day:
            day = event.time.date()
            parts.append(
                f'<line x1="{x - 9}" x2="{x - 9}" y1="0" y2="{height - 18}" stroke="#eeeeee"/>'
                f'<text x="{x - 7}" y="{height - 6}" fill="#888888">{day:%m-%d}</text>'
            )
        colour = WRONG if event.Index in wrong else COLOURS[event.sort]
        title = f"{event.Index}: {event.time:%Y-%m-%d %H:%M:%S} {event.type} {event.subject}"
        tooltip = f'fill="{colour}"><title>{escape(title)}</title>'
        if event.sort == "action":
            parts.append(f'<rect x="{x - 5}" y="{y - 5}" width="10" height="10" {tooltip}</rect>')
        else:
            parts.append(f'<circle cx="{x}" cy="{y}" r="5" {tooltip}</circle>')
    parts.append("</svg>")
    more = len(events) - len(shown)
    note = f"<div><small>and {more} events more</small></div>" if more else ""
    return f'<div style="overflow-x:auto">{"".join(parts)}</div>{note}'
