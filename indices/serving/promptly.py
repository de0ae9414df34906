"""Small answers leave at once.

A server writes the head and the body of an answer one after the other. On a connection that is kept
open the body then waits until the browser has confirmed the head, which it does 40 ms later, unless
the socket says not to (TCP_NODELAY). Streamlit binds its socket itself and asyncio leaves such a one
as it is; connections inherit what the listening socket says.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from pathlib import Path

_OPEN_FILES = Path("/proc/self/fd")


def send_at_once() -> int:
    """Tell every TCP socket of this process not to wait; returns how many there are. Linux only."""
    told = 0
    for file in list(_OPEN_FILES.iterdir()) if _OPEN_FILES.is_dir() else ():
        with contextlib.suppress(OSError):  # closed meanwhile, or of another kind
            number = int(file.name)
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as found:
                    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    told += 1
    return told
