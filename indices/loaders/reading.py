"""A file as it came → raw tables, or the one reason why it cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indices.loaders.encoding import decode
from indices.loaders.raw import RawTable, n_filled
from indices.loaders.separated import read_separated
from indices.loaders.workbook import read_workbook
from indices.problem import Problem

MOST_BYTES = 120_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"PAR1", "Parquet"),
    (b"\x1f\x8b", "GZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The tables of a file and how they were read, or the problem that keeps it out."""

    tables: tuple[RawTable, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    separator: str = ""


def read_file(file_name: str, content: bytes, is_known: Callable[[str], bool]) -> Reading:
    """The raw tables of a file, whatever its name ends in: the bytes tell what it is.

    `is_known` tells names of provinces; they are the proof of an encoding and a separator.
    """

    def refused(code: str, row: int | None = None, value: str | None = None, **slots: str) -> Reading:
        return Reading(problems=(Problem(code, file_name, row, None, value, slots),))

    if not content.strip():
        return refused("file_empty")
    if len(content) > MOST_BYTES:
        return refused("file_too_large", value=str(MOST_BYTES // 1_000_000))
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith((b"PK\x03\x04", _OLE)):
        book = read_workbook(content)
        if book.why is not None:
            return refused(book.why, value=book.value)
        if not any(n_filled(column) for table in book.tables for column in table.columns):
            return refused("file_empty")
        formulas: tuple[Problem, ...] = ()
        if book.n_formulas:
            said = {"n": str(book.n_formulas)}
            formulas = (Problem("formulas_used", file_name, slots=said, severity="note"),)
        return Reading(book.tables, formulas)
    for signature, kind in _OTHER_KINDS:
        if content.startswith(signature):
            return refused("file_kind", value=kind)
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<workbook")):
        return refused("file_is_html")
    decoded = decode(content, is_known)
    if decoded.why is not None:
        slots = {"suggestion": decoded.suggestion, "encoding": decoded.encoding}
        return refused(decoded.why, decoded.row, decoded.value, **slots)
    if not decoded.text.strip(' \t\r\n,;|"'):
        return refused("file_empty")
    separated = read_separated(decoded.text, is_known)
    if separated.table is None:
        return refused(separated.why or "separator_unclear", separated.row, separated.value)
    if not any(n_filled(column) for column in separated.table.columns):
        return refused("file_empty")
    return Reading((separated.table,), (), decoded.encoding, separated.separator)
