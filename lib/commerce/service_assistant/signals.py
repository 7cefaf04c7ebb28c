"""What goes to a person whatever else is asked: anger, legal threats, safety, the wish for a person."""

from __future__ import annotations

import re
from typing import Final

from lib.retrieval.words import fold

_LEGAL: Final = re.compile(
    r"letter before|small claims|county court|in court|to court|take you to court|"
    r"solicitor|lawyer|attorney|legal action|"
    r"legal proceedings|sue you|suing|trading standards|ombudsman|chargeback|my bank to reverse|report you to|"
    r"avocat|tribunal|mise en demeure|porter? plainte|dgccrf|huissier|commissaire de justice|assigner|poursuites|"
    r"action en justice|saisir (?:la justice|le mediateur|le juge)|juridiquement|ufc|60 millions|signal conso|"
    r"rechtsanwalt|anwalt|klage|abogado|demandar|avvocato|denuncia|advogado|advocaat|адвокат|суд|弁護士|律师|prawnik"
)
_SAFETY: Final = re.compile(
    r"needle in|needle (?:left )?in|a needle|pin (?:left )?in|broken needle|sharp (?:metal|object)|bleed|blood|blister|"
    r"burn(?:t|ed|s)? (?:my|her|his|me|the skin)|my skin (?:is|has|came|went|burn)|rash|hives|swollen|swelling|swallow|"
    r"chok(?:e|ed|ing)|a&e|emergency room|in hospital\b|to hospital\b|the hospital\b|injur|"
    r"sprained|broke my|i fell|caught fire|electric shock|"
    r"allergic reaction|came out in|"
    r"(?:une|l[ea]?'?|d'une) ?(?:aiguille|epingle)|aiguille|saigne|sang\b|brulure|brule la peau|me brule|m'a brule|"
    r"cloque|plaques? rouge|rougeurs|urticaire|eczema depuis|demangeaisons|gonfle|"
    r"avale|etouff|aux urgences|a l'hopital|blessee?s?\b|"
    r"je suis tombee?|entorse|reaction (?:de la peau|allergique|cutanee)|verletzt|"
    r"blutet|hautausschlag|sangrando|herida|"
    r"ferita|sangue|けが|出血"
)
_PERSON: Final = re.compile(
    r"(?:speak|talk|chat|connected?|put me through|transfer(?:red)?)\b.{0,25}\b(?:person|human|someone|somebody|agent|"
    r"adviser|advisor|manager|supervisor|operator|representative|member of staff)|real (?:person|human)|human (?:being|"
    r"please|agent)|not (?:a |with a )?(?:bot|robot|machine)|call me back|have "
    r"someone call|^\W*(?:person|human|agent|personne|conseiller|humain)\W*$|"
    r"(?:parler|discuter|echanger|joindre|contact\w*|appeler|rappel\w*|transfer\w*|"
    r"passez-moi|voir)\b.{0,30}\b(?:personne|quelqu'un|humain|"
    r"conseill\w+|responsable|operateur|etre humain|vraie? )|vraie? (?:personne|"
    r"humain|conseill\w+)|un humain|pas (?:a |avec )?un robot|robot|"
    r"echter mensch|einem menschen|mit jemandem|mitarbeiter|hablar con (?:una persona|"
    r"un humano|alguien|un agente)|persona real|"
    r"parlare con (?:una persona|un operatore|qualcuno)|operatore|falar com (?:uma pessoa|alguem|um atendente)|"
    r"z cz[lł]owiek|konsultant\w*|met een (?:mens|medewerker)|с человеком|с оператором|担当者|人と話|人工客服|真人"
)
_ABUSE: Final = re.compile(
    r"fuck|bullshit|shit\b|bastard|idiots?\b|moron|thieves|thief|crooks?|"
    r"scam(?:mers?)?\b|liars?|useless (?:lot|people|company)|"
    r"voleurs?|merde|connard|conne?s?\b|salop|encul|incapables?|escrocs?|arnaqueurs?|menteurs?|bande de|va te faire|"
    r"nuls? a chier|abrutis?|idiote?s?\b|scheiss|arschl|idioten|ladri|stronz|vaffan|ladrones|mierda|estafadores|kurw"
)
_ANGRY: Final = re.compile(
    r"furious|livid|disgrace|disgusted|disgusting|appalling|outrag|unacceptable|"
    r"ridiculous|a joke|worst (?:service|company|"
    r"experience)|never again|sick of|fed up|had enough|shame on you|how dare|"
    r"inadmissible|inacceptable|scandal|honteux|une honte|honte a|"
    r"furieu|ras le bol|marre|excedee?|lamentable|c'est du vol|plus jamais|vous vous moquez|vous foutez|se moque|"
    r"insupportable|inqualifiable|unverschamt|frechheit|wutend|vergogna|verguenza|indignante"
)
_CALM: Final = re.compile(r"[a-zà-ÿ]")
_SHOUTED_WORDS: Final = 6


def signal_of(text: str) -> str:
    """'safety', 'legal threat', 'anger' or 'asks for a person', the gravest first; '' where nothing says so."""
    bare = fold(text[:20_000].replace("’", "'"))
    if _SAFETY.search(bare):
        return "safety"
    if _LEGAL.search(bare):
        return "legal threat"
    if _ABUSE.search(bare) or (_ANGRY.search(bare) and (shouted(text) or bare.count("!") > 1)) or angry_face(text):
        return "anger"
    if _PERSON.search(bare):
        return "asks for a person"
    return "anger" if len(_ANGRY.findall(bare)) > 1 or (_ANGRY.search(bare) and shouted(text)) else ""


def shouted(text: str) -> bool:
    """Whether most of a message of some length is in capitals."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    return len(words) >= _SHOUTED_WORDS and sum(word.isupper() for word in words) > 0.6 * len(words)


def angry_face(text: str) -> bool:
    """Whether its signs say what its words don't."""
    return sum(text.count(face) for face in "😡🤬😠👿") > 1


def mild_anger(text: str) -> bool:
    """Displeasure that doesn't need a person by itself: the answer begins with regret."""
    bare = fold(text[:20_000].replace("’", "'"))
    return (
        bool(_ANGRY.search(bare)) or "!!" in text or re.search(r"disappoint|decu|deplor|upset|annoy", bare) is not None
    )
