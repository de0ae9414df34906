"""Work a server does beside answering: warm the data, make compressed copies, keep all provinces warm."""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import pkgutil
import threading
import time
from collections.abc import Callable, Mapping

from indices.serving.copies import CompressedCopies

logger = logging.getLogger(__name__)

# What every page imports, and the function that reads data once for every visitor.
PAGE_PACKAGE = "indices.ui"
WARM_MODULE, WARM_FUNCTION = "indices.ui.warm", "warm"
_LOOK_SECONDS = 2.0
"""How often the store is looked at for whether all is to be worked out anew."""
_QUIET_SECONDS = 0.2


class StartWork:
    """The work after a start, in threads that end with the process: a failure is logged, never fatal."""

    def __init__(
        self,
        copies: CompressedCopies,
        busy: Callable[[], bool] = lambda: False,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """`busy` says whether readers are waiting: what can wait then does.

        INDICES_WARM=all keeps the overview of all provinces worked out, not only that of the province
        in focus; takes some 90 MB, and half a minute of one core after the start and after an addition.
        """
        self.copies, self.busy = copies, busy
        self.data_warm = self.all_warm = False
        self._keeps_all_warm = environment.get("INDICES_WARM", "").strip().lower() == "all"
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=task, name=task.__name__, daemon=True)
            for task in (self.warm_data, self.make_copies)
        ]

    @property
    def done(self) -> bool:
        """Whether everything was begun and has ended, well or not."""
        return all(thread.ident is not None and not thread.is_alive() for thread in self._threads)

    @property
    def warming_over(self) -> bool:
        """Whether the data are warm, or could not be made so: the first visitor waits for nothing more."""
        warming = self._threads[0]
        return warming.ident is not None and not warming.is_alive()

    def start(self) -> None:
        """Begin without waiting for the end."""
        for thread in self._threads:
            thread.start()
        if self._keeps_all_warm:
            threading.Thread(target=self.keep_all_warm, name="keep_all_warm", daemon=True).start()

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._stop.set()

    def warm_data(self) -> None:
        """Import what pages import and read the data, before the first visitor does."""
        began = time.monotonic()
        try:
            for module in pkgutil.iter_modules(importlib.import_module(PAGE_PACKAGE).__path__):
                importlib.import_module(f"{PAGE_PACKAGE}.{module.name}")
            getattr(importlib.import_module(WARM_MODULE), WARM_FUNCTION)()
            self.data_warm = True
            logger.info("Data warm after %.1f s.", time.monotonic() - began)
        except Exception:
            # A visitor's own run will show the failure in words; the server must still start.
            logger.exception("Warming the data failed; the first visitor waits for it instead.")
        set_aside_what_stays()

    def keep_all_warm(self) -> None:
        """Work out every province's overview whenever the store changed, while nobody waits."""
        self._threads[0].join()
        state = ""
        while not self._stop.is_set():
            try:
                module = importlib.import_module(WARM_MODULE)
                if (now := module.state()) != state:
                    self.all_warm = False
                    for _ in module.warm_rest():
                        while self.busy() and not self._stop.wait(_QUIET_SECONDS):
                            pass
                        if self._stop.is_set():
                            return
                    set_aside_what_stays()
                    # Taken from before: what changed meanwhile is found at the next look.
                    state, self.all_warm = now, True
            except Exception:
                logger.exception("Keeping the data warm failed; visitors wait for it instead.")
            self._stop.wait(_LOOK_SECONDS)

    def make_copies(self) -> None:
        """Make the compressed copies that are missing, at the lowest priority."""
        # On Linux a priority belongs to a thread: visitors come before copies.
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        try:
            made = self.copies.make(stop=self._stop)
        except OSError:
            logger.exception("Compressed copies cannot be kept; assets are compressed for every request.")
            return
        logger.info("Made %d compressed copies in %s.", made, self.copies.folder)


def set_aside_what_stays() -> None:
    """Tell the garbage collector that what is loaded by now stays.

    Looking through every module, table and kept answer at each full collection takes longer than a
    script run; what is set aside is not looked through.
    """
    gc.collect()
    gc.freeze()
