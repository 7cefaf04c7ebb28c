"""Scores as a table whose cells are tinted: the number says it, the tone only helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from lib.govern.risk_review.model import RISK_SHORT, Risk
from lib.govern.risk_review.saying import points
from lib.govern.risk_review.scoring import Score
from lib.i18n import _, translate
from lib.shell import html
from lib.shell.html import element

STEPS: Final = 5  # of tone
DEEPEST: Final = 34  # percent of the evidence colour in the deepest tone: text on it keeps its contrast
# A phone has what has begun first. A row there: the use case, what is said of it in one line, the scores beside each
# other with their names above.
PHONE: Final = """@media (max-width: 48rem) {
  table.toile-heat, table.toile-heat tbody { display: flex; flex-direction: column; }
  table.toile-heat tr.toile-heat-idle { order: 1; }
  table.toile-heat tr { display: flex; flex-wrap: wrap; gap: 0.1rem 0.15rem; align-items: baseline; }
  table.toile-heat td:not([class]) { order: 1; font-size: 0.85rem; margin-right: 0.75rem; padding-left: 0; }
  table.toile-heat td:not([class])::before { content: none; }
  table.toile-heat td:last-child { margin-right: 0; }
  table.toile-heat td:not([class]):first-child { flex: 1 0 100%; order: 0; font-size: 0.95rem; }
  table.toile-heat tr::after { content: ""; order: 2; flex: 0 0 100%; }
  table.toile-heat td[class] { order: 3; flex: 1 1 auto; min-width: 17.5%; flex-direction: column; gap: 0;
    padding: 0.15rem 0.3rem; overflow-wrap: normal; }
  table.toile-heat td[class]::before { flex: none; font-size: 0.72rem; font-weight: 400; }
  table.toile-heat .toile-heat-idle td[class], table.toile-heat .toile-heat-idle::after { display: none; }
}"""


@dataclass(frozen=True)
class Line:
    """A row: what stands before the scores, the scores, what stands after them."""

    before: Sequence[str | Markup]
    scores: Sequence[float | None]
    after: Sequence[str | Markup] = ()
    begun: bool = True  # where nothing has begun a phone leaves out the scores, which are all 0


def names() -> tuple[str, ...]:
    """The heads of the five scores."""
    return (*(translate(RISK_SHORT[risk]) for risk in Risk), _("In all"))


def values(headings: dict[Risk, Score], whole: Score) -> tuple[float | None, ...]:
    """The five scores."""
    return (*(headings[risk].value for risk in Risk), whole.value)


def draw(lines: Sequence[Line], heads: Sequence[str]) -> None:
    """The table; on a phone each row is a list of named values."""
    first = len(lines[0].before) if lines else 0
    scored = range(first, first + len(lines[0].scores) if lines else 0)
    names = [
        element("th", name, scope="col", class_="toile-heat-head" if at in scored else "")
        for at, name in enumerate(heads)
    ]
    head = element("thead", element("tr", *names))
    body = element("tbody", *(_row(line, heads) for line in lines))
    table = element("table", head, body, class_="toile-runs toile-heat")
    framed = element("div", table, class_="toile-table toile-whole", tabindex="0")
    html.draw(html.joined(html.stylesheet(_rules()), framed))


def _row(line: Line, heads: Sequence[str]) -> Markup:
    first = len(line.before)
    cells = [element("td", said, data_name=heads[at]) for at, said in enumerate(line.before)]
    for at, value in enumerate(line.scores):
        cells.append(element("td", points(value), data_name=heads[first + at], class_=_tone(value)))
    after = first + len(line.scores)
    cells += [element("td", said, data_name=heads[after + at]) for at, said in enumerate(line.after)]
    return element("tr", *cells, class_="" if line.begun else "toile-heat-idle")


def _tone(value: float | None) -> str:
    return "toile-heat-none" if value is None else f"toile-heat-{min(STEPS, int(value / 100 * STEPS + 0.5))}"


def _rules() -> str:
    tones = [
        f".toile-heat td.toile-heat-{step} {{ background: color-mix(in srgb, var(--toile-evidence)"
        f" {DEEPEST * step // STEPS}%, var(--toile-paper)); font-variant-numeric: tabular-nums; }}"
        for step in range(STEPS + 1)
    ]
    padded = (
        ".toile-heat td[class], .toile-heat td[class] + td, .toile-heat th.toile-heat-head, .toile-heat-head + th"
        " { padding-left: 0.5rem; }"
    )
    return "\n".join([*tones, ".toile-heat td[class] { font-weight: 600; }", padded, PHONE])
