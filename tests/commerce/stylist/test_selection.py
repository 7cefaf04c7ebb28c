"""Profile, targets, nearest pieces, what is learned from corrections, and the files that are taken away."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter

import numpy as np
import pytest

from lib.commerce.stylist.exports import note_docx, note_text, profile_xlsx, selection_pdf
from lib.commerce.stylist.features import FEATURES
from lib.commerce.stylist.groundwork import sample_ground
from lib.commerce.stylist.learning import learned, start
from lib.commerce.stylist.model import Opinion, Piece, Said
from lib.commerce.stylist.note.model import ClientNote
from lib.commerce.stylist.profile import Answer, Corrections, prior_of, profile_of
from lib.commerce.stylist.reading_all import sample_read
from lib.commerce.stylist.samples import sample_house
from lib.commerce.stylist.selection import CLIENT, Selection, Who, answer_of, recorded_form, select
from lib.commerce.stylist.sizes import own_size
from lib.commerce.stylist.targets import targets_for
from lib.errors import InputError
from lib.i18n import use_language

TODAY = dt.date(2026, 10, 31)


def said(aspect: str, value: str, sign: int, comment: str = "1", days: int = 0) -> Said:
    return Said(Opinion(aspect, value, sign), comment, f"{aspect} {value}", written_on=TODAY - dt.timedelta(days))


def many(client_likes: dict[str, int]) -> dict[str, list[Said]]:
    return {
        name: [said("colour", "navy", 1 if n > 0 else -1, str(k)) for k in range(abs(n))]
        for name, n in client_likes.items()
    }


PRIOR = prior_of(many({f"c{k}": 3 if k % 2 else -3 for k in range(40)}))


def test_one_sentence_moves_a_profile_less_than_five() -> None:
    one = profile_of("x", [said("colour", "navy", 1)], PRIOR, TODAY).get("colour", "navy")
    five = profile_of("x", [said("colour", "navy", 1, str(k)) for k in range(5)], PRIOR, TODAY).get("colour", "navy")
    assert one is not None
    assert five is not None
    assert PRIOR.mean("colour", "navy") < one.mean < five.mean < 1
    assert one.high - one.low > five.high - five.low
    assert one.confidence == "thin"
    assert five.confidence == "sure"


def test_an_old_sentence_counts_less_than_a_new_one() -> None:
    rows = [said("colour", "navy", 1, "new"), said("colour", "navy", -1, "old", 1_500)]
    found = profile_of("x", rows, PRIOR, TODAY).get("colour", "navy")
    assert found is not None
    assert found.likes > 2 * found.dislikes


def test_too_tight_speaks_for_something_looser() -> None:
    found = profile_of("x", [said("fit", "tight", -1)], PRIOR, TODAY)
    loose = found.get("fit", "loose")
    assert loose is not None
    assert loose.likes > 0
    assert not loose.said  # no sentence says so: it follows from its opposite


def test_a_pin_holds_and_a_removed_sentence_no_longer_counts() -> None:
    rows = [said("colour", "navy", 1, "a"), said("colour", "camel", -1, "b")]
    corrections = Corrections({("colour", "camel"): 1}, frozenset({("a", "colour", "navy")}))
    found = profile_of("x", rows, PRIOR, TODAY, corrections)
    camel = found.get("colour", "camel")
    assert camel is not None
    assert camel.leaning == 1
    assert found.get("colour", "navy") is None


def test_a_piece_sent_back_for_its_colour_teaches_the_colour_alone() -> None:
    values = (("colour", "navy"), ("fabric", "linen"))
    answer = Answer("1", -1, "colour", values)
    found = profile_of("x", [], PRIOR, TODAY, Corrections(answers=(answer,)))
    assert found.get("fabric", "linen") is None
    navy = found.get("colour", "navy")
    assert navy is not None
    assert navy.dislikes == 1
    kept = profile_of("x", [], PRIOR, TODAY, Corrections(answers=(Answer("1", 1, "", values),)))
    assert {one.value for one in kept.preferences} == {"navy", "linen"}


def test_weights_move_towards_what_was_kept_and_less_with_each_answer() -> None:
    features = [1.0 if name == "said_colour" else 0.0 for name in FEATURES]
    at = FEATURES.index("said_colour")
    first = start()
    second = first.answered(features, -1)
    third = second.answered(features, -1)
    assert first.mean[at] > second.mean[at] > third.mean[at]
    assert first.variance[at] > second.variance[at] > third.variance[at]
    assert second.mean[:at] == first.mean[:at]


def test_what_clients_choose_by_is_learned_and_noise_is_not() -> None:
    generator = np.random.default_rng(0)
    colour, fit = FEATURES.index("said_colour"), FEATURES.index("said_fabric")
    choices = []
    for _turn in range(400):
        rows = np.zeros((30, len(FEATURES)))
        rows[:, [colour, fit]] = generator.normal(size=(30, 2))
        choices.append((rows, int(np.argmax(2 * rows[:, colour] + generator.gumbel(size=30)))))
    found = learned(choices, ridge=20.0)
    assert found.mean[colour] == pytest.approx(2, abs=0.3)
    assert abs(found.mean[fit]) < 0.3


@pytest.fixture(scope="module")
def chosen() -> Selection:
    house = sample_house()
    counts = Counter(one.client for one in house.comments if one.client and house.clients[one.client].agreed)
    client = next(key for key, _n in counts.most_common() if house.clients[key].language == "en")
    return select(house, sample_read(), sample_ground(), Who(CLIENT, client))


def test_the_sample_s_client_gets_two_to_four_drawings_with_reasons_and_pieces_in_stock(chosen: Selection) -> None:
    house = sample_house()
    client = house.clients[chosen.who.key]
    assert 2 <= len(chosen.targets) <= 4
    assert set(chosen.drawings) == {target.id for target in chosen.targets}
    owned = {one.sku for one in house.purchases if one.client == chosen.who.key}
    for target in chosen.targets:
        assert any(reason.source == "said" and reason.said for reason in target.reasons)
        for near in chosen.near[target.id]:
            assert near.piece.kind == target.piece.kind
            assert near.piece.in_stock
            assert near.piece.sku not in owned
            if near.own:
                assert near.own == own_size(near.piece, client.sizes)
                assert near.own in near.sizes
    assert all(one.startswith(b"\x89PNG") for one in chosen.drawings.values())


def test_no_target_has_what_the_client_dislikes(chosen: Selection) -> None:
    disliked = {(one.aspect, one.value) for one in chosen.profile.preferences if one.leaning < 0}
    for target in chosen.targets:
        assert not disliked & {(one.aspect, one.value) for one in target.reasons if one.source == "said"}


def test_a_pinned_colour_leads_and_a_piece_sent_back_is_not_offered_again(chosen: Selection) -> None:
    sku = chosen.pieces()[0].piece.sku
    answer = answer_of(chosen, sku, -1, "colour")
    corrections = Corrections({("colour", "fuchsia"): 1}, answers=(answer,))
    again = select(sample_house(), sample_read(), sample_ground(), chosen.who, corrections)
    assert again.targets[0].piece.colour == "fuchsia"
    assert again.targets[0].reasons[1].source == "pinned"
    assert sku not in {one.piece.sku for one in again.pieces()}
    assert again.weights.mean != chosen.weights.mean


def test_a_client_without_consent_is_refused_in_both_languages() -> None:
    house = sample_house()
    closed = next(key for key, client in house.clients.items() if not client.agreed)
    with pytest.raises(InputError) as refused:
        select(house, sample_read(), sample_ground(), Who(CLIENT, closed))
    for language, words in (("en", "nothing of theirs was read"), ("fr", "rien n’en a été lu")):
        with use_language(language):
            assert words in refused.value.text()


def test_what_is_recorded_holds_no_name_and_no_sentence(chosen: Selection) -> None:
    kept = str(recorded_form(chosen))
    client = sample_house().clients[chosen.who.key]
    assert client.last_name not in kept
    assert chosen.profile.preferences[0].said[0].sentence not in kept


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_files_open_and_hold_the_sentences(chosen: Selection, language: str) -> None:
    from docx import Document
    from openpyxl import load_workbook
    from pypdf import PdfReader

    with use_language(language):
        book = load_workbook(io.BytesIO(profile_xlsx(chosen)))
        pdf = PdfReader(io.BytesIO(selection_pdf(chosen, "Title", "sample")))
    assert len(book.sheetnames) == 4
    sentences = {row[3] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert chosen.profile.preferences[0].said[0].sentence in sentences
    assert len(pdf.pages) >= len(chosen.targets)
    note = ClientNote(subject="Subject", greeting="Dear Ana,", body="One.\n\n<b>Two</b>", closing="Bye")
    paragraphs = [one.text for one in Document(io.BytesIO(note_docx(note))).paragraphs]
    assert "<b>Two</b>" in paragraphs
    assert note_text(note).decode().startswith("Subject")


def drawn_for(rows: list[Said], pieces: list[Piece]) -> dict[str, dict[str, str]]:
    """Theme -> what is drawn, for a client who said these things."""
    found = targets_for(profile_of("x", rows, PRIOR, TODAY), pieces)
    return {target.theme: {one.aspect: one.value for one in target.reasons} for target in found}


def test_the_cloth_that_is_praised_is_drawn_even_where_no_piece_comes_in_it() -> None:
    pieces = [Piece("1", "Shirt", "shirt", fabrics=("wool",), colour="black"), Piece("2", "Coat", "coat")]
    rows = [said("colour", "black", 1, str(k)) for k in range(4)]
    rows += [said("fabric", "velvet", 1, f"v{k}") for k in range(6)] + [said("fabric", "wool", 1, "w")]
    rows += [said("fabric", "keeps_well", 1, f"k{k}") for k in range(9)]  # a judgement, and no cloth
    assert drawn_for(rows, pieces)["cloth"]["fabric"] == "velvet"


def test_a_quiet_colour_is_not_called_fun_and_a_pattern_is_not_on_every_piece() -> None:
    pieces = [
        Piece(str(at), kind, kind, colour="black", pattern="stripes", fabrics=("linen",))
        for at, kind in enumerate(("shirt", "skirt", "coat"))
    ]
    rows = [said("colour", "black", 1, str(k)) for k in range(4)] + [said("colour", "cream", 1, "c")]
    rows += [said("pattern", "stripes", 1, f"s{k}") for k in range(4)] + [said("fabric", "linen", 1, "l")]
    found = drawn_for(rows, pieces)
    assert "fun" not in found
    assert found["most"]["pattern"] == "stripes"
    assert "pattern" not in found["cloth"]
    assert "fun" in drawn_for([*rows, said("colour", "terracotta", 1, "t")], pieces)


def test_every_piece_beside_a_drawing_agrees_in_something_that_was_said(chosen: Selection) -> None:
    assert all(near.agree for found in chosen.near.values() for near in found)


def test_a_value_that_no_sentence_names_tells_where_it_comes_from() -> None:
    pieces = [Piece("1", "Dress", "dress", colour="black", length="long", fabrics=("linen",))]
    rows = [said("colour", "navy", 1, str(k)) for k in range(3)] + [
        said("length", "short", -1, f"s{k}") for k in (1, 2)
    ]
    taught = Corrections(answers=tuple(Answer(str(k), 1, "", (("fabric", "linen"),)) for k in range(3)))
    (target, *_rest) = targets_for(profile_of("x", rows, PRIOR, TODAY, taught), pieces)
    source = {one.aspect: one.source for one in target.reasons}
    assert (source["colour"], source["length"], source["fabric"]) == ("said", "opposite", "taught")
