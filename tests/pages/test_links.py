"""Links and data addresses at a page's foot: they name what is shown, and the endpoints answer them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from indices.serving.api.mount import PREFIX
from indices.serving.api.routes import application
from indices.ui import served
from indices.ui.links_view import MOVING, base_address, data_address
from tests.pages.shown import address, assert_calm, open_page, unfold

PAGES = {
    "index_detail": ("history", "ranking", "components"),
    "components": ("strengths", "learn_from"),
    "gap": ("gap", "scenario"),
    "why": ("why", "reweight"),
    "outlook": ("outlook", "certainty"),
    "directive": ("directive",),
    "compare": ("history", "peers"),
}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(application(served.now(), served.door()), raise_server_exceptions=False) as asking:
        yield asking


def links(at: AppTest) -> list[str]:
    """The addresses to copy, in the page's order."""
    return [one.value for one in at.code]


def codes(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query))


def test_nothing_is_sent_until_it_is_asked_for() -> None:
    assert links(open_page("gap", index="pci")) == []


@pytest.mark.parametrize(("name", "routes"), PAGES.items())
def test_the_endpoints_answer_every_address(client: TestClient, name: str, routes: tuple[str, ...]) -> None:
    at = unfold(open_page(name, index="pci", province="ha-noi", target="10"))
    assert_calm(at)
    found = links(at)
    data = [link for link in found if link.startswith(PREFIX)]

    assert [urlsplit(link).path for link in found if link not in data] == [f"/{name}"] * (
        len(found) // (len(routes) + 1)
    )
    assert {urlsplit(link).path for link in data} == {f"{PREFIX}/{route}" for route in routes}
    for link in data:
        answer = client.get(link.removeprefix(PREFIX))
        assert answer.status_code == 200, link
        assert answer.json().get("province", "Hà Nội") == "Hà Nội"


@pytest.mark.parametrize("name", ["index_detail", "components", "gap", "why", "outlook", "compare"])
def test_one_link_opens_the_newest_and_one_keeps_the_year(name: str) -> None:
    at = unfold(open_page(name, index="pci", edition="2019"))
    newest, exact = (codes(link) for link in links(at) if urlsplit(link).path == f"/{name}")

    assert set(newest) & set(MOVING) == set()
    assert exact["edition"] == "2019"
    assert exact.items() >= newest.items()
    assert newest["index"] == "pci"


def test_the_exact_link_rebuilds_the_page() -> None:
    at = open_page("gap", index="pci", edition="2021", sc="land_access:7.5", target="10")
    link = codes(links(unfold(at))[3])
    assert link == {
        "lang": "vi",
        "province": "bac-giang",
        "target": "10",
        "index": "pci",
        "edition": "2021",
        "sc": "land_access:7.5",
    }
    again = open_page("gap", **link)
    assert_calm(again)
    assert address(again) == address(at) | {"lang": "vi", "province": "bac-giang"}


def test_the_data_address_of_a_scenario_gives_the_total_of_the_page(client: TestClient) -> None:
    at = unfold(open_page("gap", index="pci", edition="2021", sc="land_access:7.5"))
    exact = [link for link in links(at) if "/scenario" in link][-1]
    total = client.get(exact.removeprefix(PREFIX)).json()["scenario"]["total_after"]
    shown = next(part.value for part in at.html if 'class="verdict"' in part.value)
    assert f"{total:.2f}".replace(".", ",") in shown


def test_words_of_the_address_that_are_no_choice_are_left_out() -> None:
    at = unfold(open_page("directive", foo="<b>", index="par"))
    assert all("foo" not in link for link in links(at))


def test_the_words_are_those_of_the_page() -> None:
    english = unfold(open_page("gap", index="pci", lang="en"))
    assert "Links and data addresses to copy" in [one.proto.label for one in english.get("expander")]
    assert any("Always opens the newest edition" in part.value for part in english.html)
    assert any('content: "Copy"' in part.value for part in english.html)
    vietnamese = unfold(open_page("gap", index="pci"))
    assert any('content: "Sao chép"' in part.value for part in vietnamese.html)


@pytest.mark.parametrize(
    ("url", "name", "base"),
    [
        ("http://127.0.0.1:8501/gap", "gap", "http://127.0.0.1:8501"),
        ("https://a.vn/chi-so/gap/", "gap", "https://a.vn/chi-so"),
        ("https://a.vn/chi-so/", "", "https://a.vn/chi-so"),
        ("https://[::1]:8501/why", "why", "https://[::1]:8501"),
        ("javascript://a.vn/gap", "gap", ""),
        ("https://a.vn<script>/gap", "gap", ""),
        ("https://me:secret@a.vn/gap", "gap", ""),
        ("https://[bad/gap", "gap", ""),
        (None, "gap", ""),
    ],
)
def test_the_base_is_a_web_address_or_nothing(url: str | None, name: str, base: str) -> None:
    assert base_address(url, name) == base


def test_an_address_of_data_names_only_what_its_endpoint_takes() -> None:
    given = {"lang": "vi", "province": "bac-giang", "target": "15", "index": "pci", "events": "0"}
    wanted = "http://a/api/v1/history?lang=vi&province=bac-giang&index=pci"
    assert data_address("http://a", "history", given) == wanted
