"""A store opened: twice, where it cannot be, and without telling its password."""

from pathlib import Path

import pytest

from indices.store import (
    Store,
    StoreUnavailableError,
)
from tests.unit.stored import add
from tests.unit.stored import store as store


def test_a_second_store_on_the_same_file_sees_the_same(tmp_path: Path):
    version = add(Store.open(tmp_path))
    assert Store.open(tmp_path).current() == {("X", "2020"): version}


def test_a_folder_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "file").write_text("")
    place = tmp_path / "file" / "store"
    with pytest.raises(StoreUnavailableError) as caught:
        Store.open(place)
    assert caught.value.place == str(place)
    assert caught.value.reason


def test_a_file_that_is_no_database(tmp_path: Path):
    (tmp_path / "indices.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreUnavailableError) as caught:
        Store.open(tmp_path)
    assert str(tmp_path) in caught.value.place


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:secret@127.0.0.1/db",
        "foo://u:secret@127.0.0.1/db",
        "postgresql://u:secret@127.0.0.1:1/db",
        "postgresql://127.0.0.1:1/db?user=u&password=secret&sslpassword=secret",
        "u:secret",
    ],
)
def test_a_server_that_cannot_be_used_is_named_without_its_password(tmp_path: Path, url: str):
    with pytest.raises(StoreUnavailableError) as caught:
        Store.open(tmp_path, url)
    assert caught.value.place
    assert "secret" not in caught.value.place + caught.value.reason
