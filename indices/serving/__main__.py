"""`python -m indices.serving`: make the compressed copies at installation, so no server has to."""

from __future__ import annotations

from indices.serving.copies import CompressedCopies, cache_folder
from indices.serving.frontend import installed_frontend


def main() -> None:
    """Make every missing copy and say how many there were."""
    copies = CompressedCopies(installed_frontend(), cache_folder())
    print(f"{copies.make()} compressed copies made in {copies.folder}")


if __name__ == "__main__":
    main()
