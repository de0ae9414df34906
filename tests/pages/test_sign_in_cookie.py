"""The sign-in of the pages at the endpoints' door: Streamlit's own signed cookie, nothing like it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from indices.ui.sign_in_cookie import altered, signed_in

SECRET = "a secret of this test, long enough to sign with"
CLAIMS = {
    "email": "lan@tinh.gov.vn",
    "email_verified": True,
    "iat": 1,
    "origin": "http://x",
    "provider": "default",
}


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indices.ui.sign_in_cookie.get_cookie_secret", lambda: SECRET)


def cookies(claims: Any, key: str = SECRET, name: str = "_streamlit_user") -> dict[str, str]:
    """Cookies as Streamlit sets them after a sign-in, in several pieces where one is too long."""
    made: dict[str, str] = {}

    def sign(of: str, value: str) -> bytes:
        return create_signed_value(key, of, value)

    def keep(of: str, value: str) -> None:
        made[of] = sign(of, value).decode()

    set_cookie_with_chunks(keep, sign, name, claims, cookie_attr_size=80)
    return made


def test_a_sign_in_of_the_pages_is_read() -> None:
    assert signed_in(cookies({**CLAIMS, "is_logged_in": True})) == {**CLAIMS, "is_logged_in": True}


def test_only_a_sign_in_that_is_there_and_not_ours_counts_as_altered() -> None:
    good = cookies({**CLAIMS, "is_logged_in": True})
    assert [altered(given) for given in ({}, {"_streamlit_user": ""}, {"_xsrf": "x"}, good)] == [False] * 4
    changed = {"_streamlit_user": good["_streamlit_user"][:-2] + "xx"}
    other = cookies({**CLAIMS, "is_logged_in": True}, key="another secret, long enough to sign with")
    assert [altered(given) for given in (changed, other, {"_streamlit_user": "\u1ea1"})] == [True] * 3


def test_one_in_pieces_too() -> None:
    many = [hashlib.sha256(bytes([n])).hexdigest() for n in range(200)]
    pieces = cookies({**CLAIMS, "groups": many, "is_logged_in": True})
    assert len(pieces) > 2
    found = signed_in(pieces)
    assert found is not None
    assert found["groups"] == many
    pieces.popitem()
    assert signed_in(pieces) is None


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"_streamlit_user": ""},
        {"_streamlit_user": json.dumps({**CLAIMS, "is_logged_in": True})},
        cookies({**CLAIMS, "is_logged_in": True}, key="another secret, long enough to sign with"),
        {"_streamlit_user": cookies({"is_logged_in": True}, name="_xsrf").get("_xsrf", "")},
        cookies({**CLAIMS, "is_logged_in": False}),
        cookies({**CLAIMS, "is_logged_in": "true"}),
        cookies(CLAIMS),
        cookies(["is_logged_in"]),
        {"_streamlit_user": "é" * 10},
        {"_streamlit_user": "\u1ea1"},
    ],
)
def test_nothing_else_is(given: dict[str, str]) -> None:
    assert signed_in(given) is None


@pytest.mark.parametrize("secret", ["CHANGE-ME", "", "0" * 40, "short-but-random-8213"])
def test_a_secret_that_can_be_guessed_signs_nobody_in(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indices.ui.sign_in_cookie.get_cookie_secret", lambda: secret)
    assert signed_in(cookies({**CLAIMS, "is_logged_in": True}, key=secret or "x")) is None
