"""What the queue simulation says and gives to take away, in both languages."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from lib.commerce.service_assistant.queueing import exports, telling
from lib.commerce.service_assistant.queueing.plan import Plan, Shares
from lib.commerce.service_assistant.queueing.simulation import WITH, WITHOUT
from lib.i18n import use_language
from tests.commerce.service_assistant.test_queue_simulation import found, log, plan

__all__ = ["found", "log", "plan"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_workbook_holds_every_figure_as_a_number(language: str, found: dict[str, Any], plan: Plan) -> None:
    with use_language(language):
        book = load_workbook(io.BytesIO(exports.workbook(found, plan, DAYS)))
    assert len(book.sheetnames) == 5
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    wanted = round(found["scenarios"][WITH]["measures"]["chat"]["mean"]["value"], 4)
    assert wanted in cells
    rosters = list(book.worksheets[2].iter_rows(values_only=True))
    assert sum(row[2] for row in rosters[1:]) / 2 == found["needed"][WITHOUT]["hours"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pdf_says_the_finding_and_what_was_assumed(language: str, found: dict[str, Any], plan: Plan) -> None:
    from pypdf import PdfReader

    with use_language(language):
        content = exports.pdf(found, plan, "chat", 0, "Monday")
        text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)
        assert (
            " ".join(telling.headline(found).split()) in text.replace("\u202f", " ") or telling.headline(found) in text
        )
        assert all(" ".join(name.split()) in text for name, _said in telling.assumptions(plan))


def test_a_team_that_cannot_do_the_work_still_gives_both_files(log: Any, plan: Plan) -> None:
    from lib.commerce.service_assistant.queueing.simulation import simulate

    small = replace(plan, agents=1, shares=Shares(0.0, 0.0))
    made = simulate(log, small, 1)
    sentences = telling.unstable(made)
    assert len(sentences) == 2 and "at least 2 agents" in sentences[0]
    assert exports.pdf(made, small, "chat", 0, "Monday").startswith(b"%PDF")
    assert exports.workbook(made, small, DAYS)
    assert telling.waiting_title(made, "chat") and telling.promises(made, small).marks == ()


def test_an_assistant_that_costs_clients_time_is_said_to(log: Any, plan: Plan) -> None:
    from lib.commerce.service_assistant.queueing.simulation import simulate

    worse = telling.costlier(simulate(log, replace(plan, agents=5, shares=Shares(0.1, 0.9)), 1))
    assert any(sentence.startswith("Chat: clients lose more time with the assistant") for sentence in worse)


def test_a_plan_that_saves_nothing_is_not_told_as_a_saving(log: Any, plan: Plan) -> None:
    from lib.commerce.service_assistant.queueing.simulation import simulate

    dear = replace(plan, shares=Shares(0.0, 0.0), engine_cost=5.0)
    made = simulate(log, dear, 1)
    assert telling.headline(made).startswith("The assistant saves no agent hours here")
    assert "more a month" in telling.cost(made, dear).title
