"""Text from data or from a model, made safe for the places that read Markdown."""

from __future__ import annotations

import re
import string

_PUNCTUATION = re.compile(f"([{re.escape(string.punctuation)}])")
WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """``text`` so that Markdown shows it as it is: no markup, link, image, formula, HTML, icon or emoji comes of it.

    Each ASCII punctuation mark is escaped, as CommonMark allows. Icons and emoji (':name:') are made after the escapes
    were read, so an invisible word joiner stands behind each colon. Line breaks are kept, indents are not: four spaces
    would open a code block.
    """
    escaped = _PUNCTUATION.sub(r"\\\1", text).replace("\\:", "\\:" + WORD_JOINER)
    return "  \n".join(line.strip() for line in escaped.splitlines())
