"""What a conversation wants: the classifier's guess, corrected by plain words where an order is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lib.commerce.service_assistant.cleaning import matter_of, matter_of_all
from lib.commerce.service_assistant.entities import INSTEAD, Named, named
from lib.commerce.service_assistant.house import House, sample_house
from lib.commerce.service_assistant.intents import Classifier, Guess, trained
from lib.commerce.service_assistant.keywords import hits
from lib.retrieval.words import fold

ORDER_INTENTS: Final = (
    "order_status",
    "delivery_problem",
    "split_order",
    "order_change",
    "return",
    "exchange",
    "wrong_item",
    "defect",
    "gift_return",
)
STATUS: Final = ("order_status", "delivery_problem", "split_order", "order_change")
STRONG: Final = 0.5  # probability from which the last message alone says that the matter has changed
CLEAR: Final = 0.6  # below it plain words decide among the wishes about an order
_RETURNS: Final = re.compile(
    r"\breturn|(?:send|give|bring) (?:it |them |this )?back|going back|back to you|\brendre\b|retour|renvoy|exception|"
    r"never (?:been )?(?:opened|worn)|unworn|jamais porte"
)
_EXCHANGE: Final = re.compile(r"exchang|swap|echang|another size|autre taille|voudrais (?:le|un|du) (?:\d|[sml]\b|x)")
_CHANGE: Final = re.compile(r"address|adresse|cancel|annul|redirect")


def wanted(texts: Sequence[str], model: Classifier | None = None, house: House | None = None) -> Guess:
    """The intent of the conversation; of the last message alone where that is clear by itself."""
    model, house = model or trained(), house or sample_house()
    orders = house.order_pattern
    whole = model.guess(matter_of_all(list(texts), orders))
    if len(texts) > 1:
        last = model.guess(matter_of(texts[-1], orders))
        if last.probability >= STRONG and last.intent != "other" and last.probability > whole.probability:
            whole = last
    if whole.intent in ("exchange", "return") and INSTEAD.search(fold(" ".join(texts))):
        return _as(whole, "wrong_item")
    if orders.search(" ".join(texts)):
        return _as(whole, _of_order(whole, texts, house))
    return whole


def _as(guess: Guess, intent: str) -> Guess:
    if intent == guess.intent:
        return guess
    rest = tuple(pair for pair in guess.ranked if pair[0] != intent)
    return Guess(intent, guess.probability, ((intent, guess.probability), *rest[1:]))


def _of_order(guess: Guess, texts: Sequence[str], house: House) -> str:
    """What is wanted of an order that is named: unsure guesses give way to plain words."""
    whole = "\n".join(texts)
    bare, found = fold(whole.replace("’", "'")), named(texts, house)
    intent = guess.intent
    if intent in ("privacy", "safety", "complaint", "payment") and guess.probability >= CLEAR:
        return intent
    if intent not in ORDER_INTENTS or (intent in STATUS and guess.probability < CLEAR):
        intent = intent if intent in STATUS else "order_status"
        if _RETURNS.search(bare):
            intent = "return"
        elif hits(whole)["delivery_problem"]:
            intent = "delivery_problem"
    if _CHANGE.search(bare) and intent in ("order_status", "return") and not _RETURNS.search(bare):
        return "order_change"
    return _of_piece(intent, found, bare)


def _of_piece(intent: str, found: Named, bare: str) -> str:
    if found.instead_size and intent in ("exchange", "return", "defect", "order_status"):
        return "wrong_item"
    if intent in ("return", "defect", "gift_return") and found.wanted_size and _EXCHANGE.search(bare):
        return "exchange"
    return "defect" if intent == "return" and found.reason == "quality" else intent
