"""The built-in engine's note: written by rules from the chosen pieces, French and English, seeded."""

from __future__ import annotations

import random
from collections.abc import Sequence

from lib.commerce.stylist.note.model import ClientNote, ClientNoteInputs, NotePiece
from lib.tasks import Context

DRAFTER_VERSION = "2"
NB, NNB = "\u00a0", "\u202f"
SUBJECTS = {
    "en": ("A few pieces set aside for you", "{n} pieces I thought of for you", "Set aside for you: {first}"),
    "fr": (
        "Quelques pièces mises de côté pour vous",
        "{n} pièces qui m’ont fait penser à vous",
        "Mise de côté pour vous" + NB + ": {first}",
    ),
}
ONE_SUBJECT = {
    "en": ("A piece set aside for you", "Set aside for you: {first}"),
    "fr": ("Une pièce mise de côté pour vous", "Mise de côté pour vous" + NB + ": {first}"),
}
OPENINGS = {
    "en": (
        "Going through the new arrivals, I set {some} aside with you in mind.",
        "I have put {some} to one side for you.",
        "{Some} in the house this week made me think of you.",
    ),
    "fr": (
        "En parcourant les arrivages, j’ai mis {some} de côté en pensant à vous.",
        "J’ai réservé {some} à votre intention.",
        "Cette semaine, {some} m’{have} fait penser à vous.",
    ),
}
FOR_OCCASION = {"en": " The occasion I have in view: {occasion}.", "fr": " L’occasion en vue" + NB + ": {occasion}."}
BECAUSE = {
    "en": {
        "colour": "its colour",
        "fit": "the way it is cut",
        "fabric": "its cloth",
        "length": "its length",
        "pattern": "its pattern",
        "occasion": "when it can be worn",
        "price": "its price",
        "kind": "its shape",
    },
    "fr": {
        "colour": "sa couleur",
        "fit": "sa coupe",
        "fabric": "sa matière",
        "length": "sa longueur",
        "pattern": "son motif",
        "occasion": "les moments où la porter",
        "price": "son prix",
        "kind": "sa forme",
    },
}
PIECES = {
    "en": (
        "I chose the {name}{what} for {why}{size}.",
        "It was {why} that made me think of the {name}{what}{size}.",
        "Then there is the {name}{what}{size}: I chose it for {why}.",
    ),
    "fr": (
        "Je vous propose {name}{what}{size}, pour {why}.",
        "Pour {why}, j’ai pensé à {name}{what}{size}.",
        "Il y a aussi {name}{what}{size}" + NB + ": je pense à {why}.",
    ),
}
PLAIN = {"en": "I would also show you the {name}{what}{size}.", "fr": "Je vous montrerais aussi {name}{what}{size}."}
OFFERS = {
    "en": (
        "Shall I keep {it} for you until Saturday?",
        "Tell me which you would like to try, and I will have {it} ready.",
        "If {it} appeal{s} to you, a word is enough and I will reserve {it}.",
    ),
    "fr": (
        "Souhaitez-vous que je vous {it} garde jusqu’à samedi" + NNB + "?",
        "Un mot de votre part suffit, et je vous {it} réserve.",
        "Dites-moi ce que vous aimeriez essayer, et je prépare une cabine.",
    ),
}
CLOSINGS = {
    "en": ("Warm regards,", "With best wishes,", "Kind regards,"),
    "fr": ("Bien à vous,", "Avec mes salutations les plus cordiales,", "À bientôt,"),
}
COUNTS = {
    "en": ("", "one piece", "two pieces", "three pieces", "four pieces", "five pieces", "six pieces"),
    "fr": ("", "une pièce", "deux pièces", "trois pièces", "quatre pièces", "cinq pièces", "six pièces"),
}


#: A kind of piece as ``kind_name`` says it in French -> with its article, which a name alone doesn't have.
WITH_ARTICLE = {
    "robe": "la robe", "jupe": "la jupe", "pantalon": "le pantalon", "chemise": "la chemise", "maille": "la maille",
    "manteau": "le manteau", "veste": "la veste", "jean": "le jean", "t-shirt": "le t-shirt",
    "combinaison": "la combinaison", "sac": "le sac",
}  # fmt: skip


def draft(inputs: ClientNoteInputs, context: Context) -> ClientNote:
    """The note: greeting, why it is written, the pieces with what each was chosen for, an offer, a closing."""
    language = context.language if context.language in SUBJECTS else "en"
    chance = random.Random(f"{context.seed} {inputs.first_name} {len(inputs.pieces)}")
    count = len(inputs.pieces)
    some = COUNTS[language][count]
    subject = chance.choice((ONE_SUBJECT if count == 1 else SUBJECTS)[language])
    subject = subject.format(n=some.split()[0].capitalize(), first=inputs.pieces[0].name)
    opening = chance.choice(OPENINGS[language]).format(
        some=some, Some=some.capitalize(), have="a" if count == 1 else "ont"
    )
    if inputs.occasion:
        opening += FOR_OCCASION[language].format(occasion=inputs.occasion)
    offer = chance.choice(OFFERS[language])
    it = {"en": "it" if count == 1 else "them", "fr": "la" if count == 1 else "les"}[language]
    offer = offer.format(it=it, s="s" if count == 1 else "")
    if language == "en" and offer.startswith("If them"):
        offer = "If they appeal to you, a word is enough and I will reserve them."
    closing = chance.choice(CLOSINGS[language])
    signed = "\n".join(part for part in (closing, inputs.stylist, inputs.house) if part)
    paragraphs = (opening, _listed(inputs.pieces, language, chance), offer)
    return ClientNote(
        subject=subject, greeting=_greeting(inputs, language), body="\n\n".join(paragraphs), closing=signed
    )


def _greeting(inputs: ClientNoteInputs, language: str) -> str:
    if language == "fr":
        return f"Bonjour {inputs.first_name}," if inputs.first_name else "Bonjour,"
    return f"Dear {inputs.first_name}," if inputs.first_name else "Hello,"


def _listed(pieces: Sequence[NotePiece], language: str, chance: random.Random) -> str:
    """A sentence for each piece, no two built alike one after the other."""
    order = [0, 1]
    chance.shuffle(order)
    order.append(2)  # 'then' and 'aussi' follow something
    return " ".join(
        _of_piece(piece, language, PIECES[language][order[at % len(order)]] if piece.because else PLAIN[language])
        for at, piece in enumerate(pieces)
    )


def _of_piece(piece: NotePiece, language: str, plan: str) -> str:
    names = [BECAUSE[language][one] for one in piece.because if one in BECAUSE[language]][:3]
    why = _joined(names, " and " if language == "en" else " et ") or BECAUSE[language]["kind"]
    told = [part for part in (piece.colour, piece.fabric) if part]
    what = f" ({', '.join(told)})" if told else ""
    size = {"en": f", in your size {piece.size}", "fr": f", en taille {piece.size}"}[language] if piece.size else ""
    said = plan.format(name=_named(piece, language), what=what, why=why, Why=why[:1].upper() + why[1:], size=size, e="")
    return said[:1].upper() + said[1:]


def _named(piece: NotePiece, language: str) -> str:
    """'le manteau Hulotte'; the bare name in English, whose plans have their article, and where the kind has none."""
    kind = piece.kind.casefold()
    if language != "fr" or kind not in WITH_ARTICLE:
        return piece.name
    article = WITH_ARTICLE[kind]
    if piece.name.casefold().startswith(kind):
        return article.split()[0] + " " + piece.name[:1].lower() + piece.name[1:]
    return f"{article} {piece.name}"


def _joined(names: Sequence[str], word: str) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + word + names[-1] if names else ""
