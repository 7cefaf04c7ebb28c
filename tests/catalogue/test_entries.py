"""Each documented use case is complete, distinct, and written in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from streamlit.material_icon_names import ALL_MATERIAL_ICONS

from lib import catalogue
from lib.catalogue import (
    CRITERIA,
    FEASIBILITY_CRITERIA,
    MODALITY_TITLES,
    RISK_CLASS_TITLES,
    RISK_TAG_TITLES,
    SOURCE_SECTION_TITLES,
    STEERING_PAGES,
    USE_CASES,
    VALUE_CHAIN,
    VALUE_CRITERIA,
    Area,
    Criterion,
    UseCase,
    ready,
)
from lib.i18n.messages import catalogue as messages

EACH = pytest.mark.parametrize("case", USE_CASES, ids=lambda case: case.slug)
# What a field holds when it is no text for a reader.
KEYS = {"slug", "area", "source_section", "icon", "modalities", "risk_tags", "risk_class", "direction", "value"}
KEYS |= {"tasks", "jobs", "proof", "engine_proof", "comparable", "sample_data", "stands_on", "status"}
BOX = {
    Area.MERCHANDISING: 3,
    Area.SUPPLY_CHAIN: 3,
    Area.MARKETING: 4,
    Area.COMMERCE: 4,
    Area.STORE_OPERATIONS: 3,
    Area.SUPPORT: 3,
}


def texts(value: object) -> Iterator[str]:
    """Every message id inside an entry, a score table or a lever."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for part in fields(value):
            if part.name not in KEYS:
                yield from texts(getattr(value, part.name))


def every_text() -> set[str]:
    """All message ids that the catalogue shows, its tables included."""
    tables = [getattr(catalogue, name) for name in catalogue.__all__ if name.endswith(("TITLES", "SUMMARIES", "NOTE"))]
    return {text for part in (USE_CASES, STEERING_PAGES, CRITERIA, *tables) for text in texts(part)}


def trigrams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[place : place + 3]) for place in range(len(words) - 2)}


def test_the_twenty_of_the_overview_and_the_three_of_the_text_are_there():
    boxed = Counter(case.area for case in USE_CASES if case.source_section == "box")
    added = {case.slug: case.area for case in USE_CASES if case.source_section != "box"}
    assert boxed == BOX
    assert added == {
        "beauty_formulation": Area.MERCHANDISING,
        "short_video": Area.MARKETING,
        "stylist": Area.COMMERCE,
    }


def test_slugs_are_unique_module_names_of_all_pages():
    slugs = [case.slug for case in (*USE_CASES, *STEERING_PAGES)]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", slug) and slug.isidentifier() for slug in slugs)


@EACH
def test_every_field_is_filled_in(case: UseCase):
    assert all(text.strip() == text and text for text in texts(case))
    assert case.area in VALUE_CHAIN
    assert case.source_section in SOURCE_SECTION_TITLES
    assert set(case.modalities) <= set(MODALITY_TITLES) and case.modalities
    assert set(case.risk_tags) <= set(RISK_TAG_TITLES)
    assert case.risk_class in RISK_CLASS_TITLES
    assert 2 <= len(case.users) == len(set(case.users)) <= 4
    assert 2 <= len(case.levers) <= 3
    assert all(lever.direction in ("up", "down") for lever in case.levers)
    assert all(len(lever.measured_by.split()) >= 10 for lever in case.levers), "a design, not a platitude"


@EACH
def test_every_criterion_has_a_score_in_the_matrix_order(case: UseCase):
    assert tuple(case.scores) == (*VALUE_CRITERIA, *FEASIBILITY_CRITERIA) == tuple(Criterion)
    assert all(score.value in (1, 2, 3, 4, 5) for score in case.scores.values())


def test_no_two_reasons_summaries_or_measurements_are_alike():
    """Alike: more than a third of the shorter one's runs of three words stand in the other too."""
    families = [
        [score.reason for case in USE_CASES for score in case.scores.values()]
        + [case.risk_reason for case in USE_CASES],
        [case.summary for case in USE_CASES] + [case.documented_as for case in USE_CASES],
        [lever.measured_by for case in USE_CASES for lever in case.levers],
        [case.exercise for case in USE_CASES],
    ]
    for family in families:
        known = [trigrams(text) for text in family]
        for place, one in enumerate(known):
            for other, another in enumerate(known[:place]):
                shared = len(one & another) / max(1, min(len(one), len(another)))
                assert shared <= 1 / 3, (family[place], family[other])


def test_each_criterion_tells_use_cases_apart():
    for criterion in Criterion:
        spread = {case.scores[criterion].value for case in USE_CASES}
        assert len(spread) >= 3, criterion
    profiles = [tuple(score.value for score in case.scores.values()) for case in USE_CASES]
    assert len(set(profiles)) == len(profiles)


@EACH
def test_the_risk_score_follows_the_risk_class(case: UseCase):
    allowed = {"high": {1, 2}, "limited": {2, 3, 4}, "minimal": {3, 4, 5}}
    assert case.scores[Criterion.RISK_CLASS].value in allowed[case.risk_class]


def test_what_the_source_calls_nearer_to_results_scores_higher():
    near = {Area.MERCHANDISING, Area.MARKETING, Area.COMMERCE}

    def mean(cases: list[UseCase]) -> float:
        return sum(score.value for case in cases for score in case.scores.values()) / len(cases)

    assert mean([case for case in USE_CASES if case.area in near]) > mean(
        [case for case in USE_CASES if case.area not in near]
    )


def test_every_text_has_its_own_french():
    french = messages("fr")
    for text in every_text():
        assert text in french, f"no French for {text!r}"
        assert french[text] != text


def test_french_is_set_as_french_is():
    french = messages("fr")
    for text in every_text():
        shown = str(french[text])
        assert not re.search(r"[^\u202f\s:][;!?»]", shown), f"no narrow space before a mark: {shown!r}"
        assert not re.search(r"[^\u202f]:(?!\d)", shown), f"no narrow space before a colon: {shown!r}"
        assert not re.search(r"\d ?%", shown), f"no narrow space before the sign: {shown!r}"
        assert not re.search(r"«[^\u202f]", shown)
        assert "'" not in shown and '"' not in shown and "..." not in shown
        assert text[-1] not in ".?" or shown[-1] == text[-1], f"the closing marks differ: {text!r}"
        assert text[-1] in ".?" or shown[-1] not in ".?", f"the closing marks differ: {text!r}"


def test_every_criterion_has_a_question_and_three_anchors():
    assert tuple(CRITERIA) == tuple(Criterion)
    for scale in CRITERIA.values():
        assert set(scale.anchors) == {1, 3, 5}
        assert scale.question.endswith("?")
    anchors = [anchor for scale in CRITERIA.values() for anchor in scale.anchors.values()]
    assert len(set(anchors)) == len(anchors)


def test_icons_are_names_that_streamlit_knows_and_stand_once():
    icons = [entry.icon for entry in (*USE_CASES, *STEERING_PAGES)]
    names = [re.fullmatch(r":material/([a-z0-9_]+):", icon) for icon in icons]
    assert all(name and name[1] in ALL_MATERIAL_ICONS for name in names), icons
    assert len(set(icons)) == len(icons)


def test_what_is_ready_names_its_parts_and_what_is_planned_names_none():
    assert "product_descriptions" in {case.slug for case in ready()}
    for case in USE_CASES:
        parts = (case.tasks or case.jobs, case.proof, case.sample_data)
        assert all(parts) if case.status == "ready" else not any(parts), case.slug
        places = (f"lib.{case.area}.{case.slug}.", f"lib.{case.area}.{case.slug}:")
        assert all(f"{name}.".startswith(places) for name in (*case.tasks, *case.jobs, case.proof) if name)
