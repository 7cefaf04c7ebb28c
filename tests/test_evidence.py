"""The proofs that come with the product count for exactly the code that they were made with."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from lib.catalogue import ready
from lib.commerce.product_descriptions import analysis
from lib.evidence import ANALYSES, SHIPPED, ShippedAnalysis, code_version, read_proof, shipped, shipped_analysis
from lib.proofs import Measure, Proof

CASE = ready()[0]
MEASURE = Measure("m", "u", 3, 1.0, 0.5, 1.5, {"b": 0.2}, "higher", differences={"b": (0.8, 0.3, 1.3)})
PROOF = Proof(CASE.slug, (MEASURE,), False, 0, "sample", 1.0)


def write(path, code):
    path.write_text(json.dumps({CASE.slug: {"code": code, "proof": PROOF.as_json()}}))
    return path


def test_a_proof_of_this_code_is_found(tmp_path):
    assert shipped(CASE, 0, write(tmp_path / "e.json", code_version(CASE))) == PROOF


def test_a_proof_of_other_code_or_another_seed_is_not(tmp_path):
    assert shipped(CASE, 0, write(tmp_path / "e.json", "other")) is None
    assert shipped(CASE, 1, write(tmp_path / "e.json", code_version(CASE))) is None
    assert shipped(CASE, 0, tmp_path / "none.json") is None


def test_a_proof_holds_for_what_the_use_case_stands_on_too():
    beside = replace(CASE, stands_on=(*CASE.stands_on, "i18n"))
    assert code_version(beside) != code_version(CASE)


def test_what_is_shipped_can_be_read_and_covers_every_ready_use_case():
    stored = json.loads(SHIPPED.read_text("utf-8"))
    assert set(stored) == {case.slug for case in ready()}
    for entry in stored.values():
        proof = read_proof(entry["proof"])
        assert proof.measures
        assert all(measure.baselines or measure.control for measure in proof.measures)


def test_an_analysis_comes_only_for_its_method_and_its_data(tmp_path):
    path = tmp_path / "a.json"
    entry = {"method_version": "v", "fingerprint": "f", "made_on": "2026-11-22", "output": {"posts": 3}}
    path.write_text(json.dumps({"x": entry}))
    assert shipped_analysis("x", "v", "f", path) == ShippedAnalysis("v", "f", "2026-11-22", {"posts": 3})
    assert shipped_analysis("x", "v", "other data", path) is None
    assert shipped_analysis("x", "other code", "f", path) is None
    assert shipped_analysis("y", "v", "f", path) is None
    assert shipped_analysis("x", "v", "f", tmp_path / "none.json") is None


def test_the_analysis_that_is_shipped_is_what_this_code_finds_in_the_sample():
    """Stale after a change of the method or the sample: ``make analyses`` makes it anew."""
    stored = json.loads(ANALYSES.read_text("utf-8"))[analysis.USE_CASE]
    now = analysis.of_sample()
    assert {**stored, "made_on": "", "output": None} == {**now, "made_on": "", "output": None}, "run make analyses"
    assert_close(stored["output"], now["output"])


def assert_close(one, other):
    """Equal to nine digits: processors differ in the last ones."""
    if isinstance(one, dict):
        assert one.keys() == other.keys()
        pairs = [(one[key], other[key]) for key in one]
    elif isinstance(one, list):
        assert len(one) == len(other)
        pairs = list(zip(one, other, strict=True))
    else:
        assert one == (pytest.approx(other, rel=1e-6, abs=1e-9) if isinstance(one, float) else other)
        return
    for first, second in pairs:
        assert_close(first, second)
