"""`python -m tests.screens --write`, in the project's folder, writes the golden files anew."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from .screens import write

if sys.argv[1:] != ["--write"]:
    sys.exit(__doc__)
with tempfile.TemporaryDirectory() as folder:
    write(Path(folder))
