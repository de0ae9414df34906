"""An uploaded master looked at before anything reads it: what it is, how much it unpacks to, what it runs."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from indices.loaders.guard import STEP
from indices.problem import Problem

MOST_BYTES = 60_000_000
MOST_UNPACKED = 200_000_000
MOST_MEMBERS = 3_000
MOST_XML = 20_000_000
"""Bytes of a single part of XML: real ones are a hundredth of it."""
_TYPES = "[Content_Types].xml"
_MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_KINDRED = re.compile(
    rb"application/vnd\.openxmlformats-officedocument\.presentationml\.(?:template|slideshow)\.main\+xml"
)
"""Templates and shows: the same file under another name."""
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of PowerPoint 97-2003 begin, and those locked with a password."""


def checked_master(content: bytes, name: str = "") -> bytes | Problem:
    """The file packed anew where it may be opened, else why not.

    Codes: master_too_large, master_not_powerpoint, master_old, master_password, master_damaged,
    master_macros, master_unsafe.
    """
    if len(content) > MOST_BYTES:
        return Problem("master_too_large", name, value=str(MOST_BYTES // 1_000_000))
    if content.startswith(_OLD):
        return Problem("master_old", name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _packed(archive, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, OSError, EOFError):
        # What does not even begin like a package was never one.
        return Problem("master_damaged" if content.startswith(b"PK") else "master_not_powerpoint", name)
    except (ValueError, RuntimeError, NotImplementedError, OverflowError, MemoryError):
        return Problem("master_damaged", name)


def _packed(archive: zipfile.ZipFile, name: str) -> bytes | Problem:
    members = [member for member in archive.infolist() if not member.is_dir()]
    names = {member.filename for member in members}
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        return Problem("master_too_large", name, value=str(MOST_UNPACKED // 1_000_000))
    if any(member.flag_bits & 1 for member in members):
        return Problem("master_password", name)
    if _TYPES not in names or not any(member.startswith("ppt/") for member in names):
        return Problem("master_not_powerpoint", name)
    if len({member.lower() for member in names}) != len(members):
        return Problem("master_damaged", name)
    if any(member.lower().endswith("vbaproject.bin") for member in names):
        return Problem("master_macros", name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as anew:
        for member in members:
            with archive.open(member) as stream:
                part = b"".join(iter(lambda: stream.read(STEP), b""))
            if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                if len(part) > MOST_XML:
                    return Problem("master_too_large", name, value=str(MOST_XML // 1_000_000))
                if _UNSAFE.search(part) or b"\0" in part:
                    return Problem("master_unsafe", name)
            if member.filename == _TYPES:
                if b"macroEnabled" in part:
                    return Problem("master_macros", name)
                part = _KINDRED.sub(_MAIN, part)
            anew.writestr(zipfile.ZipInfo(member.filename), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
