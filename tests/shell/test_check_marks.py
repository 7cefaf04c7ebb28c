"""A check's verdict is shown with what it can't see and how well it was measured to read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lib.checks import Finding, Verdict, measured
from lib.i18n import use_language
from lib.shell import marks

ROW = {"check_name": "tone", "verdict": "pass", "findings": []}


def _results(folder: Path, f1: float) -> Path:
    shares = {"precision": [0.9, 0.8, 1.0], "recall": [0.7, 0.6, 0.8], "f1": [f1, 0.5, 0.9]}
    path = folder / "checks.json"
    path.write_text(json.dumps({"tone": {"report": {"all": {"cases": 104, **shares}}, "per_second": 1.0}}), "utf-8")
    return path


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def show(f1: float, language: str) -> str:
        path = _results(tmp_path, f1)
        monkeypatch.setattr(marks, "sentence", lambda name: measured.sentence(name, path))
        monkeypatch.setattr(marks, "measured", lambda name: measured.measured(name, path=path))
        with use_language(language):
            return str(marks.checks_markup([ROW]))

    return show


def test_a_good_check_tells_its_limits_on_demand(shown) -> None:  # type: ignore[no-untyped-def]
    html = shown(0.9, "en")
    assert "<details" in html
    assert "7 of 10" in html
    assert "sarcasm" in html


def test_a_weak_check_says_so_in_the_open(shown) -> None:  # type: ignore[no-untyped-def]
    html = shown(0.5, "en")
    assert "<details" not in html
    assert "A weak check" in html
    assert "104" in html


def test_in_french(shown) -> None:  # type: ignore[no-untyped-def]
    assert "Jusqu’où se fier à ce contrôle" in shown(0.9, "fr")


def test_a_check_that_nobody_knows_any_more_says_that_it_was_not_measured() -> None:
    finding = {"field": "text", "verdict": "warn", "message": "Something.", "values": {}}
    row = {"check_name": "gone_since", "verdict": "warn", "findings": [finding]}
    html = str(marks.checks_markup([row]))
    assert "gone_since" in html and "Something." in html and "was not measured" in html


@pytest.mark.parametrize("name", ["canary", "provenance", "near_copy_images", "near_copy", "unsupported_numbers"])
def test_each_check_has_its_title_and_its_limits(name: str) -> None:
    html = str(marks.checks_markup([{"check_name": name, "verdict": "pass", "findings": []}]))
    assert f"<strong>{name}</strong>" not in html
    assert "<details" in html


@pytest.mark.parametrize(("f1", "told"), [(0.5, True), (0.9, False)])
def test_a_finding_beside_its_text_says_when_its_check_is_weak(shown, f1: float, told: bool) -> None:  # type: ignore[no-untyped-def]
    shown(f1, "en")  # the results that the marks read from here on
    finding = Finding("body", Verdict.WARN, "Something.")
    html = str(marks.findings_markup([finding], lambda one: "", lambda one: "tone"))
    assert ("A weak check" in html) is told
    assert "A weak check" not in str(marks.findings_markup([finding], lambda one: ""))
