"""The words of fashion in French and English: materials, colours, cuts, details, care, countries.

One concept has one id and its forms in both languages, with what grammar needs (gender, number, a preposed adjective,
a postposed phrase). ``find`` says where a text speaks of which concept, ``recognise`` reads one attribute's value,
``say`` puts a concept into words. The words are data, in ``terms/*.toml``; adding one needs no code.
"""

from lib.vocabulary.concepts import Concept, Form, concept, concepts, kinds, textbook_properties
from lib.vocabulary.matching import Mention, find, recognise
from lib.vocabulary.phrases import Grammar, grammar, phrase
from lib.vocabulary.speech import say

__all__ = [
    "Concept",
    "Form",
    "Grammar",
    "Mention",
    "concept",
    "concepts",
    "find",
    "grammar",
    "kinds",
    "phrase",
    "recognise",
    "say",
    "textbook_properties",
]
