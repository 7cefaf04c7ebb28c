"""The other sides: bare clients that send the same request and read the text of the answer, and do nothing with it.

``python -m bench.bulk.bare HOW URL FILE CONCURRENCY``: for each number on standard input makes that many calls and
prints the processor seconds that they took. HOW is 'threads' (openai's client in threads), 'async' (its async client)
or 'litellm' (``litellm.batch_completion``). ``FILE`` holds the request's body.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any


def threads(url: str, body: dict[str, Any], at_once: int) -> Callable[[int], None]:
    """One client for all threads, as its documentation says."""
    import openai

    client = openai.OpenAI(api_key="bench", base_url=url, max_retries=0)
    pool = ThreadPoolExecutor(at_once)

    def call(_number: int) -> str:
        return client.chat.completions.create(**body).choices[0].message.content or ""

    def calls(count: int) -> None:
        assert all(pool.map(call, range(count)))

    return calls


def asynchronous(url: str, body: dict[str, Any], at_once: int) -> Callable[[int], None]:
    """The async client and as many coroutines."""
    import openai

    loop = asyncio.new_event_loop()
    client = openai.AsyncOpenAI(api_key="bench", base_url=url, max_retries=0)

    async def work(numbers: Any) -> None:
        for _number in numbers:
            assert (await client.chat.completions.create(**body)).choices[0].message.content

    async def all_of(count: int) -> None:
        numbers = iter(range(count))
        await asyncio.gather(*(work(numbers) for _worker in range(at_once)))

    return lambda count: loop.run_until_complete(all_of(count))


def litellm(url: str, body: dict[str, Any], at_once: int) -> Callable[[int], None]:
    """litellm's call for many rows."""
    peer: Any = import_module("litellm")
    rest = {name: value for name, value in body.items() if name not in ("model", "messages")}

    def calls(count: int) -> None:
        answers = peer.batch_completion(
            model=f"openai/{body['model']}",
            messages=[body["messages"]] * count,
            api_base=url,
            api_key="bench",
            max_workers=at_once,
            num_retries=0,
            **rest,
        )
        assert all(answer.choices[0].message.content for answer in answers)

    return calls


HOW = {"threads": threads, "async": asynchronous, "litellm": litellm}


def main() -> None:
    """See the module."""
    how, url, file, at_once = sys.argv[1:5]
    calls = HOW[how](url, json.loads(Path(file).read_text(encoding="utf-8")), int(at_once))
    for line in sys.stdin:
        began = time.process_time()
        calls(int(line))
        print(time.process_time() - began, flush=True)


if __name__ == "__main__":
    main()
