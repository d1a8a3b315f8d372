"""Where a playground is and by which token it is known; light, as every start asks it."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

DEFAULT_TOKEN = "1000000001:playground-token-of-linying"  # noqa: S105 - opens nothing but this toy server


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this very machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host_is_loopback(host: str) -> bool:
    """Whether a Host header (`name:port`) names this very machine."""
    try:
        return is_loopback(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False


def url_is_loopback(url: str) -> bool:
    """Whether an address of the web leads to this very machine."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and is_loopback(parts.hostname or "")
