"""Inner addresses are for those whom the owner of the installation let in."""

from __future__ import annotations

import pytest

from lib.engines.text.addresses import check_address
from lib.errors import EngineError, EngineNotConfigured, EngineUnavailable
from lib.settings import EngineSettings

INNER = [
    "http://127.0.0.1:8000/v1",
    "http://localhost:8000/v1",
    "http://127.1/v1",
    "http://2130706433/v1",
    "http://0.0.0.0/v1",
    "http://[::1]/v1",
    "http://[::ffff:127.0.0.1]/v1",
    "http://[::ffff:10.0.0.1]/v1",
    "http://[64:ff9b::7f00:1]/v1",
    "http://[2002:7f00:1::]/v1",
    "http://10.1.2.3/v1",
    "http://172.16.0.1/v1",
    "http://192.168.1.1/v1",
    "http://169.254.169.254/latest",
    "http://[fe80::1]/v1",
    "http://[fd00::1]/v1",
    "http://100.64.0.1/v1",
    "http://224.0.0.1/v1",
]
PUBLIC = ["https://8.8.8.8/v1", "https://[2606:4700::1111]/v1"]


def check(url: str, local: bool = False, key: str = "") -> None:
    check_address(EngineSettings("loop", "openai", "m", key=key, local=local), url, "Loop")


@pytest.mark.parametrize("url", INNER)
def test_inner_addresses_need_the_owners_leave(url: str) -> None:
    with pytest.raises(EngineNotConfigured, match="local = true"):
        check(url)
    check(url, local=True)


@pytest.mark.parametrize("url", PUBLIC)
def test_public_addresses_are_free(url: str) -> None:
    check(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "8.8.8.8",
        "ftp://8.8.8.8",
        "file:///etc/passwd",
        "https://",
        "https://me:pw@8.8.8.8/v1",
        "https://8.8.8.8:x/",
    ],
)
@pytest.mark.parametrize("local", [True, False])
def test_malformed_addresses_are_explained(url: str, local: bool) -> None:
    with pytest.raises(EngineNotConfigured, match="base_url"):
        check(url, local)


def test_a_key_does_not_travel_in_the_clear() -> None:
    with pytest.raises(EngineNotConfigured, match="encrypted"):
        check("http://8.8.8.8/v1", key="sk-1")
    check("http://8.8.8.8/v1")


def test_a_host_that_nobody_knows() -> None:
    with pytest.raises((EngineUnavailable, EngineNotConfigured)) as caught:
        check("https://no-such-host.invalid/v1")
    assert isinstance(caught.value, EngineError)
