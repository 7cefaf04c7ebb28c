"""Abusive, aggressive, condescending and obscene wording, and what a fashion house says that only looks like it."""

import pytest
from hypothesis import given

from lib.checks import Verdict
from lib.checks.tone import TONE, tone_findings
from tests.checks.wording import LONG, NAUGHTY, TEXTS, assert_sound

FOUND = [
    ("en", "You are an idiot, read the size chart.", "idiot", "insulting", Verdict.FAIL),
    ("en", "YOU ARE AN IDIOT", "IDIOT", "insulting", Verdict.FAIL),
    ("en", "Shut up and take the refund.", "Shut up", "aggressive", Verdict.WARN),
    ("en", "Post that again and we will find you.", "we will find you", "abusive", Verdict.FAIL),
    ("en", "Let me use small words: wool shrinks.", "use small words", "condescending", Verdict.WARN),
    ("en", "This shitty zip broke.", "shitty", "obscene", Verdict.FAIL),
    ("fr", "Quel abruti, il a repassé le velours.", "abruti", "insulting", Verdict.FAIL),
    ("fr", "Taisez-vous et prenez l’avoir.", "Taisez-vous", "aggressive", Verdict.WARN),
    ("fr", "Vous allez le regretter.", "Vous allez le regretter", "abusive", Verdict.FAIL),
    ("fr", "C’est trop compliqué pour vous.", "trop compliqué pour vous", "condescending", Verdict.WARN),
    ("fr", "C’est la merde avec ce colis.", "merde", "obscene", Verdict.FAIL),
]
LEFT_ALONE = [
    ("en", "A cock feather hat with a grosgrain band."),
    ("en", "A pussy-bow blouse and a drop-dead gorgeous skirt."),
    ("en", "Lined in a dumb-waiter stripe; killer heels; a nude shade named sand."),
    ("en", 'The client wrote: "your chat called me an idiot". Apologise.'),
    ("fr", "Chapeau en plumes de coq, vert cul-de-bouteille."),
    ("fr", "Le crétin des Alpes donne une laine épaisse."),
    ("fr", "La cliente écrit : « Le chat m’a traitée d’idiote. »"),
    ("fr", "La coupe dégage la nuque ; la ferme de Normandie envoie le lin."),
]


@pytest.mark.parametrize(("language", "text", "passage", "kind", "verdict"), FOUND)
def test_abuse_is_found_at_its_place(language: str, text: str, passage: str, kind: str, verdict: Verdict) -> None:
    found = tone_findings(text, "body", language)
    assert [(text[f.start : f.end], f.kind, f.verdict) for f in found] == [(passage, kind, verdict)]


@pytest.mark.parametrize(("language", "text"), LEFT_ALONE)
def test_words_of_the_trade_and_reported_words_are_left_alone(language: str, text: str) -> None:
    assert tone_findings(text, "body", language) == []


def test_letters_without_width_and_split_accents_hide_nothing() -> None:
    assert tone_findings("You i\u200bdio\u00adt!", "body", "en")
    assert tone_findings("Espe\u0300ce d’abruti !", "body", "fr")


def test_every_text_of_an_output_is_read() -> None:
    result = TONE.run(None, {"options": [{"body": "fine"}, {"body": "you idiot"}]}, "en")
    assert [f.field for f in result.findings] == ["options.1.body"]
    assert result.verdict is Verdict.FAIL


@pytest.mark.parametrize("text", [*NAUGHTY, LONG])
def test_odd_texts_pass(text: str) -> None:
    assert tone_findings(text, "body", "fr") == []


@given(TEXTS)
def test_findings_lie_in_the_text(text: str) -> None:
    assert_sound(lambda one, language: tone_findings(one, "", language), text, "en")
