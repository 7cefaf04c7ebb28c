"""Which questions there are, and which concern a use case."""

from __future__ import annotations

import re

import pytest

from lib.catalogue import USE_CASES, HouseUseCase, use_case
from lib.catalogue.model import Area
from lib.database.risk_answers import Review
from lib.govern.risk_review.choosing import by_risk, letters, questions, subject
from lib.govern.risk_review.controls import BY_ID, CONTROLS
from lib.govern.risk_review.duties import consent, impact_assessment
from lib.govern.risk_review.model import RISK_TITLES, SOURCES, USE_TITLES, Risk, Sure
from lib.i18n import translate

# The list of controls that the checklist is built from: number, our id, whom it concerns, how sure its source is.
LISTED = """
1 inventory A S|2 intended_use A S|3 thresholds A S|4 impact_assessment A S|5 risk_class A S|6 stop_switch A S
7 near_misses A S|8 retained A S|9 reassessed A S|10 tested_broadly A S|11 trained_staff A S|12 warned A S
13 named_reviewer CIBL S|14 facts_checked CKL S|15 override HTL verify|16 complaints HKT S|17 input_rights IVC S
18 protected_works ICB S|19 no_confusing_marks IC S|20 human_authorship IC S|21 registration_disclosure IC S
22 vendor_terms A S|23 model_licences IV S|24 likeness IV S|25 compared_groups IVC S|26 stereotypes CK S
27 false_alarms T S|28 person_confirms T S|29 no_watch_list T S|30 no_emotions TH S|31 no_sensitive_traits EVT S
32 told_categorised TE S|33 dpia T V|34 biometric_consent EVT V|35 biometric_release EV S|36 withdrawal EV S
37 applicants_ranked H S|38 no_automatic_decision H V|39 us_hiring H S|40 told_machine K S|41 marked_outputs IVB S
42 fakes_disclosed IV S|43 synthetic_performer IV S|44 no_intimate_pictures IV S|45 green_claims CB S
46 personal_data_scanned A S|47 red_teamed KL S|48 qualified_review LH S
"""
MARKS = {"S": Sure.SECONDARY, "V": Sure.READ, "verify": Sure.CONFIRM}
ADDED = {
    "profiling and offers": ("P", {"profiling_basis", "profiling_objection", "fair_offers"}),
    "cosmetics safety": ("M", {"cosmetics_safety", "cosmetics_limits"}),
    "monitoring of staff": ("W", {"staff_monitored", "staff_not_sanctioned"}),
    "social data": ("S", {"social_terms", "social_minimised"}),
    "impact assessments": ("V", {"personal_data_assessment"}),
    "offensive pictures": ("I", {"offensive_pictures"}),
    "derivative designs": ("I", {"derivative_motif", "cultural_motifs"}),
}


def listed() -> list[tuple[int, str, str, str]]:
    lines = [line.split() for line in LISTED.replace("\n", "|").split("|") if line]
    return [(int(number), name, uses, mark) for number, name, uses, mark in lines]


def test_every_listed_control_is_asked_of_the_uses_that_it_concerns_with_its_mark() -> None:
    assert [number for number, *_rest in listed()] == list(range(1, 49))
    for _number, name, uses, mark in listed():
        assert set(BY_ID[name].uses) == set(uses), name
        assert BY_ID[name].sure is MARKS[mark], name


@pytest.mark.parametrize("topic", ADDED)
def test_what_the_list_lacks_is_asked_too(topic: str) -> None:
    letter, wanted = ADDED[topic]
    assert wanted <= {control.id for control in questions(letter)}
    assert not wanted & {name for _number, name, _uses, _mark in listed()}


def test_whoever_needs_an_impact_assessment_is_asked_for_it() -> None:
    for letter in USE_TITLES:
        if impact_assessment(letter, "high").need != "none":
            asked = {control.id for control in questions(letter) if control.needs_evidence}
            assert asked & {"dpia", "personal_data_assessment"}, letter


def test_every_question_is_whole() -> None:
    assert len(BY_ID) == len(CONTROLS)
    for control in CONTROLS:
        assert control.question.endswith("?")
        assert control.why.endswith(".")
        assert control.evidence.endswith(".")
        assert control.sources
        assert {key for key, _place in control.sources} <= set(SOURCES)
        assert set(control.uses) <= {"A", *USE_TITLES}
        assert control.source("fr")


def test_every_use_case_is_asked_under_the_four_headings_of_the_source() -> None:
    assert tuple(RISK_TITLES) == tuple(Risk)
    for case in USE_CASES:
        groups = by_risk(questions(letters(case)))
        assert all(groups[risk] for risk in (Risk.RIGHTS, Risk.AWARENESS, Risk.PROCESS)), case.slug
        assert {control.id for control in questions(letters(case))} >= {one.id for one in CONTROLS if one.uses == "A"}


def test_letters_choose() -> None:
    eyewear = {control.id for control in questions(letters(use_case("made_to_measure_eyewear")))}
    copy = {control.id for control in questions(letters(use_case("product_descriptions")))}
    assert {"biometric_consent", "withdrawal"} <= eyewear
    assert "biometric_consent" not in copy
    assert "green_claims" in copy
    assert "cosmetics_safety" in {control.id for control in questions(letters(use_case("beauty_formulation")))}
    assert "social_terms" in {control.id for control in questions(letters(use_case("trend_radar")))}


def test_a_use_case_of_the_house_is_asked_what_concerns_all_until_somebody_classes_it() -> None:
    own = subject(HouseUseCase("own_x", Area.MARKETING, "X", ""), Review("own_x"))
    assert (own.risk_class, own.uses) == ("", "")
    assert {control.uses for control in questions(own.uses)} == {"A"}


@pytest.mark.parametrize(
    ("uses", "risk_class", "need"),
    [("T", "limited", "needed"), ("E", "limited", "needed"), ("H", "high", "needed"), ("H", "minimal", "none"),
     ("P", "minimal", "check"), ("CB", "limited", "none"), ("W", "minimal", "needed"), ("", "", "none")],
)  # fmt: skip
def test_whether_an_impact_assessment_is_needed_follows_from_what_it_does(
    uses: str, risk_class: str, need: str
) -> None:
    assert impact_assessment(uses, risk_class).need == need


def test_consent_names_its_rule_and_source() -> None:
    duty = consent("V", "limited")
    assert duty.need == "needed"
    assert "9" in translate(duty.rules[0].source)


def test_a_yes_is_the_good_answer_to_every_question() -> None:
    """A 'yes' raises the score, so no question may ask whether something bad could happen."""
    for control in CONTROLS:
        assert not re.search(r"^(Could|Might|May|Would)\b", control.question), control.question
