"""What the pages say of their method: numbers of exactly this code, or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lib.decide import method
from lib.decide.roadmap.proof import Gain
from lib.i18n import use_language
from lib.shell.method_checked import agreement_said, gain_said


def written(path: Path, **code: str) -> Path:
    """A small measurement as the bench writes it; ``code`` puts another version in a part's place."""
    found = method.measured(3)
    for part, version in code.items():
        found[part]["code"] = version
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def test_what_was_measured_on_this_code_is_read_back(tmp_path: Path) -> None:
    path = written(tmp_path / "method.json")
    agreed, gains = method.shipped_agreement(path), method.shipped_gains(path)
    assert agreed == method.agreement(3) and 0 < agreed.share <= 1
    assert gains is not None and [one.portfolios for one in gains] == [3, 3]


def test_what_was_measured_on_other_code_is_not_shown(tmp_path: Path) -> None:
    path = written(tmp_path / "method.json", ranking="older", roadmap="older")
    assert method.shipped_agreement(path) is None and method.shipped_gains(path) is None
    assert method.shipped_agreement(tmp_path / "none.json") is None


@pytest.mark.parametrize(
    ("language", "share", "point"), [("en", "95.2%", "12.3%"), ("fr", "95,2\u00a0%", "12,3\u00a0%")]
)
def test_the_numbers_are_said_in_both_languages(language: str, share: str, point: str) -> None:
    agreed = method.Agreement(1_000, 5_000, 4_760, 0.031)
    gain = Gain("value", 0.123, 0.11, 0.135, 0.9, 0.0, 1_000, 1.0, True)
    with use_language(language):
        said = agreement_said(agreed), gain_said(gain)
    assert share in said[0].replace("\u202f", "\u00a0") and point in said[1].replace("\u202f", "\u00a0")
