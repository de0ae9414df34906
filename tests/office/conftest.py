"""LibreOffice turns decks into PDF; without it these tests are skipped, or fail where they must run."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

TOOLS = ("soffice", "pdftotext", "pdffonts", "pdftoppm")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
REQUIRED = os.environ.get("INDICES_REQUIRE_OFFICE") == "1"


@dataclass(frozen=True)
class Paper:
    """A deck as LibreOffice prints it."""

    pdf: Path

    def run(self, *command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout

    @property
    def pages(self) -> list[str]:
        """The text of every page, its white space made single spaces."""
        found = self.run("pdftotext", "-layout", str(self.pdf), "-").split("\f")[:-1]
        return [" ".join(page.split()) for page in found]

    @property
    def fonts(self) -> list[tuple[str, bool]]:
        """Fonts used and whether each is in the file."""
        lines = self.run("pdffonts", str(self.pdf)).splitlines()[2:]
        return [(line.split()[0].partition("+")[2], line.split()[-5] == "yes") for line in lines]

    def words(self) -> str:
        """Every word with its box, as XML."""
        return self.run("pdftotext", "-bbox", str(self.pdf), "-")

    def pictures(self) -> list[Path]:
        self.run("pdftoppm", "-r", "50", "-png", str(self.pdf), str(self.pdf.with_suffix("")))
        return sorted(self.pdf.parent.glob(f"{self.pdf.stem}-*.png"))


@pytest.fixture(scope="session")
def printed(tmp_path_factory) -> Callable[..., Paper]:
    """Print a deck, or a file of another `kind`; LibreOffice keeps its profile in a folder of its own."""
    if MISSING:
        if REQUIRED:
            pytest.fail(f"not installed: {', '.join(MISSING)}")
        pytest.skip(f"not installed: {', '.join(MISSING)}")
    profile = tmp_path_factory.mktemp("profile")

    def paper(content: bytes, kind: str = "pptx") -> Paper:
        folder = tmp_path_factory.mktemp("deck")
        (folder / f"deck.{kind}").write_bytes(content)
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / f"deck.{kind}")]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return Paper(folder / "deck.pdf")

    return paper
