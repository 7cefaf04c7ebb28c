"""Pictures of one's own: where they come from, which are nearly the same, whom the set shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from lib.checks.inclusivity_images import Depicted
from lib.files.pictures import SUFFIXES
from lib.govern.checks_desk import sample_files
from lib.govern.checks_desk.naming import KNOWN
from lib.govern.checks_desk.pictures import (
    MOST_PICTURES,
    NO_MARKS,
    SOURCES,
    Pair,
    Seen,
    digest_of,
    pairs,
    read_pictures,
)
from lib.i18n import _, ngettext, translate
from lib.shell import html
from lib.shell.checks_desk import people_part, taking
from lib.shell.checks_desk.findings import title, trust
from lib.shell.checks_desk.holding import held, hold
from lib.shell.html import element
from lib.shell.marks import findings_markup
from lib.shell.page import section
from lib.shell.text import plain

PILE, OTHERS = "pictures", "others"
WIDTH = 160  # CSS pixels of a picture
SHOWN_PAIRS = 12


def draw() -> None:
    """Upload, then each picture with its marks, the pairs, and the people."""
    busy = taking.files(PILE, _("The pictures to check: PNG, JPEG, WebP, GIF, TIFF or SVG"), SUFFIXES, _reader(PILE))
    found, others = _read(PILE), _read(OTHERS)
    if not busy:
        _choices(bool(found))
    with st.expander(_("Earlier pictures to compare them with ({n})", n=len(others)), expanded=False):
        taking.files(OTHERS, _("Your own line, or a competitor’s that must not be copied"), SUFFIXES, _reader(OTHERS))
        _problems(OTHERS)
    _problems(PILE)
    if not found:
        if not busy:
            html.draw(element("p", _("No picture has been read yet."), class_="toile-empty"))
        return
    section(title("provenance"))
    _grid(found)
    html.draw(trust(KNOWN["provenance"]))
    section(title("near_copy_images"))
    _pairs(found, others)
    html.draw(trust(KNOWN["near_copy_images"]))
    people_part.draw(found)


def _reader(name: str) -> taking.Reader:
    room = max(0, MOST_PICTURES - len(_read(name)))

    def read(files: taking.Files, progress: taking.Progress, stopped: Callable[[], bool]) -> tuple[Seen, ...]:
        return read_pictures(files, progress, stopped, room)

    return read


def _read(name: str) -> list[Seen]:
    """The pictures that could be read, each file once."""
    found = {one.digest: one for one in held(name, ()) if one.problem is None}
    return list(found.values())


def _problems(name: str) -> None:
    for one in held(name, ()):
        if one.problem is not None:
            said = _("{name}: {problem}", name=one.name, problem=one.problem.text())
            st.error(plain(said), icon=":material/error:")


def _choices(any_found: bool) -> None:
    with st.container(horizontal=True):
        if st.button(_("Read five drawn samples"), key="checks_sample_pictures", icon=":material/image:"):
            _samples()
        if any_found:
            st.button(
                _("Forget these pictures"),
                key="checks_forget_pictures",
                type="tertiary",
                icon=":material/close:",
                on_click=taking.forget,
                args=(PILE, OTHERS),
            )


def _samples() -> None:
    """The drawn figures, with whom each was asked to show already noted."""
    with st.spinner(_("Drawing the samples")):
        made = sample_files.pictures()
    people_part.note({digest_of(content): Depicted(*person) for _name, content, person in made})
    taking.begin(PILE, [(name, content) for name, content, _person in made], _reader(PILE))


def _grid(found: Sequence[Seen]) -> None:
    with st.container(horizontal=True, gap="small", key="checks_grid"):
        for one in found:
            with st.container(width=WIDTH, gap="small"):
                st.image(one.thumbnail, width=WIDTH, caption=plain(one.name))
                html.draw(_marks(one))


def _marks(one: Seen) -> Markup:
    """What the file says of itself, then what to do about it."""
    if one.marks is None or one.provenance is None:
        return element("p", translate(NO_MARKS), class_="toile-desk-small")
    said = [_source(one.marks.source_type)] if one.marks.source_type else []
    said += [_("C2PA manifest")] if one.marks.manifest else []
    said += [_("field “{name}”", name=name) for name in one.marks.texts]
    parts = [element("p", " · ".join(said), class_="toile-desk-small")] if said else []
    if one.provenance:
        parts.append(findings_markup(one.provenance, lambda _one: ""))
    return html.joined(*parts)


def _source(term: str) -> str:
    """What IPTC's term for the source says, in words where it is a common one."""
    name = SOURCES.get(term)
    return f"{translate(name)} (IPTC: {term})" if name else f"IPTC: {term}"


def _pairs(found: Sequence[Seen], others: Sequence[Seen]) -> None:
    alike = _compared(found, others)
    if not alike:
        if len(found) + len(others) < 2:
            said = _("Nothing to compare it with yet: add a second picture, or an earlier set.")
        else:
            said = _(
                "No two of them are nearly the same by this method. A picture drawn after another one is not seen."
            )
        html.draw(element("p", said, class_="toile-desk-small"))
    for pair in alike[:SHOWN_PAIRS]:
        second = others[pair.second] if pair.among else found[pair.second]
        with st.container(horizontal=True, gap="medium", vertical_alignment="center", key=_pair_key(pair)):
            for one in (found[pair.first], second):
                with st.container(width=WIDTH // 2):
                    st.image(one.thumbnail, width=WIDTH // 2)
            with st.container(width="stretch"):
                html.draw(findings_markup([pair.finding], lambda one: one.field))
    left = len(alike) - SHOWN_PAIRS
    if left > 0:
        st.caption(ngettext("{n} more pair isn’t shown.", "{n} more pairs aren’t shown.", left))


def _pair_key(pair: Pair) -> str:
    return f"checks_pair_{pair.first}_{pair.second}_{int(pair.among)}"


def _compared(found: Sequence[Seen], others: Sequence[Seen]) -> tuple[Pair, ...]:
    """The pairs, computed once for the same pictures."""
    print_of = tuple(one.digest for one in found), tuple(one.digest for one in others)
    kept = held("pairs")
    if kept is None or kept[0] != print_of:
        kept = (print_of, pairs(found, others))
        hold("pairs", kept)
    alike: tuple[Pair, ...] = kept[1]
    return alike
