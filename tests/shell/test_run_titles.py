"""Runs without a task are told apart in lists by what their method is called."""

from __future__ import annotations

import pytest

from lib.i18n import use_language
from lib.shell.runs.titles import made_title


@pytest.mark.parametrize(
    ("run", "english", "french"),
    [
        ({"kind": "analysis", "method": "white_space"}, "White space", "Espaces libres"),
        ({"kind": "analysis", "method": "ideation_round", "number": 2}, "Round 2", "Tour 2"),
        ({"kind": "analysis", "method": "ideation_round", "inputs": {"number": 3}}, "Round 3", "Tour 3"),
        ({"kind": "analysis", "method": "ideation_round", "inputs": {}}, "Analysis", "Analyse"),
        ({"kind": "rendering", "method": None}, "Rendering", "Rendu"),
        ({"kind": "comparison"}, "Comparison", "Comparaison"),
    ],
)
def test_a_run_is_called_what_it_did(run, english, french):
    with use_language("en"):
        assert made_title(run) == english
    with use_language("fr"):
        assert made_title(run) == french
