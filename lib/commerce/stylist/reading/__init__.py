"""Comments read: aspects with their values and what the client thinks of each."""

from lib.commerce.stylist.reading.reader import read_comment, read_sentence

__all__ = ["read_comment", "read_sentence"]
