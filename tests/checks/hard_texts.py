"""Texts that break careless readers: empty, very long, half a surrogate, right to left, marks without letters."""

HARD_TEXTS = {
    "empty": "",
    "blank": " \n\t\u00a0 ",
    "long_words": "linen coat " * 18_000,
    "long_figures": "1234 " * 40_000,
    "one_long_word": "a" * 200_000,
    "long_letters_apart": "a " * 100_000,
    "capitals": "Ada Lune " * 22_000,
    "surrogate": "a coat \ud83d in wool",
    "right_to_left": "מעיל צמר \u202e100\u202c معطف",
    "marks": "\u0301\u200b\u200d\ufeff" * 50,
    "newlines": "\r\n\u2028\u2029\x00\x0b" * 20,
    "markup": "<script>alert(1)</script> {{ 7 * 7 }} {name} %s",
}
