"""Visitors without a browser: each a session of its own, asking through the WebSocket as a page does.

Measured is from sending a choice to the arrival of the new chart, and of the end of the run: script,
making and sending of elements, the connections on the way. Not measured: the browser's drawing.
"""

from __future__ import annotations

import asyncio
import http.client
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

ANSWER_SECONDS = 30.0
"""A reader who waits longer counts as lost."""


class PageFailedError(Exception):
    """The page showed a failure, or there was no answer."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One run as its reader saw it: seconds to the first chart (None: no chart) and to the end."""

    chart_seconds: float | None
    end_seconds: float
    alerts: tuple[str, ...]


class Visitor:
    """One open page at `address` ("http://127.0.0.1:8501"), with the cookies a browser would hold.

    `options` are the options of the selectbox whose key begins with `choice`, by which it chooses.
    `peer` is where the address is really reached, where that is not what its name says.
    """

    def __init__(
        self,
        address: str,
        choice: str = "province.",
        tls: ssl.SSLContext | None = None,
        peer: tuple[str, int] | None = None,
    ) -> None:
        self.address, self.choice, self.tls, self.peer = address, choice, tls, peer
        self.cookies: dict[str, str] = {}
        self.session_id = ""
        self.options: list[str] = []
        self.texts: list[str] = []
        self.query, self._widget, self._socket = "", "", None

    _socket: ClientConnection | None

    async def open(self, query: str = "") -> Shown:
        """Load the page for its cookies, connect, and let it run once; also again after a break."""
        await self.close()
        await asyncio.to_thread(self._load, query)
        where = urlsplit(self.address)
        scheme = "wss" if where.scheme == "https" else "ws"
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        host, port = self.peer or (where.hostname, where.port)
        self._socket = await connect(
            f"{scheme}://{where.netloc}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": cookie} if cookie else {},
            origin=Origin(self.address),
            host=host,
            port=port,
            ssl=self.tls if scheme == "wss" else None,
            max_size=None,
            proxy=None,
            ping_interval=None,
            open_timeout=ANSWER_SECONDS,
        )
        answer = self._socket.response
        if answer is not None:
            self._keep(answer.headers.get_all("Set-Cookie"))
        self.query = query
        return await self.run()

    async def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            with suppress(OSError, WebSocketException, TimeoutError):
                await asyncio.wait_for(self._socket.close(), 5)
            self._socket = None

    async def run(self, option: str | None = None, page: str = "") -> Shown:
        """Ask for a run, with another option chosen where one is given. Raises PageFailedError."""
        request = BackMsg()
        request.rerun_script.page_name = page
        request.rerun_script.query_string = self.query
        if option is not None:
            state = request.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self._widget, option
        if self._socket is None:
            raise PageFailedError("not connected")
        began = time.monotonic()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._socket.send(request.SerializeToString())
                return await self._follow(self._socket, began)
        except TimeoutError as late:
            raise PageFailedError(f"no answer in {ANSWER_SECONDS:.0f} s") from late
        except (OSError, WebSocketException) as broken:
            raise PageFailedError(f"connection: {broken}") from broken

    async def _follow(self, socket: ClientConnection, began: float) -> Shown:
        chart: float | None = None
        alerts: list[str] = []
        self.texts = []
        while True:
            answer = ForwardMsg()
            message = await socket.recv(decode=False)
            answer.ParseFromString(message)
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self.session_id = answer.new_session.initialize.session_id
            elif kind == "page_info_changed":
                self.query = answer.page_info_changed.query_string
            elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
                element = answer.delta.new_element
                what = element.WhichOneof("type")
                if what == "plotly_chart" and chart is None:
                    chart = time.monotonic() - began
                elif what == "selectbox" and self.choice in element.selectbox.id:
                    self._widget, self.options = element.selectbox.id, list(element.selectbox.options)
                elif what == "html":
                    self.texts.append(element.html.body)
                elif what == "exception":
                    raise PageFailedError(element.exception.message)
                elif what == "alert":
                    alerts.append(element.alert.body)
                    if element.alert.format == Alert.ERROR:
                        raise PageFailedError(element.alert.body[:200])
            elif kind == "script_finished":
                if answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise PageFailedError(f"ended with {answer.script_finished}")
                return Shown(chart, time.monotonic() - began, tuple(alerts))

    def _load(self, query: str) -> None:
        """Ask for the page and its health as a browser does: that is where cookies come from."""
        for path in (f"/?{query}", "/_stcore/health"):
            status, cookies = self._ask(path)
            if status != 200:
                raise PageFailedError(f"{path.partition('?')[0]}: {status}")
            self._keep(cookies)

    def _ask(self, path: str) -> tuple[int, list[str]]:
        where = urlsplit(self.address)
        host, port = self.peer or (where.hostname or "", where.port or 80)
        connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
        try:
            connection.connect()
            if where.scheme == "https" and self.tls is not None:
                connection.sock = self.tls.wrap_socket(connection.sock, server_hostname=where.hostname)
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request("GET", path, headers={"Host": where.netloc, "Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers.get_all("Set-Cookie") or []
        except (OSError, http.client.HTTPException) as broken:
            raise PageFailedError(f"{path}: {broken}") from broken
        finally:
            connection.close()

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value
