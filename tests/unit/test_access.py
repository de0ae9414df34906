"""Roles, rules, modes, visitors: who may do what, and on what ground."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from indices.access import gate
from indices.access.actor import ANYBODY, LOCAL, STRANGER, Actor
from indices.access.gate import ForbiddenError
from indices.access.mode import mode_of
from indices.access.roles import Action, Role
from indices.access.rules import AccessRules
from indices.access.rules_file import rules_now
from indices.access.sparing import Sparing
from indices.access.visitor import expired, visitor
from indices.i18n import LANGUAGES, problem_text
from indices.settings import ROOT

LAN = {"email": "Lan@Tinh.gov.vn", "email_verified": True, "sub": "7", "iat": 1_000_000}
NOW = 1_000_000 + 3600

MAY = {
    Role.STRANGER: set(),
    Role.VIEWER: {"view", "export"},
    Role.ANALYST: {"view", "export", "upload", "change"},
    Role.APPROVER: {"view", "export", "upload", "change", "approve"},
    Role.ADMINISTRATOR: {"view", "export", "upload", "change", "approve", "administer"},
}


def test_access_knows_no_framework() -> None:
    for path in (ROOT / "indices" / "access").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            named += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            tops = {name.partition(".")[0] for name in named}
            assert not tops & {"streamlit", "starlette"}, path.name
            assert not any(name.startswith(("indices.ui", "indices.serving")) for name in named), path.name


class Log:
    """What was recorded, in a list."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str, str, dict[str, Any]]] = []

    def record(self, actor: Actor, action: str, outcome: str, what: Any) -> None:
        self.entries.append((actor.name, str(action), outcome, dict(what)))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_all_that_the_one_before_may(role: Role) -> None:
    assert {str(action) for action in Action if gate.allowed(Actor("a", role, "token"), action)} == MAY[role]


def test_a_refusal_is_raised_and_recorded_and_a_yes_is_neither() -> None:
    log, viewer = Log(), Actor("lan@tinh.gov.vn", Role.VIEWER, "signed_in")
    gate.check(viewer, Action.EXPORT, log=log, what="deck.pptx")
    assert log.entries == []
    with pytest.raises(ForbiddenError) as refused:
        gate.check(viewer, Action.UPLOAD, log=log, what="PCI 2024")
    assert (refused.value.actor, refused.value.action) == (viewer, Action.UPLOAD)
    assert log.entries == [("lan@tinh.gov.vn", "upload", "refused", {"what": "PCI 2024"})]


@pytest.mark.parametrize(
    ("address", "peer", "headers", "mode"),
    [
        ("127.0.0.1", None, {}, "local"),
        ("localhost", "127.0.0.1", {"Host": "localhost:8501", "Origin": "http://localhost:8501"}, "local"),
        ("::1", "::1", {"host": "[::1]:8501"}, "local"),
        ("127.0.0.1", "::ffff:127.0.0.1", {"Host": "127.0.0.1:8501"}, "local"),
        # Bound to the network, or to everything.
        ("", None, {}, "read_only"),
        ("0.0.0.0", "127.0.0.1", {"Host": "127.0.0.1:8501"}, "read_only"),
        ("10.0.0.5", "10.0.0.9", {"Host": "10.0.0.5"}, "read_only"),
        # The settings say this machine, the connection says otherwise; Host is written by whoever asks.
        ("127.0.0.1", "10.0.0.9", {"Host": "127.0.0.1:8501"}, "read_only"),
        # Through a proxy.
        ("127.0.0.1", "127.0.0.1", {"Host": "localhost", "X-Forwarded-For": "10.0.0.9"}, "read_only"),
        ("127.0.0.1", "127.0.0.1", {"Host": "localhost", "x-forwarded-proto": "https"}, "read_only"),
        ("127.0.0.1", "127.0.0.1", {"Host": "localhost", "Forwarded": "for=10.0.0.9"}, "read_only"),
        ("127.0.0.1", "127.0.0.1", {"Host": "localhost", "Via": "1.1 gateway"}, "read_only"),
        ("127.0.0.1", "127.0.0.1", {"Host": "chi-so.tinh.gov.vn"}, "read_only"),
        # A proxy that says nothing of itself still leaves the browser's own headers.
        ("127.0.0.1", "127.0.0.1", {"Host": "127.0.0.1", "Origin": "https://tinh.gov.vn"}, "read_only"),
        ("127.0.0.1", "127.0.0.1", {"Host": "127.0.0.1", "Referer": "https://tinh.gov.vn/x"}, "read_only"),
        # A name that merely looks like this machine's.
        ("127.0.0.1", None, {"Host": "127.0.0.1.example.net"}, "read_only"),
        ("127.0.0.1", None, {"Host": "localhost.example.net"}, "read_only"),
        ("127.0.0.1", None, {"Host": ""}, "read_only"),
        ("127.0.0.1", None, {"Host": "[::1"}, "read_only"),
        ("127.0.0.1", None, {"Host": "127.0.0.1", "Origin": "http://[::1"}, "read_only"),
        ("127.0.0.1", "not an address", {"Host": "127.0.0.1"}, "read_only"),
        ("127.0.0.1", None, {"Host": "127.0.0.1:8501", "Origin": "null"}, "read_only"),
    ],
)
def test_one_local_user_only_where_nobody_else_can_be(
    address: str, peer: str | None, headers: dict[str, str], mode: str
) -> None:
    assert mode_of(signed=False, address=address, headers=headers, peer=peer) == mode
    assert mode_of(signed=True, address=address, headers=headers, peer=peer) == "signed"


RULES = AccessRules(
    addresses={"lan@tinh.gov.vn": Role.ANALYST},
    domains={"tinh.gov.vn": Role.VIEWER},
    claim_roles={"chi-so": Role.APPROVER},
)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, Role.ANALYST),
        ({"email": " LAN@TINH.GOV.VN "}, Role.ANALYST),
        ({"email_verified": "true"}, Role.ANALYST),
        ({"email": "ha@tinh.gov.vn"}, Role.VIEWER),
        ({"email": "ha@tinh.gov.vn.example.net"}, Role.STRANGER),
        ({"email": "ha@x.tinh.gov.vn"}, Role.STRANGER),
        ({"email": "lan@tinh.gov.vn@example.net"}, Role.STRANGER),
        ({"email_verified": False}, Role.STRANGER),
        ({"email_verified": "false"}, Role.STRANGER),
        ({"email_verified": 1}, Role.STRANGER),
        ({"email_verified": None}, Role.STRANGER),
        ({"email": ["lan@tinh.gov.vn"]}, Role.STRANGER),
        ({"email": None, "groups": ["chi-so", "khac"]}, Role.APPROVER),
        ({"groups": "chi-so"}, Role.APPROVER),
        ({"groups": "chi-so khac"}, Role.ANALYST),
        ({"groups": {"chi-so": 1}}, Role.ANALYST),
        ({"groups": ["khac"]}, Role.ANALYST),
    ],
)
def test_the_highest_role_that_matches(claims: dict[str, Any], role: Role) -> None:
    assert RULES.role_of({**LAN, **claims}) is role


def test_an_address_of_which_nothing_is_said_counts_only_where_the_rules_trust_it() -> None:
    claims = {"email": "lan@tinh.gov.vn"}
    trusting = AccessRules(addresses=RULES.addresses, trust_unverified_email=True)
    assert RULES.role_of(claims) is Role.STRANGER
    assert trusting.role_of(claims) is Role.ANALYST
    assert trusting.role_of({**claims, "email_verified": False}) is Role.STRANGER


def test_an_address_typed_with_combining_marks_is_the_same() -> None:
    rules = AccessRules(addresses={"h\u1ea3i@tinh.gov.vn": Role.ANALYST})
    assert rules.role_of({"email": "Ha\u0309i@tinh.gov.vn", "email_verified": True}) is Role.ANALYST


@pytest.mark.parametrize(
    "given", ["\u212aien@tinh.gov.vn", "kien@tinh.gov\u017f.vn", "kien@t\ufb01nh.gov.vn"]
)
def test_letters_that_only_look_alike_are_another_mailbox(given: str) -> None:
    named = {"kien@tinh.gov.vn": Role.ANALYST, "kien@tinh.govs.vn": Role.ANALYST}
    rules = AccessRules(addresses=named, domains={"tfinh.gov.vn": Role.VIEWER})
    claims = {"email": given, "email_verified": True, "sub": "7"}
    assert (rules.role_of(claims), rules.address_of(claims)) == (Role.STRANGER, "")


def test_a_claim_within_claims() -> None:
    rules = AccessRules(claim="realm_access.roles", claim_roles={"x": Role.VIEWER})
    assert rules.role_of({"realm_access": {"roles": ["x"]}}) is Role.VIEWER
    assert rules.role_of({"realm_access.roles": ["x"]}) is Role.VIEWER
    assert rules.role_of({"realm_access": ["x"]}) is Role.STRANGER


@pytest.mark.parametrize(
    ("claims", "over"),
    [
        ({}, False),
        ({"iat": NOW - 12 * 3600}, False),
        ({"iat": NOW - 12 * 3600 - 1}, True),
        ({"iat": NOW + 300}, False),
        ({"iat": NOW + 301}, True),
        ({"iat": None, "auth_time": NOW - 60}, False),
        ({"iat": None}, True),
        ({"iat": "soon"}, True),
        ({"iat": True}, True),
        ({"iat": float("nan")}, True),
    ],
)
def test_a_sign_in_ends_after_its_hours(claims: dict[str, Any], over: bool) -> None:
    assert expired({**LAN, **claims}, RULES, NOW) is over
    who = visitor("signed", RULES, {**LAN, **claims}, NOW)
    assert who == (STRANGER if over else Actor("lan@tinh.gov.vn", Role.ANALYST, "signed_in"))


def test_visitors() -> None:
    public = AccessRules(public_viewing=True)
    assert visitor("local", AccessRules()) == LOCAL
    assert visitor("local", AccessRules(local_user=False)) == ANYBODY
    assert visitor("read_only", AccessRules()) == ANYBODY
    assert visitor("signed", AccessRules()) == STRANGER
    assert visitor("signed", public) == ANYBODY
    # A sign-in that gives nothing leaves what everybody may; in other modes it counts nothing.
    assert visitor("signed", public, LAN, NOW) == Actor("lan@tinh.gov.vn", Role.VIEWER, "signed_in")
    assert visitor("signed", AccessRules(), LAN, NOW) == Actor("lan@tinh.gov.vn", Role.STRANGER, "signed_in")
    assert visitor("read_only", RULES, LAN, NOW) == ANYBODY
    # Whose address nobody has verified is called by the provider's code.
    assert visitor("signed", RULES, {**LAN, "email_verified": False}, NOW).name == "7"


WHOLE = """
public_viewing = true
approval = true
session_hours = 8
trust_unverified_email = true
local_user = false

[roles]
administrator = ["An@tinh.gov.vn"]
approver = ["Bình@tinh.gov.vn"]
analyst = ["lan@tinh.gov.vn", "*@so-nv.tinh.gov.vn"]
viewer = ["*@Tinh.gov.vn", "lan@tinh.gov.vn"]

[claim]
name = "realm_access.roles"

[claim.roles]
administrator = ["chi-so-quan-tri"]
viewer = ["can-bo"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "access.toml"


def test_a_whole_file(file: Path) -> None:
    file.write_text(WHOLE, encoding="utf-8")
    assert rules_now(file) == AccessRules(
        public_viewing=True,
        approval=True,
        session_hours=8.0,
        trust_unverified_email=True,
        local_user=False,
        addresses={
            "an@tinh.gov.vn": Role.ADMINISTRATOR,
            "bình@tinh.gov.vn": Role.APPROVER,
            "lan@tinh.gov.vn": Role.ANALYST,
        },
        domains={"so-nv.tinh.gov.vn": Role.ANALYST, "tinh.gov.vn": Role.VIEWER},
        claim="realm_access.roles",
        claim_roles={"chi-so-quan-tri": Role.ADMINISTRATOR, "can-bo": Role.VIEWER},
    )


def test_an_empty_file_gives_nobody_anything(file: Path) -> None:
    file.write_text("# nothing yet\n", encoding="utf-8")
    assert rules_now(file) == AccessRules()


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (b"approval = yes\n", [("access_syntax", 1, None)]),
        (b"[roles]\nanalyst = [\n", [("access_syntax", 3, None)]),
        (b"\xff\xfe", [("access_unreadable", None, None)]),
        (b"\n# approval = 1\napproval = 1\n", [("access_switch", 3, "approval")]),
        (b'public_viewing = "true"\n', [("access_switch", 1, "public_viewing")]),
        (b"publik = true\n", [("access_key", 1, "publik")]),
        (b"session_hours = 0\n", [("access_hours", 1, "0")]),
        (b"session_hours = true\n", [("access_hours", 1, "True")]),
        (b"session_hours = inf\n", [("access_hours", 1, "inf")]),
        (b"session_hours = nan\n", [("access_hours", 1, "nan")]),
        (b'roles = "x"\n', [("access_table", 1, "roles")]),
        (b'[roles]\nanalyst = "lan@tinh.gov.vn"\n', [("access_list", 2, "roles.analyst")]),
        (b'[roles]\nstranger = ["a@b.vn"]\n', [("access_key", 2, "roles.stranger")]),
        (b'[roles]\nviewer = [\n "lan@tinh.gov.vn",\n "*",\n]\n', [("access_address", 4, "*")]),
        (b'[roles]\nviewer = ["*@"]\n', [("access_address", 2, "*@")]),
        (b'[roles]\nviewer = ["lan*@tinh.gov.vn"]\n', [("access_address", 2, "lan*@tinh.gov.vn")]),
        (b"[claim]\nname = 3\n", [("access_text", 2, "claim.name")]),
        (b"[claim.roles]\nboss = []\n", [("access_key", 2, "claim.roles.boss")]),
        (
            b'approval = 0\nx = 1\n[roles]\nviewer = ["lan"]\n',
            [("access_key", 2, "x"), ("access_switch", 1, "approval"), ("access_address", 4, "lan")],
        ),
    ],
)
def test_what_is_wrong_has_its_line_and_nobody_may_more_than_view(
    file: Path, written: bytes, found: list[tuple[str, int | None, str | None]]
) -> None:
    file.write_bytes(written)
    rules = rules_now(file)
    assert [(one.code, one.row, one.value) for one in rules.problems] == found
    assert visitor("local", rules).role is Role.VIEWER
    assert rules.most is Role.VIEWER
    for problem in rules.problems:
        for language in LANGUAGES:
            assert "{" not in problem_text(problem, language)


def test_faulty_rules_leave_those_who_are_named_to_view(file: Path) -> None:
    file.write_text(WHOLE + "\n[other]\n", encoding="utf-8")
    rules = rules_now(file)
    assert rules.role_of({"email": "an@tinh.gov.vn", "email_verified": True}) is Role.VIEWER
    assert rules.role_of({"email": "x@example.net", "email_verified": True}) is Role.STRANGER


def test_a_file_that_is_named_must_be_there(file: Path) -> None:
    (problem,) = rules_now(file).problems
    assert problem_text(problem, "en").startswith("access.toml: there is no such file; make it, or put")


def test_a_change_of_the_file_holds_at_once(file: Path) -> None:
    file.write_text('[roles]\nanalyst = ["lan@tinh.gov.vn"]\n', encoding="utf-8")
    assert rules_now(file).role_of(LAN) is Role.ANALYST
    file.write_text("[roles]\nanalyst = []\n", encoding="utf-8")
    assert rules_now(file).role_of(LAN) is Role.STRANGER


def test_a_file_that_could_not_be_read_is_read_again_though_it_did_not_change(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('[roles]\nanalyst = ["lan@tinh.gov.vn"]\n', encoding="utf-8")

    def refused(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "read_text", refused)
        (problem,) = rules_now(file).problems
        assert (problem.code, problem.slots) == ("access_unreadable", {"reason": "Permission denied"})
    assert rules_now(file).role_of(LAN) is Role.ANALYST


def test_who_knocks_all_day_is_written_down_once_a_minute() -> None:
    log, now = Log(), [0.0]
    sparing = Sparing(lambda: log, lambda: now[0])
    known = Actor("lan@tinh.gov.vn", Role.VIEWER, "signed_in")
    for _ in range(3):
        sparing.record(STRANGER, Action.VIEW, "refused", {"what": "gap"})
        sparing.record(known, Action.UPLOAD, "refused", {"what": "PCI 2024"})
    sparing.record(STRANGER, Action.VIEW, "refused", {"what": "status"})
    now[0] = 61.0
    sparing.record(STRANGER, Action.VIEW, "refused", {"what": "gap"})
    assert [(name, what["what"]) for name, _, _, what in log.entries] == [
        ("", "gap"),
        *[("lan@tinh.gov.vn", "PCI 2024")] * 3,
        ("", "status"),
        ("", "gap"),
    ]
