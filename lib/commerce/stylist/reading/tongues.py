"""Which language a sentence is in, by its function words: French, English, or another one that isn't read.

A comment may change its language from one sentence to the next, so each sentence is asked; one that is too short to
tell follows its comment. The method is the counting of short words (Ingle 1976; Cavnar and Trenkle 1994 compare it).
"""

from __future__ import annotations

from collections.abc import Sequence

_WORDS = {
    "fr": """le la les un une des du de je j il elle on nous vous ce cette ces est sont pas ne n que qui dans
        pour avec sur mais plus tres trop bien mon ma mes son sa ses au aux et ou ou si ca c l d m s qu en y
        a ai ont fait etait tout toute comme sans chez par peu aussi alors donc jamais rien cela etre avoir
        suis aurait aurais sous merci bonjour couleur coupe robe matiere taille prix""",
    "en": """the a an i it is are was were be been my me you your we this that these those and or but not of to
        in on at for with from so too very just as they them their he she his her have has had do does did
        would could should will can if when than then there here what who all out up more no by about after
        also love like fit dress color colour size great shirt""",
    "de": """der die das und ist nicht ich ein eine einen zu mit auf sehr aber passt auch war wie im dem den von
        farbe sitzt schon sie es gut leider gerne wieder hat fur zum zur viel etwas genau wurde kleid lange
        grosse stoff""",
    "it": """il lo gli che non e di un una per con molto bella bello questo questa sono mi ma come ho piu colore
        taglia del della nel anche troppo vestito tessuto e proprio perfetta perfetto cosi perche grazie""",
    "es": """el los las que no es de un una por con muy pero esta este me mi como mas color talla del al lo se
        para tela precioso preciosa gracias vestido bonito bonita demasiado queda muy largo perfecta""",
    "pt": "o os as que nao e um uma muito com mas para cor tamanho este esta tecido obrigada vestido lindo linda",
    "nl": "het een en is niet ik dat maar met voor erg mooi maat kleur te van op zeer jurk stof",
}  # fmt: skip
_WEIGHT: dict[str, tuple[str, ...]] = {}
for _language, _list in _WORDS.items():
    for _word in set(_list.split()):
        _WEIGHT[_word] = (*_WEIGHT.get(_word, ()), _language)


def scores(keys: Sequence[str]) -> dict[str, float]:
    """How much speaks for each language: a word that several have counts for less."""
    found: dict[str, float] = {}
    for key in keys:
        for language in (languages := _WEIGHT.get(key, ())):
            found[language] = found.get(language, 0.0) + 1 / len(languages)
    return found


def language_of(keys: Sequence[str], before: str = "") -> str:
    """'fr', 'en', another code, or ``before`` where the words don't tell. Scripts without these words are 'xx'."""
    found = scores(keys)
    if not found:
        letters = "".join(keys)
        foreign = sum(ord(letter) > 0x24F for letter in letters)
        return "xx" if letters and foreign > len(letters) / 2 else before
    best = max(found, key=lambda language: (found[language], language == before))
    rest = max((score for language, score in found.items() if language != best), default=0.0)
    if before and found[best] - rest < 1.0 and found.get(before, 0) >= found[best] - 1.0:
        return before
    return best
