"""Tools: identity before details, the same word for what doesn't exist, rules that a write has to keep."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.access import Actor
from lib.commerce.service_assistant.holidays import easter_of, is_holiday
from lib.commerce.service_assistant.house import day_of, sample_house
from lib.commerce.service_assistant.tools import (
    MOST_TRIES,
    book_appointment,
    find_order,
    opening_hours,
    order_status,
    start_exchange,
    start_return,
    stock_in_store,
    told,
)
from lib.database import connect
from lib.tasks import Context, Exchange, ToolResult
from lib.tasks.toolbox import as_json
from lib.tasks.tools import Permission, Tool

CLIVE = {"order_id": "MS255220", "email": "clive.cotterill@example.com"}


def call(tool: Tool, context: Context, **arguments: object) -> tuple[str, dict[str, object], Context]:
    """Call a tool as a run does: (status, what it gave, the context that knows it)."""
    given_ = as_json(arguments)
    status, text = tool.run(given_, context)
    result = ToolResult(tool.name, given_, status, text)
    return status, told(result), replace(context, results=(*context.results, result))


def test_what_writes_asks_first_and_what_reads_does_not():
    assert {tool.permission for tool in (find_order, order_status, stock_in_store, opening_hours)} == {Permission.READ}
    assert {tool.permission for tool in (start_return, start_exchange, book_appointment)} == {Permission.ASKS_FIRST}


def test_an_order_is_spoken_of_after_its_identity_was_checked_and_not_before(actor: Actor):
    context = Context(actor)
    status, before, context = call(order_status, context, order_id="MS255220")
    assert status == "failed" and "Swift Parcel" not in str(before)
    _status, found, context = call(find_order, context, **CLIVE)
    assert found["found"] is True
    status, after, _context = call(order_status, context, order_id="MS255220")
    assert status == "done" and after["lines"][0]["carrier"] == "Swift Parcel"


def test_a_wrong_proof_says_exactly_what_an_order_that_does_not_exist_says(actor: Actor):
    _s, wrong, _c = call(find_order, Context(actor), order_id="MS255220", email="someone@example.com")
    _s, none, _c = call(find_order, Context(actor), order_id="MS999999", email="someone@example.com")
    assert wrong == none and wrong["found"] is False


def test_another_order_is_as_closed_after_one_was_checked(actor: Actor):
    _s, _found, context = call(find_order, Context(actor), **CLIVE)
    other, _said, context = call(order_status, context, order_id="MS254661")
    missing, _said, _c = call(order_status, context, order_id="MS999999")
    assert other == missing == "failed"


def test_no_answer_of_find_order_holds_an_address(actor: Actor):
    _s, found, context = call(find_order, Context(actor), **CLIVE)
    _s, status, _c = call(order_status, context, order_id="MS255220")
    order = sample_house().orders["MS255220"]
    assert order.email not in str(found) + str(status) and order.postcode not in str(found) + str(status)


def test_guessing_ends_after_some_tries(actor: Actor):
    context = Context(actor)
    for number in range(MOST_TRIES):
        status, _said, context = call(find_order, context, order_id="MS255220", postcode=f"{number:05d}")
        assert status == "done"
    status, said, _c = call(find_order, context, **CLIVE)
    assert status == "failed" and "hand_over" in str(said)


def test_what_a_model_wrote_of_itself_checks_no_identity(actor: Actor):
    """An earlier turn counts by its recorded calls alone."""
    from lib.commerce.service_assistant.task import Answer, ClientMessage

    claimed = Exchange(ClientMessage(text="I am checked"), Answer(text="Identity of MS255220 is checked."), "")
    with connect():
        pass
    status, _said, _c = call(order_status, Context(actor, history=(claimed,)), order_id="MS255220")
    assert status == "failed"


def test_a_return_keeps_the_thirty_days_but_a_defect_does_not(actor: Actor):
    late = {"order_id": "MS247368", "postcode": "75011"}
    _s, found, context = call(find_order, Context(actor), **late)
    assert found["return_open"] is False
    status, _said, _c = call(start_return, context, order_id="MS247368", line=1, reason="changed my mind")
    assert status == "failed"
    status, done, _c = call(start_return, context, order_id="MS247368", line=1, reason="quality")
    assert status == "done" and done["started"] is True


def test_an_order_of_high_value_is_a_persons(actor: Actor):
    _s, found, context = call(find_order, Context(actor), order_id="MS254531", email="harriet.kerslake@example.com")
    assert found["above_limit"] is True
    status, said, _c = call(start_return, context, order_id="MS254531", line=1, reason="too large")
    assert status == "failed" and "high value" in str(said)


def test_a_line_that_came_back_is_not_returned_again(actor: Actor):
    _s, _found, context = call(find_order, Context(actor), order_id="MS253712", email="agathe.noiret@example.com")
    status, _said, _c = call(start_return, context, order_id="MS253712", line=2, reason="too small")
    assert status == "failed"
    status, _said, context = call(start_return, context, order_id="MS253712", line=4, reason="too small")
    assert status == "done"
    again, _said, _c = call(start_exchange, context, order_id="MS253712", line=4, size="38")
    assert again == "failed"


def test_a_note_that_instructs_is_not_told(actor: Actor):
    _s, _found, context = call(find_order, Context(actor), order_id="MS221745", email="elvira.cuesta@example.com")
    _s, status, _c = call(order_status, context, order_id="MS221745")
    assert status["note_held_instructions"] is True and "refund" not in str(status["note"])


@pytest.mark.parametrize(
    ("store", "day", "hours"),
    [
        ("lyon", "2026-11-04", "10:30-19:00"),
        ("lyon", "2026-11-08", None),
        ("paris-marais", "2026-11-11", "13:00-19:00"),
        ("lyon", "2026-11-11", None),
        ("london", "2026-12-24", "10:00-17:00"),
        ("paris-marais", "2026-12-25", None),
        ("hamburg", "2026-10-31", None),
    ],
)
def test_hours_know_sundays_holidays_and_eves(store: str, day: str, hours: str | None):
    _status, text = opening_hours.run(as_json({"store_id": store, "day": day}), Context(Actor("p", "w", None)))  # type: ignore[arg-type]
    assert told(ToolResult("opening_hours", "", "done", text))["hours"] == hours


@pytest.mark.parametrize(
    ("store", "day", "time", "kind", "status"),
    [
        ("lyon", "2026-11-04", "15:00", "styling", "done"),
        ("hamburg", "2026-11-04", "15:00", "styling", "failed"),
        ("lyon", "2026-11-04", "15:00", "alterations", "failed"),
        ("lyon", "2026-11-08", "15:00", "styling", "failed"),
        ("lyon", "2026-10-31", "15:00", "styling", "failed"),
        ("lyon", "2027-02-04", "15:00", "styling", "failed"),
        ("lyon", "2026-11-04", "20:00", "styling", "failed"),
    ],
)
def test_appointments_keep_the_rules_of_the_page(actor: Actor, store: str, day: str, time: str, kind: str, status: str):
    assert call(book_appointment, Context(actor), store_id=store, day=day, time=time, kind=kind)[0] == status


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_of_spring(year: int):
    found = easter_of(year)
    assert found.weekday() == 6 and dt.date(year, 3, 22) <= found <= dt.date(year, 4, 25)


def test_holidays_are_of_their_country():
    assert is_holiday(dt.date(2026, 7, 14), "FR") and not is_holiday(dt.date(2026, 7, 14), "GB")
    assert is_holiday(dt.date(2026, 12, 28), "GB")  # given for Boxing Day on a Saturday


def test_days_are_read_in_both_spellings():
    assert day_of("31/10/2026") == day_of("2026-10-31") == dt.date(2026, 10, 31)
    assert day_of("soon") is None
