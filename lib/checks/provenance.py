"""Whether a picture's file says that it was generated, and whether that mark outlives a resize.

Read as bytes and with Pillow: XMP with IPTC's digital source type, a C2PA manifest (that it is there, not whether its
signature holds), PNG texts and EXIF fields of the common generators. What was removed can't be seen: a file without a
mark may be generated all the same.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from io import BytesIO

from lib.checks.model import Finding, Verdict
from lib.errors import ToileError
from lib.i18n import N_

UNMARKED = N_("Nothing in this file says that it was generated. Export it again from its run, which writes the mark.")
CAMERA = N_("This file says that it is a photograph. If it was generated, export it again from its run.")
FRAGILE = N_(
    "The mark is in the file’s metadata: a site that resizes the picture drops it. Say beside the picture that "
    "AI made "
    "it, too."
)
NOT_A_PICTURE = N_("This file can’t be read as a picture. Check a PNG, JPEG or WebP file.")
LIMITS = N_(
    "Looks for marks that were written into the file. A mark that was removed leaves no trace, and a picture "
    "without a "
    "mark may be generated all the same. Of a C2PA manifest only the presence is read."
)
SOURCE_TYPE = re.compile(
    r"DigitalSourceType\s*(?:=\s*[\"']|>\s*|"
    r"rdf:resource\s*=\s*[\"'])(?:https?://cv\.iptc\.org/newscodes/digitalsourcetype/)?"
    r"([A-Za-z]+)"
)
GENERATED = frozenset(
    {
        "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia", "compositeSynthetic",
        "algorithmicallyEnhanced", "virtualRecording", "dataDrivenMedia", "digitalArt", "digitalCreation",
    }
)  # fmt: skip
PHOTOGRAPHED = frozenset({"digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print"})
# PNG texts that the common generators write, whatever they say, and names that a 'Software' field may hold.
OWN_TEXTS = frozenset(
    {"parameters", "prompt", "workflow", "sd-metadata", "invokeai_metadata", "dream", "generation_data"}
)
MAKERS = re.compile(
    r"stable diffusion|midjourney|dall[-·. ]?e|novelai|comfyui|invokeai|automatic1111|firefly|imagen|flux|"
    r"ideogram|leonardo|"
    r"gpt-image|openai|toile|made with ai|ai[- ]generated|généré par (?:une )?ia",
    re.I,
)
MANIFESTS = (b"caBX", b"C2PA", b"jumdc2pa")
EXIF_FIELDS = (305, 270, 315, 37510)  # software, description, artist, comment


@dataclass(frozen=True)
class Marks:
    """What a file says of itself. ``source_type`` is IPTC's term or ''; ``texts`` are the fields that name a "
    "generator."""

    source_type: str = ""
    manifest: bool = False
    texts: tuple[str, ...] = ()

    @property
    def generated(self) -> bool:
        """Whether the file says that it was generated."""
        if self.source_type in PHOTOGRAPHED:
            return False
        return self.source_type in GENERATED or self.manifest or bool(self.texts)


def marks(content: bytes) -> Marks:
    """The marks in a PNG, JPEG or WebP file.

    Raises:
        ToileError: not a picture.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as picture:
            said = {str(name): value for name, value in picture.info.items()}
            fields = picture.getexif()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ToileError(NOT_A_PICTURE) from error
    found = SOURCE_TYPE.search(html.unescape(_packet(said)))
    texts = [name for name, value in said.items() if name in OWN_TEXTS and value]
    named = {name: str(value) for name, value in said.items() if isinstance(value, str) and name not in OWN_TEXTS}
    named |= {f"exif {field}": str(fields[field]) for field in EXIF_FIELDS if field in fields}
    texts += [name for name, value in named.items() if "xmp" not in name.lower() and MAKERS.search(value)]
    return Marks(found[1] if found else "", any(sign in content for sign in MANIFESTS), tuple(texts))


def _packet(said: dict[str, object]) -> str:
    for name in ("XML:com.adobe.xmp", "xmp"):
        value = said.get(name)
        if isinstance(value, bytes):
            return value.decode("utf-8", "replace")
        if isinstance(value, str):
            return value
    return ""


def resized(content: bytes) -> bytes:
    """The picture at half its size, coded anew as most sites do: pixels only.

    Raises:
        ToileError: not a picture.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as picture:
            kind = picture.format or "PNG"
            small = picture.convert("RGB").resize((max(1, picture.width // 2), max(1, picture.height // 2)))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ToileError(NOT_A_PICTURE) from error
    clean = Image.new("RGB", small.size)
    clean.paste(small)
    file = BytesIO()
    clean.save(file, kind)
    return file.getvalue()


def provenance_findings(content: bytes, path: str = "") -> list[Finding]:
    """A warning where a generated picture's file doesn't say so; a note where a resize would drop what it says.

    Raises:
        ToileError: not a picture.
    """
    found = marks(content)
    if not found.generated:
        message = CAMERA if found.source_type in PHOTOGRAPHED else UNMARKED
        return [Finding(path, Verdict.WARN, message, kind="unmarked")]
    if not marks(resized(content)).generated:
        return [Finding(path, Verdict.NOTE, FRAGILE, kind="fragile")]
    return []
