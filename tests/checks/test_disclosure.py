"""Whether it is said that AI made a text, where a person would take it as another person's or as a real picture."""

import pytest
from hypothesis import given

from lib.checks import Verdict
from lib.checks.disclosure import DISCLOSURE, disclosure_findings, where_of
from tests.checks.wording import LONG, NAUGHTY, TEXTS, assert_sound

DUE = [
    ("Hello, what are you dressing for?", "chat_opening", "chat"),
    ("Bonsoir et bienvenue.", "chat_opening", "chat"),
    ("No, I'm not a bot, I promise.", "chat_reply", "chat"),
    ("J’ai essayé ce manteau hier, il taille grand.", "chat_reply", "chat"),
    ("Good morning, your tailor speaking.", "voice", "voice"),
    ("“I wore it to my sister's wedding.” Emma", "testimonial", "testimonial"),
    ("Photo : la tannerie de Toscane.", "image_caption", "image"),
    ("Ana is 1.78 m tall and wears a size 38.", "model_photo", "model_photo"),
    ("I tried that coat on myself yesterday.", "copy", "chat"),
]
NOT_DUE = [
    ("Hello! I'm the house's virtual assistant, an AI.", "chat_opening"),
    ("Vous échangez avec un assistant automatique.", "chat_opening"),
    ("Returns are free within thirty days.", "chat_reply"),
    ("This is an automated call.", "voice"),
    ("87 of 120 buyers gave five stars.", "testimonial"),
    ("Dessin technique : dos et pli creux.", "image_caption"),
    ("Virtual model, made with AI, wearing a 38.", "model_photo"),
    ("We cut it wide and gave it four pockets.", "copy"),
    ("I tried it on.", "internal"),
]


@pytest.mark.parametrize(("text", "where", "kind"), DUE)
def test_saying_so_is_asked_for_where_it_is_due(text: str, where: str, kind: str) -> None:
    (found,) = disclosure_findings(text, "body", where)
    assert (found.kind, found.verdict) == (kind, Verdict.WARN)


@pytest.mark.parametrize(("text", "where"), NOT_DUE)
def test_it_is_not_asked_for_twice_nor_where_nobody_is_misled(text: str, where: str) -> None:
    assert disclosure_findings(text, "body", where) == []


def test_the_place_follows_from_the_field() -> None:
    assert where_of("posts.0.caption") == "image_caption"
    assert where_of("options.2.body") == "copy"
    result = DISCLOSURE.run(None, {"body": "A coat.", "caption": "The workroom at dawn."}, "en")
    assert [f.field for f in result.findings] == ["caption"]


@pytest.mark.parametrize("text", [*NAUGHTY, LONG])
def test_odd_texts_pass_as_copy(text: str) -> None:
    assert disclosure_findings(text, "body") == []


@given(TEXTS)
def test_findings_lie_in_the_text(text: str) -> None:
    assert_sound(lambda one, _language: disclosure_findings(one, "", "chat_opening"), text, "en")
