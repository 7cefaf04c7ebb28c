"""Attempts to instruct the model through what it reads: documents, notes, tool results.

Wording in the open is found by patterns in several languages, hidden text by its markup or its characters, coded text
by decoding it. This marks and takes out; it is no wall. What keeps an attack from doing harm is that code and
permissions decide which tools run. Kinds follow OWASP's LLM01 (2025).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from lib.checks.hidden_text import Unseen, turned, unseen
from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.checks.texts import texts_of
from lib.checks.wordings import find, plain
from lib.i18n import N_

FILE = "injection.toml"
LONGEST = 200_000  # characters that are looked through
SENTENCE = re.compile(r"(?<=[.!?…:])\s+|\n+")
UPPER_ROLE = re.compile(r"\b(?:SYSTEM|SYSTÈME|SYSTEME|ADMIN|OPERATOR)(?: (?:NOTE|PROMPT|MESSAGE|OVERRIDE))?\s*:")
MACHINE_TOKEN = re.compile(
    r"<\|[a-z_]{2,30}\|>(?:system|user|assistant|tool)?|<</?SYS>>|\[/?INST\]|^#{2,4}\s*(?:system|instructions?|assistant)\b[^\n]{0,40}",
    re.I | re.M,
)
# Languages that part no words, or whose letters the lists don't hold.
OTHER_SCRIPTS = re.compile(
    r"(?:无视|忽略|忘记|不要理会|無視|忘掉)[^。\n]{0,20}(?:指示|指令|说明|規則|规则|提示|要求)|"
    r"(?:以前|これまで|上記|前|すべて)の?[^。\n]{0,10}(?:指示|命令|ルール)[^。\n]{0,6}(?:無視|忘れ|従わ)|"
    r"(?:이전|위의|모든)[^.\n]{0,12}(?:지시|명령|지침)[^.\n]{0,8}무시|تجاهل[^.\n]{0,24}(?:التعليمات|الأوامر|تعليمات)|"
    r"(?:игнориру|забудь|не обращай)\w*[^.\n]{0,30}(?:инструкци|указани|правил|что)\w*",
    re.I,
)
ADDRESSED = re.compile(
    r"\b(?:assistants?|ai|ia|llms?|gpt|models?|modeles?|chat ?bots?|bots?|prompt|system|systeme|"
    r"ignore\w*|oublie\w*|instructions?|consignes?|say|reply|answer|tell|rate|rank|recommend|recommande\w*|reponds|dis|dites|annonce\w*|affirme\w*|"
    r"note[zr]?|classe[zr]?|approve|accepte\w*|approuve\w*)\b"
)
SQUEEZED = re.compile(
    r"ignore(?:all|the|previous|toutes|les|vos|tes)|previousinstructions|instructionsprecedentes|systemprompt|promptsysteme|disregard|"
    r"oublie(?:z|tes|toutes|les|vos)|reveal|yourinstructions|tesconsignes|vosconsignes|developermode"
)
MESSAGES: dict[str, str] = {
    "override": N_("“{passage}” tells the model to drop its instructions. Take it out, or don't use this source."),
    "role": N_("“{passage}” tries to give the model another role. Take it out, or don't use this source."),
    "exfiltration": N_("“{passage}” asks the model to give away what it must keep. Don't use this source."),
    "steering": N_("“{passage}” tells the model what to say or decide. Take it out before the text is used."),
    "hidden": N_("A passage that readers can't see says “{passage}”. Take it out, or don't use this source."),
    "encoded": N_("A coded passage says “{passage}”. Take it out, or don't use this source."),
}
LIMITS = N_(
    "Looks through what was given for instructions to a machine, in the open, hidden or coded. A new wording gets "
    "through, so nothing may hang on it: which tools run is decided by rights, not by this check."
)
IN_A_RESULT = N_("What the tool “{tool}” gave instructs the model: “{passage}”. Correct the record that it comes from.")
CALLED = N_("A call of a tool held a mark of the instructions: something tried to carry them off. Don't use this run.")
CANARY_LIMITS = N_(
    "Looks for a random mark that stands in the instructions of this run alone, in the open, spaced, reversed or "
    "coded. Instructions that are told in other words aren't seen."
)
CANARY = N_("The text repeats a mark that was planted where it must not be read out: something private leaked.")


def injection_findings(text: str, path: str = "") -> list[Finding]:
    """Each attempt in ``text``, in reading order, as a WARN; ``values`` hold the passage, decoded."""
    text = text[:LONGEST]
    found = [(start, end, kind, says) for start, end, kind, says in _marks(text)]
    kept: list[tuple[int, int, str, str]] = []
    for mark in sorted(found, key=lambda one: (one[2] not in ("hidden", "encoded"), one[0] - one[1])):
        if not any(mark[0] < end and start < mark[1] for start, end, _kind, _says in kept):
            kept.append(mark)
    return [
        Finding(path, Verdict.WARN, MESSAGES[kind], {"passage": _short(says)}, start, end, kind=kind)
        for start, end, kind, says in sorted(kept)
    ]


def _marks(text: str) -> Iterator[tuple[int, int, str, str]]:
    for passage in unseen(text):
        if _suspect(passage, text):
            yield passage.start, passage.end, "encoded" if passage.coded else "hidden", passage.says
    for passage in turned(text):
        if find(passage.says, FILE, "any"):
            yield passage.start, passage.end, "encoded", passage.says
    for hit in find(text, FILE, "any"):
        yield hit.start, hit.end, hit.rule.kind, text[hit.start : hit.end]
    for match in OTHER_SCRIPTS.finditer(text):
        yield match.start(), match.end(), "override", match[0]
    for pattern in (UPPER_ROLE, MACHINE_TOKEN):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), "role", match[0]


def _suspect(passage: Unseen, text: str) -> bool:
    """Whether an unseen passage is worth a mark: hidden words always, comments if they address a machine."""
    said = plain(passage.says).text
    if passage.coded:
        return bool(find(passage.says, FILE, "any") or SQUEEZED.search(said) or ADDRESSED.search(said))
    opening = text[passage.start : passage.start + 9].lower()
    if opening.startswith(
        ("<!--", "<input", "[//]", "[comment", "/*", "<template", "<noscript", "<script", "<meta", "<style")
    ):
        return bool(find(passage.says, FILE, "any") or re.match(r"\W*(?:\w+ ){0,2}?" + ADDRESSED.pattern, said))
    return len(said.split()) >= 2 or not said


def _short(text: str, most: int = 120) -> str:
    shown = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def instructs(sentence: str) -> bool:
    """Whether one sentence has the form of an instruction to a machine."""
    return bool(injection_findings(sentence))


def without_instructions(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its sentences that instruct a machine, and those sentences."""
    kept: list[str] = []
    marked: list[str] = []
    findings = injection_findings(text)
    place = 0
    for match in [*SENTENCE.finditer(text), None]:
        end = match.start() if match else len(text)
        hit = any(place < (f.end or 0) and (f.start or 0) < end for f in findings)
        (marked if hit else kept).append(text[place:end])
        place = match.end() if match else end
    return (" ".join(kept).strip() if marked else text, tuple(part for part in marked if part.strip()))


def new_canary() -> str:
    """A random mark to plant in a document or a system prompt; 80 bits, so that no text holds it by chance."""
    return f"canary-{secrets.token_hex(10)}"


def canary_in(output: Any, canaries: Iterable[str]) -> list[Finding]:
    """A FAIL for each text of ``output`` that holds one of ``canaries``: in the open, spaced, turned round or coded."""
    wanted = [_bare(canary) for canary in canaries if _bare(canary)]
    found: list[Finding] = []
    for path, text in texts_of(output):
        told = [text, *(passage.says for passage in unseen(text))]
        bare = [_bare(one) for one in told]
        if any(canary in one or canary[::-1] in one for canary in wanted for one in bare):
            found.append(Finding(path, Verdict.FAIL, CANARY, kind="canary"))
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", plain(text).text)


def canary_of(run_id: str) -> str:
    """The mark that is planted in the instructions of one run: the same after a pause, and told by no text before it.

    A run's id holds 80 random bits and is told to no engine; its digest doesn't tell it.
    """
    return f"canary-{hashlib.blake2b(run_id.encode(), digest_size=10, person=b'toile canary').hexdigest()}"


def canary_check(canaries: Sequence[str] = (), calls: Sequence[str] = ()) -> Check:
    """The check that neither an output nor the ``calls`` of tools that an engine wrote hold one of ``canaries``."""

    def run(_inputs: Any, output: Any, _language: str) -> CheckResult:
        called = (replace(found, field="", message=CALLED, evidence="calls") for found in canary_in(calls, canaries))
        return CheckResult("canary", (*canary_in(output, canaries), *list(called)[:1]))

    return Check("canary", N_("Its instructions stay private"), run, CANARY_LIMITS)


def injection_check(results: Sequence[tuple[str, Any]] = ()) -> Check:
    """The check over every text that was given to the task, and over what its tools gave: (tool, decoded result)."""

    def run(inputs: Any, _output: Any, _language: str) -> CheckResult:
        return CheckResult("injection", (*_in_inputs(inputs), *_in_results(results)))

    return Check("injection", N_("Instructions hidden in what was given"), run, LIMITS)


def _in_inputs(inputs: Any) -> Iterator[Finding]:
    """Findings speak of the inputs, so they have no place in the output."""
    for path, text in texts_of(inputs):
        for found in injection_findings(text, path):
            yield replace(found, field="", start=None, end=None, evidence=path)


def _in_results(results: Sequence[tuple[str, Any]]) -> Iterator[Finding]:
    """Each attempt once, however often the same record was looked up."""
    seen: set[tuple[str, str]] = set()
    for tool, result in results:
        for path, text in texts_of(result, every=True):
            for found in injection_findings(text, path):
                passage = str(found.values["passage"])
                if (tool, passage) not in seen:
                    seen.add((tool, passage))
                    values = {"tool": tool.replace("_", " "), "passage": passage}
                    evidence = f"tools.{tool}.{path}"
                    yield Finding("", Verdict.WARN, IN_A_RESULT, values, evidence=evidence, kind=found.kind)


INJECTION = injection_check()
CANARIES = canary_check()
