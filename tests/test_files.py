"""A module is read as text from a regular file inside the package, or it is said why not."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from nnkata.files import MAX_BYTES, read_module
from nnkata.model import LoadFailure

GOOD = {
    "plain": (b"x = 1\n", "x = 1\n"),
    "empty": (b"", ""),
    "no newline at the end": (b"x = 1", "x = 1"),
    "Windows lines": (b"x = 1\r\ny = 2\r\n", "x = 1\r\ny = 2\r\n"),
    "a byte order mark": (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
    "umlauts": ("ä = 'ß€😀'\n".encode(), "ä = 'ß€😀'\n"),
    "as large as may be": (b"#" * MAX_BYTES, "#" * MAX_BYTES),
}
BAD = {
    "Latin-1": (b"x = 1\ny = '\xe4'\n", "encoding", "line 2 is not UTF-8", 2),
    "UTF-16": ("x = 1\n".encode("utf-16"), "encoding", "NUL byte", 1),
    "a NUL byte": (b"x = 1\n\n\0y", "encoding", "line 3 contains a NUL byte", 3),
    "lone surrogates": (b"x = '\xed\xa0\x80'", "encoding", "line 1 is not UTF-8", 1),
    "too long a form": (b"x = '\xc0\xaf'", "encoding", "line 1 is not UTF-8", 1),
    "too large": (b"#" * (MAX_BYTES + 1), "missing", "larger than 1024 KiB", None),
    "a sparse gigabyte": (None, "missing", "larger than 1024 KiB", None),
}


@pytest.mark.parametrize("name", GOOD)
def test_text_is_read_as_it_stands(name: str, tmp_path: Path) -> None:
    data, text = GOOD[name]
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "m.py").write_bytes(data)
    assert read_module(tmp_path, "part/m.py") == text


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_text_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    data, kind, words, line = BAD[name]
    (tmp_path / "part").mkdir()
    path = tmp_path / "part" / "m.py"
    path.write_bytes(data or b"")
    if data is None:
        os.truncate(path, 2**30)
    load = read_module(tmp_path, "part/m.py")
    assert isinstance(load, LoadFailure)
    assert (load.kind, load.file, load.line) == (kind, "part/m.py", line)
    assert words in load.message


def test_only_a_regular_file_is_opened_and_no_link_is_followed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "part").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "m.py").write_text("secret = 1\n")
    (root / "part" / "link.py").symlink_to(outside / "m.py")
    (root / "part" / "inner.py").symlink_to("m.py")
    (root / "part" / "broken.py").symlink_to("nowhere")
    (root / "part" / "loop.py").symlink_to("loop.py")
    (root / "linked").symlink_to(outside)
    (root / "part" / "folder.py").mkdir()
    (root / "part" / "device.py").symlink_to("/dev/zero")
    os.mkfifo(root / "part" / "pipe.py")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "part" / "s.py"))
    names = "link inner broken loop folder device pipe s gone".split()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for name in [f"part/{n}.py" for n in names] + ["linked/m.py", "nothing/m.py"]:
        load = read_module(root, name)
        assert isinstance(load, LoadFailure), name
        assert load.kind == "missing"
        assert name in load.message
        assert "secret" not in load.message
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_links_are_called_links(tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text("x = 1\n")
    (tmp_path / "link.py").symlink_to("other.py")
    load = read_module(tmp_path, "link.py")
    assert isinstance(load, LoadFailure)
    assert "is a link" in load.message


@pytest.mark.parametrize(
    "path",
    ["../m.py", "part/../m.py", "/etc/passwd", "./m.py", "part//m.py", "", "part/", "..", "."],
)
def test_no_name_leads_outside(path: str, tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text("x = 1\n")
    (tmp_path / "root" / "part").mkdir(parents=True)
    load = read_module(tmp_path / "root", path)
    assert isinstance(load, LoadFailure)
    assert load.kind == "missing"


def test_a_root_that_is_gone_or_no_folder_is_a_missing_module(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for root in (tmp_path / "gone", tmp_path / "file"):
        load = read_module(root, "part/m.py")
        assert isinstance(load, LoadFailure)
        assert load.kind == "missing"


def test_what_cannot_be_read_gets_a_verdict_with_no_check_run(lab: Any) -> None:
    kata = {
        "reference": "def f(): return 1", "exports": ["f"],
        "checks": 'def test_a(solution):\n    """A."""\n    assert solution.f() == 1\n',
    }  # fmt: skip
    course = lab.course({"a": kata})
    assessor = lab.assessor(course, ["a"])
    for load in (
        LoadFailure("missing", "there is no file"),
        LoadFailure("encoding", "no UTF-8", "a.py", 3),
    ):
        verdict = assessor.assess(course.katas["a"], _submission(load), 7)
        assert verdict.load == load
        assert [o.outcome for o in verdict.outcomes] == ["not_run"]
        assert (verdict.passed, verdict.points, verdict.max_points) == (False, 0, 1)


def _submission(load: LoadFailure) -> Any:
    from nnkata.checking.runtime import Submission

    return Submission("ada", lambda _: load)


@pytest.mark.parametrize("name", [n for n in GOOD if n not in ("as large as may be", "empty")])
def test_a_module_that_can_be_read_runs_whatever_its_lines_end_with(name: str, lab: Any) -> None:
    kata = {
        "reference": "def f(): return 1", "exports": ["f"],
        "checks": 'def test_a(solution):\n    """A."""\n    assert solution.f() == 1\n',
    }  # fmt: skip
    text = "def f():\n    return 1\n# " + GOOD[name][1]
    for ending in ("\n", "\r\n"):
        made = text.replace("\r\n", "\n").replace("\n", ending).rstrip()
        assert lab.verdict(lab.course({"a": kata}), "a", made).passed
