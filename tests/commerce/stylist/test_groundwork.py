"""What all selections stand on: the shipped form is the one worked out, and only for this code and these files."""

from __future__ import annotations

import json

import pytest

from lib.commerce.stylist import groundwork
from lib.commerce.stylist.groundwork import from_output, ground_of, method_version, of_sample, shipped_ground, told_of
from lib.commerce.stylist.reading_all import read_all, sample_read
from lib.commerce.stylist.samples import sample_house
from lib.commerce.stylist.selection import CLIENT, Who, comments_of, select
from lib.evidence import shipped_analysis


def test_what_ships_is_what_is_worked_out_and_is_void_after_a_change(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, read = sample_house(), sample_read()
    ground, told = ground_of(house, read), told_of(house, read)
    entry = of_sample()
    path = tmp_path_factory.mktemp("docs") / "analyses.json"
    path.write_text(json.dumps({"stylist": entry}), encoding="utf-8")
    monkeypatch.setattr(groundwork, "shipped_analysis", lambda *told_: shipped_analysis(*told_, path))
    assert shipped_ground() == (ground, told)
    assert from_output(json.loads(json.dumps(entry["output"]))) == (ground, told)
    monkeypatch.setattr(groundwork, "method_version", lambda: f"{method_version()}x")
    assert shipped_ground() is None


def test_a_selection_from_the_client_s_comments_alone_is_the_one_from_all_that_was_read() -> None:
    house = sample_house()
    ground = ground_of(house, sample_read())
    client = next(one.client for one in house.comments if one.client and house.clients[one.client].agreed)
    who = Who(CLIENT, client)
    part = read_all(comments_of(house, who), house.clients)
    assert select(house, part, ground, who) == select(house, sample_read(), ground, who)
