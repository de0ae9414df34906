"""Limits of a server: how many sessions, how much and how fast is uploaded, how long a request may take."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
# Asked by the machine itself: by whoever watches the server, never by a name from outside.
OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
NOBODY = "host.invalid"
"""A name that no request can have (RFC 2606): the list of hosts that lets nobody in from outside."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one server allows. 0 means no limit.

    `sessions` is the number of open pages of all visitors, `sessions_each` that of one who is signed
    in; `uploads` files and `upload_bytes` in all may come from one visitor in a minute. `body_seconds`
    is how long a request may send nothing, `request_seconds` how long an answer may take to begin.
    `hosts` are the names the server answers to, empty for any. `behind_tls` says that every reader
    comes over TLS, whatever the proxy tells.
    """

    sessions: int = 300
    sessions_each: int = 30
    uploads: int = 30
    upload_bytes: int = 400 * MEGABYTE
    body_seconds: int = 30
    request_seconds: int = 120
    hosts: tuple[str, ...] = ()
    behind_tls: bool = False


def limits_from(environment: Mapping[str, str] = os.environ) -> Limits:
    """Limits as the environment sets them, the defaults where it says nothing or nothing that can be read.

    INDICES_SESSIONS, INDICES_SESSIONS_EACH, INDICES_UPLOADS_A_MINUTE, INDICES_UPLOAD_MB_A_MINUTE,
    INDICES_BODY_SECONDS, INDICES_REQUEST_SECONDS: whole numbers from 0. INDICES_ALLOWED_HOSTS: names
    separated by commas, "*.bacgiang.gov.vn" for all below one. INDICES_BEHIND_TLS: 1 or 0.
    """
    standard = Limits()

    def number(name: str, otherwise: int) -> int:
        written = environment.get(name, "").strip()
        if written.isascii() and written.isdigit():
            return int(written)
        if written:
            logger.error("%s=%s is no whole number; %s is used.", name, written, otherwise)
        return otherwise

    return Limits(
        sessions=number("INDICES_SESSIONS", standard.sessions),
        sessions_each=number("INDICES_SESSIONS_EACH", standard.sessions_each),
        uploads=number("INDICES_UPLOADS_A_MINUTE", standard.uploads),
        upload_bytes=number("INDICES_UPLOAD_MB_A_MINUTE", standard.upload_bytes // MEGABYTE) * MEGABYTE,
        body_seconds=number("INDICES_BODY_SECONDS", standard.body_seconds),
        request_seconds=number("INDICES_REQUEST_SECONDS", standard.request_seconds),
        hosts=_hosts(environment.get("INDICES_ALLOWED_HOSTS", "")),
        behind_tls=number("INDICES_BEHIND_TLS", 0) == 1,
    )


def _hosts(written: str) -> tuple[str, ...]:
    """The names given; a wrong one is left out, and where none is right nobody comes in from outside."""
    if not written.strip():
        return ()
    right = []
    for name in (part.strip().lower() for part in written.split(",")):
        if name and "*" not in name.removeprefix("*.") and "/" not in name and " " not in name:
            right.append(name)
        elif name:
            logger.error("INDICES_ALLOWED_HOSTS: %s is no name of a host and is left out.", name)
    return (*(right or [NOBODY]), *OWN_NAMES)
