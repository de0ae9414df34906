"""Canonical province names, their spellings and the merger of 2025."""

from indices.provinces.frames import Provinces, ProvinceSpec
from indices.provinces.reading import read_provinces

__all__ = ["ProvinceSpec", "Provinces", "read_provinces"]
