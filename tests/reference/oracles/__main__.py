"""`python -m tests.reference.oracles` prints the measured errors; `--write` writes the page."""

from __future__ import annotations

import sys

from .table import PAGE, measure, render

if sys.argv[1:] not in ([], ["--write"]):
    sys.exit(__doc__)
errors = measure()
if sys.argv[1:]:
    PAGE.write_text(render(errors), encoding="utf-8")
else:
    for name, error in errors.items():
        print(f"{error:12.2f}  {name}")
