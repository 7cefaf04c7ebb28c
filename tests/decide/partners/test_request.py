"""The draft of the request, read back; what the page hands in to the board pack."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from lib.access import Actor
from lib.catalogue import Area, HouseUseCase, use_case
from lib.database import connect, partners
from lib.database.partners import PartnerCriterion, PartnerKind, PartnerScore, Way
from lib.decide.model import Basis
from lib.decide.pack import collecting, writing
from lib.decide.pack.house import House
from lib.decide.partners import pack
from lib.decide.partners.request import Request, draft
from lib.errors import InputError

TODAY = dt.date(2026, 11, 2)
ASKED = Request(
    house="Maison Solène",
    case=use_case("product_descriptions"),
    kind=PartnerKind.SPECIALISED,
    weights={**dict.fromkeys(PartnerCriterion, 0.0), PartnerCriterion.EXIT: 0.7, PartnerCriterion.PRICE: 0.3},
    today=TODAY,
    due=TODAY + dt.timedelta(days=28),
)


def said(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")


def test_the_draft_holds_the_use_case_the_questions_and_the_weights(tmp_path: Path) -> None:
    content = draft(ASKED, "fr")
    text = said(content)
    for part in ("Appel à propositions : Descriptions produit", "Maison Solène", "Entreprise spécialisée"):
        assert part in text, part
    assert "30 novembre 2026" in text and "[à compléter" in text and "70\u202f%" in text
    grid = Document(io.BytesIO(content)).tables[-1]
    assert [row.cells[0].text for row in grid.rows] == ["Critère", "Sortie", "Prix"]
    path = tmp_path / "request.docx"
    path.write_bytes(content)
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, [str(error) for error in result.errors]


def test_a_use_case_of_the_houses_own_leaves_gaps_to_fill_in() -> None:
    own = HouseUseCase("own_x", Area.MARKETING, "Vitrines " + "x" * 300, "Textes pour nos vitrines")
    text = said(draft(replace(ASKED, case=own), "en"))
    assert "Textes pour nos vitrines" in text and text.count("[to be filled in") == 3


@pytest.mark.parametrize("days", [0, -3])
def test_answers_that_are_due_before_they_can_come_are_refused(days: int) -> None:
    with pytest.raises(InputError):
        draft(replace(ASKED, due=TODAY + dt.timedelta(days=days)), "en")


def test_nothing_is_handed_in_while_there_is_nothing_to_say(actor: Actor) -> None:
    with connect() as database:
        assert pack.handed(database, actor, "en").slides == ()


def test_the_board_sees_candidates_choices_and_the_comparison_behind_them(actor: Actor) -> None:
    with connect() as database:
        one = partners.add(database, actor, "Firm", PartnerKind.CLOUD)
        partners.add(database, actor, "Other", PartnerKind.CLOUD)
        score = PartnerScore(4, 4.5, 5, "evidence", "Which would you publish?", "2026-11-02", "c1")
        partners.save_scores(database, actor, one, {PartnerCriterion.QUALITY: score})
        partners.choose(database, actor, "stylist", Way.PARTNER, one, "They know silk")
        found = pack.handed(database, actor, "en")
        deck = collecting.composed(collecting.handed(database, actor, "en"), House("M"), "en", "today")
    (slide,) = found.slides
    assert slide.part == "partners" and "Firm" in slide.title
    assert [one.basis for one in slide.references] == [Basis.EVIDENCE, Basis.OPINION, Basis.ASSUMPTION]
    assert (slide.references[0].page, slide.references[0].key) == ("compare", "c1")
    assert len(found.sheets[0].rows) == 2
    assert "partners" in {one.part for one in deck.slides} and len(writing.pptx(deck)) > 10_000
