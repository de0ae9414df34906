"""The settings of sign-in, looked at before a server starts: what is missing in them, what is unsafe.

Streamlit reads the same files itself; here nothing of them is used, and no secret is ever told.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from indices.access.mode import is_loopback
from indices.access.signing import SHORTEST, guessable
from indices.problem import Problem
from indices.settings import ROOT

_OF_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
_RETURN = "/oauth2callback"


def secrets_files() -> list[Path]:
    """Where the secrets are looked for, as Streamlit does: later ones win."""
    named = os.environ.get("STREAMLIT_SECRETS_FILES", "").split()
    usual = [folder / ".streamlit" / "secrets.toml" for folder in (Path.home(), ROOT)]
    return [Path(name) for name in named] or usual


def sign_in_settings(files: Sequence[Path]) -> tuple[bool, list[Problem]]:
    """Whether sign-in is configured, and what is wrong with how it is."""
    auth: Mapping[str, Any] = {}
    at, problems = "", []
    for file in files:
        try:
            given = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as fault:  # what is no TOML or no UTF-8 is a ValueError
            reason = getattr(fault, "strerror", None) or type(fault).__name__
            problems.append(Problem("sign_in_unreadable", file.name, slots={"reason": reason}))
            continue
        if given.get("auth"):
            auth, at = given["auth"], file.name
            if os.name == "posix" and file.stat().st_mode & stat.S_IROTH:
                problems.append(Problem("sign_in_open", file.name))
    if not auth:
        return False, problems
    if not isinstance(auth, Mapping):
        return True, [*problems, Problem("sign_in_missing", at, value="[auth]")]
    return True, [*problems, *_wrong(auth, at)]


def _wrong(auth: Mapping[str, Any], at: str) -> Iterator[Problem]:
    if guessable(str(auth.get("cookie_secret", ""))):
        yield Problem("sign_in_guessable", at, value="cookie_secret", slots={"least": str(SHORTEST)})
    if not _can_be_returned_to(str(auth.get("redirect_uri", ""))):
        yield Problem("sign_in_return", at, value="redirect_uri")
    providers = {f"[auth.{name}]": one for name, one in auth.items() if isinstance(one, Mapping)}
    for name, settings in (providers or {"[auth]": auth}).items():
        for key in _OF_PROVIDER:
            if not settings.get(key) or str(settings[key]) == "CHANGE-ME":
                yield Problem("sign_in_missing", at, value=f"{name} {key}")


def _can_be_returned_to(address: str) -> bool:
    """Over TLS, but for a trial on this very machine, whose port Streamlit may fill in."""
    try:
        found = urlsplit(address.replace("{port}", "8501"))
        host = found.hostname or ""
    except ValueError:
        return False
    safe = found.scheme == "https" or (found.scheme == "http" and is_loopback(host))
    return bool(host) and safe and found.path.endswith(_RETURN)
