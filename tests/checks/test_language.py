"""Is a text in the language that was asked for?"""

from __future__ import annotations

import subprocess
import sys

import pytest

from lib.checks.language import guess_language, language_findings
from lib.checks.model import Verdict

FRENCH = "Un manteau long en laine, doublé de cupro, que l’on porte ouvert ou ceinturé."
ENGLISH = "A long wool coat with a wide collar that you can wear open or belted."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        ("Gonna lunga in lana vergine con pieghe e tasche laterali, fatta a mano", "it"),
        ("La giacca con la cintura e le tasche applicate, il collo alto", "it"),
        ("Ein langer Mantel aus reiner Wolle mit tiefen Taschen und einem Gürtel", "de"),
        ("Una falda larga de lana con bolsillos y cinturón para los días de lluvia", "es"),
        ("这件外套很漂亮", "zh"),
    ],
)
def test_plain_sentences_are_told(text: str, language: str) -> None:
    assert guess_language(text).language == language


@pytest.mark.parametrize(
    "text", ["Trench beige", "Robe Solène", "Cardigan", "Camille", "", "42", "100 %", "Denim", "Élise"]
)
@pytest.mark.parametrize("asked", ["fr", "en"])
def test_short_titles_meet_no_objection(text: str, asked: str) -> None:
    assert language_findings(text, "title", asked) == []


@pytest.mark.parametrize(("text", "asked"), [(FRENCH, "en"), (ENGLISH, "fr")])
def test_a_text_in_the_wrong_language_fails(text: str, asked: str) -> None:
    (found,) = language_findings(text, "body", asked)
    assert found.verdict is Verdict.FAIL
    assert language_findings(text, "body", {"en": "fr", "fr": "en"}[asked]) == []


def test_one_foreign_sentence_is_marked_by_itself() -> None:
    foreign = "The collar is wide and the pockets are deep."
    text = f"{FRENCH} {foreign} Il se porte avec un col roulé et des bottes."
    (found,) = language_findings(text, "body", "fr")
    assert found.verdict is Verdict.WARN
    assert text[found.start : found.end] == foreign


def test_names_count_for_nothing() -> None:
    text = "Le manteau The Long Way Home est en laine et se porte avec des bottes."
    assert language_findings(text, "body", "fr", ("The Long Way Home",)) == []


def test_a_third_language_may_be_asked_for() -> None:
    text = "Ein langer Mantel aus reiner Wolle mit tiefen Taschen und einem Gürtel."
    assert language_findings(text, "body", "de") == []
    (found,) = language_findings(ENGLISH, "body", "de")
    assert found.values["found"] == "en"


def test_the_model_is_loaded_only_when_needed() -> None:
    code = "import sys, lib.checks.language as m; "
    code += "m.language_findings('Un manteau et une robe avec des poches.', 'b', 'fr'); "
    code += "sys.exit('py3langid' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
