"""The service assistant's entry: its task, its job and its tools are what the catalogue and the prompt say."""

from __future__ import annotations

from lib.batch.work import dotted
from lib.catalogue import use_case
from lib.commerce.service_assistant.jobs import BENCH, bench
from lib.commerce.service_assistant.task import ANSWER_CLIENT, Answer
from lib.commerce.service_assistant.tools import TOOLS


def test_the_catalogue_names_its_parts():
    case = use_case("service_assistant")
    assert case.status == "ready" and BENCH in case.jobs and dotted(BENCH) is bench


def test_the_task_has_all_tools_and_takes_texts_by_others():
    assert ANSWER_CLIENT.tools == TOOLS and ANSWER_CLIENT.foreign_inputs and ANSWER_CLIENT.output is Answer
