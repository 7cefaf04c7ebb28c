"""The installation's settings: environment variables, then ``.streamlit/secrets.toml``; read once and typed."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from lib.errors import SettingsError
from lib.i18n import N_

# Where lxml is installed (python-pptx brings it), openpyxl reads uploads with it instead of with defusedxml, which
# refuses entities. It decides when it is imported; this module is imported before.
os.environ["OPENPYXL_LXML"] = "False"

ROOT = Path(__file__).resolve().parent.parent
NUMERICAL_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
NO_SIGNING = N_(
    "The table [signing] in secrets.toml has a field that is unknown or missing. It needs certificate and key, the "
    "paths of two PEM files; algorithm and timestamp are optional."
)


def one_thread() -> None:
    """One thread each for the numerical libraries; called before any of them is loaded.

    Their own threads spin while they wait for each other: two people's analyses on two cores then take ten times as
    long as one after the other.
    """
    for name in NUMERICAL_THREADS:
        os.environ.setdefault(name, "1")


@dataclass(frozen=True)
class EngineSettings:
    """One engine that the owner of the installation configured. The key stays here: ``repr`` does not show it."""

    name: str
    # 'openai' (and every compatible server), 'anthropic', 'gguf' (a model file on this machine); for pictures
    # 'openai-images' (and every compatible server), 'diffusers' (a checkpoint on this machine)
    kind: str
    model: str = ""  # empty: the kind's default
    key: str = field(default="", repr=False)
    base_url: str = ""
    title: str = ""
    local: bool = False  # a loopback or private address is allowed because the owner wrote it here
    price_input: float | None = None  # money per million tokens
    price_output: float | None = None
    price_image: float | None = None  # money for a picture
    currency: str = "USD"
    timeout: float = 60.0  # seconds of silence that are borne before a call counts as failed
    capabilities: dict[str, Any] = field(default_factory=dict)  # over lib/engines/models.toml; see ``Capabilities``
    embedding_model: str = ""  # the model for ``lib.engines.embeddings``; empty: the kind's default
    path: str = ""  # of a GGUF file, or of a diffusers checkpoint's folder
    controlnet: str = ""  # the folder of a ControlNet for that checkpoint
    sha256: str = ""  # of that file
    threads: int | None = None  # processor threads for that file's model; None: all cores but one
    concurrency: int | None = None  # calls at once for all jobs together; None: the kind's default
    per_minute: int | None = None  # calls begun in a minute for all jobs together; None: no limit


@dataclass(frozen=True)
class Signing:
    """What exported pictures are signed with; see ``lib.files.signing``. The key stays in its file until it is used."""

    certificate: str  # path of the chain in PEM, the signer's own first
    key: str  # path
    algorithm: str = "es256"
    timestamp: str = ""  # address of a timestamp authority


@dataclass(frozen=True)
class Settings:
    """All settings of the installation."""

    database: Path
    artefacts: Path
    engine_folder: Path  # where the processes of this installation find each other's model servers
    engines: tuple[EngineSettings, ...] = ()
    max_upload_bytes: int = 50 * 1024 * 1024
    max_rows: int = 100_000
    max_pixels: int = 50_000_000
    exchange: dict[str, float] = field(default_factory=dict)  # one euro in other currencies, over models.toml
    signing: Signing | None = None
    auth: dict[str, Any] = field(default_factory=dict, repr=False)  # see ``lib.access.read_log_in``; holds secrets
    access: dict[str, Any] = field(default_factory=dict)


def _secrets() -> dict[str, Any]:
    path = Path(os.environ.get("TOILE_SECRETS", ROOT / ".streamlit" / "secrets.toml"))
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        # The parser's own message may quote the line, and the line may hold a key: it is left out on purpose.
        raise SettingsError(
            N_("The file {path} is not valid TOML. Correct it, then start the app again."), path=path.name
        ) from error


def _engine(name: str, row: dict[str, Any]) -> EngineSettings:
    try:
        return EngineSettings(name=name, **{key: value for key, value in row.items() if key != "name"})
    except TypeError as error:
        raise SettingsError(
            N_("The engine '{name}' in secrets.toml has a field that is unknown or missing. It needs at least kind."),
            name=name,
        ) from error


def _signing(row: dict[str, Any]) -> Signing | None:
    if not row:
        return None
    if not all(isinstance(value, str) for value in row.values()) or not row.get("certificate") or not row.get("key"):
        raise SettingsError(NO_SIGNING)
    try:
        return Signing(**row)
    except TypeError:
        raise SettingsError(NO_SIGNING) from None


def read_settings() -> Settings:
    """Read the settings afresh. Engines come from ``[engines.NAME]`` tables and from the two usual key variables.

    Raises:
        SettingsError: the file cannot be read, or an engine's table makes no sense.
    """
    secrets = _secrets()
    engines = {name: _engine(name, row) for name, row in secrets.get("engines", {}).items()}
    for kind, variable in (("openai", "OPENAI_API_KEY"), ("anthropic", "ANTHROPIC_API_KEY")):
        key = os.environ.get(variable) or secrets.get(variable, "")
        if key and kind not in engines:
            engines[kind] = EngineSettings(name=kind, kind=kind, model="", key=key.strip())
    database = Path(os.environ.get("TOILE_DB", ROOT / "data" / "toile.db"))
    return Settings(
        database=database,
        artefacts=Path(os.environ.get("TOILE_ARTEFACTS", database.parent / "artefacts")),
        engine_folder=Path(os.environ.get("TOILE_ENGINE_FOLDER", database.parent / "engines")),
        engines=tuple(engines.values()),
        exchange=dict(secrets.get("exchange", {})),
        signing=_signing(secrets.get("signing", {})),
        auth=dict(secrets.get("auth", {})),
        access=dict(secrets.get("access", {})),
        max_upload_bytes=int(os.environ.get("TOILE_MAX_UPLOAD_MB", "50")) * 1024 * 1024,
        max_rows=int(os.environ.get("TOILE_MAX_ROWS", "100000")),
    )


@cache
def settings() -> Settings:
    """The settings as they were when first asked for. Tests call ``settings.cache_clear()`` after changing them."""
    return read_settings()
