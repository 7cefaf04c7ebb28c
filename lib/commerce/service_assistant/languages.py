"""Which language a message is in, recognised on this machine (py3langid), with what the conversation said before."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any, Final

from lib.commerce.service_assistant.cleaning import matter_of

ANSWERED: Final = ("en", "fr")  # languages that the built-in engine writes
NEAREST: Final = {"br": "fr", "ca": "fr", "co": "fr", "ht": "fr", "oc": "fr", "wa": "fr"}  # any other: English
KNOWN: Final = [
    "ar",
    "bg",
    "bn",
    "br",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fa",
    "fi",
    "fr",
    "ga",
    "gl",
    "he",
    "hi",
    "hr",
    "ht",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "ko",
    "lb",
    "lt",
    "lv",
    "mk",
    "ms",
    "nl",
    "no",
    "oc",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "sw",
    "th",
    "tr",
    "uk",
    "ur",
    "vi",
    "wa",
    "zh",
]
MARGIN: Final = 4.0  # by how much another language's log-likelihood has to lead; chosen on the half to tune
SHORT: Final = 3  # words: fewer say too little to leave the conversation's language
LEAST: Final = 6  # characters below which no language is guessed
_WORD: Final = re.compile(r"[^\W\d_]+")
_SCRIPTS: Final = (
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"),
    (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[\u0370-\u03ff]{2}"), "el"),
    (re.compile(r"[\u0900-\u097f]"), "hi"),
)
# Small words that only one of the two languages has: short messages are told by them.
_FRENCH: Final = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "une",
        "est",
        "et",
        "vous",
        "je",
        "mon",
        "ma",
        "mes",
        "pour",
        "pas",
        "que",
        "qui",
        "avec",
        "sur",
        "au",
        "aux",
        "cest",
        "jai",
        "ou",
        "dans",
        "mais",
        "ce",
        "cette",
        "vos",
        "votre",
        "svp",
        "bonjour",
        "merci",
        "combien",
        "quel",
        "quelle",
        "comment",
        "quand",
        "oui",
        "non",
        "cb",
        "cmt",
        "pr",
        "rdv",
        "commande",
        "taille",
        "robe",
        "colis",
        "livraison",
        "retour",
        "puis",
        "ca",
        "deja",
        "encore",
        "toujours",
        "chez",
        "bonsoir",
        "coucou",
        "horaires",
        "manteau",
        "pull",
        "jupe",
        "échange",
        "rendre",
        "carte",
        "cadeau",
    ]
)
_ENGLISH: Final = frozenset(
    [
        "the",
        "ship",
        "is",
        "are",
        "and",
        "you",
        "my",
        "i",
        "to",
        "for",
        "not",
        "what",
        "when",
        "where",
        "how",
        "can",
        "do",
        "does",
        "it",
        "of",
        "on",
        "in",
        "with",
        "your",
        "have",
        "has",
        "please",
        "hi",
        "hello",
        "thanks",
        "order",
        "size",
        "dress",
        "coat",
        "delivery",
        "return",
        "refund",
        "would",
        "will",
        "if",
        "a",
        "an",
        "be",
        "at",
        "from",
        "me",
        "shipped",
        "yet",
        "need",
        "want",
        "get",
        "yes",
        "store",
        "gift",
        "card",
        "open",
        "hours",
        "parcel",
        "got",
        "u",
        "ur",
        "wheres",
    ]
)


def recognise(text: str, before: str = "") -> str:
    """The language (ISO 639-1) of a message; ``before`` is the conversation's so far, kept where too little is said.

    An empty string where nothing can be told and nothing was said before.
    """
    bare = matter_of(text)
    words = [word.lower() for word in _WORD.findall(bare)]
    for pattern, language in _SCRIPTS:
        if len(pattern.findall(bare)) * 4 >= max(len(words), 1):
            return language
    if not words:
        return before
    counted = Counter({"fr": sum(word in _FRENCH for word in words), "en": sum(word in _ENGLISH for word in words)})
    first, second = counted.most_common(2)
    ours = first[0] if first[1] > second[1] else ""
    if ours and first[1] >= SHORT and 2 * first[1] > len(words):
        return ours
    if len(bare) < LEAST and not ours:
        return before
    if len(words) <= SHORT:
        return ours or before or _led(dict(_ranked(bare)), "")
    ranked = _ranked(bare)
    scores = dict(ranked)
    for language, count in counted.items():
        scores[language] = scores.get(language, -1e9) + 2.5 * count
    return _led(scores, before)


def _led(scores: dict[str, float], before: str) -> str:
    """The likeliest language; those that are expected have a lead."""
    led = {language: score + (MARGIN if language in (*ANSWERED, before) else 0) for language, score in scores.items()}
    return max(led, key=lambda language: led[language])


def answered_in(language: str) -> str:
    """The language that the built-in engine answers in."""
    return language if language in ANSWERED else NEAREST.get(language, "en")


def _ranked(text: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = [(str(name), float(score)) for name, score in _identifier().rank(text.lower())]
    return found


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(KNOWN))
    return identifier


# What a client reads in their own language above an answer in another one: it is a machine's, and a person is near.
NOTICE: Final = {
    "ar": "أجيب بالإنجليزية؛ يمكن لشخص أن يجيبك بلغتك: اكتب «person».",
    "bg": "Отговарям на английски; човек може да ви отговори на вашия език: напишете „person“.",
    "cs": "Odpovídám anglicky; ve vašem jazyce vám může odpovědět člověk: napište „person“.",
    "da": "Jeg svarer på engelsk; et menneske kan svare på dit sprog: skriv “person”.",
    "de": "Ich antworte auf Englisch; ein Mensch kann auf Deutsch antworten: Schreiben Sie „person“.",
    "el": "Απαντώ στα αγγλικά· ένας άνθρωπος μπορεί να απαντήσει στη γλώσσα σας: γράψτε «person».",
    "es": "Respondo en inglés; una persona puede contestarle en español: escriba «person».",
    "fi": "Vastaan englanniksi; ihminen voi vastata omalla kielelläsi: kirjoita ”person”.",
    "he": 'אני עונה באנגלית; אדם יכול לענות בשפתך: כתבו "person".',
    "hi": "मैं अंग्रेज़ी में उत्तर देता हूँ; कोई व्यक्ति आपकी भाषा में उत्तर दे सकता है: “person” लिखें।",
    "hu": "Angolul válaszolok; egy munkatárs az Ön nyelvén is tud felelni: írja be, hogy „person”.",
    "it": "Rispondo in inglese; una persona può risponderle in italiano: scriva «person».",
    "ja": "英語でお答えします。担当者が日本語でお答えすることもできます。「person」とご記入ください。",
    "ko": "영어로 답변드립니다. 담당자가 한국어로 답변해 드릴 수 있습니다. “person”이라고 적어 주세요.",
    "nl": "Ik antwoord in het Engels; een medewerker kan in uw taal antwoorden: schrijf ‘person’.",
    "no": "Jeg svarer på engelsk; et menneske kan svare på ditt språk: skriv «person».",
    "pl": "Odpowiadam po angielsku; człowiek może odpowiedzieć w Państwa języku: proszę napisać „person”.",
    "pt": "Respondo em inglês; uma pessoa pode responder em português: escreva “person”.",
    "ro": "Răspund în engleză; o persoană vă poate răspunde în limba dumneavoastră: scrieți „person”.",
    "ru": "Я отвечаю по-английски; человек может ответить на вашем языке: напишите «person».",
    "sv": "Jag svarar på engelska; en människa kan svara på ditt språk: skriv ”person”.",
    "tr": "İngilizce yanıt veriyorum; bir kişi size kendi dilinizde yanıt verebilir: “person” yazın.",
    "uk": "Я відповідаю англійською; людина може відповісти вашою мовою: напишіть «person».",
    "ca": "Responc en francès; una persona us pot respondre en català: escriviu «person».",
    "et": "Vastan inglise keeles; inimene saab vastata teie keeles: kirjutage „person“.",
    "fa": "به انگلیسی پاسخ می‌دهم؛ یک نفر می‌تواند به زبان شما پاسخ دهد: بنویسید «person».",
    "hr": "Odgovaram na engleskom; osoba vam može odgovoriti na vašem jeziku: napišite „person“.",
    "id": "Saya menjawab dalam bahasa Inggris; seseorang dapat menjawab dalam bahasa Anda: tulis “person”.",
    "is": "Ég svara á ensku; manneskja getur svarað á þínu tungumáli: skrifaðu „person“.",
    "lt": "Atsakau anglų kalba; žmogus gali atsakyti jūsų kalba: parašykite „person“.",
    "lv": "Es atbildu angļu valodā; cilvēks var atbildēt jūsu valodā: rakstiet „person“.",
    "ms": "Saya menjawab dalam bahasa Inggeris; seseorang boleh menjawab dalam bahasa anda: tulis “person”.",
    "sk": "Odpovedám po anglicky; vo vašom jazyku vám môže odpovedať človek: napíšte „person“.",
    "sl": "Odgovarjam v angleščini; človek vam lahko odgovori v vašem jeziku: napišite „person“.",
    "sq": "Përgjigjem në anglisht; një person mund t’ju përgjigjet në gjuhën tuaj: shkruani “person”.",
    "sr": "Одговарам на енглеском; особа вам може одговорити на вашем језику: напишите „person“.",
    "sw": "Ninajibu kwa Kiingereza; mtu anaweza kukujibu kwa lugha yako: andika “person”.",
    "th": "ฉันตอบเป็นภาษาอังกฤษ เจ้าหน้าที่สามารถตอบเป็นภาษาของคุณได้ โปรดพิมพ์ “person”",
    "ur": "میں انگریزی میں جواب دیتا ہوں؛ کوئی شخص آپ کی زبان میں جواب دے سکتا ہے: “person” لکھیں۔",
    "vi": "Tôi trả lời bằng tiếng Anh; nhân viên có thể trả lời bằng ngôn ngữ của bạn: hãy viết “person”.",
    "zh": "我用英语回答；工作人员可以用您的语言回答：请写“person”。",
}
NOTICE_ELSE: Final = {
    "en": "I answer in English; a person can answer in your language: write “person”.",
    "fr": (
        "Je réponds en français\u202f; une personne peut répondre dans votre "
        "langue\u00a0: écrivez «\u202fperson\u202f»."
    ),
}


def notice(language: str, answered: str) -> str:
    """What stands above an answer that isn't in the client's language; empty where it is."""
    if not language or language == answered:
        return ""
    written = language in NOTICE and (answered == "en") == (NEAREST.get(language) is None)
    return NOTICE[language] if written else NOTICE_ELSE[answered]
