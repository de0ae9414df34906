"""What deploy/ describes, on this machine: nginx with TLS before two servers on one PostgreSQL, sign-in.

The configuration, the settings and the rules are the files of deploy/ themselves, with this machine's
ports, folders and names put in.
"""

from __future__ import annotations

import asyncio
import http.client
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlalchemy import create_engine, make_url, text

from benchmarks.proxy import NAME, PORTS, Proxy, proxied
from benchmarks.visitors import Visitor
from tests.browser.conftest import CHROMIUM, PROJECT, free_port, wait_until_healthy
from tests.browser.visiting import LIMIT_MILLISECONDS, settle, still
from tests.pages.desk_files import pci_file

expect.set_options(timeout=LIMIT_MILLISECONDS)
R = TypeVar("R")
DEPLOY = PROJECT / "deploy"
ANALYST, APPROVER = "chuyenvien@example.vn", "lanhdao@example.vn"
SERVER = os.environ.get("INDICES_TEST_POSTGRES_URL", "")
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
NEEDED = {"a database server (INDICES_TEST_POSTGRES_URL)": bool(SERVER), "nginx": NGINX}


@dataclass(frozen=True)
class Deployed:
    """The whole of it: nginx, the ports of the two servers, the folder of settings and logs."""

    proxy: Proxy
    ports: tuple[int, int]
    folder: Path


def settings(file: Path) -> dict[str, str]:
    """An environment file as systemd reads it."""
    lines = (line for line in file.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return dict(line.partition("=")[::2] for line in lines)


@contextmanager
def empty_database() -> Iterator[str]:
    address = make_url(SERVER).set(drivername="postgresql+psycopg")
    name = f"deployed_{uuid4().hex[:8]}"
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield address.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@contextmanager
def server(name: str, port: int, folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """One server as its unit starts it."""
    log = folder / f"{name}.log"
    given = {**environment, "INDICES_SERVER_NAME": name, "STREAMLIT_SERVER_PORT": str(port)}
    with log.open("wb") as output:
        command = [sys.executable, "-m", "streamlit", "run", "server.py"]
        process = subprocess.Popen(command, cwd=PROJECT, env=given, stdout=output, stderr=output)
        try:
            wait_until_healthy(process, f"http://127.0.0.1:{port}/api/ready", log)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    missing = [name for name, found in NEEDED.items() if not found]
    if missing and os.environ.get("INDICES_REQUIRE_NGINX") == "1":
        pytest.fail(f"not here: {missing}")
    if missing:
        pytest.skip(f"not here: {missing}")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    folder = tmp_path_factory.mktemp("deployed")
    ports = free_port(), free_port()
    people = [User(sub=name, claims={"email": name, "email_verified": True}) for name in (ANALYST, APPROVER)]
    with ExitStack() as stack:
        url = stack.enter_context(empty_database())
        provider = stack.enter_context(run_server_in_thread(user_claims=people))
        proxy = stack.enter_context(proxied(folder / "nginx", ports))
        access = (DEPLOY / "access.toml.example").read_text(encoding="utf-8")
        # Readers without a name, and additions without a second person but where a test asks for one.
        access = access.replace("public_viewing = false", "public_viewing = true")
        (folder / "access.toml").write_text(access.replace("approval = true", "approval = false"))
        secrets = (DEPLOY / "secrets.toml.example").read_text(encoding="utf-8")
        secrets = secrets.replace(f"https://{NAME}", proxy.address)
        secrets = secrets.replace('cookie_secret = "CHANGE-ME"', f'cookie_secret = "{token_urlsafe(48)}"')
        here = f"http://localhost:{provider.server_port}"
        (folder / "secrets.toml").write_text(secrets.replace("https://dangnhap.example.vn", here))
        environment = {
            **os.environ,
            **settings(DEPLOY / "indices.env.example"),
            "INDICES_DATABASE_URL": url,
            "INDICES_ACCESS_FILE": str(folder / "access.toml"),
            "STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml"),
            "INDICES_STORE_DIR": str(folder / "store"),
            "INDICES_BODY_SECONDS": "1",
            # Half a minute of a processor for each server, and nothing here waits for what it gives.
            "INDICES_WARM": "",
        }
        for name, port in zip(PORTS, ports, strict=True):
            stack.enter_context(server(name, port, folder, environment))
        yield Deployed(proxy, ports, folder)


@pytest.fixture(scope="module")
def office(deployed: Deployed, driver: Playwright) -> Iterator[Browser]:
    """A browser for which the name is on this machine."""
    rule = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    browser = driver.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking", rule]
    )
    yield browser
    browser.close()


def ask(
    deployed: Deployed, path: str = "/", host: str | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One answer through nginx."""
    connection = http.client.HTTPConnection(*deployed.proxy.peer, timeout=30)
    connection.connect()
    connection.sock = deployed.proxy.tls.wrap_socket(connection.sock, server_hostname=NAME)
    connection.request("GET", path, headers={"Host": host or deployed.proxy.address[8:], **headers})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def reader(deployed: Deployed) -> Visitor:
    return Visitor(deployed.proxy.address, tls=deployed.proxy.tls, peer=deployed.proxy.peer)


def finished(doing: Coroutine[Any, Any, R]) -> R:
    """What a coroutine gives; in a thread of its own, for the browser has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, doing).result()


def sign_in(page: Page, name: str) -> None:
    """Sign in at the provider, and be back at the address on which that was begun."""
    begun = page.url
    page.get_by_role("button", name="Đăng nhập").first.click()
    page.locator('input[name="sub"]').fill(name)
    page.locator('input[name="sub"]').press("Enter")
    page.wait_for_url(begun)
    settle(page)


@contextmanager
def person(office: Browser, deployed: Deployed, name: str, page: str, at: str = "") -> Iterator[Page]:
    """Somebody who signs in on a page and is back there, at one of the servers where that is named."""
    context = still(office.new_context(ignore_https_errors=True, viewport={"width": 1440, "height": 900}))
    context.set_default_timeout(LIMIT_MILLISECONDS)
    if at:
        context.add_cookies([{"name": "indices_server", "value": at, "url": deployed.proxy.address}])
    window = context.new_page()
    window.goto(f"{deployed.proxy.address}/{page}?lang=vi")
    sign_in(window, name)
    try:
        yield window
    finally:
        context.close()


def server_of(window: Page) -> str:
    """The server that a window is at."""
    return next(one["value"] for one in window.context.cookies() if one["name"] == "indices_server")


def send(window: Page, file: str, score: str, button: str) -> None:
    """A file with these points for Bắc Giang, looked through and sent."""
    window.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": file, "mimeType": "text/csv", "buffer": pci_file({"Bắc Giang": score})}
    )
    expect(window.locator(".on-desk")).to_contain_text(file)
    settle(window)
    form = window.get_by_test_id("stForm").last
    form.get_by_label("Nguồn: văn bản hoặc địa chỉ trang thông tin").fill("https://pcivietnam.vn")
    form.get_by_label("Lý do").fill("Số liệu công bố")
    for tick in form.get_by_test_id("stCheckbox").all():
        tick.locator("label").click()
    form.get_by_role("button", name=button, exact=True).click()


def test_pages_come_over_tls_and_stay_there(deployed: Deployed) -> None:
    status, headers, _ = ask(deployed)
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "uvicorn" not in (headers["Server"] or "")
    named = headers.get_all("Set-Cookie") or []
    assert [cookie for cookie in named if "; Secure" not in cookie or "; HttpOnly" not in cookie] == []
    token = ask(deployed, "/_stcore/health")[1]["Set-Cookie"]
    assert token.startswith("_streamlit_xsrf=")
    assert token.endswith("; Secure")
    plain = http.client.HTTPConnection("127.0.0.1", deployed.proxy.plain_port, timeout=10)
    plain.request("GET", "/compare?lang=en", headers={"Host": NAME})
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/compare?lang=en")


def test_scripts_are_compressed_as_the_servers_do_it(deployed: Deployed) -> None:
    headers = ask(deployed, **{"Accept-Encoding": "br"})[1]
    assert headers["Content-Encoding"] == "br"


def test_another_name_is_answered_by_nobody(deployed: Deployed) -> None:
    for port in deployed.ports:
        straight = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        straight.request("GET", "/", headers={"Host": "evil.example"})
        assert straight.getresponse().status == 400
    plain = http.client.HTTPConnection("127.0.0.1", deployed.proxy.plain_port, timeout=10)
    plain.request("GET", "/", headers={"Host": "evil.example"})
    with pytest.raises((OSError, http.client.HTTPException)):
        plain.getresponse()


def test_what_is_counted_is_for_the_machine_itself(deployed: Deployed) -> None:
    assert ask(deployed, "/api/health")[0] == 200
    assert ask(deployed, "/api/metrics")[0] == 401
    assert ask(deployed, "/_stcore/metrics")[0] == 404
    straight = http.client.HTTPConnection("127.0.0.1", deployed.ports[0], timeout=10)
    straight.request("GET", "/api/metrics")
    counted = straight.getresponse().read().decode()
    assert "indices_store_up 1.0" in counted
    assert 'indices_requests_total{method="GET",route="/api/metrics",status="401"}' in counted


def test_readers_are_spread_and_one_whose_server_is_chosen_stays_with_it(deployed: Deployed) -> None:
    async def two() -> tuple[str, str, str]:
        first, second = reader(deployed), reader(deployed)
        await first.open()
        await second.open()
        again = reader(deployed)
        again.cookies = {"indices_server": second.cookies["indices_server"]}
        await again.open()
        for one in (first, second, again):
            await one.close()
        return tuple(one.cookies["indices_server"] for one in (first, second, again))  # type: ignore[return-value]

    first, second, again = finished(two())
    assert {first, second} == set(PORTS)
    assert again == second


def test_a_file_added_on_one_server_is_seen_on_the_other_at_the_next_run(
    deployed: Deployed, office: Browser
) -> None:
    async def seen_by(name: str) -> str:
        one = reader(deployed)
        one.cookies = {"indices_server": name}
        await one.open("index=pci")
        await one.run(page="history")
        await one.close()
        return "\n".join(one.texts)

    with person(office, deployed, ANALYST, "upload") as page:
        mine = server_of(page)
        other = next(name for name in PORTS if name != mine)
        assert "hai_may_chu.csv" not in finished(seen_by(other))
        assert all(cookie["secure"] for cookie in page.context.cookies())
        send(page, "hai_may_chu.csv", "71", "Đưa vào")
        expect(page.locator(".st-key-receipt")).to_contain_text("hai_may_chu.csv")

    assert "hai_may_chu.csv" in finished(seen_by(other))
    assert "hai_may_chu.csv" in finished(seen_by(mine))


def test_a_proposal_of_one_server_is_approved_at_the_other_and_a_picture_taken_away(
    deployed: Deployed, office: Browser
) -> None:
    rules = deployed.folder / "access.toml"
    alone = rules.read_text(encoding="utf-8")
    rules.write_text(alone.replace("approval = false", "approval = true"), encoding="utf-8")
    try:
        with person(office, deployed, ANALYST, "upload") as analyst:
            mine = server_of(analyst)
            other = next(name for name in PORTS if name != mine)
            send(analyst, "hai_nguoi.csv", "72", "Gửi đi duyệt")
            expect(analyst.locator(".st-key-receipt")).to_contain_text("Đã gửi đi duyệt: đề nghị số 1.")
            with person(office, deployed, APPROVER, "proposals", at=other) as approver:
                assert server_of(approver) == other
                expect(approver.locator(".fact").first).to_contain_text(f"Người gửi: {ANALYST}")
                shown = approver.locator(".js-plotly-plot").first
                shown.hover()
                with approver.expect_download() as given:
                    shown.locator(".modebar-btn").first.click()
                assert Path(given.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
                approver.get_by_role("button", name="Duyệt và đưa vào", exact=True).click()
                expect(approver.get_by_test_id("stAlert").first).to_contain_text("Đã duyệt đề nghị số 1")
            analyst.goto(f"{deployed.proxy.address}/history?lang=vi&index=pci&edition=2022")
            settle(analyst)
            assert server_of(analyst) == mine
            expect(analyst.locator("table.figures").first).to_contain_text("hai_nguoi.csv")
    finally:
        rules.write_text(alone, encoding="utf-8")


def test_a_reader_of_a_server_that_is_no_more_comes_to_another_and_stays(deployed: Deployed) -> None:
    async def go() -> list[str]:
        one = reader(deployed)
        one.cookies = {"indices_server": "8599"}
        await one.open()
        found = [one.cookies["indices_server"]]
        await one.run(one.options[3])
        await one.open(one.query)
        found.append(one.cookies["indices_server"])
        await one.close()
        return found

    first, again = finished(go())
    assert first in PORTS
    assert again == first


def test_the_logs_name_nobody(deployed: Deployed) -> None:
    ask(deployed, f"/api/v1/gap?index=papi&province=bac-giang&by={ANALYST}")
    deadline, written = time.monotonic() + 10, ""
    while '"route": "/api/v1"' not in written and time.monotonic() < deadline:
        time.sleep(0.1)  # a request is written down after its answer has gone
        written = "".join(path.read_text() for path in deployed.folder.glob("85*.log"))
    written += (deployed.proxy.folder / "indices.log").read_text()
    written += (deployed.proxy.folder / "indices-error.log").read_text()
    assert '"route": "/api/v1"' in written
    assert ANALYST not in written
    assert "bac-giang" not in written
    assert "_streamlit_user" not in written


def test_units_of_systemd_are_right() -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    units = sorted(str(unit) for unit in (DEPLOY / "systemd").iterdir())
    told = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    # The program is not in /opt on this machine.
    wrong = [line for line in told.stderr.splitlines() if "is not executable" not in line]
    assert wrong == []


def test_every_setting_that_the_example_names_is_one() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PROJECT.glob("indices/**/*.py"))
    named = settings(DEPLOY / "indices.env.example")
    assert [name for name in named if name.startswith("INDICES_") and name not in source] == []


def test_the_unit_lets_the_browser_of_the_pictures_start() -> None:
    unit = (DEPLOY / "systemd" / "indices@.service").read_text(encoding="utf-8").splitlines()
    # Within these walls it can make no sandbox of its own, and ends at once where capset is refused.
    assert {"NoNewPrivileges=yes", "RestrictNamespaces=yes"} <= set(unit)
    assert "Environment=INDICES_CHROMIUM_SANDBOX=0" in unit
    assert "SystemCallFilter=setpriority capset" in unit
