"""A house's own use cases and domains: kept in its workspace, named once, told from the catalogue's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.access import Role
from lib.catalogue import USE_CASES, Area
from lib.database import connect, portfolio
from lib.errors import InputError, NotAllowed, NotFound


@pytest.fixture
def database():
    with connect() as opened:
        yield opened


def test_a_houses_own_stand_beside_the_documented_ones(database, actor, stranger):
    slug = portfolio.add_use_case(database, actor, Area.MARKETING, "  Récits de\nvitrine ", "Texts for our windows")

    mine = portfolio.candidates(database, actor)

    assert slug == "own_recits_de_vitrine"
    assert [case.title for case in mine if case.slug == slug] == ["Récits de vitrine"]
    assert len(mine) == len(USE_CASES) + 1
    assert portfolio.additions(database, stranger) == []


def test_one_that_is_retired_is_considered_no_longer(database, actor, stranger):
    slug = portfolio.add_use_case(database, actor, Area.SUPPORT, "Minutes", "")
    with pytest.raises(NotFound):
        portfolio.retire_use_case(database, stranger, slug)

    portfolio.retire_use_case(database, actor, slug)

    assert portfolio.additions(database, actor) == []
    assert portfolio.add_use_case(database, actor, Area.SUPPORT, "Minutes", "") == slug


@pytest.mark.parametrize(("area", "title"), [(Area.COMMERCE, " "), (Area.DECIDE, "Chart"), (Area.COMMERCE, "x" * 300)])
def test_what_has_no_fit_title_or_area_is_refused(database, actor, area, title):
    with pytest.raises(InputError):
        portfolio.add_use_case(database, actor, area, title, "")
    assert portfolio.additions(database, actor) == []


def test_titles_in_any_script_differ_and_one_title_is_taken_once(database, actor):
    slugs = [portfolio.add_use_case(database, actor, Area.COMMERCE, title, "") for title in ("橱窗", "店舗")]
    assert len(set(slugs)) == 2
    portfolio.add_use_case(database, actor, Area.COMMERCE, "Windows", "")
    with pytest.raises(InputError):
        portfolio.add_use_case(database, actor, Area.COMMERCE, "windows!", "")


def test_domains_are_the_houses_words_in_its_order(database, actor, stranger):
    wanted = [("Runway campaigns", "Seen by all", ("content_studio",)), ("Clienteling", "", ())]
    portfolio.save_domains(database, actor, wanted)
    portfolio.save_domains(database, actor, wanted[::-1])

    assert [domain.name for domain in portfolio.domains(database, actor)] == ["Clienteling", "Runway campaigns"]
    assert portfolio.domains(database, actor)[1].slugs == ("content_studio",)
    assert portfolio.domains(database, stranger) == []


@pytest.mark.parametrize(
    "wanted", [[("", "", ())], [("A", "", ()), ("a ", "", ())], [(f"D{n}", "", ()) for n in range(13)]]
)
def test_domains_without_sense_are_refused_and_the_old_ones_stay(database, actor, wanted):
    portfolio.save_domains(database, actor, [("Kept", "", ())])
    with pytest.raises(InputError):
        portfolio.save_domains(database, actor, wanted)
    assert [domain.name for domain in portfolio.domains(database, actor)] == ["Kept"]


def test_who_only_reviews_steers_nothing(database, actor):
    reviewer = replace(actor, role=Role.REVIEWER)
    with pytest.raises(NotAllowed):
        portfolio.add_use_case(database, reviewer, Area.COMMERCE, "Windows", "")
    with pytest.raises(NotAllowed):
        portfolio.save_domains(database, reviewer, [("A", "", ())])
