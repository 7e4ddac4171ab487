"""Variants of prerequisites are tried in sets; a set that fails is taken apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import nn_from_scratch
import refnn
from nnkata.checking.assessor import Assessor
from nnkata.checking.pytest_session import Checks
from nnkata.model import Course
from nnkata.sandbox.pool import WorkerPool
from nnkata.verify.seed_checks import SeedChecks

KATA = "dense-layer"


class Pretend(SeedChecks):
    """Fails with what a function says, and remembers which sets were tried."""

    def __init__(
        self, assessor: Assessor, fails: Callable[[Mapping[str, Path]], bool] | None
    ) -> None:
        super().__init__(assessor, assessor.course.katas[KATA], 1)
        self.fails = fails
        self.tried: list[dict[str, str]] = []

    def _failure_with(self, variants: Mapping[str, Path]) -> str | None:
        self.tried.append({name: path.stem for name, path in variants.items()})
        if self.fails is None:
            return super()._failure_with(variants)
        return "test_forward" if self.fails(variants) else None


@pytest.fixture
def assessor(read_course: Callable[[Path, Path], Course], pool: WorkerPool) -> Assessor:
    course = read_course(Path(nn_from_scratch.__file__).parent, Path(refnn.__file__).parent)
    return Assessor(course, Checks([course.katas[KATA]]), pool)


def variants(course: Course) -> dict[str, list[str]]:
    needs = course.all_needs(KATA)
    return {name: [path.stem for path in course.katas[name].variants()] for name in needs}


def test_each_variant_is_in_one_set(assessor: Assessor) -> None:
    seeds = Pretend(assessor, None)
    assert list(seeds.prerequisites()) == []
    expected = variants(assessor.course)
    assert len(expected) > 1
    assert len(seeds.tried) == max(map(len, expected.values())) == seeds.runs
    for name, paths in expected.items():
        assert [tried[name] for tried in seeds.tried if name in tried] == paths


def test_the_variant_that_fails_is_named(assessor: Assessor) -> None:
    name, paths = next(iter(variants(assessor.course).items()))
    bad = paths[-1]
    seeds = Pretend(assessor, lambda tried: name in tried and tried[name].stem == bad)
    (finding,) = seeds.prerequisites()
    assert finding.what == (
        f"the check test_forward does not pass with the variant {bad} of {name}"
    )
    assert finding.where.endswith(f"{bad}.py")


def test_variants_that_fail_only_together_are_named(assessor: Assessor) -> None:
    seeds = Pretend(assessor, lambda tried: len(tried) > 1)
    findings = list(seeds.prerequisites())
    assert findings
    first = next(iter(variants(assessor.course).items()))
    assert findings[0].what.startswith(
        "the check test_forward does not pass with these variants together: "
    )
    assert f"{first[1][0]} of {first[0]}" in findings[0].what
