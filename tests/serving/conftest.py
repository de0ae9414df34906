"""The endpoints without a server: the very application, on a temporary store with the bundled figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from indices.serving.api.door import Door
from indices.serving.api.moment import Moment, Now, now_of
from indices.serving.api.routes import application
from indices.settings import ROOT, Settings
from indices.store import Held, open_held


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """A store with the figures that come with the program, for tests that add nothing."""
    return open_held(Settings(ROOT / "data", tmp_path_factory.mktemp("store"), ""))


@pytest.fixture(scope="session")
def now(held: Held) -> Now:
    """The moments of that store."""
    return now_of(held)


@pytest.fixture(scope="session")
def moment(now: Now) -> Moment:
    """Its one moment."""
    return now()


@pytest.fixture(scope="session")
def client(now: Now, held: Held) -> Iterator[TestClient]:
    """Whoever asks; a failure of ours is an answer here as it is to them."""
    with TestClient(application(now, Door(lambda: held.store)), raise_server_exceptions=False) as asking:
        yield asking


@pytest.fixture(scope="package")
def described(client: TestClient) -> dict[str, Any]:
    """What the endpoints say of themselves."""
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found
