"""A server with sign-in, a real identity provider beside it, and people with and without a role."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pandas as pd
from joserfc import jwt
from joserfc.jwk import OctKey
from oidc_provider_mock import User, run_server_in_thread

from indices.access.audit import AuditLog
from indices.store import Store
from tests.browser.conftest import running_server

COOKIE_SECRET = "only-for-tests-0123456789-0123456789"
VIEWER, ANALYST, APPROVER = "hoa@bacgiang.gov.vn", "lan@bacgiang.gov.vn", "minh@bacgiang.gov.vn"
SECOND_APPROVER, ADMINISTRATOR, STRANGER = "ha@bacgiang.gov.vn", "an@bacgiang.gov.vn", "la@example.com"
UNVERIFIED = "gia@bacgiang.gov.vn"
PEOPLE = (VIEWER, ANALYST, APPROVER, SECOND_APPROVER, ADMINISTRATOR, STRANGER)
RULES = f"""
approval = {{approval}}
session_hours = {{hours}}
[roles]
viewer = ["{VIEWER}", "{UNVERIFIED}"]
analyst = ["{ANALYST}"]
approver = ["{APPROVER}", "{SECOND_APPROVER}"]
administrator = ["{ADMINISTRATOR}"]
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A running server with sign-in; `folder` holds its rules and its store."""

    url: str
    folder: Path

    def rule(self, *, approval: bool = False, hours: float = 12, text: str = RULES) -> None:
        """Write the rules of access anew."""
        write_rules(self.folder, approval=approval, hours=hours, text=text)

    @property
    def store(self) -> Store:
        """The server's store, opened beside it."""
        return Store.open(self.folder / "store")

    def audit(self, action: str = "") -> pd.DataFrame:
        """The audit log, newest first."""
        return AuditLog(self.store).entries(action=action)

    def refused(self) -> list[tuple[str, str]]:
        """Who was refused what, oldest first."""
        found = self.audit()
        found = found[found["outcome"] == "refused"].iloc[::-1]
        return list(zip(found["actor"], found["action"], strict=True))


def write_rules(folder: Path, *, approval: bool = False, hours: float = 12, text: str = RULES) -> None:
    """The file of rules of a server."""
    written = text.format(approval=str(approval).lower(), hours=hours)
    fresh = folder / "access.toml.new"
    fresh.write_text(written, encoding="utf-8")
    fresh.replace(folder / "access.toml")  # whole or not at all: the server may be reading


def user(name: str, *, verified: bool = True) -> User:
    """Somebody the provider knows, by e-mail address."""
    claims = {"email": name, "email_verified": verified, "name": name.partition("@")[0].title()}
    return User(sub=name, claims=claims)


@contextmanager
def served(folder: Path, *, approval: bool = False) -> Iterator[Served]:
    """A server whose people sign in at a provider on this machine."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    known = [*(user(name) for name in PEOPLE), user(UNVERIFIED, verified=False)]
    with run_server_in_thread(user_claims=known) as provider:
        write_rules(folder, approval=approval)
        secrets = folder / "secrets.toml"
        secrets.write_text(
            "[auth]\n"
            'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            f'cookie_secret = "{COOKIE_SECRET}"\nclient_id = "indices"\nclient_secret = "x"\n'
            f'server_metadata_url = "http://localhost:{provider.server_port}/.well-known/openid-configuration"\n',
            encoding="utf-8",
        )
        more = {"STREAMLIT_SECRETS_FILES": str(secrets), "INDICES_ACCESS_FILE": str(folder / "access.toml")}
        with running_server("server.py", "/api/health", folder, more) as url:
            yield Served(url, folder)


def signed_in(url: str, name: str) -> dict[str, str]:
    """The cookies of somebody who signs in at the provider, without a browser."""
    claims = {"provider": "default", "exp": int(time.time()) + 60}
    token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(COOKIE_SECRET))
    with httpx2.Client(timeout=20) as client:
        asked = client.get(f"{url}/auth/login", params={"provider": token})
        agreed = client.post(asked.headers["location"], data={"sub": name})
        back = client.get(agreed.headers["location"])
        assert back.status_code == 302, back.text
        client.get(f"{url}/_stcore/health")
        return {cookie.name: cookie.value or "" for cookie in client.cookies.jar if _of(cookie.domain, url)}


def not_signed_in(url: str) -> dict[str, str]:
    """The cookies of a browser that came by."""
    return dict(httpx2.get(f"{url}/_stcore/health").cookies)


def for_browser(url: str, cookies: Mapping[str, str]) -> list[dict[str, str]]:
    """Cookies as a browser's context takes them."""
    return [{"name": name, "value": value, "url": url} for name, value in cookies.items()]


def _of(domain: str, url: str) -> bool:
    return domain == urlsplit(url).hostname
