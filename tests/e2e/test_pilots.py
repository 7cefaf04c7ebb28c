"""A pilot in a browser: the example, a plan, its figures brought as a file, what they show, the decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.app import Visit
from tests.e2e.deciding import bring, choose, fill, press
from tests.e2e.test_pages import objections

pytestmark = pytest.mark.e2e
SLUG = "pilots"
AB = "group,value,out_of\nA,171,5600\nB,236,5600\n"
BEFORE = (31, 28, 35, 30, 26, 33, 29, 32, 27, 34, 30, 31, 29, 28, 33, 36, 30, 27, 31, 32)
AFTER = (19, 22, 17, 20, 24, 18, 21, 16, 20, 23, 19, 18, 22, 21, 20, 17, 19, 23, 20, 18)
PERIODS = "value,group\n" + "".join(f"{value},before\n" for value in BEFORE) + "".join(f"{v},after\n" for v in AFTER)
MIXED = "value,group,currency\n" + "".join(f"{value},A,EUR\n{value},B,USD\n" for value in BEFORE)


def planned(visit: Visit, name: str, baseline: str, target: str, suffix: str = "") -> None:
    """Fill in what both kinds of pilot ask for, and plan it."""
    fill(visit, "Name of the pilot", name)
    fill(visit, "Hypothesis: what you expect, and why", "Facts sell.")
    fill(visit, f"Baseline, without the pilot{suffix}", baseline)
    fill(visit, f"Target{suffix}", target)
    fill(visit, "Answers on the business side", "Head of e-commerce")
    fill(visit, "Answers on the technical side", "Data engineer")
    press(visit, "Plan this pilot")


@pytest.mark.long
def test_an_a_b_test_from_its_plan_to_the_decision(visitor: Callable[..., Visit], tmp_path: Path) -> None:
    visit = visitor()
    page = visit.open(SLUG)
    expect(page.get_by_text("An example: pilot and figures are invented")).to_be_visible()
    choose(visit, "A/B, side by side")
    planned(visit, "Words on pages", "3", "2", " (%)")
    expect(page.get_by_text("the target isn’t above the baseline").last).to_be_visible()
    fill(visit, "Target (%)", "4")
    expect(page.get_by_text("It takes 5,276 figures a side")).to_be_visible()
    press(visit, "Plan this pilot")

    bring(visit, tmp_path, "mixed.csv", MIXED)
    press(visit, re.compile("Compare 40 figures"))
    expect(page.get_by_text(re.compile("in several currencies"))).to_be_visible()
    bring(visit, tmp_path, "ab.csv", AB)
    press(visit, re.compile("Compare 2 figures"))
    expect(page.get_by_text("4.2% against 3.1%; better beyond doubt")).to_be_visible()
    expect(page.get_by_text("Difference: 1.2 points (0.5 to 1.9 at 95%)")).to_be_visible()

    fill(visit, "Because", "It pays.")
    choose(visit, "Scale up")
    press(visit, "Write the decision down")
    expect(page.get_by_text(re.compile("Scaling waits for this use case’s risk review"))).to_be_visible()
    choose(visit, "Go on")
    press(visit, "Write the decision down")
    expect(page.get_by_text("It pays.")).to_be_visible()
    page.reload()
    visit.settle()
    expect(page.get_by_text(re.compile("Go on ·"))).to_be_visible()
    page.get_by_role("link", name=re.compile("the run of")).click()
    visit.settle()
    expect(page.get_by_text("comparison of a pilot’s figures 1")).to_be_visible()
    visit.settle()
    assert page.get_by_text("Baseline off").count() == 0


@pytest.mark.long
def test_before_and_after_says_its_interval_and_its_weakness_in_french_too(
    visitor: Callable[..., Visit], tmp_path: Path
) -> None:
    visit = visitor()
    page = visit.open(SLUG)
    choose(visit, "An average")
    fill(visit, "Unit", "min")
    choose(visit, "falls")
    fill(visit, "Spread of single figures", "4")
    planned(visit, "Minutes a text", "30", "20")
    bring(visit, tmp_path, "periods.csv", PERIODS)
    press(visit, re.compile("Compare 40 figures"))
    expect(page.get_by_text("Before and after have no group to compare with", exact=False)).to_be_visible()
    expect(page.get_by_text(re.compile(r"Difference: .10\.\d min \("))).to_be_visible()
    assert objections(visit) == []
    page.get_by_text("Français", exact=True).first.click()
    visit.settle()
    expect(page.get_by_text("Décision", exact=True)).to_be_visible()
    visit.language = "fr"
    visit.settle()
    page.set_viewport_size({"width": 390, "height": 844})
    assert objections(visit) == []
