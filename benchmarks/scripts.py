"""Time of a page's script on a running server, asked for as a browser asks: through the WebSocket.

Measured from sending "run this page again" to the server's "finished": the script, the making and
sending of its elements, and one loopback connection. Not measured: the browser. Each page has one
session, as a visitor has who moves a control; the first runs of a session are not counted.
"""

from __future__ import annotations

import statistics
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.servers import Server

RUNS = 15
WARM_UP_RUNS = 3
RUN_LIMIT_SECONDS = 60


def median_run(server: Server, page: str, runs: int = RUNS) -> float:
    """Median seconds of `runs` runs of `page` ("" is the overview). Raises when the page shows a failure."""
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    origin, protocol = Origin(server.address), Subprotocol("streamlit")
    with connect(address, subprotocols=[protocol], max_size=None, origin=origin, proxy=None) as session:
        times = [_run(session, page) for _ in range(WARM_UP_RUNS + runs)]
    return statistics.median(times[WARM_UP_RUNS:])


def _run(session: ClientConnection, page: str) -> float:
    request = BackMsg()
    request.rerun_script.page_name = page
    message = request.SerializeToString()
    began = time.monotonic()
    session.send(message)
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(session.recv(timeout=RUN_LIMIT_SECONDS))
        kind = answer.WhichOneof("type")
        if kind == "page_not_found":
            raise RuntimeError(f"There is no page {page!r}.")
        if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(f"Page {page!r} failed: {answer.delta.new_element.exception.message}")
        if kind == "script_finished":
            if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise RuntimeError(f"Page {page!r} ended with {answer.script_finished}.")
            return time.monotonic() - began
