"""Time from the click to the first token drawn on the product descriptions page, against the bare SDK in the same run.

The real app writes with the small model on this machine, and a browser notes by itself when the first word of the first
option stands in the page. In turn with it the bare SDK sends the very request that the page sent to the very same
server. The page can draw nothing before the answer's form (``{"options": [{"title": "``) has been written; the bare
SDK's time to that same character is in the detail.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from bench.model import Result, median

TURNS = 5
SLUG = "product_descriptions"
ENGINE = "SmolLM2"
LONGEST = 300_000  # milliseconds; the first turn loads the model and reads the whole prompt
FIRST_TEXT = re.compile(r'"title"\s*:\s*"[^"]')
# The browser clicks and looks by itself: asking it from outside would add the way there and back.
CLICK_AND_WATCH = """longest => new Promise((done, fail) => {
  const began = performance.now();
  const look = () => {
    const found = document.querySelector('.st-key-arriving');
    if (found && found.innerText.trim()) {
      observer.disconnect();
      done((performance.now() - began) / 1000);
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, {subtree: true, childList: true, characterData: true});
  setTimeout(() => fail(new Error('nothing was drawn')), longest);
  document.querySelector('.st-key-run button').click();
})"""


def _drawn(someone: Any) -> float:
    """Seconds from the click to the first word; then the page is left, which stops the writing."""
    someone.open(SLUG)
    found: float = someone.page.evaluate(CLICK_AND_WATCH, LONGEST)
    someone.page.goto("about:blank")
    return found


def _choose_engine(page: Page) -> None:
    box = page.locator('[data-testid="stSidebar"]').get_by_role("combobox", name="Engine")
    box.click()
    page.get_by_role("option", name=ENGINE).click()


def _last_request() -> tuple[Any, dict[str, Any]]:
    """The address of the app's model server, and the body of what the page sent last."""
    from lib.access import Actor, Role
    from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT as TASK
    from lib.database import connect
    from lib.database.runs import get_run
    from lib.engines.embedded.engine import SMOLLM2, EmbeddedEngine, plain
    from lib.engines.registry import engine
    from lib.tasks import Context
    from lib.tasks.asking import Asking
    from lib.tasks.prompts import prompt_of
    from lib.tasks.toolbox import Toolbox

    small = engine(SMOLLM2)
    assert isinstance(small, EmbeddedEngine)
    with connect() as database:
        row = next(iter(database.query("select * from runs where engine = ? order by rowid desc limit 1", [SMOLLM2])))
        actor = Actor(row["person_id"], row["workspace_id"], Role.EXECUTIVE)
        run = get_run(database, actor, row["id"])
        prompt = prompt_of(database, actor, TASK, run["prompt_hash"])
    context = Context(actor=actor, language=run["language"], seed=run["seed"])
    asking = Asking(TASK, TASK.inputs.model_validate(run["inputs"]), context, small, prompt, 300.0)
    asked = plain(asking.request(Toolbox(TASK, context, "", steered=True)))
    return small.place(), small._body(asked)


def _bare(place: Any, body: dict[str, Any]) -> tuple[float, float]:
    """Seconds to the first token, and to the first character of the first title, by the SDK alone."""
    import openai

    client = openai.OpenAI(api_key=place.key, base_url=place.base_url, max_retries=0)
    began, first, text = time.perf_counter(), 0.0, ""
    with client.chat.completions.create(**body) as stream:
        for chunk in stream:
            said = chunk.choices[0].delta.content if chunk.choices else None
            if said:
                first = first or time.perf_counter() - began
                text += said
            if FIRST_TEXT.search(text):
                break
    return first, time.perf_counter() - began


def _until_idle(place: Any) -> None:
    """Wait until the server has noticed that the last reader hung up: the next turn would share it otherwise."""
    import httpx2

    url = place.base_url.removesuffix("/v1") + "/slots"
    head = {"Authorization": f"Bearer {place.key}"}
    while any(slot.get("is_processing") for slot in httpx2.get(url, headers=head).json()):
        time.sleep(0.05)


def run() -> Result:
    """Medians of ``TURNS`` turns each, after one turn that loads the model and fills both sides' caches."""
    from lib.settings import settings
    from tests.e2e.app import browsing, context, serving, visit

    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address, browsing() as browser:
        os.environ |= {"TOILE_DB": f"{folder}/toile.db", "TOILE_SECRETS": f"{folder}/secrets.toml"}
        settings.cache_clear()
        with context(browser) as visitor:
            someone = visit(visitor, address)
            someone.page.set_default_timeout(LONGEST)
            someone.open(SLUG)
            _choose_engine(someone.page)
            someone.settle()
            _drawn(someone)
            place, body = _last_request()
            _until_idle(place)
            _bare(place, body)
            drawn, bare = [], []
            for _turn in range(TURNS):
                _until_idle(place)
                drawn.append(_drawn(someone))
                _until_idle(place)
                bare.append(_bare(place, body))
    first, text = [one for one, _other in bare], [other for _one, other in bare]
    detail = {"browser": drawn, "bare SDK, first token": first, "bare SDK, first character of the title": text}
    metric = "seconds from the click to the first token drawn on the product descriptions page"
    return Result("first_token", metric, median(drawn), median(first), "s", detail)
