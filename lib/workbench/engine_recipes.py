"""How to add an engine: the lines for ``.streamlit/secrets.toml``, what each means, and where a key comes from.

Addresses and names as the providers' own documentation gives them in November 2026.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from lib.engines.images.registry import LOCAL as CHECKPOINT
from lib.engines.images.registry import SERVED
from lib.engines.registry import MAKERS
from lib.i18n import N_
from lib.settings import EngineSettings, settings

PLACEHOLDER = "paste-your-key-here"
KIND = N_("The language that the server speaks; leave it as it is.")
MODEL = N_("Which of the provider's models answers; its list of models gives the names.")
ADDRESS = N_("Where the server is.")
LOCAL = N_("Allows an address on this machine or in your network. Without it such an address is refused.")
KEY = N_("The key, between the quotes.")
PRICE = N_(
    "Money per million tokens of input and of output, as in your contract. Fill them in and take the # away; without "
    "them no cost is known and a budget stops the engine."
)
PACE = (
    "concurrency, per_minute",
    N_(
        "For jobs over many rows: how many calls at once (16 unless you say otherwise, 2 for a model file), and how "
        "many may begin in a minute. Add both lines where your contract or your server sets limits."
    ),
)
# No figure stands there: one that is not the reader's own would be wrong and look right.
YOUR_PRICE = ("# price_input =", "# price_output =", '# currency = "EUR"')


@dataclass(frozen=True)
class Recipe:
    """One way to add an engine. ``title`` is a name, ``lines`` are TOML, the other texts are English message ids."""

    slug: str
    title: str
    kind: str
    lines: str
    fields: tuple[tuple[str, str], ...]
    key_from: str
    host: str = ""  # the end of the host's name, or ':port' of a server on one's own machine
    local: bool = False


def _engine(name: str, *lines: str) -> str:
    return "\n".join((f"[engines.{name}]", *lines)) + "\n"


RECIPES: tuple[Recipe, ...] = (
    Recipe(
        "openai",
        "OpenAI",
        "openai",
        _engine("openai", 'kind = "openai"', 'model = "gpt-6-luna"', f'key = "{PLACEHOLDER}"'),
        (("kind", KIND), ("model", MODEL), ("key", KEY), PACE),
        N_(
            "Sign in at platform.openai.com, open 'API keys' and create one. The environment variable OPENAI_API_KEY "
            "does the same without a line in the file."
        ),
        host="api.openai.com",
    ),
    Recipe(
        "azure",
        "Azure OpenAI",
        "openai",
        _engine(
            "azure",
            'kind = "openai"',
            'model = "your-deployment"',
            'base_url = "https://your-resource.openai.azure.com/openai/v1"',
            f'key = "{PLACEHOLDER}"',
            *YOUR_PRICE,
            'capabilities = { tokens_field = "max_completion_tokens", seed = false }',
        ),
        (
            ("kind", KIND),
            ("model", N_("The name that you gave the deployment, not the model's.")),
            ("base_url", N_("Your resource's address with /openai/v1 behind it.")),
            ("key", KEY),
            ("price_input, price_output, currency", PRICE),
            ("capabilities", N_("What newer models want to hear; take the line out for models before GPT-5.")),
            PACE,
        ),
        N_("In the Azure portal open your OpenAI resource, then 'Keys and endpoint'. Either of the two keys will do."),
        host=".azure.com",
    ),
    Recipe(
        "anthropic",
        "Anthropic",
        "anthropic",
        _engine("anthropic", 'kind = "anthropic"', 'model = "claude-haiku-5-5"', f'key = "{PLACEHOLDER}"'),
        (("kind", KIND), ("model", MODEL), ("key", KEY), PACE),
        N_(
            "Sign in at platform.claude.com, open 'API keys' and create one. The environment variable "
            "ANTHROPIC_API_KEY does the same without a line in the file."
        ),
        host="api.anthropic.com",
    ),
    Recipe(
        "mistral",
        "Mistral",
        "openai",
        _engine(
            "mistral",
            'kind = "openai"',
            'model = "mistral-small-latest"',
            'base_url = "https://api.mistral.ai/v1"',
            f'key = "{PLACEHOLDER}"',
            *YOUR_PRICE,
            "capabilities = { seed = false, stream_usage = false }",
        ),
        (
            ("kind", KIND),
            ("model", MODEL),
            ("base_url", ADDRESS),
            ("key", KEY),
            ("price_input, price_output, currency", PRICE),
            ("capabilities", N_("Two things that this server refuses, switched off.")),
            PACE,
        ),
        N_("Sign in at console.mistral.ai, open 'API keys' and create one."),
        host="api.mistral.ai",
    ),
    Recipe(
        "ollama",
        "Ollama",
        "openai",
        _engine(
            "ollama",
            'kind = "openai"',
            'model = "qwen3:8b"',
            'base_url = "http://127.0.0.1:11434/v1"',
            "local = true",
            "timeout = 180",
        ),
        (
            ("kind", KIND),
            ("model", N_("A model that this server has; 'ollama list' names them.")),
            ("base_url", ADDRESS),
            ("local", LOCAL),
            ("timeout", N_("Seconds of silence that are borne: loading a model takes time.")),
            PACE,
        ),
        N_("It needs no key. Install Ollama, fetch a model with 'ollama pull qwen3:8b', and leave it running."),
        host=":11434",
        local=True,
    ),
    Recipe(
        "vllm",
        "vLLM",
        "openai",
        _engine(
            "vllm",
            'kind = "openai"',
            'model = "Qwen/Qwen3-8B"',
            'base_url = "http://127.0.0.1:8000/v1"',
            "local = true",
        ),
        (
            ("kind", KIND),
            ("model", N_("The model that the server was started with.")),
            ("base_url", ADDRESS),
            ("local", LOCAL),
            PACE,
        ),
        N_("It needs no key, unless the server was started with one: then add a line key = with the same one."),
        host=":8000",
        local=True,
    ),
    Recipe(
        "lm_studio",
        "LM Studio",
        "openai",
        _engine(
            "lm_studio",
            'kind = "openai"',
            'model = "qwen3-8b"',
            'base_url = "http://127.0.0.1:1234/v1"',
            "local = true",
            "timeout = 180",
        ),
        (
            ("kind", KIND),
            ("model", N_("The identifier that LM Studio shows beside the loaded model.")),
            ("base_url", ADDRESS),
            ("local", LOCAL),
            ("timeout", N_("Seconds of silence that are borne: loading a model takes time.")),
            PACE,
        ),
        N_("It needs no key. In LM Studio open 'Developer', load a model and start the server."),
        host=":1234",
        local=True,
    ),
    Recipe(
        "gguf",
        "GGUF",
        "gguf",
        _engine("house_model", 'kind = "gguf"', 'path = "/models/some-model.gguf"', "threads = 4"),
        (
            ("kind", N_("A model file on this machine, which the app serves itself.")),
            ("path", N_("Where the file lies.")),
            ("threads", N_("How many of the machine's cores it may use; left out, all but one.")),
            ("sha256", N_("The file's checksum. Left out, the first use says what it is; add it then.")),
            PACE,
        ),
        N_("It needs no key. The file comes from whoever publishes the model; check its licence before you use it."),
    ),
    Recipe(
        "openai_images",
        "OpenAI",
        SERVED,
        _engine("pictures", f'kind = "{SERVED}"', 'model = "gpt-image-2.5-flare"', f'key = "{PLACEHOLDER}"'),
        (("kind", KIND), ("model", MODEL), ("key", KEY)),
        N_(
            "Sign in at platform.openai.com, open 'API keys' and create one. A key that is set for texts serves for "
            "pictures too: these lines are needed only for another model or another key."
        ),
        host="api.openai.com",
    ),
    Recipe(
        "diffusers",
        "diffusers",
        CHECKPOINT,
        _engine(
            "studio", f'kind = "{CHECKPOINT}"', 'path = "/models/some-checkpoint"', '# controlnet = "/models/some-net"'
        ),
        (
            ("kind", N_("A diffusion checkpoint on this machine, which the app runs itself.")),
            ("path", N_("The folder that save_pretrained made: safetensors only, no pickles and no code.")),
            ("controlnet", N_("The folder of a ControlNet for it. Left out, no drawing follows a picture’s lines.")),
        ),
        N_(
            "It needs no key. The checkpoint comes from whoever publishes it; check its licence before you use it. "
            "Where the hub can be reached, model = with its name there does instead of path."
        ),
    ),
)


def offered() -> tuple[Recipe, ...]:
    """The recipes whose kind of engine this version can run."""
    return tuple(recipe for recipe in RECIPES if recipe.kind in MAKERS or recipe.kind in (SERVED, CHECKPOINT))


def connected_as(recipe: Recipe) -> tuple[str, ...]:
    """The names of the configured engines that follow this recipe."""
    return tuple(engine.name for engine in settings().engines if _follows(engine, recipe))


def _follows(engine: EngineSettings, recipe: Recipe) -> bool:
    if engine.kind != recipe.kind:
        return False
    if not engine.base_url:
        return recipe.slug in ("openai", "anthropic", "gguf", "openai_images", "diffusers")
    if not recipe.host:
        return False
    try:
        parts = urlsplit(engine.base_url)
        port = parts.port
    except ValueError:  # the engine's own test says what is wrong with its address
        return False
    if recipe.host.startswith(":"):
        return engine.local and f":{port}" == recipe.host
    return (parts.hostname or "").endswith(recipe.host)
