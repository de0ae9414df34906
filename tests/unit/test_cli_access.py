"""The commands about access: tokens, the audit log, the rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indices.access import tokens
from indices.access.actor import Actor
from indices.access.roles import Role
from indices.store import Store
from tests.commands import Run, runner
from tests.seventh import seventh_data

MAKE = ("token", "make", "--name", "Power BI", "--role", "viewer", "--by", "an@tinh.gov.vn")
RULES = """
approval = true
[roles]
analyst = ["lan@tinh.gov.vn"]
viewer = ["*@tinh.gov.vn"]
[claim.roles]
administrator = ["quan-tri"]
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a store of this test: exit code, standard output, standard error."""
    data = seventh_data(tmp_path)
    for path in (data / "published").rglob("*.csv"):  # access does not depend on figures
        path.unlink()
    monkeypatch.setenv("INDICES_DATA_DIR", str(data))
    monkeypatch.setenv("INDICES_STORE_DIR", str(tmp_path / "store"))
    monkeypatch.setenv("INDICES_ACCESS_FILE", str(tmp_path / "access.toml"))
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(tmp_path / "secrets.toml"))
    monkeypatch.delenv("INDICES_DATABASE_URL", raising=False)
    return runner(capfd)


def test_a_token_from_making_to_revoking(run: Run, tmp_path: Path) -> None:
    code, out, err = run(*MAKE, "--days", "30")
    store = Store.open(tmp_path / "store")
    assert code == 0
    assert tokens.actor_of(store, out.strip()) == Actor("Power BI", Role.VIEWER, "token")
    assert out.strip() not in err
    assert "chỉ hiện một lần" in err

    (told,) = json.loads(run("token", "list", "--json")[1])
    assert (told["token"], told["role"], told["state"]) == (1, "viewer", "good")
    listed = run("token", "list", "--lang", "en")[1].splitlines()
    assert [word in listed[1] for word in ("Power BI", "viewer", "an@tinh.gov.vn")] == [True] * 3

    assert run("token", "revoke", "1", "--by", "an@tinh.gov.vn")[0] == 0
    assert tokens.actor_of(store, out.strip()) is None
    assert json.loads(run("token", "list", "--json")[1])[0]["state"] == "revoked"
    assert run("token", "revoke", "2", "--by", "an@tinh.gov.vn")[0] == 1
    assert run("token", "revoke", "một", "--by", "an@tinh.gov.vn")[:2] == (1, "")


def test_a_token_for_ever(run: Run) -> None:
    assert run("token", "list")[0] == 1
    assert run(*MAKE, "--days", "0")[0] == 0
    assert json.loads(run("token", "list", "--json")[1])[0]["expires_at"] is None
    assert "không hết hạn" in run("token", "list")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (MAKE[:4], "Thiếu --role."),
        (MAKE[:5], "Sau --role cần có giá trị."),
        ((*MAKE[:6], "--role", "stranger", *MAKE[6:]), "--role chỉ nhận một trong: viewer, analyst,"),
        ((*MAKE, "--days", "-1"), "Sau --days"),
        ((*MAKE, "--days", "4000"), "Sau --days phải là số nguyên từ 0 đến 3650, không phải «4000»."),
        ((*MAKE, "--name", "a\nb"), "Tên của mã truy cập phải có chữ, trên một dòng, tối đa 100 ký tự."),
        (("token", "revoke", "1"), "Thiếu --by."),
        (("audit", "--limit", "0"), "Sau --limit phải là số nguyên từ 1 đến 1000, không phải «0»."),
        (("audit", "--outcome", "x"), "--outcome chỉ nhận một trong: done, refused, failed."),
        (("audit", "--since", "31/01/2026"), "Ngày phải viết như 2026-01-31, không phải «31/01/2026»."),
    ],
)
def test_wrong_use_is_told(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_the_audit_log(run: Run) -> None:
    assert run("audit")[0] == 1
    run(*MAKE)
    run("token", "revoke", "1", "--by", "binh@tinh.gov.vn")
    entries = json.loads(run("audit", "--json")[1])
    assert [(one["action"], one["actor"], one["what"]) for one in entries] == [
        ("revoke_token", "binh@tinh.gov.vn", {"token": 1, "name": "Power BI"}),
        ("make_token", "an@tinh.gov.vn", {"name": "Power BI", "role": "viewer", "days": 365}),
    ]
    assert len(json.loads(run("audit", "--actor", "an@tinh.gov.vn", "--json")[1])) == 1
    assert len(json.loads(run("audit", "--limit", "1", "--json")[1])) == 1
    assert run("audit", "--since", "2999-01-01")[0] == 1
    line = run("audit", "--lang", "en")[1].splitlines()[1]
    assert line.endswith("1 · Power BI")
    assert "command line" in line


def test_the_rules_as_the_server_reads_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "access.toml").write_text(RULES, encoding="utf-8")
    code, out, err = run("access", "check", "--lang", "en")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Sign-in configured: no",
        "Viewing without sign-in: no",
        "Approval by a second person: yes",
        "Trusting e-mail addresses of which the provider does not say whether they are verified: no",
        "Without sign-in, whoever sits at the server may do everything: yes",
        "A sign-in is good for 12 hours",
        "administrator: groups=quan-tri",
        "approver: –",
        "analyst: lan@tinh.gov.vn",
        "viewer: *@tinh.gov.vn",
    ]
    assert run("access", "check", "--email", "Lan@tinh.gov.vn") == (0, "Lan@tinh.gov.vn: chuyên viên\n", "")
    assert run("access", "check", "--email", "x@tinh.gov.vn")[1] == "x@tinh.gov.vn: người xem\n"
    assert run("access", "check", "--email", "x@example.net")[0] == 1
    told = json.loads(run("access", "check", "--json")[1])
    assert (told["problems"], told["rules"]["roles"]["analyst"]) == ([], ["lan@tinh.gov.vn"])


def test_a_faulty_file_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "access.toml").write_text(RULES.replace("approval", "aproval"), encoding="utf-8")
    code, _, err = run("access", "check", "--lang", "en")
    assert code == 1
    assert err.startswith("access.toml, row 2: there is no entry “aproval”; here stand only: public_viewing,")
    assert run("access", "check", "--email", "lan@tinh.gov.vn")[:2] == (1, "lan@tinh.gov.vn: người xem\n")


def test_a_file_that_is_not_there(run: Run) -> None:
    code, _, err = run("access", "check", "--lang", "en")
    assert code == 1
    assert "there is no such file" in err


SIGN_IN = """
[auth]
redirect_uri = "https://chiso.tinh.gov.vn/oauth2callback"
cookie_secret = "0123456789-abcdefghijklmnop-qrstuvwxyz"
client_id = "indices"
client_secret = "secret of the provider"
server_metadata_url = "https://dangnhap.tinh.gov.vn/.well-known/openid-configuration"
"""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"0123456789-abcdefghijklmnop-qrstuvwxyz": "CHANGE-ME"}, ["cookie_secret"]),
        ({"https://chiso": "http://chiso"}, ["redirect_uri"]),
        ({"https://chiso.tinh.gov.vn": "http://127.0.0.1:{port}"}, []),
        ({"/oauth2callback": "/"}, ["redirect_uri"]),
        ({"client_secret": "client_sekret", '"indices"': '"CHANGE-ME"'}, ["client_id", "client_secret"]),
        ({"client_id": "[auth.tinh]\nclient_id"}, []),
        ({"[auth]": "[auth"}, ["secrets.toml"]),
    ],
)
def test_the_settings_of_sign_in_before_a_server_starts(
    run: Run, tmp_path: Path, changed: dict[str, str], said: list[str]
) -> None:
    (tmp_path / "access.toml").write_text(RULES, encoding="utf-8")
    written = SIGN_IN
    for old, new in changed.items():
        written = written.replace(old, new)
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(written, encoding="utf-8")
    secrets.chmod(0o640)
    code, out, err = run("access", "check", "--lang", "en")
    assert code == (1 if said else 0)
    assert [name in line for name, line in zip(said, err.splitlines(), strict=True)] == [True] * len(said)
    assert "secret of the provider" not in out + err

    secrets.chmod(0o644)
    open_to_all = "everybody on this machine can read" in run("access", "check", "--lang", "en")[2]
    assert open_to_all is ("secrets.toml" not in said)
