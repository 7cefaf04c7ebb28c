"""One index of the demo house's policies for all tests of the assistant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lib.commerce.service_assistant.knowledge import Place, elsewhere


@pytest.fixture(scope="session")
def place() -> Iterator[Place]:
    """The policies in a database of their own."""
    with elsewhere() as found:
        yield found
