"""The checks that every task gets which writes for a reader, beside those of its own."""

from __future__ import annotations

from lib.checks.brand_terms import HOUSE_DEFAULT, BrandTerms
from lib.checks.brands import BRANDS, brands_check
from lib.checks.claims_plus import CLAIMS_PLUS
from lib.checks.disclosure import DISCLOSURE
from lib.checks.given import ITS_OWN_WORDS, NOTHING_TOLD, Given, Told, given_checks
from lib.checks.inclusivity import INCLUSIVITY
from lib.checks.injection import canary_check, injection_check
from lib.checks.model import Check
from lib.checks.pii import PII
from lib.checks.tone import TONE

# What reads every output in the same way, whatever was given.
ALIKE: tuple[Check, ...] = (PII, BRANDS, TONE, INCLUSIVITY, CLAIMS_PLUS, DISCLOSURE)


# A task that traces claims to its product's data has no use for the check that reads their wording alone.
INSTEAD_OF = {"claims_plus": "claims"}


def house_checks(
    terms: BrandTerms = HOUSE_DEFAULT, given: Given = ITS_OWN_WORDS, told: Told = NOTHING_TOLD
) -> tuple[Check, ...]:
    """The house's checks, with the names that it added and those that it leaves out, over what one run was given."""
    alike = tuple(
        brands_check(terms) if check.name == BRANDS.name and terms != HOUSE_DEFAULT else check for check in ALIKE
    )
    leaks = (canary_check(told.canaries, told.calls),) if told.canaries else ()
    return (*alike, injection_check(told.results), *given_checks(given, told), *leaks)


HOUSE_CHECKS: tuple[Check, ...] = house_checks()  # those of a task that declares nothing of its own


def with_house(
    own: tuple[Check, ...],
    terms: BrandTerms = HOUSE_DEFAULT,
    given: Given = ITS_OWN_WORDS,
    told: Told = NOTHING_TOLD,
) -> tuple[Check, ...]:
    """A task's ``own`` checks, then those of the house that it doesn't have itself."""
    names = {check.name for check in own}
    ours = (check for check in house_checks(terms, given, told) if check.name not in names)
    return (*own, *(check for check in ours if INSTEAD_OF.get(check.name) not in names))
