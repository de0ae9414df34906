"""Compressed copies of the frontend's assets, made once and kept in a cache folder.

Compressing the largest chunk (4.7 MB) as densely as Brotli can takes some 15 s of one core, far too
long for a request and worth it once: the copy is a fifth smaller than a quick one and is sent to
every new visitor. Gzip copies serve browsers on plain http, which ask for Brotli over TLS only.
"""

from __future__ import annotations

import gzip
import logging
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # carries no types

from indices.serving.frontend import Frontend

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0
"""How often is looked whether another server is done."""
COMPRESSIBLE = (".js", ".css", ".json", ".svg", ".html", ".map", ".txt")
# Below this size (bytes) headers weigh more than what compression saves.
SMALLEST_WORTH_COMPRESSING = 500


def _brotli(content: bytes) -> bytes:
    compressed: bytes = brotli.compress(content, quality=11, lgwin=24)
    return compressed


def _gzip(content: bytes) -> bytes:
    # A fixed time makes copies made by several servers equal byte for byte.
    return gzip.compress(content, compresslevel=9, mtime=0)


# Best first; gzip is quick to make and therefore made first.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}


def cache_folder() -> Path:
    """Folder for compressed copies: INDICES_CACHE_DIR, else the user's cache, else a fresh temporary one.

    It belongs to the user alone: who can write there decides what scripts a browser gets.
    """
    chosen = os.environ.get("INDICES_CACHE_DIR")
    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    folder = Path(chosen or home).expanduser() / "provincial-indices"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="provincial-indices-"))


class CompressedCopies:
    """Copies of a frontend's assets: `folder/<encoding>/static/js/name.hash.js`."""

    def __init__(self, frontend: Frontend, folder: Path) -> None:
        self.frontend = frontend
        self.folder = folder
        self.complete = False

    def path(self, asset: str, encoding: str) -> Path | None:
        """The copy of `asset` in `encoding`, or None while there is none or for an unknown name."""
        if asset not in self.frontend.assets:
            return None
        copy = self.folder / encoding / asset
        return copy if copy.is_file() else None

    def worth_compressing(self) -> list[str]:
        """Assets to copy, those of a first visit before all others."""
        first = [*self.frontend.named_by_start_page(), *self.frontend.chunks_of()]
        order = dict.fromkeys([*first, *sorted(self.frontend.assets)])
        return [asset for asset in order if self._is_worth_compressing(asset)]

    def make(self, encodings: Iterable[str] = ("gzip", "br"), stop: threading.Event | None = None) -> int:
        """Make the copies that are missing; returns how many were made. Stops early when `stop` is set.

        Of several servers on a machine one works (a minute of a processor) and the others find its copies; a
        copy appears whole or not at all.
        """
        made = 0
        stop = stop or threading.Event()
        with _alone(self.folder, stop):
            for encoding in encodings:
                for asset in self.worth_compressing():
                    if stop.is_set():
                        return made
                    if self.path(asset, encoding) is None:
                        content = (self.frontend.folder / asset).read_bytes()
                        _write_whole(self.folder / encoding / asset, ENCODERS[encoding](content))
                        made += 1
        self.complete = True
        return made

    def _is_worth_compressing(self, asset: str) -> bool:
        if not asset.endswith(COMPRESSIBLE) or asset not in self.frontend.assets:
            return False
        return (self.frontend.folder / asset).stat().st_size >= SMALLEST_WORTH_COMPRESSING


@contextmanager
def _alone(folder: Path, stop: threading.Event) -> Iterator[None]:
    """Wait until no other process works in `folder`, or until `stop` is set; its end frees the folder too.

    Where files cannot be locked (Windows, some network folders) nobody waits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "being-made").open("w") as held:
        while fcntl is not None and not stop.is_set():
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                stop.wait(_LOOK_SECONDS)
            except OSError:
                break
        yield


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(content)
    Path(part.name).replace(path)
