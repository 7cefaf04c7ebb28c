"""What Sketch to design shows before anybody has drawn: the grid of its first sentence, as the page itself draws it."""

from __future__ import annotations

from lib.merchandising.sketch_to_design import drawing
from lib.merchandising.sketch_to_design.jobs import GridRequest
from lib.merchandising.sketch_to_design.joining import join
from lib.merchandising.sketch_to_design.words import read_words

SENTENCE = "robe midi en lin vert sauge, encolure carrée, poches"


def plates() -> dict[str, bytes]:
    """File name -> WebP."""
    request = GridRequest(brief=join(read_words(SENTENCE).pieces[0]))
    pictures = [drawing.picture(design) for design in request.designs()]
    return {"designs/plate.webp": drawing.encoded(drawing.plate(pictures))}
