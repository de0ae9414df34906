"""What readers are told of a store that cannot be read or written, and of a change it did not take."""

from __future__ import annotations

from indices.i18n import Language, moment, text
from indices.store import Held, StoreUnavailableError

_STANDING = ("full", "read_only", "newer")
_AT_ONCE = ("away", "full", "read_only", "unclear")


def unwritable_sentence(held: Held, language: Language) -> str:
    """Why nothing can be added now and which figures are shown meanwhile; "" where all is well."""
    fault = held.unwritable
    if fault is None:
        return ""
    if held.as_of is not None:
        return text("store.away", language, when=moment(held.as_of, language))
    if fault.kind in _STANDING:
        return text(f"store.{fault.kind}", language)
    # The address of a database server is nothing that a reader should see.
    if fault.kind == "away" or "://" in fault.place:
        return text("store.never_seen", language)
    return text("store.unwritable", language, place=fault.place)


def failure_sentence(fault: StoreUnavailableError, language: Language) -> str:
    """Why a change was not kept, or that nobody can say, and what to do."""
    kind = fault.kind if fault.kind in _AT_ONCE else "refused"
    return text(f"store.failed_{kind}", language)
