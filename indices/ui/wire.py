"""Streamlit's own messages, read as far as a server counts them (`indices.serving.wire`)."""

from __future__ import annotations

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # carries no types
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from indices.serving.wire import Asked, Begun, Finished, Foreign

# A new run's first message names every page; one that is larger carries a chart or a table.
_LARGEST_READ = 20_000
_OPERATION = "backend_operation_request"
# Streamlit does what these ask whoever sends them: empty what is kept for all readers, switch the server's
# own settings, end it. They belong to its developer's menu, which is not shown.
_FOREIGN = {
    "clear_cache",
    "set_run_on_save",
    "load_git_info",
    "debug_disconnect_websocket",
    "debug_shutdown_runtime",
}
_FOREIGN_OPERATIONS = {"install_skills", "dismiss_skills_nudge"}


class StreamlitWire:
    """Reads the protobuf messages of the installed Streamlit."""

    def received(self, message: bytes) -> Asked | Foreign | None:
        """Asked, where the browser asks for a run; Foreign, what only the framework's developers send."""
        told = BackMsg()
        try:
            told.ParseFromString(message)
        except DecodeError:
            return None  # Streamlit itself refuses it
        kind = told.WhichOneof("type")
        operation = told.backend_operation_request.WhichOneof("payload") if kind == _OPERATION else None
        if kind in _FOREIGN or operation in _FOREIGN_OPERATIONS:
            return Foreign()
        return Asked() if kind == "rerun_script" else None

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
