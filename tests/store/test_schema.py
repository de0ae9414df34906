"""The store's tables, step by step on both engines: adopted, refused, never half-way, never changed."""

from __future__ import annotations

import sqlite3
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from indices.store import Store, StoreUnavailableError, migrations, open_held
from indices.store.engine import server_engine, sqlite_engine
from indices.store.tables import GROWING, metadata
from tests.store import work
from tests.store.test_at_once import together
from tests.unit.test_store_made_before import TABLES

Place = tuple[Path, str]


def engine_of(place: Place) -> Engine:
    folder, url = place
    return server_engine(url) if url else sqlite_engine(folder / "indices.sqlite")


def test_the_steps_are_those_that_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", "indices.store:migrations")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [migrations.HEAD]
    assert tuple(step.revision for step in script.walk_revisions())[::-1] == migrations.STEPS


def test_the_steps_make_the_tables_that_the_program_uses(place: Place) -> None:
    store = Store.open(*place)
    with store.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differing = [
            found for found in compare_metadata(context, metadata) if "alembic_version" not in str(found)
        ]
        assert differing == []
        assert set(inspect(connection).get_table_names()) == {*GROWING, "alembic_version"}


def fill(store: Store) -> None:
    """A row in every table."""
    store.add_all(work.panel(1, 2), file_name="1.csv", content=b"1", **work.TOLD)
    store.withdraw(1, by="An", reason="")
    when = "'2026-01-02 03:04:05'"
    rows = {
        "audit": f"1, {when}, 'a@x.vn', 'viewer', 'signed_in', 'export', 'done', '{{}}'",
        "tokens": f"1, 'n', 'viewer', 'abc', {when}, 'An', NULL",
        "token_revocations": f"1, {when}, 'An'",
        "proposals": f"1, {when}, 'An', '', '', 'x.csv', 'abc', '{{}}', '{{}}', '[]'",
        "proposal_decisions": f"1, {when}, 'An', 'declined', '', '[]'",
    }
    with store.database.engine.begin() as connection:
        for name, values in rows.items():
            connection.execute(text(f"INSERT INTO {name} VALUES ({values})".replace(":", r"\:")))


def test_no_row_of_any_table_is_changed_or_deleted(place: Place) -> None:
    store = Store.open(*place)
    fill(store)
    engine, refused = store.database.engine, []
    for name in GROWING:
        column = metadata.tables[name].c.keys()[-1]
        for change in (f'UPDATE {name} SET "{column}" = "{column}"', f"DELETE FROM {name}"):
            with pytest.raises(Exception, match=f"{name} only grows"), engine.begin() as connection:
                connection.execute(text(change))
            refused.append(change)
        with engine.connect() as connection:
            assert connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() > 0
    assert len(refused) == 18


def test_a_store_of_a_newer_program_is_refused_and_left_alone(place: Place) -> None:
    store = Store.open(*place)
    with store.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.database.engine.dispose()
    with pytest.raises(StoreUnavailableError) as caught:
        Store.open(*place)
    assert caught.value.kind == "newer"
    engine = engine_of(place)
    with engine.connect() as connection:
        assert migrations.step(connection) == "9999"
    engine.dispose()


def test_a_store_made_before_is_adopted(tmp_path: Path) -> None:
    made_before(tmp_path)
    store = Store.open(tmp_path)
    assert store.history()["file_name"].tolist() == ["x.csv"]
    with store.database.engine.connect() as connection:
        assert migrations.step(connection) == "0002"
        assert set(inspect(connection).get_table_names()) == {*GROWING, "alembic_version"}


def made_before(folder: Path) -> None:
    with sqlite3.connect(folder / "indices.sqlite") as connection:
        connection.executescript(TABLES)
        version = (
            1,
            "X",
            "2020",
            "upload",
            None,
            "2024-01-02 03:04:05.000006",
            "An",
            "",
            "x.csv",
            "0",
            "{}",
            b"",
        )
        connection.execute(f"INSERT INTO versions VALUES ({', '.join('?' * 12)})", version)
    connection.close()


def test_a_step_that_fails_leaves_the_store_as_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_up_to_date = migrations.bring_up_to_date

    def fails_at_the_end(connection: Any) -> None:
        bring_up_to_date(connection)
        connection.execute(text("SELECT * FROM no_such_table"))

    monkeypatch.setattr(migrations, "bring_up_to_date", fails_at_the_end)
    with pytest.raises(StoreUnavailableError, match="no_such_table"):
        Store.open(*place)
    engine = engine_of(place)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    monkeypatch.undo()
    assert Store.open(*place).state() == "0.0"


def test_eight_servers_start_on_a_store_made_before(tmp_path: Path, processes: ForkServerContext) -> None:
    made_before(tmp_path)
    assert together(processes, work.open_it, (tmp_path, ""), [None] * 8) == ["1.0"] * 8


def test_eight_servers_start_on_an_empty_place(place: Place, processes: ForkServerContext) -> None:
    assert together(processes, work.open_it, place, [None] * 8) == ["0.0"] * 8


def test_pages_go_on_with_bundled_figures_beside_a_newer_store(tmp_path: Path, settings_of: Any) -> None:
    store = Store.open(tmp_path)
    with store.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    held = open_held(settings_of(tmp_path))
    assert held.unwritable is not None
    assert held.unwritable.kind == "newer"
    assert held.store.current() == {("PCI", "2022"): 1}
