"""The address holds every choice as a code; a link, another page and another language keep it."""

from __future__ import annotations

import pytest

from tests.pages.shown import (
    PAGES,
    UNLISTED,
    address,
    alerts,
    assert_calm,
    chart,
    control,
    follow,
    open_page,
    rows,
    text_of,
)

# page, choice, code, the other choices the control needs
CHOICES = [
    ("overview", "lang", "en", {}),
    ("overview", "province", "yen-bai", {}),
    ("overview", "target", "10", {}),
    ("index_detail", "index", "papi", {}),
    ("index_detail", "edition", "2005", {"index": "pci"}),
    ("index_detail", "measure", "score", {}),
    ("index_detail", "split", "parts", {"index": "par", "edition": "2021", "province": "ha-nam"}),
    ("compare", "group", "region", {}),
    ("data", "download", "sipas", {}),
    ("data", "template", "dti", {}),
    ("data", "template_edition", "2019", {"template": "pci"}),
    ("upload", "template", "dti", {}),
    ("upload", "template_edition", "2019", {"template": "pci"}),
    ("history", "index", "papi", {}),
    ("history", "edition", "2019", {"index": "papi"}),
]


@pytest.mark.parametrize(("name", "choice", "code", "others"), CHOICES)
def test_a_link_is_taken_over_and_survives(name: str, choice: str, code: str, others: dict[str, str]) -> None:
    at = open_page(name, **others, **{choice: code})
    assert_calm(at)
    assert control(at, choice).value == address(at)[choice] == code
    assert control(at.run(), choice).value == code

    language = "vi" if choice == "lang" else "en"
    control(at, "lang").set_value(language).run()
    assert_calm(at)
    kept = language if choice == "lang" else code
    assert control(at, choice).value == address(at)[choice] == kept

    follow(at, "method", lang=language)
    follow(at, name, lang=language)
    assert_calm(at)
    assert control(at, choice).value == address(at)[choice] == kept


def test_an_address_is_not_lengthened_by_defaults() -> None:
    # Every word added to it would be one more step for the browser's back button.
    assert address(open_page("overview")) == {}
    link = {"lang": "vi", "province": "bac-giang", "target": "15", "index": "papi"}
    assert address(open_page("index_detail", **link)) == link


def test_a_choice_made_before_the_last_answer_came_counts() -> None:
    at = open_page("overview")
    control(at, "province").set_value("lai-chau").run()
    assert address(at) == {"province": "lai-chau"}

    # The browser has not heard of the new address yet.
    del at.query_params["province"]
    control(at, "target").set_value("10").run()
    assert (control(at, "province").value, control(at, "target").value) == ("lai-chau", "10")
    assert address(at) == {"province": "lai-chau", "target": "10"}

    del at.query_params["province"], at.query_params["target"]
    control(at, "province").set_value("ha-giang").run()
    assert (control(at, "province").value, control(at, "target").value) == ("ha-giang", "10")
    assert address(at) == {"province": "ha-giang", "target": "10"}
    assert_calm(at)


def test_the_way_back_takes_a_choice_back() -> None:
    at = open_page("index_detail", index="pci")
    control(at, "edition").set_value("2012").run()
    control(at, "target").set_value("10").run()
    assert address(at) == {"index": "pci", "edition": "2012", "target": "10"}

    del at.query_params["target"]
    at.run()
    assert (control(at, "target").value, control(at, "edition").value) == ("15", "2012")
    del at.query_params["edition"]
    at.run()
    assert (control(at, "index").value, control(at, "edition").value) == ("pci", "2024")
    assert_calm(at)


def test_provinces_and_toggle_of_a_link_are_taken_over() -> None:
    at = open_page("compare", group="own", with_="bac-ninh,da-nang")
    assert control(at, "with").value == ["bac-ninh", "da-nang"]
    control(at, "lang").set_value("en").run()
    assert control(at, "with").value == ["bac-ninh", "da-nang"]
    assert address(at)["with"] == "bac-ninh,da-nang"

    at = open_page("index_detail", events="0")
    assert control(at, "events").value is False
    control(at, "lang").set_value("en").run()
    assert control(at, "events").value is False
    assert_calm(at)


@pytest.mark.parametrize(
    ("name", "choice", "other"),
    [
        ("overview", "province", "da-nang"),
        ("overview", "target", "20"),
        ("index_detail", "index", "dti"),
        ("index_detail", "edition", "2019"),
        ("index_detail", "measure", "score"),
        ("compare", "group", "top"),
        ("data", "download", "ict"),
        ("data", "template", "papi"),
        ("upload", "template", "papi"),
        ("history", "index", "papi"),
    ],
)
def test_a_choice_is_written_as_its_code(name: str, choice: str, other: str) -> None:
    at = open_page(name)
    control(at, choice).set_value(other).run()

    assert_calm(at)
    assert address(at)[choice] == other


def test_several_provinces_are_written_with_commas_and_a_toggle_as_a_digit() -> None:
    at = open_page("compare", group="own", with_="bac-ninh")
    control(at, "with").set_value(["bac-ninh", "hai-duong"]).run()
    assert address(at)["with"] == "bac-ninh,hai-duong"

    at = open_page("index_detail")
    control(at, "events").set_value(False).run()
    assert address(at)["events"] == "0"


@pytest.mark.parametrize(
    ("name", "choice", "default"),
    [
        ("overview", "lang", "vi"),
        ("overview", "province", "bac-giang"),
        ("overview", "target", "15"),
        ("index_detail", "index", "par"),
        ("index_detail", "edition", "2023"),
        ("index_detail", "measure", "place"),
        ("index_detail", "events", "1"),
        ("compare", "group", "neighbours"),
        ("data", "download", "all"),
        ("data", "template", "par"),
        ("upload", "template", "par"),
        ("history", "index", "all"),
    ],
)
def test_an_unknown_code_is_named_and_the_default_used(name: str, choice: str, default: str) -> None:
    at = open_page(name, **{choice: "xyz"})
    assert [warning.value for warning in at.warning] == [
        f"Địa chỉ ghi «{choice}=xyz» nhưng không có lựa chọn này; trang đang dùng lựa chọn mặc định."
    ]
    assert not at.exception
    assert address(at)[choice] == default
    assert_calm(at.run())

    if choice != "lang":
        at = open_page(name, lang="en", **{choice: "xyz"})
        assert [warning.value for warning in at.warning] == [
            f"The address says “{choice}=xyz”, but there is no such choice; the page uses its default."
        ]


def test_an_unknown_province_among_others_is_named_and_left_out() -> None:
    at = open_page("compare", group="own", with_="bac-ninh,atlantis")

    assert len(alerts(at)) == 1
    assert "«with=atlantis»" in alerts(at)[0]
    assert control(at, "with").value == ["bac-ninh"]


def test_more_provinces_than_can_be_drawn_are_cut() -> None:
    seven = "an-giang,bac-kan,bac-lieu,bac-ninh,ca-mau,cao-bang,da-nang"
    at = open_page("compare", group="own", with_=seven)

    assert_calm(at)
    assert control(at, "with").value == seven.split(",")[:6]


def test_a_compared_province_put_in_focus_is_no_fault_of_the_address() -> None:
    at = open_page("compare", group="own", with_="bac-ninh,da-nang")
    control(at, "province").set_value("bac-ninh").run()

    assert_calm(at)
    assert control(at, "with").value == ["da-nang"]


def test_another_index_starts_from_its_newest_edition_without_a_warning() -> None:
    at = open_page("index_detail", index="pci", edition="2005")
    control(at, "index").set_value("papi").run()

    assert_calm(at)
    assert control(at, "edition").value == "2024"
    assert address(at) == {"index": "papi"}


def test_a_card_opens_its_index_at_the_newest_edition() -> None:
    at = open_page("index_detail", index="pci", edition="2012")
    follow(at, "overview", lang="vi", province="bac-giang", target="15")
    follow(at, "index_detail", lang="vi", province="bac-giang", target="15", index="papi")

    assert_calm(at)
    assert control(at, "edition").value == "2024"


def test_an_address_of_the_browsers_history_is_taken_over_on_the_same_page() -> None:
    at = open_page("index_detail", index="pci", edition="2005")
    control(at, "index").set_value("dti").run()
    at.query_params["index"], at.query_params["edition"] = "pci", "2005"
    at.run()

    assert_calm(at)
    assert (control(at, "index").value, control(at, "edition").value) == ("pci", "2005")


def test_menu_links_carry_language_province_and_target() -> None:
    at = open_page("overview", lang="en", province="da-nang", target="10")
    links = {link.proto.query_string for link in at.sidebar.get("page_link")}

    assert links == {"lang=en&province=da-nang&target=10"}
    assert len(at.sidebar.get("page_link")) == len(PAGES) - len(UNLISTED) == 13


def test_search_keeps_the_provinces_that_match_with_or_without_accents() -> None:
    at = open_page("index_detail", index="pci", edition="2022")
    control(at, "search").set_value("bac").run()
    names = [row[0] for row in rows(at, "Cơ sở số liệu")]
    assert sorted(names) == ["Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh"]

    control(at, "search").set_value("<b>").run()
    assert "Không có tỉnh nào khớp với «<b>»." in text_of("\n".join(part.value for part in at.html))


def test_the_score_map_shows_scores() -> None:
    spec = chart(open_page("index_detail", index="pci", edition="2022", measure="score"), "map")
    tiles = " ".join(words for trace in spec["data"] for words in trace.get("text", []))

    assert "72,80" in tiles or "72,8" in tiles


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("edition", "held"), [("2005", 42), ("2007", 64)])
def test_editions_with_ha_tay_open_in_both_languages(edition: str, held: int, language: str) -> None:
    at = open_page("index_detail", index="pci", edition=edition, lang=language)
    ranking = rows(at, "Cơ sở số liệu" if language == "vi" else "Basis")

    assert_calm(at)
    assert len(ranking) == held
    assert ("Hà Tây" if language == "vi" else "Ha Tay") in [row[0] for row in ranking]
