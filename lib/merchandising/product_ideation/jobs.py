"""The use case's heavy work, as the worker does it: a round with its drawings, and the proof on a house's own file."""

from __future__ import annotations

from typing import Any

from lib.batch.work import WorkContext, WorkFile, WorkResult, measure
from lib.catalogue import use_case
from lib.database import connect
from lib.database.runs import get_run
from lib.engines.registry import BUILT_IN
from lib.errors import NotFound
from lib.files.kept import reopen
from lib.files.provenance import SourceType
from lib.i18n import N_
from lib.merchandising.product_ideation.agents import TITLES
from lib.merchandising.product_ideation.columns import CODE_COLUMNS, PAST_COLUMNS
from lib.merchandising.product_ideation.data import codes_from, styles_from
from lib.merchandising.product_ideation.drawing import draw
from lib.merchandising.product_ideation.model import Code, Role, Round, Steering, Style
from lib.merchandising.product_ideation.proof import SLUG, ProofData
from lib.merchandising.product_ideation.rounds import hold_round
from lib.merchandising.product_ideation.samples import (
    HOUSE_NAME,
    PARTNER_NAME,
    fingerprint,
    fitted,
    reaches,
    sample_codes,
    sample_styles,
)
from lib.merchandising.product_ideation.scoring import Codes, Scorer
from lib.merchandising.product_ideation.speaking import Speakers, spoken
from lib.tasks import Context

HOLD_ROUND = "lib.merchandising.product_ideation.jobs.hold"
PROVE = "lib.merchandising.product_ideation.jobs.prove"
METHOD = "ideation_round"
VERSION = "2"
SAMPLE, NONE = "sample", "none"  # besides a data set's id
READING, LEARNING, DRAWING = (
    N_("Reading the file"),
    N_("Learning from the past line"),
    N_("Drawing idea {number} of {n}"),
)
SPEAKS = N_("{agent} speaks")


def hold(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """One round. ``arguments``: line, house, partner (a data set's id, 'sample' or 'none'), partner_name, steering,
    number, before (the run of the round before, or None), pins, vetoes, engine.

    Raises:
        TooFewRows, InputError: nothing can be learned from the line.
        EngineError: the model can't be reached, or the budget is spent.
    """
    job.progress(0.01, READING)
    styles, codes = tables(arguments, job)
    job.progress(0.04, LEARNING)
    line, sell, margin = fitted(styles)
    steering = Steering.model_validate(arguments["steering"])
    job.progress(0.06, LEARNING)
    before, learned_from = _before(arguments.get("before"), job), fingerprint(line.styles)
    same = before is not None and before.reaches and before.learned_from == learned_from
    reach = before.reaches if before is not None and same else reaches(line, margin, job.cancelled)
    scorer = Scorer(sell, margin, codes, steering, job.seed, reach)
    engine = str(arguments.get("engine") or BUILT_IN)
    speakers = None if engine == BUILT_IN else _speakers(scorer, engine, before, job)
    held = hold_round(
        scorer,
        int(arguments["number"]),
        job.seed,
        before,
        tuple(arguments.get("pins", ())),
        tuple(arguments.get("vetoes", ())),
        speakers,
        engine,
        lambda share, message: job.progress(0.1 + 0.4 * share, message),
        job.cancelled,
    )
    output = held.model_dump(mode="json") | {"learned_from": learned_from, "reaches": reach}
    if speakers is not None:
        output |= {
            "conversations": speakers.conversations,
            "openings": speakers.openings,
            "unusable": speakers.unusable,
        }
    files = []
    for number, idea in enumerate(held.ideas):
        job.progress(0.5 + 0.5 * number / len(held.ideas), DRAWING, number=number + 1, n=len(held.ideas))
        content = draw(idea.genome, job.seed)
        if content is not None:
            files.append(WorkFile(picture_name(idea.id), content, "image/png", SourceType.ALGORITHMIC))
    return WorkResult("analysis", METHOD, VERSION, dict(arguments), output, tuple(files))


def picture_name(idea: str) -> str:
    """The file of an idea's drawing, among those of its run."""
    return f"idea-{idea.replace('.', '-')}.png"


def tables(arguments: dict[str, Any], job: WorkContext) -> tuple[tuple[Style, ...], Codes]:
    """The past line and the codes that a round is held on, read again."""
    chosen = str(arguments.get("line") or SAMPLE)
    with connect() as database:
        styles = (
            sample_styles()
            if chosen == SAMPLE
            else reopen(database, job.actor, chosen, PAST_COLUMNS, styles_from)[1].items
        )
    codes = Codes(
        house=_codes(str(arguments.get("house") or NONE), False, job),
        partner=_codes(str(arguments.get("partner") or NONE), True, job),
        house_name=HOUSE_NAME if chosen == SAMPLE else "",
        partner_name=str(arguments.get("partner_name") or PARTNER_NAME),
    )
    return styles, codes


def _codes(chosen: str, partner: bool, job: WorkContext) -> tuple[Code, ...]:
    if chosen == NONE:
        return ()
    if chosen == SAMPLE:
        return sample_codes(partner)
    with connect() as database:
        return reopen(database, job.actor, chosen, CODE_COLUMNS, codes_from)[1].items


def _before(run: str | None, job: WorkContext) -> Round | None:
    if not run:
        return None
    try:
        with connect() as database:
            return Round.model_validate(get_run(database, job.actor, run)["output"])
    except NotFound:  # taken away since: the round begins anew
        return None


def _speakers(scorer: Scorer, engine: str, before: Round | None, job: WorkContext) -> Speakers:
    context = Context(
        job.actor, language=spoken(engine, job.language), seed=job.seed, use_case=SLUG, cancelled=job.cancelled
    )
    turns: list[Role] = []

    def on_turn(role: Role) -> None:
        turns.append(role)
        job.progress(0.38 + 0.03 * len(turns), SPEAKS, agent=TITLES[role])

    kept = dict(before.conversations) if before and before.engine == engine else {}
    return Speakers(scorer, context, engine, kept, on_turn=on_turn)


def prove(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """The proof on the house's own past line.

    Raises:
        TooFewRows, InputError: too little to learn from, or one season only.
    """
    job.progress(0.0, READING)
    with connect() as database:
        styles = reopen(database, job.actor, str(arguments["line"]), PAST_COLUMNS, styles_from)[1].items
    key = str(arguments["data"])
    return measure(use_case(SLUG), job, ProofData(styles, key), key)
