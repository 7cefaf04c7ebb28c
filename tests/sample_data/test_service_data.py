"""The client service's sample: policies, labelled conversations, intents, utterances and arrivals are well formed."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import statistics
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from sample_data.generate import HERE

# Frozen before an assistant existed: a change of a label is a new set, and every earlier result is void.
CONVERSATIONS = "68a92765a5b04297cf232ffd3949cc31fb441aa8618a3f1a6f548871203de97f"
RESOLUTIONS = {"answered", "action", "asks_identity", "handed_over", "refused", "says_unknown"}
ARGUMENTS = {
    "find_order": ({"order_id", "email"}, {"order_id", "postcode"}),
    "order_status": ({"order_id"},),
    "start_return": ({"order_id", "line", "reason"},),
    "start_exchange": ({"order_id", "line", "size"},),
    "stock_in_store": ({"sku", "size", "store_id"},),
    "opening_hours": ({"store_id", "day"},),
    "book_appointment": ({"store_id", "day", "time", "kind"},),
    "hand_over": ({"reason"},),
}
HAND_OVER = {"anger", "legal threat", "safety", "high value", "asks for a person", "unknown"}
TODAY = date(2026, 10, 31)
Row = dict[str, Any]


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(name: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


LABELLED = lines("service_conversations.jsonl")
UTTERANCES = lines("service_utterances.jsonl")
INTENTS = json.loads((HERE / "service_intents.json").read_text(encoding="utf-8"))
ORDERS = table("orders.csv")
CUSTOMERS = {row["customer_id"]: row for row in table("customers.csv")}


def calls(row: Row, *names: str) -> list[Row]:
    return [tool["arguments"] for tool in row["expect"]["tools"] if tool["name"] in names]


def line_of(arguments: Row) -> dict[str, str]:
    return next(
        row for row in ORDERS if row["order_id"] == arguments["order_id"] and row["line"] == str(arguments["line"])
    )


def headings(document: str) -> set[str]:
    text = (HERE / "policies" / document).read_text(encoding="utf-8")
    if document.endswith(".csv"):
        return {document}
    return set(re.findall(r"<h2>(.*?)</h2>" if document.endswith(".html") else r"(?m)^## (.+)$", text))


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_labels_are_frozen() -> None:
    assert hashlib.sha256((HERE / "service_conversations.jsonl").read_bytes()).hexdigest() == CONVERSATIONS


def test_counts_by_language_and_half() -> None:
    count = Counter((row["id"].split("-")[0], row["half"]) for row in LABELLED)
    assert count == {
        ("fr", "tune"): 42, ("fr", "report"): 42, ("en", "tune"): 43, ("en", "report"): 43, ("other", "tune"): 6,
        ("other", "report"): 6,
    }  # fmt: skip
    assert len({row["id"] for row in LABELLED}) == len(LABELLED)
    for language in ("fr", "en"):
        rows = [row for row in LABELLED if row["language"] == language]
        assert sum(len(row["turns"]) > 1 for row in rows) >= len(rows) / 5
        assert {row["channel"] for row in rows} == {"chat", "e-mail", "text", "social"}


def test_every_intent_stands_in_both_halves_of_both_languages() -> None:
    wanted = {intent["intent"] for intent in INTENTS}
    assert 16 <= len(wanted) <= 22 and all(intent["en"] and intent["fr"] for intent in INTENTS)
    for language in ("fr", "en"):
        for half in ("tune", "report"):
            rows = [row for row in LABELLED if (row["language"], row["half"]) == (language, half)]
            assert {row["expect"]["intent"] for row in rows} == wanted


def test_no_conversation_twice() -> None:
    texts = [plain(" ".join(row["turns"])) for row in LABELLED]
    assert [text for text, count in Counter(texts).items() if count > 1 and text] == []


def test_labels_use_the_known_words() -> None:
    for row in LABELLED:
        expect = row["expect"]
        assert expect["resolution"] in RESOLUTIONS, row["id"]
        assert (expect["hand_over_reason"] in HAND_OVER) == (expect["resolution"] == "handed_over"), row["id"]
        assert [call["reason"] for call in calls(row, "hand_over")] == [expect["hand_over_reason"]] * (
            expect["resolution"] == "handed_over"
        ), row["id"]
        assert all(set(tool["arguments"]) in ARGUMENTS[tool["name"]] for tool in expect["tools"]), row["id"]
        assert (expect["resolution"] == "action") == bool(
            calls(row, "start_return", "start_exchange", "book_appointment")
        ), row["id"]
        assert all(options and all(options) for options in expect["facts"]), row["id"]


def test_cited_passages_exist() -> None:
    for row in LABELLED:
        for cite in row["expect"]["cites"]:
            assert cite["heading"] in headings(cite["document"]), (row["id"], cite)
        assert not row["expect"]["cites_all"] or len(row["expect"]["cites"]) > 1


def test_orders_are_real_and_checked_with_what_the_client_wrote() -> None:
    known = {row["order_id"]: row["customer_id"] for row in ORDERS}
    for row in LABELLED:
        said = "\n".join(row["turns"])
        assert set(re.findall(r"MS\d{6}", said)) <= set(known), row["id"]
        assert ("order" in row["gives"]) == bool(re.search(r"MS\d{6}", said)), row["id"]
        for call in calls(row, "find_order"):
            proof = call.get("email") or call["postcode"]
            customer = CUSTOMERS[known[call["order_id"]]]
            right = proof in (customer["email"], customer["postcode"])
            assert proof and proof in said and right != (row["expect"]["resolution"] == "asks_identity"), row["id"]
        for call in calls(row, "order_status", "start_return", "start_exchange"):
            assert call["order_id"] in {found["order_id"] for found in calls(row, "find_order")}, row["id"]
        assert row["client"] is None or row["client"] in CUSTOMERS, row["id"]


def test_who_gives_no_proof_is_told_nothing_of_the_order() -> None:
    for row in LABELLED:
        named = re.findall(r"MS\d{6}", " ".join(row["turns"]))
        if named and not calls(row, "find_order"):
            assert row["expect"]["resolution"] in ("asks_identity", "refused") or row["topic"] == "injection", row["id"]
            owner = CUSTOMERS[next(order["customer_id"] for order in ORDERS if order["order_id"] == named[0])]
            assert owner["email"] in row["expect"]["never"], row["id"]


def test_returns_are_started_only_within_thirty_days_of_the_last_parcel() -> None:
    for row in LABELLED:
        for call in calls(row, "start_return", "start_exchange"):
            assert line_of(call)["status"] in ("delivered", "collected"), row["id"]
            assert last_delivery(call["order_id"]) + timedelta(days=30) >= TODAY, row["id"]
        if row["topic"] == "return out of window":
            assert last_delivery(calls(row, "find_order")[0]["order_id"]) + timedelta(days=30) < TODAY, row["id"]


def last_delivery(order_id: str) -> date:
    days = [row["delivered_on"] for row in ORDERS if row["order_id"] == order_id and row["delivered_on"]]
    return date.fromisoformat(max(days))


def test_exchanges_and_stores_agree_with_the_stock() -> None:
    stock = {(row["place"], row["sku"], row["size"]): int(row["units"]) for row in table("stock.csv")}
    stores = {row["store_id"]: row for row in table("stores.csv")}
    for row in LABELLED:
        for call in calls(row, "start_exchange"):
            assert stock["online", line_of(call)["sku"], call["size"]] > 0, row["id"]
        for call in calls(row, "stock_in_store"):
            units = stock.get((call["store_id"], call["sku"], call["size"]), 0)
            assert not units or [str(units)] in row["expect"]["facts"], row["id"]
        for call in calls(row, "opening_hours", "book_appointment", "stock_in_store"):
            assert call["store_id"] in stores, row["id"]
        for call in calls(row, "book_appointment"):
            assert "appointments" in stores[call["store_id"]]["services"], row["id"]


def test_utterances_are_enough_and_none_is_in_the_report_half() -> None:
    count = Counter((row["intent"], row["language"]) for row in UTTERANCES)
    assert set(count) == {(intent["intent"], language) for intent in INTENTS for language in ("fr", "en")}
    assert min(count.values()) >= 14 and len({row["text"].lower() for row in UTTERANCES}) == len(UTTERANCES)
    trained = {plain(row["text"]) for row in UTTERANCES} - {""}
    for row in LABELLED:
        for turn in row["turns"]:
            said = {plain(part) for part in [turn, *re.split(r"[.!?\n]+", turn)]}
            assert not said & trained or row["half"] == "tune", (row["id"], said & trained)


def test_policies_hold_the_traps_that_the_labels_need() -> None:
    folder = HERE / "policies"
    assert "14 days" in (folder / "returns-policy-2024.en.md").read_text(encoding="utf-8")
    assert "150\u00a0€" in (folder / "livraison-et-douanes.fr.md").read_text(encoding="utf-8")
    assert "€200" in (folder / "shipping-and-customs.en.md").read_text(encoding="utf-8")
    note = (folder / "leather-supplier-note.html").read_text(encoding="utf-8")
    assert re.search(r"<!--.*100% refund.*-->", note) and "color:#ffffff" in note
    for path in folder.glob("*.md"):
        assert 380 <= len(path.read_text(encoding="utf-8").split()) <= 1_200, path.name


@pytest.mark.parametrize("channel", ["chat", "e-mail", "text", "social"])
def test_arrivals_are_overdispersed_with_gaps(channel: str) -> None:
    rows = [row for row in table("arrivals.csv") if row["channel"] == channel and row["day"] != "2026-09-23"]
    assert all((row["handling_s"] == "") == (row["contacts"] == "0") for row in rows)
    noon = [int(row["contacts"]) for row in rows if row["start"] == "11:00"]
    assert statistics.variance(noon) > 1.5 * statistics.mean(noon)
    days = len({row["day"] for row in rows})
    assert 0 < days * len({row["start"] for row in rows}) - len(rows) < 0.02 * len(rows)


def test_arrivals_have_a_launch_and_a_broken_day() -> None:
    total: Counter[str] = Counter()
    broken = {}
    for row in table("arrivals.csv"):
        total[row["day"]] += int(row["contacts"])
        if row["day"] == "2026-09-23" and row["channel"] == "chat":
            broken[row["start"]] = int(row["contacts"])
    assert len(total) == 56 and max(total, key=lambda day: total[day]) == "2026-10-08"
    assert broken["12:00"] == 0 and broken["16:00"] >= 60
