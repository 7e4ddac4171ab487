"""Workers to check modules in, and courses of a test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from nnkata.courses import assemble, read_pack
from nnkata.model import Course
from nnkata.seats import Jail


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail() as jail:
        yield jail


@pytest.fixture
def read_course() -> Callable[[Path, Path], Course]:
    """Read the one course in a folder, with another folder for its reference."""

    def read(root: Path, reference: Path) -> Course:
        pack = read_pack(root)
        katas = {n: replace(k, reference_root=reference) for n, k in pack.katas.items()}
        courses, broken = assemble([replace(pack, reference_root=reference, katas=katas)])
        assert not broken, broken
        return courses[pack.file.name]

    return read
