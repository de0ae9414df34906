"""Changes to the bytes of a file, and to the XML inside a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

ByteMutator = Callable[[bytes, Random], bytes]
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_TAG = re.compile(rb"<[^<>]+>")
_ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1258",
    "cp1252",
    "utf-32",
    "latin-1",
)
_HOSTILE = (
    *(b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b'"', b"'", b";", b",", b"\t", b"\r", b"\n", b"\x1a"),
    *(b"sep=,\r\n", b"<!DOCTYPE x>", b"&x;", b"&#0;", b"<", b">", b"]]>", b"PK\x03\x04", b"\xcc\x81" * 99),
    *(b"99999999999999999999", b"-1", b"4294967295", b"XFD1048576", b"1e308", b"NaN", b"=1+1", b" " * 999),
)


def flip(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def overwrite(content: bytes, chance: Random) -> bytes:
    at, put = chance.randrange(len(content)), chance.choice((chance.randbytes(9), *_HOSTILE))
    return content[:at] + put + content[at + len(put) :]


def insert(content: bytes, chance: Random) -> bytes:
    at, put = chance.randint(0, len(content)), chance.choice((chance.randbytes(5), *_HOSTILE))
    return content[:at] + put + content[at:]


def cut(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content))
    end = chance.choice((len(content), at + chance.randint(1, 300)))
    return content[:at] + content[end:]


def double(content: bytes, chance: Random) -> bytes:
    at, end = sorted((chance.randrange(len(content)), chance.randrange(len(content))))
    end = min(end, at + 2_000)
    to = chance.choice((at, end, len(content)))
    return content[:to] + content[at:end] + content[to:]


def swap(content: bytes, chance: Random) -> bytes:
    n = chance.choice((1, 4, 100))
    one, other = sorted((chance.randrange(len(content)), chance.randrange(len(content))))
    first, second = content[one : one + n], content[other : other + n]
    if other < one + n:
        return content
    return content[:one] + second + content[one + n : other] + first + content[other + n :]


def other_encoding(content: bytes, chance: Random) -> bytes:
    """Decoded as one thing and saved as another, as editors do."""
    read, written = chance.choice(_ENCODINGS), chance.choice(_ENCODINGS)
    return content.decode(read, "replace").encode(written, "replace")


def other_lines(content: bytes, chance: Random) -> bytes:
    ends = (b"\n", b"\r", b"\r\n", b"\n\n", b"\x0b", b"\xe2\x80\xa8")
    return content.replace(b"\r\n", b"\n").replace(b"\n", chance.choice(ends))


def other_separator(content: bytes, chance: Random) -> bytes:
    signs = [b",", b";", b"\t", b"|", b".", b" "]
    return content.replace(chance.choice(signs), chance.choice(signs))


def change_number(content: bytes, chance: Random) -> bytes:
    """A number of the text becomes another: figures, counts, places, sizes."""
    found = list(_NUMBER.finditer(content))
    if not found:
        return content
    number = chance.choice(found)
    put = chance.choice(
        (b"0", b"-1", b"7", b"63", b"71.23", b"4294967295", b"1048577", b"1e9", b"", b"2147483648")
    )
    return content[: number.start()] + put + content[number.end() :]


def change_tag(content: bytes, chance: Random) -> bytes:
    """A tag of XML is taken out, doubled or moved."""
    found = list(_TAG.finditer(content))
    if not found:
        return flip(content, chance)
    one, other = chance.choice(found), chance.choice(found)
    kind = chance.choice(("out", "double", "move"))
    if kind == "out":
        return content[: one.start()] + content[one.end() :]
    at = one.end() if kind == "double" else other.start()
    return content[:at] + one[0] + content[at:]


BYTE_MUTATORS: tuple[ByteMutator, ...] = (flip, overwrite, insert, cut, double, swap)
TEXT_MUTATORS: tuple[ByteMutator, ...] = (
    *BYTE_MUTATORS,
    *(other_encoding, other_encoding, other_lines, other_separator, change_number),
)
XML_MUTATORS: tuple[ByteMutator, ...] = (*BYTE_MUTATORS, change_number, change_number, change_tag, change_tag)


def change_part(content: bytes, chance: Random) -> bytes:
    """One part of a workbook changed, and the whole packed again, so that its sums are right."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    filled = [name for name, part in parts.items() if part]
    likely = [
        name for name in filled if "sheet" in name.lower() or name in ("content.xml", "xl/workbook.xml")
    ]
    name = chance.choice(likely or filled) if chance.random() < 0.8 else chance.choice(filled)
    for _ in range(chance.choice((1, 1, 2, 5))):
        parts[name] = chance.choice(XML_MUTATORS)(parts[name], chance) or b" "
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, inside in parts.items():
            archive.writestr(part, inside)
    return target.getvalue()
