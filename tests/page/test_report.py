"""`kata report` writes a folder, and never over anything that is not its own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from nnkata.errors import KataError
from nnkata.page.report_folder import FILE_LIST, write_folder
from nnkata.workspace.workspace import Workspace

from .conftest import WRONG, Kata

PAGES = [("index.html", "one"), ("katas/a.html", "two \ud800")]


def held(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_report_is_written_and_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "report"
    assert write_folder(folder, PAGES) == 2
    assert (folder / "katas/a.html").read_text() == "two \\ud800"
    assert write_folder(folder, [("index.html", "three")]) == 1
    assert set(held(folder)) == {FILE_LIST, "index.html"}
    assert (folder / "index.html").read_text() == "three"


def test_an_empty_folder_is_written_into(tmp_path: Path) -> None:
    assert write_folder(tmp_path, PAGES) == 2


def refused(folder: Path, words: str) -> None:
    before = held(folder) if folder.is_dir() else {}
    with pytest.raises(KataError, match=words) as error:
        write_folder(folder, PAGES)
    assert "kata report --to DIR" in error.value.next_step
    assert before == (held(folder) if folder.is_dir() else {})


def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    refused(tmp_path, "is not empty and not an earlier report")


def test_a_page_that_somebody_changed_is_left_as_it_is(tmp_path: Path) -> None:
    write_folder(tmp_path, PAGES)
    (tmp_path / "katas/a.html").write_text("mine")
    refused(tmp_path, "katas/a.html has changed")


def test_a_file_of_somebody_elses_in_a_report_is_left_as_it_is(tmp_path: Path) -> None:
    write_folder(tmp_path, PAGES[:1])
    (tmp_path / "mine.txt").write_text("mine")
    write_folder(tmp_path, PAGES[:1])
    assert (tmp_path / "mine.txt").read_text() == "mine"
    (tmp_path / "katas").mkdir()
    (tmp_path / "katas/a.html").write_text("mine")
    refused(tmp_path, "katas/a.html does not belong to the report")


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    refused(tmp_path / "file", "is not a folder")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    refused(tmp_path / "link", "is not a folder")
    assert not (tmp_path / "nowhere").exists()


def test_no_link_leads_a_report_out_of_its_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "report", tmp_path / "outside"
    outside.mkdir()
    write_folder(folder, PAGES[:1])
    (folder / "katas").symlink_to(outside)
    refused(folder, "katas is a link")
    assert list(outside.iterdir()) == []


def test_a_list_that_names_files_outside_removes_nothing_there(tmp_path: Path) -> None:
    folder, other = tmp_path / "report", tmp_path / "other"
    other.write_text("x")
    write_folder(folder, PAGES)
    digest = hashlib.sha256(b"x").hexdigest()
    (folder / FILE_LIST).write_text(
        f'{{"files": {{"../other": ["{digest}"], "{other}": ["{digest}"]}}}}'
    )
    with pytest.raises(KataError):
        write_folder(folder, PAGES)
    assert other.read_text() == "x"


def test_a_list_that_cannot_be_read_is_no_report(tmp_path: Path) -> None:
    write_folder(tmp_path, PAGES)
    for text in ("", "[]", '{"files": 1}', '{"files": {"index.html": 5}}'):
        (tmp_path / FILE_LIST).write_text(text)
        refused(tmp_path, "not an earlier report")


def test_the_command_writes_a_page_for_each_kata(kata: Kata, workspace: Workspace) -> None:
    (workspace.package / "forward/softmax.py").write_text(WRONG)
    assert kata("check").returncode == 1
    done = kata("report")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{1 + len(workspace.course.katas)} pages written in report",
        "",
        "→ open report/index.html in a browser, or kata report --open",
    ]
    page = (workspace.root / "report/katas/softmax.html").read_text()
    assert "Likely cause:" in page
    assert "Drawn from your module." in page
    assert kata("report").returncode == 0
    assert kata("report", "--to", "mynn").returncode == 2


def test_open_starts_the_persons_browser_or_says_what_to_open(
    kata: Kata, workspace: Workspace
) -> None:
    program = workspace.root / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > {workspace.root}/opened\n')
    program.chmod(0o755)
    assert kata("report", "--open", BROWSER=f"{program} %s").returncode == 0
    opened = (workspace.root / "opened").read_text().strip()
    assert opened == (workspace.root / "report/index.html").as_uri()
    none = kata("report", "--open", BROWSER="/nowhere/browser %s", PATH="/nowhere", DISPLAY="")
    assert none.returncode == 0
    assert none.stdout.endswith("→ no browser could be started: open report/index.html in one\n")
