"""The JSON Schemas of the files that authors write and of the JSON that nnkata prints.

`python -m nnkata.schemas docs/schemas` writes them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from .classmap.records import ClassMap
from .gradebook.differences import GradebookDiff
from .gradebook.export import MarksReport
from .model import CourseFile, KataFile, Listing, Verdicts
from .verify.mutation import MutantsFile
from .verify.verifier import VerifyReport

READ: dict[str, tuple[Any, str]] = {
    "kata": (KataFile, "kata.toml of nnkata, format 1"),
    "course": (CourseFile, "course.toml of nnkata, format 1"),
    "mutants": (MutantsFile, "mutants.toml of nnkata, format 1"),
}
PRINTED: dict[str, tuple[Any, str]] = {
    "verdicts": (Verdicts, "nnkata/verdicts/v1: the output of `kata check --json`"),
    "verify": (VerifyReport, "nnkata/verify/v1: the output of `kata verify --json`"),
    "classmap": (ClassMap, "nnkata/classmap/v1: the output of `kata classmap --json`"),
    "gradebook": (MarksReport, "nnkata/gradebook/v1: the output of `kata gradebook show --json`"),
    "gradebook-diff": (
        GradebookDiff,
        "nnkata/gradebook-diff/v1: the output of `kata gradebook diff --json`",
    ),
    "list": (Listing, "nnkata/list/v1: the output of `kata list --json`"),
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by the name of its file, without `.json`."""
    by_name = {name: json_schema(kind, title) for name, (kind, title) in (READ | PRINTED).items()}
    for name in PRINTED:
        for part in by_name[name]["$defs"].values():
            part["required"] = list(part["properties"])  # nnkata always prints all keys
    return by_name


def json_schema(kind: Any, title: str) -> dict[str, Any]:
    """Return the JSON Schema of a structure of the model."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **msgspec.json.schema(kind),
    }


def schema_texts() -> Iterator[tuple[str, str]]:
    """Yield the file name and the text of every schema."""
    for name, schema in schemas().items():
        yield f"{name}.json", json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the schemas into the folder given on the command line, or into docs/schemas."""
    folder = Path(*sys.argv[1:2] or ["docs/schemas"])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
