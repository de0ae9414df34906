"""Every test process has a PostgreSQL database of its own: tests drop the tables they have made.

Files that take long are begun first, or one process would work at the last of them while the other idles.
"""

import os
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

_SERVER = os.environ.get("INDICES_TEST_POSTGRES_URL", "")
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

if _SERVER and _WORKER:
    name = f"indices_{_WORKER}"
    with psycopg.connect(_SERVER, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name}")
    own = make_url(_SERVER).set(database=name)
    os.environ["INDICES_TEST_POSTGRES_URL"] = own.render_as_string(hide_password=False)

LONG = (
    "hostile/test_bombs",
    "pages/test_one_truth",
    "unit/test_images",
    "office/test_decks_printed",
    "store/test_backup",
    "unit/test_bundle",
    "mutated/test_mutated",
    "serving/test_api_answers",
    "serving/test_api_fuzz",
    "unit/test_faults",
    "pages/test_upload",
    "pages/test_history",
    "browser/test_deploy",
    "browser/test_upload_journeys",
    "browser/test_journeys",
    "browser/test_injection",
    "browser/test_sign_in",
    "browser/test_export_journey",
    "browser/test_forged",
    "browser/test_every_page",
)
"""Files of half a minute and more that are not known for it by their number of tests, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the long files first; all others stay as they are."""
    places = {name: place for place, name in enumerate(LONG)}
    here = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        return places.get(item.path.relative_to(here).with_suffix("").as_posix(), len(LONG))

    items.sort(key=place)
