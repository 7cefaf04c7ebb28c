"""What the writer didn't do, told to the person: values left out, wishes not understood."""

from __future__ import annotations

from lib.commerce.product_descriptions.model import BrandVoice, Product
from lib.commerce.product_descriptions.writer.facts import Facts
from lib.commerce.product_descriptions.writer.notes import wishes
from lib.i18n import N_, _

_TITLES = {
    "material": N_("the material"),
    "cut": N_("the cut"),
    "detail": N_("the details"),
    "colour": N_("the colour"),
}
_TITLES |= {"making": N_("where it is made"), "use": N_("how it is used")}


def unspoken(product: Product, language: str) -> tuple[tuple[str, str], ...]:
    """(attribute, value as given) of everything that the writer can't say in ``language`` and so leaves out.

    A value is left out where the vocabulary can't translate it: a word-for-word translation would be a guess.
    """
    facts = Facts(product, BrandVoice(), language)
    left = list(facts.left_out)
    if not facts.naming.translated or not facts.naming.whole:
        left.insert(0, ("name", product.name))
    return tuple(dict.fromkeys(left))


def understood_note(note: str) -> str:
    """One or two sentences for the page: what of the note was followed, and what couldn't be. '' without a note."""
    if not note.strip():
        return ""
    read = wishes(note)
    said = []
    if read.length < 1:
        said.append(_("The texts are shorter."))
    if read.length > 1:
        said.append(_("The texts are longer."))
    if read.lead:
        said.append(_("The first option leads with {what}.", what=_(_TITLES[read.lead])))
    if read.unread:
        said.append(
            _("The built-in writer didn’t understand “{part}”. A connected model can follow it.", part=read.unread)
        )
    return " ".join(said)
