"""The note: both languages, its checks, and what it must never hold."""

from __future__ import annotations

import pytest

from lib.access import Actor, Role
from lib.checks import Verdict
from lib.commerce.stylist.nearest import Near
from lib.commerce.stylist.note.checks import CHECKS
from lib.commerce.stylist.note.drafting import draft
from lib.commerce.stylist.note.model import ClientNote, ClientNoteInputs, NotePiece
from lib.commerce.stylist.samples import sample_house
from lib.i18n import use_language
from lib.shell.stylist.note_part import called
from lib.tasks import Context

PIECES = (
    NotePiece(
        name="Goélette slip dress",
        colour="vert bouteille",
        fabric="satin de soie",
        price="570 €",
        size="38",
        because=("colour", "fabric"),
    ),
    NotePiece(name="Verveine cardigan", colour="bleu ciel", because=("fit",)),
    NotePiece(name="Tamaris jumper"),
)


def context(language: str, seed: int = 0) -> Context:
    return Context(Actor("p", "w", Role.ADMINISTRATOR), language=language, seed=seed)


def verdicts(inputs: ClientNoteInputs, note: ClientNote, language: str) -> dict[str, Verdict]:
    return {check.name: check.run(inputs, note, language).verdict for check in CHECKS}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_the_draft_passes_its_own_checks(language: str, count: int, seed: int) -> None:
    inputs = ClientNoteInputs(first_name="Claire", house="Maison Solène", stylist="Ana", pieces=PIECES[:count])
    note = draft(inputs, context(language, seed))
    found = verdicts(inputs, note, language)
    assert Verdict.FAIL not in found.values(), (found, note)
    assert "{" not in note.text() + note.subject
    assert draft(inputs, context(language, seed)) == note


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("You said that you love green, so here is the Tamaris jumper.", "note_tact"),
        ("Vos commentaires m’ont donné l’idée du Tamaris jumper.", "note_tact"),
        ("The Tamaris jumper hides your belly.", "note_tact"),
        ("Last chance for the Tamaris jumper.", "note_tact"),
        ("I chose a jumper for you.", "note_pieces"),
        ("The Tamaris jumper costs 99 €.", "note_pieces"),
        ("Je vous propose le Tamaris jumper et je vous le réserve avec plaisir jusqu’à samedi.", "language"),
    ],
)
def test_what_a_note_must_not_hold_is_found(body: str, check: str) -> None:
    inputs = ClientNoteInputs(pieces=(NotePiece(name="Tamaris jumper", price="240 €"),))
    note = ClientNote(subject="For you", greeting="Hello,", body=body, closing="Bye")
    assert verdicts(inputs, note, "en")[check] is Verdict.FAIL


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Orangerie overshirt", "Orangerie"),
        ("Hulotte car coat", "Manteau droit Hulotte"),
        ("Jonquille pumps", "Escarpins Jonquille"),
    ],
)
def test_a_note_in_french_names_a_pieces_kind_once(name: str, expected: str) -> None:
    piece = next(one for one in sample_house().pieces if " ".join(one.name.split()) == name)
    near = Near(piece, 1.0, 1.0, 1.0, 1.0, (), (), ())
    with use_language("fr"):
        assert called(near) == expected
    assert called(near) == piece.name
