"""Who may ask the endpoints: every way in, every way that is closed, and what the audit log then says."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from httpx2 import Response
from starlette.requests import Request
from starlette.testclient import TestClient

from indices.access import sign_ins, tokens
from indices.access.actor import LOCAL, STRANGER, Actor, commanding
from indices.access.audit import AuditLog
from indices.access.roles import Role
from indices.access.rules import AccessRules
from indices.analysis.refusal import Refusal
from indices.problem import Problem
from indices.serving.api.door import Door
from indices.serving.api.moment import Now, now_of
from indices.serving.api.routes import VARY, VARY_BY_WHO, application
from indices.serving.api.table_of_routes import ROUTES
from indices.settings import ROOT, Settings
from indices.store import Held, Store, StoreUnavailableError, open_held
from indices.store.remembered import RememberedStore

AN = commanding("an@tinh.gov.vn")
ADDRESSES = ["status", "history?index=dti&format=csv", "openapi.json", "workbook.xlsx?indices=dti"]
"""An answer, a table as a file, the description, a file for a meeting."""
RULES = AccessRules(addresses={"xem@tinh.gov.vn": Role.VIEWER, "cv@tinh.gov.vn": Role.ANALYST})


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """A store with the figures of one edition."""
    folder = tmp_path_factory.mktemp("access")
    published = folder / "data" / "published" / "dti"
    published.mkdir(parents=True)
    for name in ("catalogue", "uncertainty"):
        (folder / "data" / name).symlink_to(ROOT / "data" / name)
    (published / "2022.csv").write_bytes((ROOT / "data" / "published" / "dti" / "2022.csv").read_bytes())
    return open_held(Settings(folder / "data", folder / "store", ""))


@pytest.fixture(scope="module")
def own_now(own: Held) -> Now:
    return now_of(own)


def signed_in(email: str, **more: Any) -> dict[str, str]:
    """The cookie of somebody signed in; `claims_of` reads it as the pages' own door reads the real one."""
    claims = {"email": email, "email_verified": True, "sub": email, "iat": time.time(), **more}
    return {"who": json.dumps(claims, ensure_ascii=True).replace('"', "'").replace(",", "|")}


def claims_of(cookies: Mapping[str, str]) -> dict[str, Any] | None:
    given = cookies.get("who")
    return json.loads(given.replace("|", ",").replace("'", '"').replace("True", "true")) if given else None


@pytest.fixture
def rules() -> list[AccessRules]:
    """The rules in force: replace the one in the list."""
    return [RULES]


@pytest.fixture
def asking(own: Held, own_now: Now, rules: list[AccessRules]) -> Iterator[TestClient]:
    """Whoever asks a server where sign-in is configured."""
    door = Door(lambda: own.store, signed=lambda: True, claims=claims_of, rules=lambda: rules[0])
    with TestClient(application(own_now, door), raise_server_exceptions=False) as client:
        yield client


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def logged(held: Held, n: int) -> list[tuple[Any, ...]]:
    """The newest entries of the audit log, newest first."""
    found = AuditLog(held.store).entries(n)
    told = [json.loads(what).get("what") for what in found["what"]]
    return list(zip(found["actor"], found["role"], found["action"], found["outcome"], told, strict=True))


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_known_gets_nothing_and_is_told_how_to_be_known(
    asking: TestClient, own: Held, address: str
) -> None:
    answer = asking.get(f"/{address}", params={"lang": "en"} if "?" not in address else None)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="indices"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["error"] == "sign_in_needed"
    name = address.partition("?")[0]
    assert logged(own, 1) == [("", "stranger", "view", "refused", name)]


def test_every_endpoint_is_behind_the_door(asking: TestClient) -> None:
    every = [*ROUTES, "deck.pptx", "brief.docx", "workbook.xlsx", "chart/gap.svg", "openapi.json"]
    assert {asking.get(f"/{name}").status_code for name in every} == {401}
    assert {asking.head(f"/{name}").status_code for name in every} == {401}


def test_a_kept_answer_and_a_known_tag_open_nothing(asking: TestClient, own: Held) -> None:
    token = tokens.make(own.store, "x", Role.VIEWER, AN, 1)
    given = asking.get("/status", headers=bearing(token))
    assert given.status_code == 200
    assert asking.get("/status").status_code == 401
    assert asking.get("/status", headers={"If-None-Match": given.headers["etag"]}).status_code == 401
    again = asking.get("/status", headers={**bearing(token), "If-None-Match": given.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "header",
    ["Bearer ", "Bearer x", "Bearer ppi_" + "a" * 43, "Basic YTpi", "ppi_" + "a" * 43, "", "Bearer\tx", "é"],
)
def test_what_is_no_token(asking: TestClient, own: Held, header: str) -> None:
    headers = [(b"authorization", header.encode("latin-1"))]
    answer = asking.get("/status", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"] == "bad_token"
    assert answer.headers["www-authenticate"] == 'Bearer realm="indices", error="invalid_token"'


def test_a_bad_token_is_not_saved_by_a_good_sign_in(asking: TestClient) -> None:
    asking.cookies.update(signed_in("xem@tinh.gov.vn"))
    assert asking.get("/status").status_code == 200
    assert asking.get("/status", headers=bearing("x")).status_code == 401


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_token_opens_until_it_is_revoked(asking: TestClient, own: Held, address: str) -> None:
    token = tokens.make(own.store, "Power BI", Role.VIEWER, AN, 1)
    answer = asking.get(f"/{address}", headers={"authorization": f"bearer {token}"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["vary"] == VARY_BY_WHO
    tokens.revoke(own.store, int(tokens.known_tokens(own.store)["token"][0]), AN)
    assert asking.get(f"/{address}", headers=bearing(token)).status_code == 401


def test_a_file_taken_away_is_recorded_and_what_is_only_seen_is_not(asking: TestClient, own: Held) -> None:
    token = tokens.make(own.store, "Power BI", Role.VIEWER, AN, 1)
    n_before = len(AuditLog(own.store).entries(1000))
    for address in ADDRESSES:
        asking.get(f"/{address}", headers=bearing(token))
        asking.head(f"/{address}", headers=bearing(token))
    assert len(AuditLog(own.store).entries(1000)) == n_before + 2
    assert logged(own, 2) == [
        ("Power BI", "viewer", "export", "done", "workbook.xlsx"),
        ("Power BI", "viewer", "export", "done", "history.csv"),
    ]


def test_a_file_that_could_not_be_made_is_recorded_with_the_number_of_its_failure(
    asking: TestClient, own: Held, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> bytes:
        raise RuntimeError("/home/secret")

    monkeypatch.setattr("indices.export.book.workbook", broken)
    token = tokens.make(own.store, "Power BI", Role.VIEWER, AN, 1)
    answer = asking.get("/workbook.xlsx?indices=dti&target=7&lang=en", headers=bearing(token))
    assert (answer.status_code, answer.json()["error"]) == (500, "failed")
    assert "secret" not in answer.text
    assert logged(own, 1) == [("Power BI", "viewer", "export", "failed", "workbook.xlsx")]
    told = json.loads(AuditLog(own.store).entries(1)["what"][0])
    assert sorted(told) == ["failure", "what"]
    assert f"under the number {told['failure']};" in answer.json()["message"]
    assert f"workbook.xlsx failure {told['failure']}" in caplog.text


def test_a_picture_that_the_servers_browser_did_not_finish_is_recorded(
    asking: TestClient, own: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = tokens.make(own.store, "Power BI", Role.VIEWER, AN, 1)
    for code, n_more in (("picture_failed", 1), ("no_browser", 0)):
        monkeypatch.setattr("indices.serving.api.exports.picture_of", lambda *_, code=code: Refusal(code))
        n_before = len(AuditLog(own.store).entries(1000))
        assert asking.get("/chart/gap.svg?index=dti", headers=bearing(token)).status_code == 409
        assert len(AuditLog(own.store).entries(1000)) == n_before + n_more
    entry = AuditLog(own.store).entries(action="export").iloc[0]
    assert (entry["actor"], entry["outcome"]) == ("Power BI", "failed")
    assert json.loads(entry["what"]) == {"what": "gap.svg", "why": "picture_failed"}


def test_who_is_signed_in_on_the_pages_follows_their_links(asking: TestClient, own: Held) -> None:
    asking.cookies.update(signed_in("xem@tinh.gov.vn"))
    answer = asking.get("/ranking?index=dti&format=csv")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-cache")
    assert logged(own, 1) == [("xem@tinh.gov.vn", "viewer", "export", "done", "ranking.csv")]


def test_who_is_signed_in_without_a_role_is_known_and_refused(asking: TestClient, own: Held) -> None:
    asking.cookies.update(signed_in("la@example.net"))
    answer = asking.get("/gap?index=dti&lang=en")
    assert answer.status_code == 403
    assert answer.json()["error"] == "forbidden"
    assert answer.headers["www-authenticate"] == 'Bearer realm="indices", error="insufficient_scope"'
    assert logged(own, 1) == [("la@example.net", "stranger", "view", "refused", "gap")]


@pytest.mark.parametrize("claims", [{"iat": 0}, {"iat": None}])
def test_an_expired_sign_in_is_nobodys(asking: TestClient, claims: dict[str, Any]) -> None:
    asking.cookies.update(signed_in("xem@tinh.gov.vn", iat=claims["iat"] or "soon"))
    assert asking.get("/status").status_code == 401


def test_a_sign_in_that_was_ended_is_nobodys(asking: TestClient, own: Held) -> None:
    cookie = signed_in("xem@tinh.gov.vn", nonce="n1")
    asking.cookies.update(cookie)
    assert asking.get("/status").status_code == 200
    claims = claims_of(cookie)
    assert claims is not None
    sign_ins.end(own.store, Actor("xem@tinh.gov.vn", Role.VIEWER, "signed_in"), claims)
    assert asking.get("/status").status_code == 401


def test_an_altered_sign_in_is_nobodys_and_recorded_once_a_minute(own: Held, own_now: Now) -> None:
    given = {"signed": lambda: True, "claims": claims_of, "altered": lambda cookies: "changed" in cookies}
    door = Door(lambda: own.store, **given)  # type: ignore[arg-type]  # of the right kinds, by name
    n_before = len(AuditLog(own.store).entries(1000, action="sign_in"))
    with TestClient(application(own_now, door)) as client:
        client.cookies.update({"changed": "x"})
        assert [client.get(f"/{name}").status_code for name in ("status", "gap")] == [401, 401]
    found = AuditLog(own.store).entries(1000, action="sign_in")
    assert len(found) == n_before + 1
    assert (found["outcome"][0], found["what"][0]) == ("refused", '{"why": "bad_cookie"}')


def test_rules_hold_at_the_next_request(asking: TestClient, rules: list[AccessRules]) -> None:
    asking.cookies.update(signed_in("xem@tinh.gov.vn"))
    assert asking.get("/status").status_code == 200
    rules[0] = AccessRules()
    assert asking.get("/status").status_code == 403
    rules[0] = AccessRules(public_viewing=True)
    assert asking.get("/status").status_code == 200
    asking.cookies.clear()
    answer = asking.get("/status")
    assert (answer.status_code, answer.headers["cache-control"], answer.headers["vary"]) == (
        200,
        "no-cache",
        VARY,
    )


def test_faulty_rules_let_nobody_do_more_than_view(asking: TestClient, own: Held) -> None:
    faulty = AccessRules(addresses=RULES.addresses, problems=(Problem("access_syntax", "access.toml", 1),))
    door = Door(lambda: own.store, signed=lambda: True, claims=claims_of, rules=lambda: faulty)
    token = tokens.make(own.store, "x", Role.ADMINISTRATOR, AN, 1)
    found = door.actor(request(bearing(token)))
    assert found == Actor("x", Role.VIEWER, "token")
    cookie = signed_in("cv@tinh.gov.vn")
    found = door.actor(request({"cookie": f"who={cookie['who']}"}))
    assert found == Actor("cv@tinh.gov.vn", Role.VIEWER, "signed_in")


def request(
    headers: Mapping[str, str],
    client: tuple[str, int] = ("127.0.0.1", 50000),
    server: tuple[str, int] = ("127.0.0.1", 8501),
) -> Request:
    """A request as uvicorn hands it on."""
    written = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": written, "client": client, "server": server})


@pytest.mark.parametrize(
    ("bound", "given", "mode"),
    [
        ("127.0.0.1", request({"host": "127.0.0.1:8501"}), "local"),
        ("0.0.0.0", request({"host": "127.0.0.1:8501"}), "read_only"),
        ("127.0.0.1", request({"host": "127.0.0.1"}, client=("10.0.0.9", 1)), "read_only"),
        # uvicorn told to listen elsewhere than the settings say.
        ("127.0.0.1", request({"host": "127.0.0.1"}, server=("10.0.0.5", 8501)), "read_only"),
        ("127.0.0.1", request({"host": "x.vn"}), "read_only"),
        ("127.0.0.1", request({"host": "127.0.0.1", "x-forwarded-for": "10.0.0.9"}), "read_only"),
    ],
)
def test_without_sign_in_only_this_machine_is_the_local_user(
    own: Held, bound: str, given: Request, mode: str
) -> None:
    door = Door(lambda: own.store, address=lambda: bound)
    assert door.mode(given) == mode
    assert door.actor(given) == (LOCAL if mode == "local" else Actor("", Role.VIEWER, "public"))


def test_without_sign_in_a_wrong_token_is_still_wrong(own: Held) -> None:
    door = Door(lambda: own.store)
    assert door.actor(request({"host": "127.0.0.1", **bearing("x")})) is None
    signed = Door(lambda: own.store, signed=lambda: True)
    assert signed.actor(request({"host": "127.0.0.1"})) == STRANGER


def test_while_the_store_is_away_a_token_is_not_called_wrong(own_now: Now) -> None:
    stand_in = Store.in_memory()
    with TestClient(application(own_now, Door(lambda: stand_in, signed=lambda: True))) as client:
        answer = client.get("/status", headers=bearing("ppi_" + "a" * 43))
        assert_unavailable(answer, "Nơi lưu số liệu tạm thời không trả lời; hãy thử lại sau.")
        assert client.get("/status").status_code == 401


def test_while_the_store_is_away_whoever_is_known_is_told_so_and_nobody_is_let_in(
    own: Held, own_now: Now
) -> None:
    token = tokens.make(own.store, "Power BI", Role.VIEWER, AN, 1)
    fault = StoreUnavailableError("db", "nobody answers", "away")
    away = RememberedStore(own.store.contents(), fault)
    door = Door(lambda: away, signed=lambda: True, claims=claims_of, rules=lambda: RULES)
    words = "The store does not answer at the moment; try again later."
    with TestClient(application(own_now, door)) as client:
        assert_unavailable(client.get("/status?lang=en", headers=bearing(token)), words)
        client.cookies.update(signed_in("xem@tinh.gov.vn", nonce="away"))
        assert_unavailable(client.get("/gap?index=dti&lang=en"), words)
        client.cookies.clear()
        assert client.get("/status").status_code == 401


def assert_unavailable(answer: Response, words: str) -> None:
    """503 in the form of every error here: a code, a sentence, and when to ask again."""
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "error": "unavailable",
        "message": words,
        "parameter": None,
        "allowed": None,
        "suggestions": [],
    }


def test_the_description_names_the_ways_in(asking: TestClient, own: Held) -> None:
    token = tokens.make(own.store, "x", Role.VIEWER, AN, 1)
    told = asking.get("/openapi.json?lang=en", headers=bearing(token)).json()
    assert told["security"] == [{"token": []}, {"sign_in": []}, {}]
    schemes = told["components"]["securitySchemes"]
    assert (schemes["token"]["type"], schemes["token"]["scheme"]) == ("http", "bearer")
    for path in told["paths"].values():
        assert {"401", "403"} < set(path["get"]["responses"])
