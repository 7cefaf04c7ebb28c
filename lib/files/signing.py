"""C2PA manifests: a signed statement in the file of where it comes from, which shows any later change to it.

Configured in ``secrets.toml``::

    [signing]
    certificate = "/etc/toile/chain.pem"   # the signer's certificate, then those above it
    key = "/etc/toile/key.pem"             # PKCS#8, without a password
    algorithm = "es256"                    # optional; es384, es512, ps256, ps384, ps512, ed25519
    timestamp = "https://..."              # optional: a timestamp authority (RFC 3161), asked at each export

Specification: C2PA 2.2 (2025), https://spec.c2pa.org.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from lib.errors import SettingsError
from lib.i18n import N_
from lib.settings import Signing, settings

GENERATOR: Final = "Toile"
NO_FILE = N_(
    "The signing certificate or its key can’t be read ({name}). Correct the paths under [signing] in secrets.toml, or "
    "take that table out to export without a signature."
)
NO_SIGNATURE = N_(
    "The file can’t be signed: {reason}. Correct the certificate, its key and the algorithm under [signing] in "
    "secrets.toml, or take that table out to export without a signature."
)


_ALGORITHMIC: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
_NOTHING: Final = bytes.fromhex(  # a PNG of one grey pixel
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63680000008200"
    "8177cd72b60000000049454e44ae426082"
)


def signed(content: bytes, media_type: str, facts: Mapping[str, str]) -> bytes:
    """``content`` with a manifest that states ``facts``, where a certificate is configured; else as it is.

    Raises:
        SettingsError: a certificate is configured and can't be used. Nothing is exported unsigned behind its back.
    """
    signing = settings().signing
    if signing is None:
        return content
    from c2pa import Builder, C2paError, C2paSignerInfo, Signer

    info = C2paSignerInfo(
        signing.algorithm.encode(),
        _read(signing.certificate).encode(),
        _read(signing.key).encode(),
        signing.timestamp.encode() if signing.timestamp else None,
    )
    file = BytesIO()
    try:
        with Signer.from_info(info) as signer, Builder(json.dumps(manifest(media_type, facts))) as builder:
            builder.sign(signer, media_type, BytesIO(content), file)
    except C2paError as error:
        # The library's words name what is wrong with a certificate; they never quote the key.
        raise SettingsError(NO_SIGNATURE, reason=str(error)[:200]) from None
    return file.getvalue()


def check_signing() -> None:
    """Pass silently where files can be signed, or needn't be: told before a person asks for one.

    Raises:
        SettingsError: a certificate is configured and can't be used.
    """
    signing = settings().signing
    if signing is not None:
        _tried(signing, *(_changed(path) for path in (signing.certificate, signing.key)))


@lru_cache(maxsize=4)
def _tried(signing: Signing, *changed: int) -> None:
    """Sign a picture of nothing; once for each state of the files."""
    facts = {"engine": "atelier", "run": "trial", "date": "2026-01-01T00:00:00Z"}
    signed(_NOTHING, "image/png", {**facts, "digital_source_type": _ALGORITHMIC})


def _changed(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        raise SettingsError(NO_FILE, name=Path(path).name) from None


def manifest(media_type: str, facts: Mapping[str, str]) -> dict[str, Any]:
    """The manifest's definition: that the file was created, by what software, from what kind of source."""
    agent = {"name": f"{GENERATOR} ({facts['engine']})"}
    if "model" in facts:
        agent["version"] = facts["model"]
    created = {
        "action": "c2pa.created",
        "when": facts["date"],
        "digitalSourceType": facts["digital_source_type"],
        "softwareAgent": agent,
    }
    return {
        "claim_generator_info": [{"name": GENERATOR}],
        "format": media_type,
        "title": facts.get("title") or facts["run"],
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [created]}},
            {"label": "toile.run", "data": {name: facts[name] for name in ("engine", "model", "run") if name in facts}},
        ],
    }


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(NO_FILE, name=Path(path).name) from None


__all__ = ["Signing", "check_signing", "manifest", "signed"]
