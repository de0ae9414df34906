"""The published files of `data/` → bundled versions, once per content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from indices.catalogue import Catalogue
from indices.loaders.published import published_files, read_published
from indices.problem import Problem
from indices.store.errors import AlreadyHeldError
from indices.store.store import Store

BUNDLER = "data/published"


def bring_in(directory: Path, catalogue: Catalogue, store: Store) -> list[Problem]:
    """Add each published file the store does not hold yet; returns what kept files out.

    A file with a problem is left out whole and what the store held of its edition stays. Several
    servers may do this at once: a file goes in once. Raises StoreUnavailableError.
    """
    held = store.bundled_hashes()
    problems: list[Problem] = []
    for path in published_files(directory):
        try:
            content = path.read_bytes()
        except OSError as reason:
            name = f"{path.parent.name}/{path.name}"
            problems.append(Problem("file_unreadable", name, slots={"reason": str(reason)}))
            continue
        digest = hashlib.sha256(content).hexdigest()
        if held.get((path.parent.name.upper(), path.stem)) == digest:
            continue
        table, wrong = read_published(path, catalogue, content)
        problems += wrong
        if wrong:
            continue
        try:
            store.add(
                table,
                origin="bundled",
                by=BUNDLER,
                reason="",
                file_name=path.name,
                content=content,
                report={"rows": len(table)},
            )
        except AlreadyHeldError:
            continue  # another server was faster
    return problems
