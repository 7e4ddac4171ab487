"""What was proven is remembered until something that the proof depends on changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

import nn_from_scratch
from nnkata.model import Course
from nnkata.result_folder import PLACE
from nnkata.verify.memory import ProofMemory
from nnkata.verify.verifier import VerifyOptions

ROOT = Path(nn_from_scratch.__file__).parent


@pytest.fixture(autouse=True)
def own_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a folder of the test's own: other tests prove the same katas."""
    monkeypatch.setenv(PLACE, str(tmp_path / "proofs"))


@pytest.fixture
def course(tmp_path: Path, read_course: Callable[[Path, Path], Course]) -> Course:
    shutil.copytree(ROOT, tmp_path / "course")
    import refnn

    shutil.copytree(Path(refnn.__file__).parent, tmp_path / "reference")
    return read_course(tmp_path / "course", tmp_path / "reference")


def recall(course: Course, kata: str = "value-backward", **options: bool | int) -> bytes | None:
    return ProofMemory(course, replace(VerifyOptions(), **options)).recall(course.katas[kata])


def store(course: Course, kata: str = "value-backward") -> None:
    ProofMemory(course, VerifyOptions()).store(course.katas[kata], b"proven")


def test_a_proof_is_remembered_for_its_kata_and_options(course: Course) -> None:
    assert recall(course) is None
    store(course)
    assert recall(course) == b"proven"
    assert recall(course, "value") is None
    assert recall(course, mutants=True) is None
    assert recall(course, seeds=3) is None


@pytest.mark.parametrize(
    "path",
    [
        "course/autograd/value-backward/checks.py",
        "course/autograd/value-backward/README.md",
        "course/autograd/value-backward/mistakes/breadth-first.py",
        "course/course.toml",
        "reference/autograd/backward.py",
        "reference/autograd/value.py",
        "course/autograd/value/variants/factory.py",
    ],
)
def test_whatever_a_proof_depends_on_ends_it(course: Course, tmp_path: Path, path: str) -> None:
    store(course)
    file = tmp_path / path
    before = file.read_bytes()
    file.write_bytes(before + b"\n")
    assert recall(course) is None
    file.write_bytes(before)
    assert recall(course) == b"proven"


def test_what_it_does_not_depend_on_leaves_it(course: Course, tmp_path: Path) -> None:
    store(course)
    (tmp_path / "course/forward/softmax/checks.py").write_text("")
    (tmp_path / "reference/forward/softmax.py").write_text("")
    assert recall(course) == b"proven"
