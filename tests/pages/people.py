"""Pages as people with different roles see them: rules in a file, the sign-in as Streamlit hands it over."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.shown import PROJECT, RUN_LIMIT_SECONDS, script

VIEWER, ANALYST, APPROVER = "hoa@bacgiang.gov.vn", "lan@bacgiang.gov.vn", "minh@bacgiang.gov.vn"
ADMINISTRATOR, STRANGER = "an@bacgiang.gov.vn", "la@example.com"
_NOW = time.time()
"""One moment for all: a sign-in of the same age is the same sign-in."""
ROLES = f"""
[roles]
viewer = ["{VIEWER}"]
analyst = ["{ANALYST}"]
approver = ["{APPROVER}"]
administrator = ["{ADMINISTRATOR}"]
"""


def rule(folder: Path, monkeypatch: pytest.MonkeyPatch, switches: str = "", roles: str = ROLES) -> Path:
    """The file of rules that the pages read from now on."""
    file = folder / "access.toml"
    file.write_text(switches + "\n" + roles, encoding="utf-8")
    monkeypatch.setenv("INDICES_ACCESS_FILE", str(file))
    return file


def claims_of(name: str, *, age: float = 60) -> dict[str, object]:
    """What the provider said of somebody who signed in `age` seconds ago."""
    at = int(_NOW - age)
    # The nonce is new with every sign-in, here with every person and age.
    said = {"sub": name, "iss": "https://id.example", "iat": at, "nonce": f"{name} {age}"}
    return {"is_logged_in": True, "email": name, "email_verified": True, **said}


def open_as(name: str | None, page: str, *, age: float = 60, **address: str) -> AppTest:
    """A new session of somebody (None: nobody signed in) whose first request is this page."""
    at = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=RUN_LIMIT_SECONDS)
    at.user = {"is_logged_in": False} if name is None else claims_of(name, age=age)
    if page != "overview":
        at.switch_page(script(page))
    for choice, code in address.items():
        at.query_params[choice.rstrip("_")] = code
    return at.run()
