"""The checks of pictures that an engine made: what their files say of themselves, and whether they copy a given one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lib.checks import near_copy_images, provenance
from lib.checks.model import Check, CheckResult, Finding
from lib.i18n import N_

Pixels = NDArray[np.uint8]
COPIED = N_("This picture is nearly the same as the one that was given. Draw it anew, or name that one as its source.")
MIRRORED = N_("This picture is nearly the given one, mirrored. Draw it anew, or name that one as its source.")
UNNAMED = {near_copy_images.COPIED: COPIED, near_copy_images.MIRRORED: MIRRORED}


@dataclass(frozen=True, eq=False)
class MadePicture:
    """One picture that was made: the file as it is kept, its pixels (height x width x 3) where they are compared."""

    name: str
    content: bytes = field(repr=False)
    pixels: Pixels | None = field(default=None, repr=False)


def _provenance(_references: Mapping[str, Pixels], made: Sequence[MadePicture], _language: str) -> CheckResult:
    """What is said alike of several pictures is said once; ``evidence`` names them."""
    alike: dict[str, list[Finding]] = {}
    for one in made:
        for finding in provenance.provenance_findings(one.content, one.name):
            alike.setdefault(finding.message, []).append(finding)
    found = (replace(same[0], field="", evidence=", ".join(one.field for one in same)) for same in alike.values())
    return CheckResult("provenance", tuple(found))


def _near_copies(references: Mapping[str, Pixels], made: Sequence[MadePicture], _language: str) -> CheckResult:
    known = [(name, near_copy_images.fingerprint(pixels)) for name, pixels in references.items()]
    found: list[Finding] = []
    for one in made:
        if one.pixels is not None:
            found += [_named(finding) for finding in near_copy_images.picture_findings(one.pixels, known, one.name)]
    return CheckResult("near_copy_images", tuple(found))


def _named(found: Finding) -> Finding:
    """The finding as it is said where the given picture has no name."""
    return found if found.values["picture"] else replace(found, message=UNNAMED[found.message], values={})


PROVENANCE = Check("provenance", N_("The file says that it was generated"), _provenance, provenance.LIMITS)
NEAR_COPIES = Check(
    "near_copy_images", N_("Near-copies of pictures that were given"), _near_copies, near_copy_images.LIMITS
)
PICTURE_CHECKS = (PROVENANCE, NEAR_COPIES)


def picture_checks(references: Mapping[str, Pixels]) -> tuple[Check, ...]:
    """Those that fit: without a given picture there is nothing to copy. They run over (references, pictures)."""
    return PICTURE_CHECKS if references else (PROVENANCE,)
