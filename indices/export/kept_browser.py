"""A browser kept open for pictures: started when one is asked for, watched by the clock, ended for certain.

kaleido's own server waits without a limit for a browser that died; so its asynchronous part is used
here, on a thread of its own, and whatever takes too long is ended and started afresh.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import shutil
import signal
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import kaleido  # type: ignore[import-untyped]  # carries no types
from choreographer.browsers.chromium import Chromium

from indices.export.picture_page import PicturePage

T = TypeVar("T")

COLD_SECONDS, WARM_SECONDS, CLOSING_SECONDS = 40.0, 15.0, 5.0
"""How long the start of a browser, a picture by it, and its end may take."""
FRESH_PAGE_AFTER = 50
"""Pictures drawn on one loading of the page."""
IDLE_SECONDS = 300.0
"""A browser nobody asked for so long is ended: it holds memory."""


class BrowserError(RuntimeError):
    """The browser did not start, or gave no picture in time, and was ended."""


class _Quiet(Chromium):
    """Chromium that asks nothing of the network on its own account."""

    def get_cli(self) -> list[str]:
        return [*super().get_cli(), "--disable-background-networking", "--no-pings"]


class _Kept(kaleido.Kaleido):  # type: ignore[misc]  # of a class without types
    """kaleido without loading its page anew after every picture, which takes as long as the picture.

    Plotly takes away what it drew; a picture that failed ends the whole browser.
    """

    _made = 0

    async def _return_kaleido_tab(self, tab: Any) -> None:
        self._made += 1
        if self._made % FRESH_PAGE_AFTER == 0:
            await super()._return_kaleido_tab(tab)
        else:
            await self.tabs_ready.put(tab)


def installed_browser() -> str | None:
    """Path of the browser to draw with: INDICES_CHROMIUM, else Chromium, else Google Chrome, else None."""
    named = os.environ.get("INDICES_CHROMIUM")
    if named is not None:
        return named if os.access(named, os.X_OK) and Path(named).is_file() else None
    if os.access("/usr/bin/chromium", os.X_OK):
        return "/usr/bin/chromium"
    return shutil.which("google-chrome")


def sandbox_wanted() -> bool:
    """Whether the browser shuts itself in: not for the system's administrator, who cannot have that.

    INDICES_CHROMIUM_SANDBOX=0 says that what runs us has shut us in already and lets nothing within
    make a sandbox of its own: a unit of systemd, a container.
    """
    shut_in = os.environ.get("INDICES_CHROMIUM_SANDBOX", "1") == "0"
    return not shut_in and hasattr(os, "geteuid") and os.geteuid() != 0


class KeptBrowser:
    """One browser and the thread that speaks with it; pictures are drawn one after the other."""

    def __init__(
        self, path: str, *, cold: float = COLD_SECONDS, warm: float = WARM_SECONDS, idle: float = IDLE_SECONDS
    ) -> None:
        self.path, self._cold, self._warm, self._idle = path, cold, warm, idle
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._kaleido: kaleido.Kaleido | None = None
        self._timer: threading.Timer | None = None

    @property
    def process_id(self) -> int | None:
        """The process of the browser that runs now, None where none does."""
        process = getattr(self._kaleido, "subprocess", None)
        return None if process is None else int(process.pid)

    def drawn(self, spec: dict[str, Any], options: dict[str, Any]) -> bytes:
        """The picture of a figure (`data`, `layout`) with kaleido's options: format, width, height, scale.

        Several callers wait for each other. A browser that fails is ended and a second one tried once:
        it may have died since the last picture. Raises BrowserError.
        """
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            again = self._kaleido is not None
            try:
                found = self._draw(spec, options)
            except BrowserError:
                if not again:
                    raise
                found = self._draw(spec, options)
            self._timer = threading.Timer(self._idle, self.stop)
            self._timer.daemon = True
            self._timer.start()
            return found

    def stop(self) -> None:
        """End the browser; the next picture starts another one."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._end()

    def _draw(self, spec: dict[str, Any], options: dict[str, Any]) -> bytes:
        try:
            if self._kaleido is None:
                self._start()
            assert self._kaleido is not None  # _start has just set it
            found: bytes = self._run(self._kaleido.calc_fig(spec, options), self._warm)
        except Exception as failure:  # whatever it is, this browser is not trusted with another picture
            self._end()
            raise BrowserError(f"{type(failure).__name__}: {failure}") from failure
        return found

    def _start(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="pictures", daemon=True)
        self._thread.start()
        self._run(self._open(), self._cold)

    async def _open(self) -> None:
        # Made on its own thread: its locks and queues belong to the loop they are made in.
        self._kaleido = _Kept(
            path=self.path,
            browser_cls=_Quiet,
            page_generator=PicturePage(),
            timeout=self._warm,
            enable_sandbox=sandbox_wanted(),
        )
        await self._kaleido.open()

    def _run(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        assert self._loop is not None
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise TimeoutError(f"no answer in {seconds:g} s") from None

    def _end(self) -> None:
        """Ask the browser to close, then end its processes whatever it answers."""
        opened, self._kaleido = self._kaleido, None
        loop, self._loop = self._loop, None
        thread, self._thread = self._thread, None
        if loop is None:
            return
        if opened is not None:
            with contextlib.suppress(Exception):
                asyncio.run_coroutine_threadsafe(opened.close(), loop).result(CLOSING_SECONDS)
            _kill_group(getattr(opened, "subprocess", None))
        loop.call_soon_threadsafe(loop.stop)
        if thread is not None:
            thread.join(CLOSING_SECONDS)


def _kill_group(process: Any) -> None:
    """End a browser with all its helpers: it was started as the head of a group of its own."""
    if process is None:
        return
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with contextlib.suppress(Exception):
        process.wait(CLOSING_SECONDS)


_kept: dict[str, KeptBrowser] = {}
_choosing = threading.Lock()


def kept_browser(path: str) -> KeptBrowser:
    """The one browser of this process at a path; ended with the process."""
    with _choosing:
        if path not in _kept:
            _kept[path] = KeptBrowser(path)
            atexit.register(_kept[path].stop)
        return _kept[path]
