"""Made-to-measure eyewear: a face in millimetres after consent, a frame fitted to it, a size run for the buyer."""

from lib.catalogue import UseCase
from lib.shell import errors
from lib.shell.made_to_measure_eyewear import face_part, many, result
from lib.shell.page import open_page

SLUG = "made_to_measure_eyewear"


def try_it(case: UseCase) -> None:
    """One face above, what was kept of it, then many customers at once."""
    face_part.draw()
    result.draw()
    with errors.shown():
        many.draw(case)


open_page(SLUG, try_it)
