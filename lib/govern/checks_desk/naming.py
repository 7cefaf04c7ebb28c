"""Every check by name: its title, what it looks for, and what it can't see, as English message ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lib.checks.brands import BRANDS
from lib.checks.claims_plus import CLAIMS_PLUS
from lib.checks.disclosure import DISCLOSURE
from lib.checks.inclusivity import INCLUSIVITY
from lib.checks.injection import INJECTION
from lib.checks.pii import PII
from lib.checks.tone import TONE
from lib.checks.unsupported_numbers import UNSUPPORTED_NUMBERS
from lib.i18n import N_


@dataclass(frozen=True)
class Known:
    """A check as a reader knows it. ``limits`` is empty where ``looks_for`` says it all."""

    name: str
    title: str
    looks_for: str
    limits: str = ""


TEXTS: Final = (
    Known(PII.name, PII.title, N_("E-mail and postal addresses, telephone, card and bank numbers, names…"), PII.limits),
    Known(
        BRANDS.name,
        BRANDS.title,
        N_("Names of other houses, designers and models, also misspelt or disguised."),
        BRANDS.limits,
    ),
    Known(
        CLAIMS_PLUS.name,
        CLAIMS_PLUS.title,
        N_("Superlatives, effects on health or looks, prices, origin, environment."),
        CLAIMS_PLUS.limits,
    ),
    Known(TONE.name, TONE.title, N_("Insults, threats, coarse, aggressive or condescending words."), TONE.limits),
    Known(
        INCLUSIVITY.name,
        INCLUSIVITY.title,
        N_("Wording that leaves people out or types them by gender, age, body, skin, origin or disability."),
        INCLUSIVITY.limits,
    ),
    Known(
        DISCLOSURE.name,
        DISCLOSURE.title,
        N_("Places where a person would take it as another person’s, and nothing says that AI made it."),
        DISCLOSURE.limits,
    ),
    Known(
        INJECTION.name,
        INJECTION.title,
        N_("Instructions to a machine: in the open, hidden from readers, or coded."),
        INJECTION.limits,
    ),
    Known(
        "language",
        N_("Language"),
        N_("Passages in another language than the text’s own."),
        N_("Single foreign words, and passages of a few words, are missed."),
    ),
    Known("markup", N_("Markup"), N_("HTML, scripts, links, placeholders, signs that readers don’t see.")),
    Known("length", N_("Length"), N_("What a channel would cut off.")),
    Known(
        "near_copy",
        N_("Near-copies of a given text"),
        N_("Passages taken from an earlier text, word for word or with a few words changed."),
        N_("A text told again in other words is missed."),
    ),
    Known(
        UNSUPPORTED_NUMBERS.name,
        UNSUPPORTED_NUMBERS.title,
        N_("Numbers that stand in none of the facts and follow from none."),
        UNSUPPORTED_NUMBERS.limits,
    ),
)

PICTURES: Final = (
    Known(
        "provenance",
        N_("Where a picture comes from"),
        N_("Whether the file says that it was generated, and whether that outlives a resize."),
        N_("A mark that was removed leaves no trace. Of a C2PA manifest only the presence is read."),
    ),
    Known(
        "near_copy_images",
        N_("Near-copies of pictures"),
        N_("The same picture smaller, cropped, mirrored or in other colours."),
        N_("A picture drawn anew after another one is missed, and so is one turned by more than a few degrees."),
    ),
    Known(
        "inclusivity_images",
        N_("Bodies and skin tones in a set"),
        N_("Sizes and skin tones that a set leaves out, and groups that are drawn with less care."),
        N_("It counts what a person noted and recognises nobody; pose, age, dress and dignity are not looked at."),
    ),
)

DOCUMENTS: Final = (
    Known(
        "hidden_text",
        N_("Text that readers don’t see"),
        N_("Passages in a document that are hidden, of no size, or in the colour of the page."),
        N_("Text under a picture or in a field, and what is hidden by a program, is missed."),
    ),
    Known(
        "canary",
        N_("Planted marks"),
        N_("A mark that you planted in instructions or in a document, repeated in an answer."),
        N_("An answer that tells the secret without the mark is missed."),
    ),
)

KNOWN: Final = {known.name: known for known in (*TEXTS, *DOCUMENTS, *PICTURES)}
