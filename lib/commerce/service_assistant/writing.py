"""A reply in its channel's form: what the assistant says, what it quotes with its number, and the signature."""

from __future__ import annotations

import re
from typing import Final

from lib.commerce.service_assistant.answers import Quote, Reply, from_knowledge
from lib.commerce.service_assistant.case import Case
from lib.commerce.service_assistant.channels import formed
from lib.commerce.service_assistant.cleaning import LONGEST
from lib.commerce.service_assistant.glossary import explained
from lib.commerce.service_assistant.languages import notice
from lib.commerce.service_assistant.task import Answer
from lib.commerce.service_assistant.wording import say


def written(case: Case, reply: Reply) -> Answer:
    """The answer as it leaves, with the sections that it cites."""
    cited = list(
        {section.id: section for section in (*(quote.section for quote in reply.quotes), *reply.cited)}.values()
    )
    numbers = {section.id: number for number, section in enumerate(cited, start=1)}
    parts = [*_before(case, reply), *reply.points]
    parts += [_quoted(case, quote, numbers[quote.section.id]) for quote in reply.quotes]
    quoted = {quote.section.id for quote in reply.quotes}
    marks = "".join(f" [{numbers[section.id]}]" for section in cited if section.id not in quoted)
    if marks and parts:
        parts[-1] += marks
    gap = "\n\n" if case.channel in ("e-mail", "chat") else " "
    return Answer(
        text=formed(case.channel, case.answered, gap.join(part for part in parts if part)),
        cites=[section.id for section in cited],
        resolution=reply.resolution,
        language=case.answered,
        reason=reply.reason,
    )


def _before(case: Case, reply: Reply) -> list[str]:
    parts = [notice(case.inputs.language, case.answered)]
    if case.inputs.characters > LONGEST:
        parts.append(say("too_long", case.answered, n=LONGEST))
    if case.inputs.marked:
        parts.append(say("no_instructions", case.answered))
    if case.displeased and reply.resolution != "handed_over":
        parts.append(say("sorry", case.answered))
    return parts


def _quoted(case: Case, quote: Quote, number: int) -> str:
    """Sentences of a page, under its name, with its number; words explained where the page is in another language."""
    text = unmarked(" ".join(quote.sentences))
    if quote.section.language == case.answered:
        return f"{text} [{number}]"
    short = case.channel in ("text", "social")
    opened, closed = ("«\u202f", "\u202f»") if case.answered == "fr" else ("“", "”")
    said = f"{opened}{text}{closed} [{number}]"
    if not short:
        said = say("page_elsewhere", case.answered, heading=quote.section.heading) + " " + said
    twins = explained(text, case.answered, 3 if short else 7)
    words = "; ".join(f"{theirs} = {ours}" for theirs, ours in twins)
    return said + (" " + say("words", case.answered, words=words) if words else "")


_EMPHASIS: Final = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,200}?)(?<=\S)\1(?![\w*])")
_CODE: Final = re.compile(r"`([^`\n]{1,200})`")


def unmarked(text: str) -> str:
    """A page's words without Markdown's signs of emphasis: a client reads 'ask', not '*ask*'."""
    return _CODE.sub(r"\1", _EMPHASIS.sub(r"\2", text))


def as_draft(case: Case) -> str:
    """The answer that a person may begin from when they take over."""
    return written(case, from_knowledge(case)).text
