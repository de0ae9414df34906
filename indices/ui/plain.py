"""Texts from outside in places that read Markdown."""


def plain(line: str) -> str:
    """`line` with Markdown's signs neutralised: text from files must not become links or formats."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+!|~$:" else sign for sign in line)
