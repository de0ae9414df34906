"""An emulated slow link: a TCP proxy on this machine that delays and throttles every byte.

The browser's own emulation (DevTools protocol) leaves WebSockets alone, and Streamlit sends its pages
through one. Here everything passes through two buckets, one a direction, shared by all connections:

- a byte leaves when those before it have left at the link's rate, and arrives half a round trip later;
- a new connection waits one round trip, as its TCP handshake would.

Not emulated: TCP slow start, loss, TLS. Connections take turns in pieces of 4 KiB.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

PIECE_BYTES = 4096
# A timer rings late by up to some milliseconds; what is lost so is made up for, or a single connection
# would get 7.6 of 10 Mbit/s.
LATE_SECONDS = 0.02


@dataclass
class Bucket:
    """One direction of the link: when it is free again, and how many bytes went through."""

    bits_per_second: float
    free_at: float = 0.0
    bytes_passed: int = 0

    async def pass_through(self, size: int) -> None:
        """Wait until `size` bytes have left."""
        now = asyncio.get_running_loop().time()
        self.free_at = max(now - LATE_SECONDS, self.free_at) + size * 8 / self.bits_per_second
        self.bytes_passed += size
        await asyncio.sleep(max(0.0, self.free_at - now))


class Link:
    """A proxy from `port` to `target_port`, both on 127.0.0.1, running in a thread of its own.

    `round_trip` is in seconds. Use as a context manager; `port` is known inside.
    """

    def __init__(self, target_port: int, megabits: float = 10.0, round_trip: float = 0.040) -> None:
        self.target_port = target_port
        self.round_trip = round_trip
        self.down = Bucket(megabits * 1e6)
        self.up = Bucket(megabits * 1e6)
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._connections: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Link:
        self._thread.start()
        self._on_loop(self._listen())
        return self

    def __exit__(self, *error: object) -> None:
        self._on_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)

    def _on_loop(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connect(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await asyncio.sleep(self.round_trip)
            far_in, far_out = await asyncio.open_connection("127.0.0.1", self.target_port)
            await asyncio.gather(
                self._carry(near_in, far_out, self.up), self._carry(far_in, near_out, self.down)
            )
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            near_out.close()
            self._connections.discard(task)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, bucket: Bucket) -> None:
        """Carry bytes one way until the source ends; then end the sink as well."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(self._deliver(on_the_way, sink))
        loop = asyncio.get_running_loop()
        try:
            while piece := await source.read(PIECE_BYTES):
                await bucket.pass_through(len(piece))
                on_the_way.put_nowait((loop.time() + self.round_trip / 2, piece))
            on_the_way.put_nowait((loop.time() + self.round_trip / 2, b""))
            await arriving
        finally:
            arriving.cancel()

    async def _deliver(
        self, on_the_way: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter
    ) -> None:
        with contextlib.suppress(OSError):
            while True:
                arrival, piece = await on_the_way.get()
                await asyncio.sleep(max(0.0, arrival - asyncio.get_running_loop().time()))
                if not piece:
                    break
                sink.write(piece)
                await sink.drain()
            if sink.can_write_eof():
                sink.write_eof()
