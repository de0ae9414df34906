"""A file that is sent half: the connection breaks, or goes silent; the reader's page must not mind."""

from __future__ import annotations

import asyncio
import socket
import time

from benchmarks.goals import Measure
from benchmarks.proxy import NAME, Proxy
from benchmarks.visitors import PageFailedError, Visitor

_SILENT_SECONDS = 45.0


def half_sent(proxy: Proxy) -> list[Measure]:
    """Half a file and then silence, and half a file and then nobody: how it ends, and the page after it."""
    try:
        return asyncio.run(_half_sent(proxy))
    except PageFailedError as failure:
        return [Measure("half-sent upload", failure=f"the page failed: {failure}")]


async def _half_sent(proxy: Proxy) -> list[Measure]:
    visitor = Visitor(proxy.address, tls=proxy.tls, peer=proxy.peer)
    await visitor.open()
    try:
        broken = await asyncio.to_thread(_send_half, proxy, visitor, False)
        began = time.monotonic()
        silent = await asyncio.to_thread(_send_half, proxy, visitor, True)
        waited = time.monotonic() - began
        shown = await visitor.run()
    finally:
        await visitor.close()
    return [
        Measure(
            f"half-sent upload, line broken: answered {broken or 'nothing'}", 0.0 if not broken else 1.0, ""
        ),
        Measure(
            f"half-sent upload, then silence: {silent or 'line closed'}, after", waited, "s", _SILENT_SECONDS
        ),
        Measure("half-sent upload: the same page afterwards", shown.end_seconds, "s"),
    ]


def _send_half(proxy: Proxy, visitor: Visitor, wait: bool) -> str:
    """Send the head of a file and half of it; returns the first line of an answer, if one is waited for."""
    token = visitor.cookies.get("_streamlit_xsrf", "")
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    body = (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="half.csv"\r\n\r\n'
        + b"tinh;diem\r\n" * 500
    )
    head = (
        f"PUT /_stcore/upload_file/{visitor.session_id}/half HTTP/1.1\r\nHost: {proxy.address[8:]}\r\n"
        f"X-Xsrftoken: {token}\r\nCookie: {cookies}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        f"Content-Length: {len(body) * 2}\r\n\r\n"
    )
    with (
        socket.create_connection(proxy.peer, timeout=_SILENT_SECONDS) as plain,
        proxy.tls.wrap_socket(plain, server_hostname=NAME) as line,
    ):
        line.sendall(head.encode() + body)
        if not wait:
            time.sleep(0.5)
            return ""
        try:
            return line.recv(4096).decode("latin-1").partition("\r\n")[0]
        except OSError:
            return "nothing in time"
