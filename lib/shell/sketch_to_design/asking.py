"""The left side of the page: a sentence, a sketch, a mood board, what is set by hand; then the run."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from lib.atelier.garments import KINDS, SIZES
from lib.catalogue import UseCase
from lib.engines import registry
from lib.i18n import N_, _, list_of, translate
from lib.merchandising.sketch_to_design import telling
from lib.merchandising.sketch_to_design.design import Brief
from lib.merchandising.sketch_to_design.grid import FEWEST, MOST, REACH
from lib.merchandising.sketch_to_design.jobs import DRAW_GRID, GridRequest
from lib.merchandising.sketch_to_design.joining import BoardSays, Fields, join
from lib.merchandising.sketch_to_design.names import piece_name
from lib.merchandising.sketch_to_design.task import READ_DESIGN_WORDS
from lib.merchandising.sketch_to_design.wish import PieceWish, ReadWords, Wish
from lib.merchandising.sketch_to_design.words import read_words
from lib.shell import background, errors, html, session
from lib.shell.html import element
from lib.shell.sketch_to_design import boards, sketches
from lib.shell.sketch_to_design.state import keep, keep_sentence, locked, named, sentence, state, widget
from lib.shell.text import plain
from lib.tasks import Context
from lib.tasks.run import run_task

SAMPLE = {
    "fr": "robe midi en lin vert sauge, encolure carrée, poches",
    "en": "sage green linen midi dress, square neckline, pockets",
}
TITLE = N_("Variants of a design")
REACHES = {"near": N_("close to the brief"), "balanced": N_("balanced"), "far": N_("further away")}
LONGEST = 600
CLICKED = "sketch_to_design_clicked"


@dataclass(frozen=True)
class Asked:
    """What the left side says: everything that a grid is made from."""

    text: str
    piece: PieceWish | None
    sketch: sketches.Chosen | None
    waits: bool  # a sketch is wanted and none can be used yet
    board: BoardSays | None
    fields: Fields
    count: int
    reach: str

    def brief(self, piece: PieceWish | None) -> Brief:
        sketch, fields = self.sketch, self.fields
        if sketch is None:
            return join(piece, self.board, fields=fields)
        set_right = sketch.correction
        fields = replace(fields, kind=fields.kind or set_right.kind, options={**set_right.options, **fields.options})
        return join(piece, self.board, sketch.name, fields, sketch.kind, sketch.cut)


def draw(case: UseCase) -> Asked:
    """Draw the inputs; a click on the run button begins a grid."""
    text = _sentence()
    wish = read_words(text)
    piece = _which(wish)
    with st.expander(_("A sketch whose lines are kept"), icon=":material/draw:", expanded=bool(state().get("sketch"))):
        choice = sketches.draw()
    with st.expander(_("A mood board"), icon=":material/dashboard:", expanded=bool(state().get("board"))):
        board = boards.draw()
    with st.expander(_("Set by hand"), icon=":material/tune:"):
        fields = _by_hand()
    count, reach = _how_many()
    asked = Asked(text, piece, choice.sketch, choice.missing, board, fields, count, reach)
    _who_decides(asked)
    _begin(case, asked)
    engine = translate(registry.info(session.engine_name()).title)
    st.caption(plain(_("The sentence is read by: {engine}. The atelier draws.", engine=engine)))
    return asked


def _begin(case: UseCase, asked: Asked) -> None:
    """The run button. A click is held until the page has been drawn to here: taking up a file begins it anew, and a
    click that fell into that is not lost. Nothing begins while a sketch is wanted that isn't there.
    """
    st.button(
        _("Draw the variants"),
        type="primary",
        icon=":material/brush:",
        key="run",
        width="stretch",
        disabled=asked.waits,
        on_click=lambda: st.session_state.update({CLICKED: True}),
    )
    clicked = st.session_state.pop(CLICKED, False)
    if asked.waits:
        st.caption(_("Waiting for the sketch: bring one above, or choose “none”."))
    elif clicked:
        with errors.shown():
            _run(case, asked)
            st.rerun()


def _sentence() -> str:
    text = st.text_area(
        _("The design, in a sentence"),
        max_chars=LONGEST,
        height=96,
        key=sentence("text", SAMPLE),
        placeholder=SAMPLE[session.language()],
        help=_(
            "In French or English: piece, length, neckline, sleeves, fabric, colours, pattern, what it shan’t have."
        ),
    )
    keep_sentence("text", text, SAMPLE)
    _understood(read_words(text))
    return text


def _understood(wish: Wish) -> None:
    """What the built-in reader takes from the sentence, as it is typed."""
    rows = []
    for piece in wish.pieces:
        rows.append(element("li", " · ".join(telling.wished(piece)) or _("nothing yet")))
    lines = [element("ul", *rows, class_="toile-read")] if rows else []
    if ruled_out := telling.excluded(wish.pieces):
        lines.append(element("p", _("Left out: {words}", words=list_of(ruled_out)), class_="toile-source"))
    if near := telling.nearest(wish.pieces):
        lines.append(
            element("p", _("Drawn by the nearest there is: {words}", words=list_of(near)), class_="toile-source")
        )
    if wish.not_drawn:
        said = _("Understood, and nothing here can draw it: {words}", words=list_of(list(wish.not_drawn)))
        lines.append(element("p", said, class_="toile-source"))
    if wish.not_read:
        said = _("Not understood: {words}", words=list_of(list(wish.not_read)))
        lines.append(element("p", said, class_="toile-source toile-unread"))
    if lines:
        html.draw(element("div", *lines))


def _which(wish: Wish) -> PieceWish | None:
    """The garment to draw where the sentence names several."""
    garments = wish.garments
    if wish.solids:
        st.caption(_("Jewellery, eyewear and furniture are made under “In 3D”."))
    if len(garments) < 2:
        return garments[0] if garments else None
    names = [piece_name(piece.kind) for piece in garments]
    at = st.segmented_control(
        _("Which piece first"), range(len(garments)), format_func=names.__getitem__, default=0, key=widget("which")
    )
    return garments[int(at or 0)]


def _by_hand() -> Fields:
    """Piece and size, where somebody would rather choose them."""
    kinds = ["", *KINDS]
    names = {kind: piece_name(kind) if kind else _("as the sentence says") for kind in kinds}
    key = widget("kind")
    if st.session_state.get(key) not in kinds:
        st.session_state[key] = str(state().get("kind", "")) if state().get("kind", "") in kinds else ""
    kind = st.selectbox(_("Piece"), kinds, format_func=names.__getitem__, key=key)
    sizes = [0, *SIZES]
    size = st.selectbox(
        _("Size"),
        sizes,
        format_func=named(sizes, lambda one: str(one) if one else _("as the sentence says, or 38")),
        key=widget("size"),
    )
    return Fields(kind=str(kind or ""), size=int(size or 0))


def _how_many() -> tuple[int, str]:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        key = widget("count")
        st.session_state.setdefault(key, int(state().get("count", 9)))
        count = st.number_input(_("Variants"), FEWEST, MOST, step=1, key=key)
    with right:
        key = widget("reach")
        st.session_state.setdefault(key, str(state().get("reach", "balanced")))
        reach = st.selectbox(
            _("How far they go"), list(REACH), format_func=named(REACH, lambda one: translate(REACHES[one])), key=key
        )
    return int(count), str(reach)


def _who_decides(asked: Asked) -> None:
    """Where several inputs speak, who decides what."""
    if asked.sketch is None and asked.board is None:
        return
    brief = asked.brief(asked.piece)
    rows = [telling.decision(one) for one in brief.decided]
    items = [element("li", element("strong", part), f" {value} ", element("em", by)) for part, value, by in rows]
    items += [
        element("li", _("{part}: “{value}” is told, the sketch’s lines stay", part=part, value=value))
        for part, value, _by in (telling.decision(one) for one in brief.overruled)
    ]
    html.draw(element("ul", *items, class_="toile-decided"))
    seen = asked.sketch.kind if asked.sketch else ""
    if seen and seen != brief.kind:
        said = _(
            "The sketch shows: {sketch}. The sentence asks for: {asked}. Change one of them, or the sketch’s lines are "
            "drawn under the sentence’s name.",
            sketch=piece_name(seen).lower(),
            asked=piece_name(brief.kind).lower(),
        )
        st.warning(plain(said), icon=":material/difference:")


def _run(case: UseCase, asked: Asked) -> None:
    """Read the sentence, which is a recorded run, then let the worker draw."""
    context = Context(session.actor(), language=session.language(), use_case=case.slug)
    read = run_task(READ_DESIGN_WORDS, ReadWords(text=asked.text), context, session.engine_name())
    wish = read.output or Wish()
    piece = next((one for one in wish.garments if asked.piece and one.kind == asked.piece.kind), None)
    piece = piece or (wish.garments[0] if wish.garments else None)
    request = GridRequest(
        brief=asked.brief(piece),
        count=asked.count,
        reach=asked.reach,
        locked=tuple(row.design for row in locked() if row.design.kind == asked.brief(piece).kind),
        seed=int(state().get("seed", 0)),
        wish=wish if asked.text else None,
    )
    keep(kind=asked.fields.kind, count=asked.count, reach=asked.reach, read=read.id)
    begin(case, request)


def begin(case: UseCase, request: GridRequest) -> None:
    """Let the worker draw a grid and remember which."""
    job = background.begin(case, DRAW_GRID, TITLE, {"request": request.model_dump(mode="json")}, request.seed)
    keep(job=job)
