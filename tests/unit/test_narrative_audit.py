"""Entries of the audit log in words: nothing of the program's own shows through."""

from __future__ import annotations

import json
from typing import Any

import pytest

from indices.narrative.audit import about


@pytest.mark.parametrize(
    ("what", "vi", "en"),
    [
        ({}, "–", "–"),
        ({"sign_in": "5d1c"}, "–", "–"),
        ({"what": "PCI 2022", "file": "ab", "versions": [7, 8]}, "PCI 2022 · phiên bản 7, 8", None),
        ({"what": "restore", "version": 3}, "khôi phục · phiên bản 3", "restore · version 3"),
        (
            {"what": "correct", "index": "PCI", "edition": "2022", "component": "overall", "field": "score"},
            "đính chính · PCI · 2022 · chỉ số tổng hợp · điểm",
            "correct · PCI · 2022 · index as a whole · score",
        ),
        ({"what": "deck.pptx", "bytes": 123456}, "deck.pptx · 123.456 byte", "deck.pptx · 123,456 bytes"),
        ({"name": "Power BI", "role": "viewer", "days": None}, "Power BI · quyền người xem", None),
        ({"name": "Excel", "role": "viewer", "days": 30}, "Excel · quyền người xem · 30 ngày", None),
        ({"proposal": 2, "why": "changed"}, "đề nghị số 2 · vì số liệu vừa đổi", None),
        ({"what": "file of version 3"}, "tệp của phiên bản 3", "file of version 3"),
        ({"what": "file of proposal 3"}, "tệp của đề nghị số 3", "file of proposal 3"),
        ({"what": "proposal 3"}, "đề nghị số 3", "proposal 3"),
        ({"what": "template PAPI 2024"}, "tệp mẫu PAPI 2024", "template PAPI 2024"),
        ({"what": "audit log"}, "nhật ký", "audit log"),
        ({"what": "templates.csv"}, "templates.csv", "templates.csv"),
        ({"what": "history", "why": "signed_out"}, "Lịch sử · vì đã đăng xuất", None),
        ({"what": "status", "why": "bad_token"}, "/api/v1/status · vì mã truy cập không còn hiệu lực", None),
        ({"what": "openapi.json"}, "/api/v1/openapi.json", "/api/v1/openapi.json"),
        ({"what": "par_1", "component": "par_1"}, "par_1 · par_1", None),
        ([1, 2], "[1, 2]", "[1, 2]"),
    ],
)
def test_an_entry_in_words(what: Any, vi: str, en: str | None) -> None:
    written = json.dumps(what, ensure_ascii=False)
    assert about(written, "vi") == vi
    assert en is None or about(written, "en") == en


def test_what_is_no_json_is_told_as_it_stands() -> None:
    assert about("not {json", "vi") == "not {json"
