"""Where an exported picture comes from, written into the file itself: who drew it, with what, when, in which run.

Two layers. XMP with IPTC's digital source type (https://cv.iptc.org/newscodes/digitalsourcetype/) is in every picture;
anybody can read it and anybody can remove it. Where the owner of the installation has a signing certificate, a C2PA
manifest is added last, which shows any later change; see ``lib.files.signing``.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from xml.sax.saxutils import escape

from lib.files.signing import signed
from lib.files.xmp import CARRIERS, with_packet

__all__ = ["CARRIERS", "Provenance", "SourceType", "with_provenance"]
SOURCE_TYPES: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
NAMESPACE: Final = "urn:toile:provenance:1"


class SourceType(StrEnum):
    """IPTC's terms for what is made here.

    ``ALGORITHMIC`` is drawn by rules alone, ``TRAINED`` by a model that was trained on pictures. The other two hold a
    photo or scan beside what was drawn: mixed with what rules drew, or changed by a model.
    """

    ALGORITHMIC = "algorithmicMedia"
    TRAINED = "trainedAlgorithmicMedia"
    COMPOSITE_SYNTHETIC = "compositeSynthetic"
    COMPOSITE_TRAINED = "compositeWithTrainedAlgorithmicMedia"

    @classmethod
    def of(cls, *, model: bool, photo: bool = False) -> SourceType:
        """The term for a picture by a model or by rules, with or without a photo or scan in it."""
        if model:
            return cls.COMPOSITE_TRAINED if photo else cls.TRAINED
        return cls.COMPOSITE_SYNTHETIC if photo else cls.ALGORITHMIC

    @property
    def uri(self) -> str:
        """As it stands in the metadata."""
        return SOURCE_TYPES + self.value


@dataclass(frozen=True)
class Provenance:
    """What a picture says of itself. ``model`` is empty where rules drew it; ``date`` is the run's."""

    engine: str
    model: str
    run: str
    date: dt.datetime
    source_type: SourceType
    title: str = ""

    @classmethod
    def of_run(cls, run: Mapping[str, Any], source_type: SourceType, engine: str = "atelier") -> Provenance:
        """Of a run as ``lib.database.runs.get_run`` gives it; ``engine`` where the run names none."""
        date = dt.datetime.fromisoformat(run["started_at"])
        return cls(run.get("engine") or engine, run.get("model") or "", run["id"], date, source_type)


def with_provenance(content: bytes, media_type: str, provenance: Provenance) -> bytes:
    """``content`` (PNG, JPEG, WebP, SVG or PDF) that says where it comes from; a file of another kind as it is.

    The picture itself is not coded again. Call this last: whoever saves the file anew drops the signature.

    Raises:
        SettingsError: a signing certificate is configured and can't be used.
    """
    if media_type not in CARRIERS:
        return content
    return signed(with_packet(content, media_type, packet(provenance)), media_type, provenance_of(provenance))


def provenance_of(provenance: Provenance) -> dict[str, str]:
    """The facts as plain names and values; what isn't known is left out."""
    facts = {
        "engine": provenance.engine,
        "model": provenance.model,
        "run": provenance.run,
        "date": _instant(provenance.date),
        "digital_source_type": provenance.source_type.uri,
        "title": provenance.title,
    }
    return {name: _sayable(value) for name, value in facts.items() if value}


def packet(provenance: Provenance) -> str:
    """The XMP packet."""
    said = {name: escape(value) for name, value in provenance_of(provenance).items()}
    lines = [
        f"<Iptc4xmpExt:DigitalSourceType>{said['digital_source_type']}</Iptc4xmpExt:DigitalSourceType>",
        f"<xmp:CreatorTool>Toile ({said['engine']})</xmp:CreatorTool>",
        f"<xmp:CreateDate>{said['date']}</xmp:CreateDate>",
        *(f"<toile:{name}>{said[name]}</toile:{name}>" for name in ("engine", "model", "run") if name in said),
    ]
    if "model" in said:  # IPTC Photo Metadata 2025.1
        lines.append(f"<Iptc4xmpExt:AISystemUsed>{said['model']}</Iptc4xmpExt:AISystemUsed>")
    if "title" in said:
        title = f'<rdf:li xml:lang="x-default">{said["title"]}</rdf:li>'
        lines.append(f"<dc:title><rdf:Alt>{title}</rdf:Alt></dc:title>")
    return "\n".join([*_OPENS, *lines, *_CLOSES])


_OPENS: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    f' xmlns:toile="{NAMESPACE}">',
)
_CLOSES: Final = ("</rdf:Description>", "</rdf:RDF>", "</x:xmpmeta>", '<?xpacket end="r"?>')


def _instant(date: dt.datetime) -> str:
    return date.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _sayable(text: str) -> str:
    """``text`` on one line without control characters, which XML can't hold."""
    return " ".join("".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text).split())
