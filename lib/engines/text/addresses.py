"""Where an engine may be reached: at public addresses, at inner ones only where the owner wrote ``local = true``."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from lib.errors import EngineNotConfigured, EngineUnavailable
from lib.i18n import N_
from lib.settings import EngineSettings

MALFORMED = N_(
    "The address of {engine} is not usable. Write 'base_url' in secrets.toml as https://host/v1, without a name or "
    "password in it."
)
INNER = N_(
    "The address of {engine} leads to this machine or into the private network, which is not allowed by default. If "
    "that is meant, the owner of the installation sets local = true for this engine in secrets.toml."
)
OPEN_KEY = N_(
    "The address of {engine} is not encrypted, so its key would be readable on the way. Write 'base_url' with https:// "
    "in secrets.toml."
)
UNKNOWN_HOST = N_("The host of {engine} is unknown. Check the network and 'base_url' in secrets.toml.")
BAD_KEY = N_(
    "The key of {engine} holds a line break, a blank or another character that no key has. Copy it again into "
    "secrets.toml or the environment, without anything around it."
)


def check_address(settings: EngineSettings, base_url: str, title: str) -> None:
    """Pass silently when ``base_url`` may be called. All addresses that the host resolves to are looked at.

    Raises:
        EngineNotConfigured: it is malformed, or inner without the owner's leave, or would send a key in the clear.
        EngineUnavailable: its host has no address.
    """
    try:
        parts = urlsplit(base_url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise EngineNotConfigured(MALFORMED, engine=title) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise EngineNotConfigured(MALFORMED, engine=title)
    if settings.local:
        return
    if any(_inner(address) for address in _addresses(parts.hostname, port, title)):
        raise EngineNotConfigured(INNER, engine=title)
    if parts.scheme == "http" and settings.key:
        raise EngineNotConfigured(OPEN_KEY, engine=title)


def check_key(settings: EngineSettings, title: str) -> None:
    """Pass silently when the key can stand in a header. The transport's own error would quote it.

    Raises:
        EngineNotConfigured: it holds a line break, a blank or a character outside ASCII.
    """
    if any(not "!" <= character <= "~" for character in settings.key):
        raise EngineNotConfigured(BAD_KEY, engine=title)


def _addresses(host: str, port: int, title: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        if getproxies().keys() & {"https", "http", "all"} and not proxy_bypass(host):
            return []  # behind a proxy only the proxy knows the names outside
        raise EngineUnavailable(UNKNOWN_HOST, engine=title) from None
    return [str(entry[4][0]) for entry in found]


# RFC 6052: IPv4 addresses inside IPv6 ones, which a translating network sends on to the IPv4 address.
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def _inner(address: str) -> bool:
    """True for loopback, private, link-local, shared and reserved addresses, also inside an IPv6 wrapping."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in TRANSLATED:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return _inner(str(wrapped))
    return not ip.is_global or ip.is_multicast
