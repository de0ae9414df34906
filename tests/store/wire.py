"""A wire to a database server that can be cut and mended, as a network or a restart would."""

from __future__ import annotations

import contextlib
import socket
import threading


class Wire:
    """Forwards a port of its own to a server's; `url` is the way through it."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._listening: socket.socket | None = None
        self._ends: list[socket.socket] = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.mend()

    def mend(self) -> None:
        """Let connections through."""
        self._listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def cut(self) -> None:
        """End all connections and refuse new ones."""
        if self._listening is not None:
            _end(self._listening)
        self._listening = None
        for end in self._ends:
            _end(end)
        self._ends.clear()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
                far = socket.create_connection(self._to)
            except OSError:
                return
            self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_forward, args=(one, other), daemon=True).start()


def _forward(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
    _end(one)
    _end(other)


def _end(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
