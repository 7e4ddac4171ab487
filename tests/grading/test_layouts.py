"""What is meant is found, in whatever layout a platform hands it over, and never guessed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnkata.grading.layouts import NeedsPersonError
from nnkata.grading.submissions import open_submission

RIGHT = "def f(): return 1\n"
KATA = {
    "reference": RIGHT, "exports": ["f"],
    "checks": 'def test_a(solution):\n    """A."""\n    assert solution.f() == 1\n',
}  # fmt: skip
OTHER = "# not this one\n"
Reader = Callable[[Path], dict[str, Any]]


@pytest.fixture
def read(lab: Any) -> Reader:
    course = lab.course({"one": KATA})
    return lambda path: dict(open_submission(path, course, lab.pool).modules)


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


FOUND = {
    "at the top": {"net/part/one.py": RIGHT},
    "in a folder": {"week1/net/part/one.py": RIGHT},
    "deep inside": {"home/ada/uni/dl/week1/net/part/one.py": RIGHT},
    "the outermost": {"net/part/one.py": RIGHT, "old/backup/net/part/one.py": OTHER},
    "a second download": {"net (1)/part/one.py": RIGHT},
    "a copy": {"net - Copy/part/one.py": RIGHT},
    "other letters": {"Net/part/one.py": RIGHT},
    "the real one beside a copy": {"net/part/one.py": RIGHT, "net (1)/part/one.py": OTHER},
    "without the package": {"part/one.py": RIGHT},
    "beside metadata": {"net/part/one.py": RIGHT, "__MACOSX/net/part/one.py": OTHER},
}
UNCLEAR = {
    "two at one depth": {"a/net/part/one.py": RIGHT, "b/net/part/one.py": OTHER},
    "two copies": {"net (1)/part/one.py": RIGHT, "net (2)/part/one.py": OTHER},
}


@pytest.mark.parametrize("layout", FOUND)
def test_the_package_is_found(layout: str, read: Reader, tmp_path: Path) -> None:
    assert read(put(tmp_path / "ada", FOUND[layout])) == {"part/one.py": RIGHT}
    (tmp_path / "ada.zip").write_bytes(zipped(FOUND[layout]))
    assert read(tmp_path / "ada.zip") == {"part/one.py": RIGHT}


@pytest.mark.parametrize("layout", UNCLEAR)
def test_what_is_unclear_needs_a_person(layout: str, read: Reader, tmp_path: Path) -> None:
    (tmp_path / "ada.zip").write_bytes(zipped(UNCLEAR[layout]))
    for path in (put(tmp_path / "ada", UNCLEAR[layout]), tmp_path / "ada.zip"):
        with pytest.raises(NeedsPersonError, match="more than once"):
            read(path)


def test_names_with_backslashes_are_those_of_folders(read: Reader, tmp_path: Path) -> None:
    data = zipped({"net/part/one.py": RIGHT}).replace(b"net/part/one.py", b"net\\part\\one.py")
    (tmp_path / "ada.zip").write_bytes(data)
    assert read(tmp_path / "ada.zip") == {"part/one.py": RIGHT}
    data = zipped({"../net/part/one.py": RIGHT, "a/b": ""})
    (tmp_path / "eve.zip").write_bytes(
        data.replace(b"../net/part/one.py", b"..\\net\\part\\one.py")
    )
    with pytest.raises(NeedsPersonError, match="no file of the course"):
        read(tmp_path / "eve.zip")


def test_an_archive_in_a_students_folder_is_read(read: Reader, tmp_path: Path) -> None:
    folder = put(tmp_path / "ada", {"feedback.txt": "late", ".DS_Store": ""})
    (folder / "mynn.zip").write_bytes(zipped({"net/part/one.py": RIGHT}))
    assert read(folder) == {"part/one.py": RIGHT}
    (folder / "again.zip").write_bytes(zipped({"net/part/one.py": OTHER}))
    with pytest.raises(NeedsPersonError, match="no file of the course"):
        read(folder)


def test_a_folder_of_submissions_says_how_to_grade_them(read: Reader, tmp_path: Path) -> None:
    folder = put(tmp_path / "all", UNCLEAR["two at one depth"])
    with pytest.raises(NeedsPersonError) as raised:
        read(folder)
    assert "--each" in raised.value.next_step
