"""What the server reads of Streamlit's messages: a run asked for, and what only its developers send."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from indices.serving.wire import Asked, Foreign
from indices.ui.wire import StreamlitWire


def message(path: str) -> bytes:
    """A message with one field of the protocol set."""
    told = BackMsg()
    *outer, last = path.split(".")
    inner = told
    for name in outer:
        inner = getattr(inner, name)
    field = getattr(inner, last)
    if isinstance(field, bool):
        setattr(inner, last, True)
    else:
        field.SetInParent()
    return told.SerializeToString()


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("rerun_script", Asked()),
        ("stop_script", None),
        ("file_urls_request", None),
        ("app_heartbeat", None),
        ("backend_operation_request.deferred_file", None),  # a download made when it is asked for
        ("backend_operation_request.dataframe_chunk", None),
        ("backend_operation_request.install_skills", Foreign()),
        ("clear_cache", Foreign()),
        ("set_run_on_save", Foreign()),
        ("debug_shutdown_runtime", Foreign()),
    ],
)
def test_messages_are_told_apart(path: str, wanted: Asked | Foreign | None) -> None:
    assert StreamlitWire().received(message(path)) == wanted


def test_what_is_no_message_is_left_to_streamlit() -> None:
    assert StreamlitWire().received(b"\xff\xff\xff") is None
