"""`python -m indices …`: see `indices.cli`."""

import sys

from indices.cli import main

if __name__ == "__main__":
    sys.exit(main())
