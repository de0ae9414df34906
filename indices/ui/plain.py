"""Texts from outside in places that read Markdown."""

import re

# Bare addresses become links and ":material/…:" a picture by their text, signs or no signs before them.
_BREAKS = re.compile(r"(?<=:)(?=[^\s\d])|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_BREAK = "\u200b"  # seen by nobody; a line may end at it
_SIGNS = "\\`*_{}[]()<>#+!|~$:&"


def plain(line: str) -> str:
    """`line` with Markdown's signs neutralised: text from files must not become links or formats."""
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in _BREAKS.sub(_BREAK, line))
