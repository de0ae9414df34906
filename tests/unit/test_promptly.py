"""Sockets that do not wait: those listening, and through them the connections they accept."""

import socket
from pathlib import Path

import pytest

from indices.serving.promptly import send_at_once

OPEN = Path("/proc/self/fd")
pytestmark = pytest.mark.skipif(not OPEN.is_dir(), reason="Linux only")


def waits(one: socket.socket) -> bool:
    return not one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_connections_of_a_listening_socket_send_at_once():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert waits(listening)
        before = len(list(OPEN.iterdir()))

        assert send_at_once() >= 1

        assert len(list(OPEN.iterdir())) == before
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert not waits(accepted)
