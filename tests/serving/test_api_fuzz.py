"""The endpoints asked at random after their own description: no failure, nothing that it does not tell.

Files and pictures are left to tests of their own: each takes seconds, and a browser.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from indices.serving.api.door import Door
from indices.serving.api.moment import Now
from indices.serving.api.mount import PREFIX
from indices.serving.api.routes import application
from indices.serving.api.table_of_routes import ROUTES
from indices.store import Held

TIMES = 20 if os.environ.get("INDICES_FULL_TRIALS") == "1" else 1
EXAMPLES = {GenerationMode.POSITIVE: 10 * TIMES, GenerationMode.NEGATIVE: 5 * TIMES}
"""Questions an endpoint, as described and beside the description."""
PATIENCE = 120
"""Seconds for one answer: how fast they are is measured elsewhere."""
STATUSES: Counter[int] = Counter()
"""Answers of every case of this run, by their status."""


@pytest.fixture(scope="module")
def api(now: Now, held: Held) -> BaseSchema:
    """The description as served, with the application behind it."""
    app = Starlette(routes=[Mount(PREFIX, app=application(now, Door(lambda: held.store)))])
    with TestClient(app) as client:
        found = schemathesis.openapi.from_dict(client.get(f"{PREFIX}/openapi.json").json())
    found.app = app
    return found


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", ROUTES)
def test_no_failure_and_nothing_that_is_not_described(
    api: BaseSchema, name: str, mode: GenerationMode
) -> None:
    operation = api[f"{PREFIX}/{name}"]["GET"]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES[mode],
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def asked(case: schemathesis.Case) -> None:
        answer = case.call(timeout=PATIENCE)
        STATUSES[answer.status_code] += 1
        # What a description cannot say may be refused: an edition of another index, CSV without a table.
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])

    asked()


@pytest.fixture(scope="module", autouse=True)
def counted() -> Iterator[None]:
    """What the whole run came to, judged at its end."""
    yield
    # Some endpoints have fewer different questions than that.
    assert sum(STATUSES.values()) > 0.8 * sum(EXAMPLES.values()) * len(ROUTES)
    assert set(STATUSES) <= {200, 400, 404, 405, 409}
    # Asked at random, but not only beside the point.
    assert STATUSES[200] > 50 * TIMES
    print(f"\n{sum(STATUSES.values())} cases: {dict(sorted(STATUSES.items()))}")
