"""Every test process has a PostgreSQL database of its own: tests drop the tables they have made."""

import os

import psycopg
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
