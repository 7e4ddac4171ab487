"""Archives are read by a limited worker: whatever they contain costs the grader next to nothing."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.attacks.archives import TRAPS

from nnkata.course.loading import read_courses
from nnkata.grading import archives, submissions
from nnkata.grading.layouts import NeedsPersonError
from nnkata.grading.submissions import OpenSubmission, open_submission
from nnkata.model import LoadFailure
from nnkata.plugins import installed_plugins
from nnkata.sandbox.pool import WorkerPool
from nnkata.sandbox.program import engine_texts
from nnkata.sandbox.spawn import SpawnServer

COURSE = read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"]
SOFTMAX = "forward/softmax.py"
TEXT = "def softmax(z, axis=-1):\n    return z  # é\n"
ATTACKS = [
    trap
    for trap in TRAPS
    if trap.name
    in (
        "archive_pax_records_gz",
        "archive_pax_records_bz2",
        "archive_gzip_members",
        "archive_zip64_comment",
        "archive_refused_names",
    )
]
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from nnkata.grading import archives
from nnkata.grading.layouts import NeedsPersonError
from nnkata.grading.submissions import open_submission
from nnkata.sandbox.pool import WorkerPool
from nnkata.sandbox.spawn import SpawnServer
from tests.grading.test_archives import COURSE
archives.READ_SECONDS = float(sys.argv[2])
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
with WorkerPool() as pool:
    pool.protection()
    before, start, reason = peak(), time.monotonic(), ""
    try:
        refused = open_submission(Path(sys.argv[1]), COURSE, pool).refused
    except NeedsPersonError as error:
        reason, refused = error.reason, error.refused
    seconds = time.monotonic() - start
    print(json.dumps([reason, len(refused), seconds, peak() - before]))
"""


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool() as pool:
        yield pool


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def tarred(path: Path, files: dict[str, str], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


def opened(path: Path, pool: WorkerPool) -> OpenSubmission:
    return open_submission(path, COURSE, pool)


def refusal(path: Path, pool: WorkerPool) -> NeedsPersonError:
    with pytest.raises(NeedsPersonError) as raised:
        opened(path, pool)
    assert raised.value.next_step
    assert path.name in raised.value.place
    return raised.value


def test_there_are_five_attacks() -> None:
    assert len(ATTACKS) == 5


@pytest.mark.parametrize("trap", ATTACKS, ids=lambda trap: trap.name)
def test_an_attack_costs_the_grader_little_time_and_memory(trap: object, tmp_path: Path) -> None:
    """The worker gets 2 seconds here; otherwise 5 of processor time."""
    trap.build(tmp_path / "ada", TEXT, tmp_path)  # type: ignore[attr-defined]
    command = [sys.executable, "-c", MEASURE, str(tmp_path / "ada"), "2"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    reason, refused, seconds, megabytes = json.loads(done.stdout)
    if trap.name == "archive_refused_names":  # type: ignore[attr-defined]
        assert (reason, refused) == ("", 21)
    else:
        assert "the archive is rejected: reading it takes more than" in reason
    assert seconds < 20
    assert megabytes < 40


@pytest.mark.parametrize("ending", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz"])
def test_the_modules_of_each_kind_of_archive_are_read(
    ending: str, pool: WorkerPool, tmp_path: Path
) -> None:
    files = {f"ada/mynn/{SOFTMAX}": TEXT, "ada/README.md": "x", "__MACOSX/ada/mynn/._x": "\0"}
    path = tmp_path / f"ada.{ending}"
    if ending == "zip":
        zipped(path, files)
    else:
        tarred(path, files, f"w:{ending.partition('.')[2]}")
    submission = opened(path, pool)
    assert submission.modules == {SOFTMAX: TEXT}
    assert submission.refused == []
    missing = submission.read("autograd/value.py")
    assert isinstance(missing, LoadFailure)
    assert missing.message == "there is no file autograd/value.py"


def test_an_archive_is_read_where_processes_cannot_be_forked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "ada.zip", {f"mynn/{SOFTMAX}": TEXT})
    with WorkerPool(SpawnServer()) as pool:
        assert opened(path, pool).modules == {SOFTMAX: TEXT}


def test_a_worker_reads_and_the_grader_parses_nothing(
    pool: WorkerPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise AssertionError("the grader itself parsed an archive")

    path = zipped(tmp_path / "ada.zip", {f"mynn/{SOFTMAX}": TEXT})
    monkeypatch.setattr(zipfile.ZipFile, "__init__", fail)
    monkeypatch.setattr(tarfile.TarFile, "__init__", fail)
    assert opened(path, pool).modules == {SOFTMAX: TEXT}
    source = Path(archives.__file__).read_text() + Path(submissions.__file__).read_text()
    for parser in ("zipfile", "tarfile", "gzip", "bz2", "lzma", "zlib", "tomllib"):
        assert f"import {parser}" not in source


def program_of(text: str) -> dict[str, str]:
    """Return the texts of a program whose reader is replaced."""
    return engine_texts(archives.MODULE) | {archives.MODULE: text}


SPY = """
import os, socket

def works(act):
    try:
        act()
    except OSError:
        return False
    return True

def add(piece):
    pass

def read(*arguments):
    acts = [
        lambda: open("/etc/passwd").read(), lambda: open("/tmp/nnkata-spied", "w"),
        lambda: os.listdir("/proc/1"), socket.socket, os.fork,
    ]
    return {"problem": "damaged", "reason": str([works(act) for act in acts]), "place": ""}
"""


HOARD = """
import time

def add(piece):
    pass

def read(*arguments):
    hoard = []
    for _ in range({} // 8 + 8):
        hoard.append(b"x" * 2**23)
    time.sleep(60)
"""


def test_whatever_takes_over_the_reader_is_confined_as_a_submission_is(
    pool: WorkerPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader is Python's own code, which has had faults."""
    monkeypatch.setattr(archives, "_texts_of_program", lambda: program_of(SPY))
    path = zipped(tmp_path / "ada.zip", {f"mynn/{SOFTMAX}": TEXT})
    assert str([False] * 5) in refusal(path, pool).reason


def test_reading_has_a_limit_of_processor_time(
    pool: WorkerPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends before the wall-clock limit, which allows for a machine that has other work."""
    assert archives.PROCESSOR_SECONDS < archives.READ_SECONDS
    monkeypatch.setattr(archives, "PROCESSOR_SECONDS", 1)
    monkeypatch.setattr(archives, "READ_SECONDS", 300.0)
    (trap,) = [trap for trap in TRAPS if trap.name == "archive_slow_header"]
    trap.build(tmp_path / "ada", TEXT, tmp_path)
    assert "takes more than 1 s of processor time" in refusal(tmp_path / "ada", pool).reason


def test_reading_has_a_limit_of_memory(
    pool: WorkerPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert archives.MEMORY_MB <= 384
    text = HOARD.format(archives.MEMORY_MB)
    monkeypatch.setattr(archives, "_texts_of_program", lambda: program_of(text))
    path = zipped(tmp_path / "ada.zip", {f"mynn/{SOFTMAX}": TEXT})
    assert "384 MiB of memory" in refusal(path, pool).reason


def test_modules_have_a_limit_each_and_together(pool: WorkerPool, tmp_path: Path) -> None:
    names = [kata.module for kata in COURSE.katas.values()][:6]
    most = archives.LIMITS["module_bytes"]
    assert len(names) * most > archives.LIMITS["total_bytes"]
    whole = zipped(tmp_path / "whole.zip", {f"mynn/{name}": "#" * most for name in names})
    assert "more than 4 MiB together" in refusal(whole, pool).reason
    one = zipped(tmp_path / "one.zip", {f"mynn/{names[0]}": "#" * (most + 1)})
    failure = opened(one, pool).modules[names[0]]
    assert isinstance(failure, LoadFailure)
    assert "is larger than 1024 KiB" in failure.message


def test_what_cannot_be_judged_says_why_and_what_to_do(pool: WorkerPool, tmp_path: Path) -> None:
    two = zipped(tmp_path / "two.zip", {f"{n}/mynn/{SOFTMAX}": TEXT for n in "ab"})
    assert "mynn/ more than once: a/mynn and b/mynn" in refusal(two, pool).reason
    nothing = zipped(tmp_path / "nothing.zip", {"essay.txt": "x", "../evil.py": ""})
    error = refusal(nothing, pool)
    assert "no file of the course nn_from_scratch" in error.reason
    assert [r.name for r in error.refused] == ["../evil.py"]
    (tmp_path / "notes.txt").write_text("hello")
    assert "neither a folder nor" in refusal(tmp_path / "notes.txt", pool).reason
    damaged = zipped(tmp_path / "damaged.zip", {f"mynn/{SOFTMAX}": TEXT * 100})
    data = bytearray(damaged.read_bytes())
    data[60:70] = bytes(10)
    damaged.write_bytes(data)
    error = refusal(damaged, pool)
    assert "damaged" in error.reason
    assert SOFTMAX in error.place


def test_a_damaged_header_in_the_middle_hides_no_module(pool: WorkerPool, tmp_path: Path) -> None:
    """Python's tarfile stops there as if the archive ended."""
    files = {f"mynn/{SOFTMAX}": TEXT, "mynn/autograd/value.py": TEXT}
    path = tarred(tmp_path / "ada.tar", files)
    data = bytearray(path.read_bytes())
    data[1024 + 148] ^= 1  # in the checksum of the second header
    path.write_bytes(data)
    assert "the header at byte 1024 is damaged" in refusal(path, pool).reason


def test_an_archive_that_is_too_large_is_not_read(pool: WorkerPool, tmp_path: Path) -> None:
    path = zipped(tmp_path / "ada.zip", {f"mynn/{SOFTMAX}": TEXT})
    with path.open("ab") as file:
        file.truncate(archives.MAX_ARCHIVE_BYTES + 1)
    start = time.monotonic()
    assert "larger than 32 MiB" in refusal(path, pool).reason
    assert time.monotonic() - start < archives.READ_SECONDS


@pytest.mark.parametrize(
    "answer", [None, [], {"texts": 1}, {"texts": {"x": "y", 1: 2}, "refused": [1, ["a"]]}]
)
def test_an_answer_of_any_form_is_taken(answer: object) -> None:
    content = archives._check(answer, {SOFTMAX})
    assert content.data == {}
    assert content.refused == []
