"""The JSON Schemas of everything that nnkata reads from authors or prints as JSON.

`python -m nnkata.schemas docs/schemas` writes them anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .model import CourseFile, KataFile, Listing, Verdicts, json_schema
from .verify.mutation import MutantsFile
from .verify.verifier import VerifyReport

READ: dict[str, tuple[Any, str]] = {
    "kata": (KataFile, "kata.toml of nnkata, format 1"),
    "course": (CourseFile, "course.toml of nnkata, format 1"),
    "mutants": (MutantsFile, "mutants.toml of nnkata, format 1"),
}
PRINTED: dict[str, tuple[Any, str]] = {
    "verdicts": (Verdicts, "nnkata/verdicts/v1: what `kata check --json` prints"),
    "verify": (VerifyReport, "nnkata/verify/v1: what `kata verify --json` prints"),
    "list": (Listing, "nnkata/list/v1: what `kata list --json` prints"),
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by the name of its file, without `.json`."""
    found = {name: json_schema(of, title) for name, (of, title) in (READ | PRINTED).items()}
    for name in PRINTED:
        for part in found[name]["$defs"].values():
            part["required"] = list(part["properties"])  # what we print, we print whole
    return found


def texts() -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of every schema."""
    for name, schema in schemas().items():
        yield f"{name}.json", json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the schemas into the folder that the command line names, or into docs/schemas."""
    folder = Path(*sys.argv[1:2] or ["docs/schemas"])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
