"""Names of what is measured and of the fitting rules, as the page, the order sheet and the files say them."""

from __future__ import annotations

from collections.abc import Mapping

from lib.i18n import N_

MEASURES: Mapping[str, str] = {
    "pd": N_("Pupillary distance, far"),
    "pd_right": N_("Right eye to the nose’s middle"),
    "pd_left": N_("Left eye to the nose’s middle"),
    "width": N_("Face width at the temples"),
    "nose": N_("Nose width at the pads"),
    "ear": N_("Eye to ear (guessed from the face’s width)"),
    "eye_height": N_("Pupils above the nose’s resting points"),
    "length": N_("Eyes to chin"),
}
RULE_TITLES: Mapping[str, str] = {
    "centres": N_("Lens centres and pupils"),
    "width": N_("Front and face"),
    "bridge": N_("Bridge and nose"),
    "temple": N_("Temple and ear"),
}
