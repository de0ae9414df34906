"""Province names short enough for a tile or the end of a line."""

from __future__ import annotations

_SHORT = {
    "Bà Rịa - Vũng Tàu": "BR-VT",
    "Thành phố Hồ Chí Minh": "TP.HCM",
    "Thừa Thiên Huế": "TT-Huế",
    "Ba Ria - Vung Tau": "BR-VT",
    "Ho Chi Minh City": "HCMC",
    "Thua Thien Hue": "TT-Hue",
}


def short_name(province: str) -> str:
    """The name as offices shorten it in tables ("BR-VT"); names of two words stay whole."""
    return _SHORT.get(province, province)
