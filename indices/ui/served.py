"""What the data endpoints rest on: the very store, catalogue and figures that the pages have open."""

from __future__ import annotations

import threading

from indices.serving.api.moment import Moment, Now
from indices.ui import data


def now() -> Now:
    """The moments of the pages' store: a new one whenever its state changes."""
    last: list[Moment] = []
    lock = threading.Lock()

    def moment() -> Moment:
        data.begin_run()
        state = data.state()
        with lock:
            if not last or last[0].state != state:
                last[:] = [Moment(state, data.catalogue(), data.figures())]
            return last[0]

    return moment
