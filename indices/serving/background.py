"""Work a server does beside answering, right after its start: warm the data, make compressed copies."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import threading
import time

from indices.serving.copies import CompressedCopies

logger = logging.getLogger(__name__)

# The function of the pages that reads data once for every visitor.
WARM_MODULE, WARM_FUNCTION = "indices.ui.data", "warm"


def warm_data() -> bool:
    """Read the data before the first visitor does; False, with the reason in the log, when that fails."""
    began = time.monotonic()
    try:
        getattr(importlib.import_module(WARM_MODULE), WARM_FUNCTION)()
    except Exception:
        # A visitor's own run will show the failure in words; the server must still start.
        logger.exception("Warming the data failed; the first visitor waits for it instead.")
        return False
    logger.info("Data warm after %.1f s.", time.monotonic() - began)
    return True


class StartWork(threading.Thread):
    """The work after a start, in order of what a first visitor waits for. Ends with the process."""

    def __init__(self, copies: CompressedCopies) -> None:
        super().__init__(name="start-work", daemon=True)
        self.copies = copies
        self.data_warm = False
        self.stop = threading.Event()

    def run(self) -> None:
        """Warm the data, then make missing copies at the lowest priority."""
        self.data_warm = warm_data()
        # On Linux a priority belongs to a thread: visitors come before copies.
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        try:
            made = self.copies.make(stop=self.stop)
            logger.info("Made %d compressed copies in %s.", made, self.copies.folder)
        except OSError:
            logger.exception("Compressed copies cannot be kept; assets are compressed for every request.")
