"""Three invented candidates that show what the page does before anybody has listed one; nothing of them is kept."""

from __future__ import annotations

from lib.database.partners import Partner, PartnerCriterion, PartnerKind, PartnerScore
from lib.decide.model import Basis
from lib.i18n import _

# Lowest, likeliest, highest, in the criteria's order; the last criteria of the third are left open.
SCORES: tuple[tuple[tuple[float, float, float], ...], ...] = (
    (
        (3.0, 3.8, 4.4), (2.5, 3.0, 3.5), (4.0, 4.4, 4.8), (3.5, 4.0, 4.5), (2.5, 3.0, 4.0), (2.5, 3.5, 4.5),
        (3.0, 4.0, 5.0), (2.0, 3.0, 4.0), (2.0, 3.0, 4.0),
    ),
    (
        (2.5, 3.2, 3.8), (3.5, 4.0, 4.5), (3.0, 3.5, 4.0), (3.0, 3.5, 4.0), (3.5, 4.0, 4.5), (3.0, 3.5, 4.0),
        (4.0, 4.5, 5.0), (2.5, 3.0, 4.0), (3.0, 3.5, 4.0),
    ),
    ((3.0, 4.0, 4.8), (1.5, 2.0, 3.0), (2.0, 3.0, 3.5), (3.0, 4.0, 4.5), (4.5, 4.8, 5.0)),
)  # fmt: skip
KINDS = (PartnerKind.MODEL_PROVIDER, PartnerKind.CLOUD, PartnerKind.SPECIALISED)


def candidates() -> list[Partner]:
    """The three, named as examples in the reader's language; every score is an assumption."""
    names = (_("Example A"), _("Example B"), _("Example C"))
    source = _("Invented to show this page")
    return [
        Partner(
            f"example{at}",
            name,
            kind,
            "",
            {
                key: PartnerScore(*ends, Basis.ASSUMPTION.value, source)
                for key, ends in zip(PartnerCriterion, scores, strict=False)
            },
        )
        for at, (name, kind, scores) in enumerate(zip(names, KINDS, SCORES, strict=True))
    ]
