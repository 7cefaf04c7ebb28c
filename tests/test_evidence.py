"""The proofs that come with the product count for exactly the code that they were made with."""

from __future__ import annotations

import json

from lib.catalogue import ready
from lib.evidence import SHIPPED, code_version, read_proof, shipped
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


def test_what_is_shipped_can_be_read_and_covers_every_ready_use_case():
    stored = json.loads(SHIPPED.read_text("utf-8"))
    assert set(stored) == {case.slug for case in ready()}
    for entry in stored.values():
        proof = read_proof(entry["proof"])
        assert proof.measures
        assert all(measure.baselines for measure in proof.measures)
