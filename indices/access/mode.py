"""How this server knows who asks: by sign-in, not at all because nobody else reaches it, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

Mode = Literal["local", "signed", "read_only"]

_THROUGH_PROXY = ("forwarded", "x-forwarded-", "x-real-ip", "via")
"""Beginnings of the headers by which a proxy says that somebody else is behind it."""
_FROM_PAGE = ("origin", "referer")


def mode_of(*, signed: bool, address: str, headers: Mapping[str, str], peer: str | None = None) -> Mode:
    """The mode in which a request is answered.

    "signed" where sign-in is configured (`signed`); "local", one user who may do everything, where
    the server is bound to a loopback `address` and the request came from this machine and through no
    proxy; else "read_only". `headers` are those of the request, `peer` the address it came from (None
    where it is not known, or is this machine). A request without Host is no browser's: what a page
    of another site sends names its host, and one that only points its name here (DNS rebinding) too.
    """
    if signed:
        return "signed"
    given = {name.lower(): value for name, value in headers.items()}
    proxied = any(name.startswith(_THROUGH_PROXY) for name in given)
    hosts = [_host(f"//{given['host']}")] if "host" in given else []
    hosts += [_host(given[name]) for name in _FROM_PAGE if given.get(name)]
    here = all(is_loopback(host) for host in [address, *([peer] if peer else []), *hosts])
    return "local" if here and not proxied else "read_only"


def _host(address: str) -> str:
    """The host of an address; "" where it has none or is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this very machine."""
    plain = host.strip("[]").rstrip(".").lower()
    if plain == "localhost" or plain.endswith(".localhost"):
        return True
    try:
        found = ip_address(plain)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
