"""The options of the commands that answer: gap, why, strengths, scenario, outlook and the others."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from indices.analysis.certainty_bases import BASES
from indices.analysis.peers import PEER_GROUPS
from indices.catalogue import FOCAL_PROVINCE, STANDING_TARGET

Add = Callable[[str, str, str], argparse.ArgumentParser]
"""Makes a command of a name, the key of what it runs, and its sentence."""
Words = Callable[[str], str]
LEAST = ("fewest", "realistic")


def add_answer_commands(add: Add, words: Words) -> None:
    """Put the commands that answer beside the others."""

    def command(name: str, said: str, *, edition: bool = True) -> argparse.ArgumentParser:
        made = add(name, name, said)
        made.add_argument("--index", metavar="PCI", help=words("index"))
        if edition:
            made.add_argument("--edition", metavar="2022", help=words("edition_newest"))
        made.add_argument(
            "--province", metavar=f'"{FOCAL_PROVINCE}"', default=FOCAL_PROVINCE, help=words("province")
        )
        target = str(STANDING_TARGET)
        made.add_argument("--target", metavar=target, default=target, help=words("target"))
        made.add_argument("--json", action="store_true", help=words("json"))
        return made

    command("gap", words("gap"))
    for name, said in (("why", words("why")), ("reweight", words("reweight"))):
        command(name, said).add_argument("--since", metavar="2021", help=words("since"))
    parts = command("strengths", words("strengths"))
    parts.add_argument("--parent", metavar="d1_participation", help=words("parent"))
    parts.add_argument("--split", metavar="areas", help=words("split"))
    moved = command("scenario", words("scenario"))
    moved.add_argument(
        "--set", dest="changes", action="append", metavar="land_access=7.5", help=words("changes")
    )
    moved.add_argument("--least", metavar="|".join(LEAST), help=words("least"))
    sure = command("certainty", words("certainty"))
    sure.add_argument("--basis", metavar="|".join(BASES), help=words("basis"))
    sure.add_argument("--draws", metavar="2000", help=words("draws"))
    command("outlook", words("outlook"), edition=False)
    near = command("peers", words("peers"))
    near.add_argument("--group", metavar="|".join(PEER_GROUPS), default="neighbours", help=words("group"))
