"""One cohort graded here, on a cluster and in shards: three gradebooks, equal row for row.

`python -m bench.cohort` does the same with a thousand submissions, and kills workers meanwhile.
"""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from nnkata.errors import NEEDS_PERSON

from .results import RIGHT, WRONG, cohort, rows

Run = Callable[..., Result]
HOSTILE = "import os\nos._exit(3)\ndef f(x): return x\n"
GRADE = ("grade", "all", "--each", "--seed", "5", "--kata", "one")


def zipped(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


def hand_in_all(folder: Path) -> None:
    """Write what is right, wrong, hostile, broken, and handed in as platforms do."""
    cohort(folder, 10)
    (folder / "empty").mkdir()
    (folder / "cut.zip").write_bytes(zipped("net/part/one.py", RIGHT)[:40])
    (folder / "ada.ZIP").write_bytes(zipped("work/Net/Part/one.py", RIGHT))
    (folder / "adalovelace_LATE_11_98765_one-1.py").write_text(WRONG)
    for name, text in (("Ada_501_assignsubmission_file", RIGHT), ("hostile", HOSTILE)):
        (folder / name).mkdir()
        (folder / name / "one.py").write_text(text)
    (folder / "Thumbs.db").write_text("")


def test_three_ways_make_the_same_gradebook(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    hand_in_all(tmp_path / "all")
    for name, words in {
        "local": ["--jobs", "1"],
        "dask": ["--executor", "dask", "--jobs", "2"],
    }.items():
        done = run(*GRADE, *words, "--gradebook", f"{name}.db")
        assert done.exit_code == NEEDS_PERSON, done.output
    parts = [f"part-{number}.json" for number in range(1, 5)]
    for number, part in enumerate(parts, 1):
        run(*GRADE, "--jobs", "1", "--shard", f"{number}/4", "--report", f"json={part}")
    assert run("grade", "merge", *parts, "--gradebook", "shards.db").exit_code == NEEDS_PERSON
    local = rows("local.db")
    assert len(local["gradings"]) == 16
    assert len(local["results"]) == 14
    assert rows("dask.db") == local
    assert rows("shards.db") == local
