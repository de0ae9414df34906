"""Work that goes on beside a measurement."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def beside(work: Callable[[], object], end: threading.Event) -> Iterator[None]:
    """Do `work` in a thread until the end of the block, where `end` tells it to stop."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join(timeout=60)
