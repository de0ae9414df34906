"""Refusals of nobody in particular, recorded sparingly: who knocks all day must not fill the log."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from indices.access.actor import Actor
from indices.access.gate import Outcome, Recording, What

SECONDS = 60.0
MOST_KNOWN = 500


class Sparing:
    """A log that takes the same refusal of somebody unknown once a minute; everything else always."""

    def __init__(self, log: Callable[[], Recording], clock: Callable[[], float] = time.monotonic) -> None:
        self._log, self._clock = log, clock
        self._last: OrderedDict[Hashable, float] = OrderedDict()
        self._lock = threading.Lock()

    def record(self, actor: Actor, action: str, outcome: Outcome, what: What) -> None:
        """Write one entry, unless the same was written just now."""
        if outcome != "refused" or actor.how != "public" or self._new((action, *sorted(what.items()))):
            self._log().record(actor, action, outcome, what)

    def _new(self, entry: Hashable) -> bool:
        now = self._clock()
        with self._lock:
            last = self._last.get(entry)
            if last is not None and now - last < SECONDS:
                return False
            self._last[entry] = now
            self._last.move_to_end(entry)
            if len(self._last) > MOST_KNOWN:
                self._last.popitem(last=False)
            return True
