"""A client that is no browser: it speaks to a page's script over the WebSocket and may send anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

XSRF = "_streamlit_xsrf"
LIMIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a run of a page's script drew."""

    elements: tuple[Any, ...]
    page_hash: str

    def texts(self) -> str:
        """Every text in it, one after the other."""
        found = []
        for element in self.elements:
            kind = element.WhichOneof("type")
            one = getattr(element, kind)
            found += [str(getattr(one, name)) for name in ("body", "label") if hasattr(one, name)]
        return "\n".join(found)

    def widget(self, key: str) -> str:
        """The identity of the control whose key begins with `key`."""
        found = [one for one in self.widgets() if one.split("-", 2)[2].startswith(key)]
        assert len(found) == 1, (key, self.widgets())
        return found[0]

    def widgets(self) -> list[str]:
        """Identities of the controls that have a key."""
        found = []
        for element in self.elements:
            one = getattr(element, element.WhichOneof("type"))
            name = str(getattr(one, "id", ""))
            if name.startswith("$$ID-"):
                found.append(name)
        return found


class Session:
    """One window of a visitor."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def run(self, page: str, query: str = "", widgets: list[WidgetState] | None = None) -> Drawn:
        """Ask for a run of a page with these states of its controls; what it drew."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        asked.rerun_script.widget_states.widgets.extend(widgets or [])
        self.send(asked)
        return self.drawn()

    def send(self, message: BackMsg) -> None:
        """Send any message."""
        self._socket.send(message.SerializeToString())

    def drawn(self) -> Drawn:
        """What the server sends until a run ends for good."""
        elements: list[Any] = []
        page_hash = ""
        while True:
            told = ForwardMsg()
            told.ParseFromString(bytes(self._socket.recv(timeout=LIMIT_SECONDS, decode=False)))
            kind = told.WhichOneof("type")
            if kind == "new_session":
                elements, page_hash = [], told.new_session.page_script_hash
            elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
                elements.append(told.delta.new_element)
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return Drawn(tuple(elements), page_hash)


@contextmanager
def session(url: str, cookies: Mapping[str, str]) -> Iterator[Session]:
    """A window of the visitor whom these cookies belong to, whoever sends them."""
    written = "; ".join(f"{name}={value}" for name, value in cookies.items())
    with connect(
        f"{url.replace('http', 'ws')}/_stcore/stream",
        additional_headers={"Cookie": written},
        origin=url,  # type: ignore[arg-type]  # a plain text of the type's own kind
        subprotocols=["streamlit", cookies[XSRF]],  # type: ignore[list-item]  # a plain text of the type's own kind
        max_size=None,
    ) as socket:
        yield Session(socket)


def pressed(widget: str) -> WidgetState:
    """A button that was pressed."""
    return WidgetState(id=widget, trigger_value=True)


def typed(widget: str, text: str) -> WidgetState:
    """A field that was filled in."""
    return WidgetState(id=widget, string_value=text)
