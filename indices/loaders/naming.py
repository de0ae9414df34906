"""Index and edition of each sheet: as answered, else as the file says; contradictions are told."""

from __future__ import annotations

from indices.loaders.proposal import likely_edition, likely_index
from indices.loaders.sheets import Context, Sheet
from indices.problem import Severity


def name(
    used: list[Sheet], index: str | None, edition: str | None, context: Context
) -> tuple[str | None, str | None]:
    """Give each sheet its index and edition; returns what the file itself proposes.

    Of several sheets, those that say they are of another index or edition are left out.
    """
    for sheet in used:
        sheet.index = likely_index(sheet.said, sheet.votes)
        sheet.edition = likely_edition(sheet.said)
    indices, editions = {s.index for s in used}, {s.edition for s in used}
    proposed = (
        next(iter(indices)) if len(indices) == 1 else None,
        next(iter(editions)) if len(editions) == 1 else None,
    )
    if index and len(used) > 1:
        _only(context, used, "index", index)
    if edition and len(used) > 1:
        _only(context, used, "edition", edition)
    for sheet in (sheet for sheet in used if sheet.used):
        if index:
            _contradicts_index(context, sheet, index)
            sheet.index = index
        if edition:
            _contradicts_edition(context, sheet, edition)
            sheet.edition = edition
    used[:] = [sheet for sheet in used if sheet.used]
    return proposed


def _only(context: Context, used: list[Sheet], what: str, wanted: str) -> None:
    """Of several sheets, leave out those that say they are of another index or edition."""
    if not any(getattr(sheet, what) == wanted for sheet in used):
        return
    for sheet in used:
        own = getattr(sheet, what)
        if sheet.used and own not in (None, wanted):
            sheet.used = False
            context.findings.add(
                "sheet_of_another",
                table=sheet.table,
                severity="note",
                value=sheet.table.sheet,
                found=str(own),
                given=wanted,
            )


def _contradicts_index(context: Context, sheet: Sheet, given: str) -> None:
    for place in sheet.said:
        if place.indices and given not in place.indices and place.place != "heading":
            severity: Severity = "warning" if place.place == "file" else "error"
            found = ", ".join(sorted(place.indices))
            _other(context, "wrong_index", sheet, found, given, severity)
            return
    if sheet.votes and not sheet.votes[given] and max(sheet.votes.values()) > 1:
        _other(context, "wrong_index", sheet, sheet.votes.most_common(1)[0][0], given)


def _other(
    context: Context, code: str, sheet: Sheet, found: str, given: str, severity: Severity = "error"
) -> None:
    context.findings.add(code, table=sheet.table, value=given, severity=severity, found=found, given=given)


def _contradicts_edition(context: Context, sheet: Sheet, given: str) -> None:
    wanted = int(given[:4]) if given[:4].isdigit() else 0
    for place in sheet.said:
        if place.place == "heading" and len(place.years) > 1:
            return  # a panel: each column says its year
        if place.years and wanted not in place.years:
            severity: Severity = "warning" if place.place == "file" else "error"
            found = ", ".join(str(year) for year in sorted(place.years))
            _other(context, "wrong_edition", sheet, found, given, severity)
            return
