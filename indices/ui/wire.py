"""Streamlit's own messages, read as far as a server counts them (`indices.serving.wire`)."""

from __future__ import annotations

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # carries no types
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from indices.serving.wire import Asked, Begun, Finished

# A new run's first message names every page; one that is larger carries a chart or a table.
_LARGEST_READ = 20_000


class StreamlitWire:
    """Reads the protobuf messages of the installed Streamlit."""

    def received(self, message: bytes) -> Asked | None:
        """Asked, where the browser asks for a run."""
        told = BackMsg()
        try:
            told.ParseFromString(message)
        except DecodeError:
            return None  # Streamlit itself refuses it
        return Asked() if told.WhichOneof("type") == "rerun_script" else None

    def sent(self, message: bytes) -> Begun | Finished | None:
        """Begun with the page's name in the address ("overview" for the first), or Finished."""
        if len(message) > _LARGEST_READ:
            return None
        told = ForwardMsg()
        try:
            told.ParseFromString(message)
        except DecodeError:
            return None
        kind = told.WhichOneof("type")
        if kind == "new_session":
            run = told.new_session
            # Deltas of a fragment's run begin a session message too, under the page's own hash.
            names = {page.page_script_hash: page.url_pathname or page.page_name for page in run.app_pages}
            first = run.page_script_hash in ("", run.main_script_hash)
            return Begun("overview" if first else names.get(run.page_script_hash, "unknown"))
        if kind == "script_finished":
            return Finished(told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)
        return None
