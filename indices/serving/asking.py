"""Who asks, as far as the request itself tells: from this machine, over TLS, by which visitor."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import Scope

from indices.access.mode import mode_of

Identity = Callable[[Scope], str | None]
"""Gives the name of who is signed in, from the signed cookie of a request; None for everybody else."""

# Visitors are told apart in memory only, and by a number that nobody can turn back into a name.
_SALT = secrets.token_bytes(16)


def from_this_machine(scope: Scope) -> bool:
    """Whether a request was made on this machine itself: not from outside, not through a proxy on it."""
    headers, address = dict(Headers(scope=scope).items()), _address(scope)
    return (
        bool(address) and mode_of(signed=False, address="127.0.0.1", headers=headers, peer=address) == "local"
    )


def over_tls(scope: Scope) -> bool:
    """Whether the reader came over TLS: to us, or to a proxy that we trust and that says so."""
    return scope.get("scheme") in {"https", "wss"}


def visitor(scope: Scope, identity: Identity) -> str:
    """A number for whoever asks: who is signed in, else the address; the same until the server ends."""
    name = identity(scope)
    told = f"name {name}" if name is not None else f"address {_address(scope)}"
    return hashlib.blake2b(told.encode(), key=_SALT, digest_size=12).hexdigest()


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""
