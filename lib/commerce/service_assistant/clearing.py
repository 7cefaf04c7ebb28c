"""A question said more clearly for the search: verbs put together again, a deadline named by what it is called."""

from __future__ import annotations

import re
from typing import Final

from lib.retrieval.words import fold

_APART: Final = re.compile(r"\b(give|send|bring|take)\s+((?:(?!back\b)[\w'’-]+\s+){1,4})back\b", re.IGNORECASE)
_DEADLINE: Final = re.compile(
    r"within (?:how|what)|how (?:long|many days)|deadline|(?:until|by) when|time limit|"
    r"sous combien|(?:dans|sous) quel delai|jusqu'a quand|combien de (?:temps|jours)|date limite|delai"
)
_RETURN: Final = re.compile(r"\b(?:returns?|returning|(?:give|send|bring|take) back|rendre|retour(?:ner)?|renvoyer)\b")
_ELSE: Final = re.compile(
    r"\b(?:gifts?|cadeaux?|exchanges?|echang\w+|refund\w*|rembours\w+|money|argent|labels?|etiquettes?|"
    r"sales?|soldes?|final|outlet|defect\w*|defaut\w*|faulty|damaged|abime\w*|stores?|boutiques?)\b"
)
_FRENCH: Final = re.compile(r"\b(?:rendre|retour|retourner|renvoyer|delai|combien|quand)\b")


def clearer(question: str) -> str:
    """The question with what it leaves unsaid: 'until when may I give it back' asks for the return period."""
    said = _APART.sub(r"\1 back \2", question)
    bare = fold(said.replace("’", "'"))
    if _DEADLINE.search(bare) and _RETURN.search(bare) and not _ELSE.search(bare):
        return f"{said} {'délai de retour' if _FRENCH.search(bare) else 'return period'}"
    return said
