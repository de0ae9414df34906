"""What is known about the installed Streamlit frontend: its folder, its assets, its start page.

Names of assets carry a hash of their content, so a name never changes its meaning. The frontend's
own manifest says which chunk needs which; nothing here depends on a particular Streamlit release
beyond the manifest's form, and a missing manifest only means that nothing is preloaded.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

# Elements of the overview page, in the order in which the page shows them.
FIRST_ELEMENTS = (
    "elements/Html/",
    "elements/PageLink/",
    "widgets/ButtonGroup/",
    "widgets/Selectbox/",
    "elements/PlotlyChart/",
)

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NAMED_ASSET = re.compile(r'(?:src|href)="\./(static/[^"]+)"')


@dataclass(frozen=True)
class Frontend:
    """The built frontend in `folder`, which holds `index.html`, `manifest.json` and `static/`."""

    folder: Path

    @cached_property
    def start_page(self) -> str:
        """Text of `index.html`; empty when there is none."""
        page = self.folder / "index.html"
        return page.read_text(encoding="utf-8") if page.is_file() else ""

    @cached_property
    def assets(self) -> frozenset[str]:
        """Every file below `static/`, as the browser names it: `static/js/index.Dorm.js`."""
        found = (self.folder / "static").rglob("*")
        return frozenset(path.relative_to(self.folder).as_posix() for path in found if path.is_file())

    def inline_script_hashes(self) -> list[str]:
        """Sources a content security policy needs for the start page's own inline scripts."""
        digests = (
            hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(self.start_page)
        )
        return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]

    def named_by_start_page(self) -> list[str]:
        """Assets that the start page itself asks for, in its order."""
        return _NAMED_ASSET.findall(self.start_page)

    def chunks_of(self, elements: Iterable[str] = FIRST_ELEMENTS) -> list[str]:
        """JavaScript chunks that drawing `elements` needs beyond those the start page names.

        `elements` are parts of source paths in the manifest. A chunk's imports come before it.
        """
        manifest = self._manifest()
        found: dict[str, None] = {}
        for element in elements:
            for key in manifest:
                if element in key:
                    self._collect(key, manifest, found)
        named = set(self.named_by_start_page())
        return [file for file in found if file not in named and file.endswith(".js")]

    def _manifest(self) -> dict[str, dict[str, Any]]:
        try:
            manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return manifest if isinstance(manifest, dict) else {}

    def _collect(self, key: str, manifest: dict[str, dict[str, Any]], found: dict[str, None]) -> None:
        entry = manifest.get(key, {})
        file = entry.get("file")
        if file is None or file in found:
            return
        for imported in entry.get("imports", []):
            if imported != "index.html":
                self._collect(imported, manifest, found)
        found[file] = None


def installed_frontend() -> Frontend:
    """The frontend of the Streamlit in this environment, found without importing it."""
    spec = importlib.util.find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise RuntimeError("Streamlit is not installed; install requirements.txt.")
    return Frontend(Path(spec.origin).parent / "static")
