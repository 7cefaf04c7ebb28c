"""What is taken away of a shortlist: slides, a line sheet as PDF, a table. All in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from lib.files.documents.pdf import Alignment, Pdf
from lib.files.documents.slides import Slides
from lib.files.writers import Cell, Sheet, write_xlsx
from lib.i18n import _, ngettext, number, percent, translate
from lib.merchandising.product_ideation.agents import GOAL_TITLES, TITLES
from lib.merchandising.product_ideation.columns import ATTRIBUTES
from lib.merchandising.product_ideation.levels import attribute_name, genome_name, season_name, titles, value_name
from lib.merchandising.product_ideation.model import Evidence, Idea, Round, Score

Pictures = Mapping[str, bytes]  # idea's id -> PNG
AS_PERCENT = ("sell", "margin")
EVIDENCE_WIDTHS = (1.2, 0.8, 3.6, 1.1, 1.1, 1.0)
EVIDENCE_SIDES: tuple[Alignment, ...] = ("left", "left", "left", "right", "right", "right")
MOST_FACTS = 16  # lines of facts that a slide has room for at full size
FACT = 0.83  # cm that a line of a slide's facts takes


def titles_of(held: Round, most: int = 4) -> dict[str, str]:
    """What each idea of a round is called, by its id."""
    named = titles([idea.genome for idea in held.ideas], most)
    return {idea.id: name for idea, name in zip(held.ideas, named, strict=True)}


def score_said(goal: str, score: Score, interval: bool = True) -> str:
    """'71% (48% to 87%)', or '0.62' for what is no share."""
    say = percent if goal in AS_PERCENT else lambda value: number(value, 2)
    if score.low is None or score.high is None or not interval:
        return say(score.value)
    return _("{value} ({low} to {high})", value=say(score.value), low=say(score.low), high=say(score.high))


def evidence_said(row: Evidence) -> str:
    """One past style behind an idea, in a line."""
    shared = ", ".join(attribute_name(name) for name in row.shared)
    return _(
        "{style}, {season}: {share} of {bought} sold; same {attributes}",
        style=row.style,
        season=season_name(row.season),
        share=percent(row.sell_through),
        bought=number(row.bought),
        attributes=shared.casefold() or "–",
    )


def attributes_said(idea: Idea) -> list[tuple[str, str]]:
    """Name and value of each attribute."""
    names = ("category", *ATTRIBUTES)
    return [(attribute_name(name), value_name(name, idea.genome[name])) for name in names if idea.genome.get(name)]


def _scores_said(idea: Idea) -> list[tuple[str, str]]:
    overall = (_("Overall"), score_said("overall", idea.overall))
    return [overall, *((translate(GOAL_TITLES[goal]), score_said(goal, score)) for goal, score in idea.scores.items())]


def overall_said(idea: Idea, weights: Mapping[str, float]) -> str:
    """What the overall score is made of, in a line."""
    parts = []
    for role, view in idea.views.items():
        weight = weights.get(role, 1.0)
        said = _("{agent} {view}", agent=translate(TITLES[role]), view=number(view, 2))
        parts.append(said if weight == 1.0 else f"{said} × {number(weight, 1)}")
    made = _("Overall: mean of the four agents’ views ({views})", views=", ".join(parts))
    cost = sum(idea.reservations.values())
    if cost:
        made += _(", less reservations of {cost}", cost=number(cost, 2))
    return made + ". " + _("Its interval: where sell-through and margin end at the ends of theirs.")


def footer(source: str) -> str:
    """What stands on every page: where the figures come from."""
    return _("Estimates from the past line {source}; intervals at 95%, of one style next season.", source=source)


def slides(held: Round, pictures: Pictures, source: str, title: str) -> bytes:
    """A deck: one idea a slide, its drawing, its scores, the styles behind it; what the agents said in the notes."""
    deck = Slides(title, _subtitle(held), footer=footer(source))
    named = titles_of(held)
    for place, idea in enumerate(held.ideas, start=1):
        slide = deck.slide(f"{place}. {named[idea.id]}", _proposed(idea))
        if idea.id in pictures:
            slide.picture(pictures[idea.id], 1.5, 3.4, 15.5, 10.6, genome_name(idea.genome, 9))
        scores, attributes = _scores_said(idea), attributes_said(idea)
        size = 11 if len(scores) + len(attributes) <= MOST_FACTS else 9  # all goals and attributes at once
        slide.facts(scores, 18.0, 3.4, 14.0, size=size)
        slide.facts(attributes, 18.0, 3.7 + FACT * size / 11 * len(scores), 14.0, size=size)
        lines = [evidence_said(row) for row in idea.evidence[:3]]
        slide.text(_("Behind it") + "\n" + "\n".join(lines), 1.5, 14.4, 15.5, 3.2, size=10)
        slide.notes("\n".join(told(held, idea.id)))
    return deck.to_bytes()


def line_sheet(held: Round, pictures: Pictures, source: str, title: str) -> bytes:
    """The line sheet: all ideas on the first page, then each with its scores and the styles behind it."""
    sheet = Pdf(title, _subtitle(held), footer=footer(source), landscape=True)
    named = titles_of(held)
    shown = [
        (pictures[idea.id], f"{at}. {named[idea.id]}") for at, idea in enumerate(held.ideas, 1) if idea.id in pictures
    ]
    sheet.pictures(shown, per_row=4, most_height=6.0)
    for place, idea in enumerate(held.ideas, start=1):
        sheet.new_page()
        sheet.heading(f"{place}. {named[idea.id]}")
        sheet.text(_proposed(idea), small=True)
        left, right = sheet.columns(3, 2)
        if idea.id in pictures:
            left.picture(pictures[idea.id], most_height=7.6)
        right.facts(_scores_said(idea))
        right.space(0.3)
        right.facts(attributes_said(idea))
        sheet.heading(_("Behind it"), level=2)
        heads, rows = evidence_table(idea)
        sheet.table(heads, rows, EVIDENCE_WIDTHS, EVIDENCE_SIDES)
    return sheet.to_bytes()


def evidence_table(idea: Idea) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the past styles behind an idea."""
    heads = [_("Style"), _("Season"), _("In common"), _("Units bought"), _("Sell-through"), _("Markdown")]
    rows = [
        [
            row.style,
            season_name(row.season),
            ", ".join(attribute_name(name) for name in row.shared).capitalize(),
            number(row.bought),
            percent(row.sell_through),
            "–" if row.markdown is None else percent(row.markdown),
        ]
        for row in idea.evidence
    ]
    return heads, rows


def table(held: Round) -> bytes:
    """The shortlist as XLSX: ideas with their scores, and the past styles behind each."""
    goals = list(held.ideas[0].scores) if held.ideas else []
    heads = [_("Idea"), _("Proposed by"), *(attribute_name(name) for name in ("category", *ATTRIBUTES)), _("Standing")]
    for goal in goals:
        heads.append(translate(GOAL_TITLES[goal]))
        if goal in AS_PERCENT:
            heads += [
                _("{goal}, low", goal=translate(GOAL_TITLES[goal])),
                _("{goal}, high", goal=translate(GOAL_TITLES[goal])),
            ]
    rows: list[list[Cell]] = []
    for idea in held.ideas:
        cells: list[Cell] = [idea.id, translate(TITLES[idea.by])]
        cells += [value_name(name, idea.genome.get(name, "")) for name in ("category", *ATTRIBUTES)]
        cells.append(round(idea.standing, 4))
        for goal in goals:
            score = idea.scores[goal]
            cells.append(round(score.value, 4))
            if goal in AS_PERCENT:
                cells += [None if end is None else round(end, 4) for end in (score.low, score.high)]
        rows.append(cells)
    behind = [[idea.id, *cells] for idea in held.ideas for cells in _evidence_cells(idea)]
    said: list[list[Cell]] = [[at, line] for at, line in enumerate(told(held), 1)]
    sheets = [Sheet(_("Ideas"), tuple(heads), rows)]
    if held.ideas:
        sheets.append(Sheet(_("Behind it"), (_("Idea"), *evidence_table(held.ideas[0])[0]), behind))
    sheets.append(Sheet(_("Exchange"), (_("Line"), _("What was said")), said, {_("What was said"): 90}))
    return write_xlsx(sheets)


def _evidence_cells(idea: Idea) -> list[list[Cell]]:
    """The past styles behind an idea, for a sheet: units and shares are numbers, so that they can be reckoned with."""
    found: list[list[Cell]] = []
    for row, said in zip(idea.evidence, evidence_table(idea)[1], strict=True):
        markdown = None if row.markdown is None else round(row.markdown, 4)
        found.append([*said[:3], row.bought, round(row.sell_through, 4), markdown])
    return found


def told(held: Round, idea: str = "") -> list[str]:
    """The exchange in lines, of one idea or of all."""
    from lib.merchandising.product_ideation.telling import line_of

    return [line_of(event) for event in held.events if not idea or event.idea == idea]


def _subtitle(held: Round) -> str:
    return _("{n} ideas, round {number}, seed {seed}", n=len(held.ideas), number=held.number, seed=held.seed)


def _proposed(idea: Idea) -> str:
    said = _("Proposed by: {agent}", agent=translate(TITLES[idea.by]))
    if idea.nearest:
        said += " · " + ngettext(
            "{n} attribute differs from the most similar past style",
            "{n} attributes differ from the most similar past style",
            idea.nearest,
        )
    return said
