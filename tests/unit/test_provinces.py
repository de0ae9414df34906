"""Names of provinces: every spelling finds its own province, and nothing else does."""

import shutil
import unicodedata
from pathlib import Path

import pytest

from indices.i18n.texts import LANGUAGES, problem_text
from indices.provinces import Provinces, read_provinces

CATALOGUE = Path(__file__).parents[2] / "data" / "catalogue"
HEADER_63 = "province_vi,province_en,gso_code,iso_code,region_vi,region_en,successor_2025_vi,aliases\n"
HEADER_34 = (
    "province_vi,province_en,code_2025,iso_code,type_vi,region_vi,region_en,n_predecessors,"
    "predecessors_vi,aliases\n"
)
ROW_34 = "Bắc Ninh,Bac Ninh,24,,Tỉnh,Đồng bằng sông Hồng,Red River Delta,2,Bắc Giang|Bắc Ninh,BN\n"
ROWS_63 = (
    "Bắc Giang,Bac Giang,24,VN-54,Trung du,Midlands,Bắc Ninh,BG\n"
    "Bắc Ninh,Bac Ninh,27,VN-56,Đồng bằng sông Hồng,Red River Delta,Bắc Ninh,BN\n"
)


@pytest.fixture(scope="module")
def provinces() -> Provinces:
    found, problems = read_provinces(CATALOGUE)
    assert problems == ()
    return found


def read(folder: Path, rows_63: str = ROWS_63, rows_34: str = ROW_34):
    (folder / "provinces.csv").write_text(HEADER_63 + rows_63, encoding="utf-8")
    (folder / "provinces_2025.csv").write_text(HEADER_34 + rows_34, encoding="utf-8")
    return read_provinces(folder)


@pytest.mark.parametrize(("frame", "count"), [(63, 63), (34, 34), (64, 64)])
def test_number_of_provinces(provinces: Provinces, frame: int, count: int):
    names = {spec.name_vi for spec in provinces.frame(frame)}
    assert len(names) == len(provinces.frame(frame)) == count
    assert {spec.frame for spec in provinces.frame(frame)} == {frame}


@pytest.mark.parametrize(("frame", "count"), [(63, 587), (34, 319)])
def test_every_alias_finds_its_own_province(provinces: Provinces, frame: int, count: int):
    pairs = [(alias, spec.name_vi) for spec in provinces.frame(frame) for alias in spec.aliases]
    assert len(pairs) == count
    assert [pair for pair in pairs if provinces.resolve(pair[0], frame) != pair[1]] == []


def variants(name: str) -> dict[str, str]:
    tones = {"òa": "oà", "óa": "oá", "ủy": "uỷ"}
    moved = name
    for new, old in tones.items():
        moved = moved.replace(new, old)
    decomposed = unicodedata.normalize("NFD", name)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D")
    return {
        "decomposed": decomposed,
        "tone moved": moved,
        "no accents": plain,
        "upper case": name.upper(),
        "lower case": name.lower(),
        "half decomposed": name[: len(name) // 2] + unicodedata.normalize("NFD", name[len(name) // 2 :]),
        "Tỉnh": f"Tỉnh {name}",
        "TỈNH decomposed": unicodedata.normalize("NFD", f"TỈNH {name.upper()}"),
        "TP.": f"TP. {name}",
        "TP": f"TP {name}",
        "Thành phố": f"thành phố {name}",
        "T.": f"T. {name}",
        "T. without space": f"T.{name}",
        "Province": f"{plain} Province",
        "City": f"{plain} city",
        "en dash": name.replace(" - ", " – ").replace(" ", "\u2013"),
        "no-break hyphen": name.replace(" ", "\u2011"),
        "true minus": name.replace(" - ", " \u2212 "),
        "spaces": f"  {name.replace(' ', chr(0xA0) + ' ')}\t",
        "no spaces": name.replace(" ", ""),
        "zero width": "\ufeff" + name.replace(" ", " \u200b"),
        "soft hyphen": name[:2] + "\u00ad" + name[2:],
        "full width": "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
    }


@pytest.mark.parametrize("frame", [63, 34, 64])
def test_generated_variants_find_their_province(provinces: Provinces, frame: int):
    wrong = [
        (how, text, spec.name_vi)
        for spec in provinces.frame(frame)
        for how, text in variants(spec.name_vi).items()
        if provinces.resolve(text, frame) != spec.name_vi
    ]
    assert wrong == []


@pytest.mark.parametrize("frame", [63, 34, 64])
def test_one_mark_left_out_still_finds_the_province(provinces: Provinces, frame: int):
    """Each mark in turn: "Băc Giang", "Bác Giang" are no other provinces."""
    for spec in provinces.frame(frame):
        name = unicodedata.normalize("NFD", spec.name_vi)
        for place, sign in enumerate(name):
            if unicodedata.combining(sign):
                assert provinces.resolve(name[:place] + name[place + 1 :], frame) == spec.name_vi


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "Tỉnh", "TP.", "City", "Province", "Bắc", "Giang", "Hà", "Hà Nối", "Thanh Hoà", "Quang",
        "Bac Gang", "Cả nước", "Trung bình", "Tổng", "H?N", "H\ufffdP", "Hà Nội Hà Nam", "Bắc Giang 2", "9",
        "Hà Tây", "Tây Ninh/Long An", "An", "Nguyên", "T", "a" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_province_does_not_resolve(provinces: Provinces, text: str):
    assert provinces.resolve(text) is None


def test_frames_are_kept_apart(provinces: Provinces):
    assert provinces.resolve("Bắc Giang", 34) is None
    assert provinces.resolve("Bắc Ninh", 63) == provinces.resolve("Bắc Ninh", 34) == "Bắc Ninh"
    assert provinces.resolve("Huế", 63) == "Thừa Thiên Huế"
    assert provinces.resolve("TT-Huế", 34) == "Huế"
    assert provinces.resolve("HÀ TÂY", 64) == "Hà Tây"
    assert provinces.get("Bắc Ninh", 63).code == "27"
    assert provinces.get("Bắc Ninh", 34).code == "24" == provinces.get("Bắc Giang", 63).code
    with pytest.raises(KeyError):
        provinces.frame(60)


def test_suggestions(provinces: Provinces):
    assert provinces.suggest("Bac Gang")[0][0] == "Bắc Giang"
    assert provinces.suggest("Hà Nối")[0][0] == "Hà Nội"
    assert provinces.suggest("Thanh Hoà", limit=1)[0][0] == "Thanh Hóa"
    assert provinces.suggest("Tỉnh Quảng Ngẫi")[0][0] == "Quảng Ngãi"
    assert provinces.suggest("Bắc Giang")[0] == ("Bắc Giang", 100.0)
    assert provinces.suggest("xyz") == []
    assert len(provinces.suggest("Quang", limit=2)) <= 2
    scores = [score for _, score in provinces.suggest("Binh Duong", limit=5)]
    assert scores == sorted(scores, reverse=True)


def test_merger(provinces: Provinces):
    assert provinces.successor("Bắc Giang") == "Bắc Ninh"
    assert provinces.successor("Hà Tây") == "Hà Nội"
    assert provinces.successor("Thừa Thiên Huế") == "Huế"
    assert provinces.predecessors("Bắc Ninh") == ("Bắc Giang", "Bắc Ninh")
    assert provinces.predecessors("Hà Nội") == ("Hà Nội",)
    everyone = [name for spec in provinces.frame(34) for name in spec.predecessors]
    assert len(everyone) == len(set(everyone)) == 63
    assert all(provinces.successor(name) == s.name_vi for s in provinces.frame(34) for name in s.predecessors)
    with pytest.raises(KeyError):
        provinces.predecessors("Bắc Giang")


def test_addresses(provinces: Provinces):
    assert provinces.get("Bắc Giang").slug == "bac-giang"
    assert provinces.get("Bà Rịa - Vũng Tàu").slug == "ba-ria-vung-tau"
    assert provinces.get("Thành phố Hồ Chí Minh").slug == "ho-chi-minh"
    assert provinces.get("Đắk Nông").slug == "dak-nong"
    assert provinces.by_slug("nowhere") is None
    for frame in (63, 34, 64):
        slugs = [spec.slug for spec in provinces.frame(frame)]
        assert len(set(slugs)) == len(slugs)
        assert all(provinces.by_slug(spec.slug, frame) == spec for spec in provinces.frame(frame))


def test_regions(provinces: Provinces):
    assert provinces.regions() == (
        "Trung du và miền núi phía Bắc",
        "Đồng bằng sông Hồng",
        "Bắc Trung Bộ và duyên hải miền Trung",
        "Tây Nguyên",
        "Đông Nam Bộ",
        "Đồng bằng sông Cửu Long",
    )
    assert [len(provinces.members(region)) for region in provinces.regions()] == [14, 11, 14, 5, 6, 13]
    assert [len(provinces.members(region, 34)) for region in provinces.regions(34)] == [9, 6, 5, 6, 3, 5]
    assert provinces.members("nowhere") == ()


def test_names_by_language(provinces: Provinces):
    assert provinces.name("Bắc Giang", "vi") == "Bắc Giang"
    assert provinces.name("Thành phố Hồ Chí Minh", "en", 34) == "Ho Chi Minh City"
    with pytest.raises(KeyError):
        provinces.name("Hà Tây", "vi")


BROKEN = {
    "name missing": (
        ROWS_63 + ",X,1,,R,R,Bắc Ninh,\n", ROW_34,
        [("cell_empty", "provinces.csv", 4, "province_vi", "")], 2,
    ),
    "duplicate, after a blank line": (
        ROWS_63 + "\nBắc Giang,Bac Giang,24,,R,R,Bắc Ninh,\n", ROW_34,
        [("province_duplicate", "provinces.csv", 5, "province_vi", "Bắc Giang")], 2,
    ),
    "alias shared, accents moved": (
        ROWS_63 + "Hà Nam,Ha Nam,35,,R,R,Bắc Ninh,HN|B.G\n", ROW_34,
        [("alias_shared", "provinces.csv", 4, "aliases", "B.G")], 2,
    ),
    "successor unknown": (
        ROWS_63 + "Hà Nam,Ha Nam,35,,R,R,Ninh Bình,\n", ROW_34,
        [("successor_unknown", "provinces.csv", 4, "successor_2025_vi", "Ninh Bình")], 2,
    ),
    "predecessor unknown": (
        ROWS_63, ROW_34.replace("Bắc Giang|", "Bắc Giang|Hà Nam|"),
        [("predecessor_unknown", "provinces_2025.csv", 2, "predecessors_vi", "Hà Nam")], 2,
    ),
    "predecessor elsewhere": (
        ROWS_63.replace("Midlands,Bắc Ninh", "Midlands,Huế"),
        ROW_34 + "Huế,Hue,46,,Thành phố,R,R,1,,\n",
        [("cell_empty", "provinces_2025.csv", 3, "predecessors_vi", ""),
         ("predecessor_elsewhere", "provinces_2025.csv", 2, "predecessors_vi", "Bắc Giang")], 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_rows_are_problems(tmp_path: Path, case: str):
    rows_63, rows_34, expected, n_left = BROKEN[case]
    provinces, problems = read(tmp_path, rows_63, rows_34)
    assert [(p.code, p.file, p.row, p.column, p.value) for p in problems] == expected
    assert len(provinces.frame(63)) == n_left
    for problem in problems:
        for language in LANGUAGES:
            assert problem_text(problem, language).startswith(problem.file)


def test_a_shared_alias_names_neither(tmp_path: Path):
    provinces, _ = read(tmp_path, ROWS_63 + "Hà Nam,Ha Nam,35,,R,R,Bắc Ninh,BG\n")
    assert provinces.resolve("BG") is None
    assert provinces.resolve("Bắc Giang") == "Bắc Giang"
    assert provinces.resolve("Hà Nam") is None


def test_a_name_that_lost_its_accents_may_mean_two(tmp_path: Path):
    """Where two provinces differ by accents alone, only the accents decide."""
    provinces, problems = read(
        tmp_path,
        "Bắc Giang,Bac Giang,24,,R,R,Bắc Ninh,\nBạc Giàng,Bac Giang (2),25,,R,R,Bắc Ninh,\n"
        "Bắc Ninh,Bac Ninh,27,,R,R,Bắc Ninh,\nBặc Ninh,Bawc,27,,R,R,Bắc Ninh,\n",
    )
    assert problems == ()
    assert provinces.resolve("Bắc Giang") == "Bắc Giang"
    assert provinces.resolve("Bạc Giàng") == "Bạc Giàng"
    assert provinces.resolve("Băc Ninh") is None


def test_missing_and_unreadable_files(tmp_path: Path):
    provinces, problems = read_provinces(tmp_path)
    assert [(p.code, p.file) for p in problems] == [
        ("file_missing", "provinces_2025.csv"),
        ("file_missing", "provinces.csv"),
    ]
    assert provinces.frame(63) == provinces.frame(64) == ()
    (tmp_path / "provinces_2025.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "provinces.csv").write_text("province_vi,province_en\nA,B\n", encoding="utf-8")
    provinces, problems = read_provinces(tmp_path)
    assert problems[0].code == "file_unreadable"
    assert {(p.code, p.row, p.column) for p in problems[1:]} == {
        ("column_missing", 1, column)
        for column in ("region_vi", "region_en", "iso_code", "aliases", "gso_code", "successor_2025_vi")
    }


def test_without_the_newer_file_the_older_one_stands(tmp_path: Path):
    shutil.copy(CATALOGUE / "provinces.csv", tmp_path)
    provinces, problems = read_provinces(tmp_path)
    assert [p.code for p in problems] == ["file_missing"]
    assert len(provinces.frame(63)) == 63
    assert provinces.successor("Bắc Giang") == "Bắc Ninh"
