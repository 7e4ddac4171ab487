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
    "other letters in the module": {"net/Part/ONE.py": RIGHT},
    "without the package": {"part/one.py": RIGHT},
    "beside metadata": {"net/part/one.py": RIGHT, "__MACOSX/net/part/one.py": OTHER},
}
UNCLEAR = {
    "two at one depth": {"a/net/part/one.py": RIGHT, "b/net/part/one.py": OTHER},
    "two, one deeper": {"ada/net/part/one.py": RIGHT, "ben/dl/net/part/one.py": OTHER},
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
    with pytest.raises(NeedsPersonError, match="2 archives, and no file of the course"):
        read(folder)


def test_an_archive_may_be_deeper_in_a_students_folder(read: Reader, tmp_path: Path) -> None:
    folder = put(tmp_path / "ada", {"notes.txt": "see homework", "submission 2/homework/x.txt": ""})
    (folder / "submission 2/homework/work.zip").write_bytes(zipped({"net/part/one.py": RIGHT}))
    assert read(folder) == {"part/one.py": RIGHT}
    (folder / "other.zip").write_bytes(zipped({"net/part/one.py": OTHER}))
    with pytest.raises(NeedsPersonError, match="2 archives, and no file of the course"):
        read(folder)


def test_the_ending_of_an_archive_may_be_in_capitals(read: Reader, tmp_path: Path) -> None:
    folder = put(tmp_path / "ada", {"Thumbs.db": ""})
    (folder / "MYNN.ZIP").write_bytes(zipped({"net/part/one.py": RIGHT}))
    assert read(folder) == {"part/one.py": RIGHT}


SINGLE = {
    "a file": "one.py",
    "a file named after the student": "ada.py",
    "the name that Canvas gives": "lovelaceada_11_98765_one-1.py",
    "capitals": "ONE.PY",
    "in a folder": "ada/one.py",
    "deep in a folder": "ada/week 1/final/one (1).py",
    "in an archive": "ada.zip",
}


@pytest.mark.parametrize("name", SINGLE.values(), ids=list(SINGLE))
def test_a_file_alone_is_a_submission_where_one_kata_is_graded(
    name: str, lab: Any, tmp_path: Path
) -> None:
    course = lab.course({"one": KATA, "two": KATA})
    if name.endswith(".zip"):
        (tmp_path / name).write_bytes(zipped({"notes.txt": "", "week 1/one.py": RIGHT}))
    else:
        put(tmp_path, {name: RIGHT})
    path = tmp_path / name.partition("/")[0]
    opened = open_submission(path, course, lab.pool, "part/one.py")
    assert (opened.name, opened.modules) == (path.name, {"part/one.py": RIGHT})
    with pytest.raises(NeedsPersonError, match=r"more than one kata|no file of the course"):
        open_submission(path, course, lab.pool)


@pytest.mark.parametrize("kind", ["two.py", "a/one.py b/one.py", "a/one.py a/one_(1).py", "x/z.py"])
def test_a_file_that_may_be_another_one_is_not_taken(kind: str, lab: Any, tmp_path: Path) -> None:
    course = lab.course({"one": KATA, "two": KATA})
    texts = dict.fromkeys(kind.split(), RIGHT)
    folder = put(tmp_path / "ada", texts)
    (tmp_path / "ada.zip").write_bytes(zipped(texts))
    for path in (folder, tmp_path / "ada.zip"):
        with pytest.raises(NeedsPersonError):
            open_submission(path, course, lab.pool, "part/one.py")
    file = put(tmp_path, {"two.py": RIGHT}) / "two.py"
    with pytest.raises(NeedsPersonError, match="another module"):
        open_submission(file, course, lab.pool, "part/one.py")


def test_two_names_that_differ_in_case_only_are_unclear(read: Reader, tmp_path: Path) -> None:
    folder = put(tmp_path / "ada", {"net/Part/one.py": RIGHT, "net/PART/one.py": OTHER})
    with pytest.raises(NeedsPersonError, match="differ only in case"):
        read(folder)


def test_a_folder_of_archives_or_files_says_how_to_grade_them(
    read: Reader, lab: Any, tmp_path: Path
) -> None:
    for name in ("ada.zip", "ben.zip"):
        (tmp_path / "all").mkdir(exist_ok=True)
        (tmp_path / "all" / name).write_bytes(zipped({"net/part/one.py": RIGHT}))
    with pytest.raises(NeedsPersonError, match="2 archives") as raised:
        read(tmp_path / "all")
    assert "--each" in raised.value.next_step
    put(tmp_path / "files", {"ada/one.py": RIGHT, "ben/one.py": OTHER})
    with pytest.raises(NeedsPersonError, match="more than once") as raised:
        open_submission(tmp_path / "files", lab.course({"one": KATA}), lab.pool, "part/one.py")
    assert "--each" in raised.value.next_step


def test_a_folder_of_submissions_says_how_to_grade_them(read: Reader, tmp_path: Path) -> None:
    folder = put(tmp_path / "all", UNCLEAR["two at one depth"])
    with pytest.raises(NeedsPersonError) as raised:
        read(folder)
    assert "--each" in raised.value.next_step
