"""Answers from passages and tools' results: every fact stands in one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lib.commerce.service_assistant.case import Case
from lib.commerce.service_assistant.channels import ROOM
from lib.commerce.service_assistant.cleaning import matter_of_all
from lib.commerce.service_assistant.clearing import clearer
from lib.commerce.service_assistant.knowledge import Section
from lib.commerce.service_assistant.places import country_asked, served
from lib.commerce.service_assistant.sentences import NEGATIVE, Conflict, chosen, conflict, contradicted, figures
from lib.commerce.service_assistant.size_rows import size_found
from lib.commerce.service_assistant.splitting import sentences_of
from lib.commerce.service_assistant.wording import say
from lib.retrieval.words import fold

MOST_COMPARED: Final = 8  # sections among which contradictions are looked for
KNOWN_FROM: Final = 0.80  # cosine of the best section, below which nothing answers; chosen on the half to tune
_ASKS_LEAVE: Final = re.compile(
    r"\b(?:can i|can you|can u|could (?:i|you)|may i|am i allowed|is it possible|"
    r"possible|do you (?:ship|deliver|accept|take|sell|offer|make|have)|puis-je|"
    r"peut-on|peux|pouvez|est-ce que je peux|"
    r"acceptez|livrez|faites-vous|avez-vous|utilisez|want|je veux|do i get|do you (?:do|use)|are (?:your|the|they)|"
    r"can (?:they|it|my)|couvert\w*|covered|remise|discount)\b"
)
_ASKS_FIGURE: Final = re.compile(
    r"how (?:long|many|much)|what (?:amount|is (?:your|the))|until when|when |within|period|deadline|"
    r"combien|delai|jusqu'a|quand|a partir|des (?:quel|combien)|quel(?:le)? (?:est|duree|montant)"
)
_ASKS_WHAT: Final = re.compile(
    r"\b(?:how (?!about)|what|when|where|who|why|which|combien|cb|quand|quel\w*|comment|pourquoi|"
    r"ou (?:est|je|puis|se)|a quelle|jusqu'a)\b"
)


@dataclass(frozen=True)
class Quote:
    """Sentences of one section."""

    section: Section
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Reply:
    """What the assistant answers before it takes a channel's form. ``points`` are its own words, around facts."""

    resolution: str
    points: list[str] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    cited: list[Section] = field(default_factory=list)
    reason: str = ""


def nothing_known(case: Case) -> Reply:
    """It says so, and asks, or offers a person."""
    return Reply("says_unknown", [say("unknown" if case.has_words else "empty", case.answered)])


def from_knowledge(case: Case, sections: Sequence[Section] | None = None) -> Reply:
    """An answer out of the sections that were found; the given ones only, where some are."""
    asked = clearer(matter_of_all(case.texts, case.house.order_pattern))
    given = sections is not None
    found = list(sections if sections is not None else case.sections)
    if not found or (not given and unknown(case, found)):
        return nothing_known(case)
    if not given and (row := size_found(case)) is not None:
        section, size, said = row
        return Reply("answered", [say("size_row", case.answered, size=size, row=said)], cited=[section])
    if not given and (clear := _not_served(case, found) or _conflicting(case, asked, found)):
        return clear
    room = ROOM[case.channel]
    share = 0.6 if given and len(found) > 1 else 1.0
    first = Quote(found[0], tuple(chosen(asked, found[0], int(share * room))))
    quotes = [first]
    if given:
        quotes += [Quote(one, tuple(chosen(asked, one, int(0.4 * room), 2))) for one in found[1:2]]
    if not given and len(found) > 1 and room > 400:
        left = room - sum(len(one) for one in first.sentences)
        readable = found[1].language == case.answered or found[0].language != case.answered
        if left > 160 and readable and close(found):
            quotes.append(Quote(found[1], tuple(chosen(asked, found[1], left, 2))))
    resolution = "refused" if not given and refuses(case, first) else "answered"
    if not given and _ASKS_FIGURE.search(fold(case.whole.replace("’", "'"))):
        clash = contradicted(found[0], found)
        if clash is not None:
            return _both(case, resolution, first, clash, room)
    return Reply(resolution, [], quotes, [quote.section for quote in quotes])


def unknown(case: Case, found: Sequence[Section]) -> bool:
    """Whether the best section is too far from the question, or nothing was understood at all."""
    best = max(section.cosine for section in found)
    return (
        best < KNOWN_FROM
        or (case.intent == "other" and case.inputs.probability > 0.3)
        or (not case.sure and best < KNOWN_FROM + 0.02)
    )


def close(found: Sequence[Section]) -> bool:
    """Whether the second section is about as near as the first."""
    return found[1].cosine > found[0].cosine - 0.02


def _conflicting(case: Case, asked: str, found: Sequence[Section]) -> Reply | None:
    """Both pages, where two answer the same question with different figures; the one in force first."""
    clash = conflict(asked, found[:MOST_COMPARED])
    if clash is None:
        return None
    quotes = [Quote(clash.first, (clash.said,)), Quote(clash.second, (clash.other,))]
    older = clash.first.replaces and not clash.second.replaces
    said = (
        say("older_page", case.answered, dated=clash.second.dated or clash.second.document)
        if older
        else say("two_pages", case.answered)
    )
    return Reply("answered", [said], quotes, [clash.first, clash.second])


def _both(case: Case, resolution: str, first: Quote, clash: Conflict, room: int) -> Reply:
    """What answers, and the other page's figure beside it; the one in force first."""
    other = clash.second if clash.first is first.section else clash.first
    told = Quote(other, (clash.other if clash.first is first.section else clash.said,))
    rule = clash.said if clash.first is first.section else clash.other
    asked = matter_of_all(case.texts, case.house.order_pattern)
    more = [one for one in chosen(asked, first.section, room // 2) if one != rule]
    own = Quote(first.section, (rule, *more[:3]))
    quotes = [own, told] if clash.first is first.section else [told, own]
    older = clash.first.replaces and not clash.second.replaces
    said = (
        say("older_page", case.answered, dated=clash.second.dated or clash.second.document)
        if older
        else say("two_pages", case.answered)
    )
    return Reply(resolution, [said], quotes, [quote.section for quote in quotes])


def refuses(case: Case, quote: Quote) -> bool:
    """Whether a request for leave meets a rule that says no, or an amount outside what the rule allows."""
    bare = fold(case.last.replace("’", "'"))
    asks = _ASKS_LEAVE.search(fold(case.whole.replace("’", "'"))) is not None or "?" not in bare
    if not quote.sentences or not asks or _ASKS_WHAT.search(bare):
        return False
    from lib.commerce.service_assistant.sentences import scored

    best = max(scored(matter_of_all(case.texts, case.house.order_pattern), quote.section), default=(0.0, ""))[1]
    wanted = [float(number) for number, unit in figures(case.whole) if unit == "€" and _plain_number(number)]
    allowed = [float(number) for number, unit in figures(best) if unit == "€" and _plain_number(number)]
    if wanted and len(allowed) >= 2 and not min(allowed) <= max(wanted) <= max(allowed):
        return True
    return NEGATIVE.search(best[:160]) is not None and _ASKS_LEAVE.search(bare) is not None and not wanted


def _plain_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _not_served(case: Case, found: Sequence[Section]) -> Reply | None:
    """The sentence on other countries, where the one asked for is no destination."""
    country, language = country_asked(case.whole), case.answered
    if not country or served(country, found):
        return None
    for section in sorted(found, key=lambda one: one.language != language):
        for sentence in sentences_of(section.text):
            if re.search(r"don't deliver to other countries|ne livrons pas (?:les |d')?autres pays", sentence):
                return Reply("refused", [], [Quote(section, (sentence,))], [section])
    return None


def lines_said(case: Case, lines: Sequence[dict[str, Any]]) -> list[str]:
    """Each line of an order in a sentence; those of one parcel together."""
    return [
        say(
            f"line_{line['status']}",
            case.answered,
            piece=line["piece"],
            size=line["size"],
            shipped=case.day(line["shipped_on"]),
            delivered=case.day(line["delivered_on"]),
            carrier=line["carrier"],
            parcel=line["parcel"],
        )
        for line in lines
    ]


def stock_said(case: Case, result: dict[str, Any]) -> Reply:
    """Units where they were asked for, and where else there are some."""
    if "units" not in result:
        return nothing_known(case)
    place, online = case.store_name(result["store_id"]), "_online" if result["store_id"] == "online" else ""
    values = {"piece": result["piece"], "size": result["size"], "place": place}
    if result["units"]:
        points = [say(f"in_stock{online}", case.answered, units=result["units"], **values)]
    else:
        points = [say(f"no_stock{online}", case.answered, **values)]
        places = ", ".join(case.store_name(store) for store in result["elsewhere"])
        points.append(say("elsewhere", case.answered, places=places) if places else say("nowhere", case.answered))
    return Reply("answered", points)


def hours_said(case: Case, results: Sequence[dict[str, Any]]) -> Reply:
    """Each store's hours on the day, then its usual ones; the page is cited."""
    points = []
    for result in (one for one in results if "store" in one):
        name, day = case.store_name(result["store_id"]), case.day(result["day"])
        if result["hours"]:
            begins, ends = result["hours"].split("-")
            points.append(
                say("open_on", case.answered, store=name, day=day, open=case.clock(begins), close=case.clock(ends))
            )
        else:
            points.append(say("closed_on", case.answered, store=name, day=day))
        if case.named.day is None or len(case.texts) > 1:
            points.append(
                say(
                    "usual",
                    case.answered,
                    week=_span(case, result["monday_to_saturday"]),
                    sunday=_span(case, result["sunday"]),
                )
            )
    feast = case.named.day is not None and (case.named.day.month, case.named.day.day) in _FEASTS
    pages = [one for one in case.procedure if feast == bool(re.search(r"holiday|férié", one.heading))] or case.procedure
    own = [one for one in pages if one.language == case.answered] or pages
    quotes = from_knowledge(case, own[:1]).quotes if feast else []
    return Reply("answered", points, quotes, own[:1])


_FEASTS: Final = ((1, 1), (5, 1), (12, 25), (12, 24), (12, 31), (11, 1), (11, 11), (12, 26))


def _span(case: Case, hours: str | None) -> str:
    if not hours:
        return say("closed", case.answered)
    begins, ends = hours.split("-")
    return f"{case.clock(begins)}–{case.clock(ends)}"
