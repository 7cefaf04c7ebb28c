"""The matrix's twelve criteria with their anchored scales: 5 is always the favourable end."""

from __future__ import annotations

from dataclasses import dataclass

from lib.catalogue.model import Criterion
from lib.i18n import N_


@dataclass(frozen=True)
class CriterionScale:
    """What a criterion asks and what a 1, a 3 and a 5 stand for; 2 and 4 lie between. Texts are English message ids."""

    title: str
    question: str
    anchors: dict[int, str]  # keys 1, 3 and 5


CRITERIA: dict[Criterion, CriterionScale] = {
    Criterion.REVENUE: CriterionScale(
        title=N_("Sales"),
        question=N_("How much more could the house sell, in units that a test can attribute?"),
        anchors={
            1: N_("No effect on sales that anyone could show"),
            3: N_("Lifts one category, channel or client group enough for a test to detect"),
            5: N_("Lifts the sales of the whole house or of its main channel, shown against a control group"),
        },
    ),
    Criterion.COST: CriterionScale(
        title=N_("Cost saved"),
        question=N_("What would the house stop paying for, or do with fewer hours?"),
        anchors={
            1: N_("Adds work or spending, and saves none"),
            3: N_("Frees some hours a week in one team, or an outside service now and then"),
            5: N_("Removes a budget line or halves the hours of a whole team's main task"),
        },
    ),
    Criterion.SATISFACTION: CriterionScale(
        title=N_("Client satisfaction"),
        question=N_("Would clients notice, and say so when asked?"),
        anchors={
            1: N_("Clients never come across it"),
            3: N_("Clients benefit indirectly: availability, clarity, fewer mistakes"),
            5: N_("Clients name it themselves as a reason to be satisfied or to come back"),
        },
    ),
    Criterion.WAITING_TIME: CriterionScale(
        title=N_("Waiting time"),
        question=N_("How much less do clients or colleagues wait for an answer, a person or a piece?"),
        anchors={
            1: N_("Nobody's wait gets shorter"),
            3: N_("A wait of days becomes one of hours, for some of those who wait"),
            5: N_("A wait of hours becomes one of seconds, or a queue disappears, for most who wait"),
        },
    ),
    Criterion.TIME_TO_MARKET: CriterionScale(
        title=N_("Time to market"),
        question=N_("How much sooner does a product, a campaign or an assortment reach clients?"),
        anchors={
            1: N_("No step on the way to market gets shorter"),
            3: N_("One step gets shorter by days, off the critical path as often as on it"),
            5: N_("Weeks fall away on the critical path of a collection or a launch"),
        },
    ),
    Criterion.BRAND: CriterionScale(
        title=N_("Brand"),
        question=N_("Does it add to what makes the house desirable and unlike others?"),
        anchors={
            1: N_("Of no concern to the brand, or wears its distinctiveness away"),
            3: N_("Supports the brand's promise without being part of it"),
            5: N_("Becomes part of what people tell each other about the house"),
        },
    ),
    Criterion.DATA_READINESS: CriterionScale(
        title=N_("Data at hand"),
        question=N_("Are the data there, clean enough, and may they be used for this?"),
        anchors={
            1: N_("The data have yet to be collected, or may not be used"),
            3: N_("The data exist in several systems and take a quarter to join and clean"),
            5: N_("An export that someone can make this week is enough"),
        },
    ),
    Criterion.TEAM_SKILLS: CriterionScale(
        title=N_("Team skills"),
        question=N_("Can the people in place use it, judge what comes out and keep it running?"),
        anchors={
            1: N_("Needs specialists whom the house neither has nor easily finds"),
            3: N_("Needs training over some weeks and one specialist for part of the week"),
            5: N_("The people in place can use and judge it after a few hours of practice"),
        },
    ),
    Criterion.INTEGRATION: CriterionScale(
        title=N_("Ease of integration"),
        question=N_("How little has to change in systems and ways of working?"),
        anchors={
            1: N_("Equipment on site, or live links to several core systems, before it is of any use"),
            3: N_("One live link to a core system, or a change in the routine of two teams"),
            5: N_("A file in and a file out; nobody else's work changes"),
        },
    ),
    Criterion.RUNNING_COST: CriterionScale(
        title=N_("Low running cost"),
        question=N_("What does each use cost once it runs, models, licences and upkeep included?"),
        anchors={
            1: N_("Euros per use, or dedicated staff and equipment"),
            3: N_("Cents per use, and noticeable in a year's budget"),
            5: N_("A fraction of a cent per use, or a single computation a season"),
        },
    ),
    Criterion.RISK_CLASS: CriterionScale(
        title=N_("Low risk"),
        question=N_("How little could go wrong for people, rights and reputation, and how strict is the law?"),
        anchors={
            1: N_("High-risk under the EU AI Act, or close to a prohibited practice"),
            3: N_("Transparency or data protection duties, and harm that a careful process prevents"),
            5: N_("No person concerned, mistakes are cheap and seen at once"),
        },
    ),
    Criterion.PARTNER_DEPENDENCE: CriterionScale(
        title=N_("Independence"),
        question=N_("How freely could the house change its supplier, or do without one?"),
        anchors={
            1: N_("One supplier holds the model, the data and the know-how"),
            3: N_("Several suppliers would do; a change costs a project of some months"),
            5: N_("Runs on the house's own machines, or on any model, within a day"),
        },
    ),
}
