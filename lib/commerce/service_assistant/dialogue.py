"""A turn from what the client wrote to what the engine is given; and a whole conversation without a database."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lib.access import Actor
from lib.commerce.service_assistant.cleaning import LONGEST, matter_of_all
from lib.commerce.service_assistant.clearing import clearer
from lib.commerce.service_assistant.glossary import other_words
from lib.commerce.service_assistant.house import House, sample_house
from lib.commerce.service_assistant.instructions import without_instructions
from lib.commerce.service_assistant.intents import Guess
from lib.commerce.service_assistant.knowledge import (
    SECTIONS,
    Place,
    Section,
    find,
    ranked_by_engine,
    state_of,
    with_others,
)
from lib.commerce.service_assistant.languages import answered_in, recognise
from lib.commerce.service_assistant.ranking import ranked
from lib.commerce.service_assistant.sentences import same_heading
from lib.commerce.service_assistant.signals import signal_of
from lib.commerce.service_assistant.task import ANSWER_CLIENT, Answer, Channel, ClientMessage, draft, plan
from lib.commerce.service_assistant.twins import in_own_words, twin_of
from lib.commerce.service_assistant.wishes import wanted
from lib.tasks import Call, Context, Exchange, ToolResult
from lib.tasks.toolbox import MOST_ROUNDS, as_json

# What the house does about each wish, as a question to its documents, in both languages.
PROCEDURES: Final = {
    "return": (
        "how to return a piece online, return period, label, cost of a return / rendre "
        "une pièce achetée en ligne, délai de retour, étiquette, frais de retour"
    ),
    "gift_return": "returning a gift, gift card for the recipient / retour de cadeau, carte cadeau",
    "exchange": "exchange for another size / échange de taille",
    "defect": "report a defect with photos, guarantee / signaler un défaut, 3 photos, garantie légale de conformité",
    "wrong_item": "wrong piece or size received / article reçu par erreur",
    "delivery_problem": "late parcel, lost parcel, tracking, enquiry / colis en retard ou perdu, enquête",
    "split_order": "orders in several parcels / commande en plusieurs colis",
    "order_change": "change of address, cancel an order in preparation / changer l'adresse, annuler une commande",
    "address": "change of address of an order / changer l'adresse de livraison d'une commande",
    "safety": (
        "safety incident, needle, burn, reaction of the skin, doctor / incident de "
        "sécurité, réaction de la peau, médecin"
    ),
    "store_hours": "opening hours of the stores, public holidays / horaires des boutiques, jours fériés",
    "appointment": "styling appointments / rendez-vous de conseil",
    "stock": "reserve a piece, put aside 48 hours, collect / réserver une pièce, mettre de côté",
    "privacy": (
        "who we give order details to, order number alone is not enough / à qui donnons-nous le détail d'une commande"
    ),
    "order_status": "tracking / suivi de commande",
    "high_value": "orders above 2,000 euros handled by an adviser / commandes de plus de 2 000 euros",
    "too_late": "return period 30 days / délai de retour 30 jours",
}
OWN_LANGUAGE: Final = 0.8  # lead of a page in the client's language, where the question is ours in both


def understand(
    text: str,
    channel: Channel,
    earlier: Sequence[str],
    place: Place,
    language: str = "",
    spoken: str = "en",
    house: House | None = None,
) -> ClientMessage:
    """Recognise the last message after the ``earlier`` ones and find what answers it.

    ``language`` is the conversation's so far, ``spoken`` the one to fall back on.
    ``house`` holds the records, the demo house's where none is given.
    """
    house = house or sample_house()
    said, marked = without_instructions(text[:LONGEST])
    texts = [*earlier, said]
    known = recognise(said, language) or spoken
    guess = wanted(texts, house=house)
    asked = matter_of_all(texts, house.order_pattern)
    signal = signal_of("\n".join(texts[-3:]))
    sections = nearest(asked, guess, place, answered_in(known))
    sections += [one for one in beside(sections, place) if twin_of(one, sections, answered_in(known)) is None]
    return ClientMessage(
        text=said,
        channel=channel,
        language=known,
        today=house.today.isoformat(),
        intent=guess.intent,
        probability=round(guess.probability, 4),
        sure=guess.sure,
        signal=signal,
        sections=sections,
        procedure=procedure(guess.intent, signal, asked, place, answered_in(known)),
        limits=limits(guess.intent, place, answered_in(known)),
        marked=list(marked),
        characters=len(text),
    )


def nearest(asked: str, guess: Guess, place: Place, language: str) -> list[Section]:
    """The sections nearest to a question, by its own words and by their twins in the other language."""
    if not asked.strip():
        return []
    asked = clearer(asked)
    questions = [asked, f"{asked} {other_words(asked)}"]
    found = find(place, questions, 2 * SECTIONS)
    if not ranked_by_engine(place):
        found = with_others(place, found, asked)
    rows = [section for section in found if section.row is not None]
    best = [section for _score, section in ranked(asked, guess, found, language)]
    kept = in_own_words(best[:SECTIONS], best, language)
    if guess.intent == "size_advice":
        kept += [section for section in size_table(place) if section.id not in {one.id for one in kept}]
    return kept if guess.intent == "size_advice" else kept or rows


def beside(sections: Sequence[Section], place: Place) -> list[Section]:
    """Sections of other documents on the same matter as the best one: what may contradict it."""
    if not sections or sections[0].row is not None:
        return []
    best = sections[0]
    others = with_others(place, list(sections[1:]), best.heading)
    found = [one for one in others if one.document != best.document and same_heading(best.heading, one.heading)]
    known = {section.id for section in sections}
    return [section for section in found if section.id not in known][:4]


def size_table(place: Place) -> list[Section]:
    """All rows of tables of sizes: which one is meant is read from their columns, not from their words."""
    from lib.commerce.service_assistant.knowledge import rows_of_tables

    return [section for section in rows_of_tables(place) if "waist_cm" in section.text or "foot_cm" in section.text]


def procedure(intent: str, signal: str, asked: str, place: Place, language: str) -> list[Section]:
    """How the house does what the client wants, in the answer's language first."""
    name = "safety" if signal == "safety" else intent
    if intent == "order_change" and not re.search(r"cancel|annul", asked, re.IGNORECASE):
        name = "address"
    if name not in PROCEDURES:
        return []
    return _procedure(name, intent, place, language)[:4]


def limits(intent: str, place: Place, language: str) -> list[Section]:
    """The rules on time and on value, for what is about a piece: in this order."""
    if intent not in ("return", "exchange", "defect", "wrong_item", "gift_return"):
        return []
    return [
        section for name in ("too_late", "high_value") for section in _procedure(name, "return", place, language)[:1]
    ]


def _procedure(name: str, intent: str, place: Place, language: str) -> list[Section]:
    """The sections for one of our own questions: the same until the documents change."""
    engine = place.meaning.name if place.meaning else ""
    where = (place.actor.workspace, place.actor.person, place.collection, str(place.path), engine)
    key = (*where, name, intent, language)
    state = state_of(place)
    kept = _procedures_held.get(key)
    if kept is not None and kept[0] == state:
        return list(kept[1])
    question = PROCEDURES[name]
    guess = Guess(intent, 1.0, ((intent, 1.0),))
    found = find(place, [question], SECTIONS)
    best = [section for _score, section in ranked(question, guess, found, language, OWN_LANGUAGE)]
    ordered = tuple(in_own_words(best, with_others(place, found, question), language))
    if place.meaning is not None and place.meaning.failure is not None:
        return list(ordered)  # found by words alone: not what to hold on to
    if len(_procedures_held) >= MOST_HELD:
        _procedures_held.clear()
    _procedures_held[key] = (state, ordered)
    return list(ordered)


MOST_HELD: Final = 2_000
_procedures_held: dict[tuple[str, ...], tuple[str, tuple[Section, ...]]] = {}


@dataclass(frozen=True)
class Turn:
    """One answered turn: what was understood, what was called, what was answered."""

    inputs: ClientMessage
    answer: Answer
    results: tuple[ToolResult, ...]


def converse(
    texts: Sequence[str],
    channel: Channel,
    place: Place,
    actor: Actor,
    spoken: str = "en",
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Turn]:
    """A conversation on the built-in engine with its real tools; nothing is recorded, all is agreed to."""
    turns: list[Turn] = []
    results: tuple[ToolResult, ...] = ()
    language = ""
    for at, text in enumerate(texts):
        inputs = understand(text, channel, [turn.inputs.text for turn in turns], place, language, spoken)
        language = inputs.language
        history = tuple(Exchange(turn.inputs, turn.answer) for turn in turns)
        context = Context(actor, language=answered_in(language), history=history, results=results, seed=at)
        answer, results = turn_of(inputs, context)
        turns.append(Turn(inputs, answer, results))
        if cancelled():
            break
    return turns


def turn_of(inputs: ClientMessage, context: Context) -> tuple[Answer, tuple[ToolResult, ...]]:
    """One turn as ``run_task`` does it on the built-in engine, without a record: its calls, then its answer."""
    tools = {tool.name: tool for tool in ANSWER_CLIENT.tools}
    for _round in range(MOST_ROUNDS):
        call: Call | None = plan(inputs, context)
        if call is None:
            break
        arguments = as_json(call.arguments)
        status, text = tools[call.tool].run(arguments, context)
        context = replace(context, results=(*context.results, ToolResult(call.tool, arguments, status, text)))
    return draft(inputs, context), context.results
