"""Mistakes are recognised alike whether all their checks are run, or only those that can matter."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.diagnosis import find_mistakes, make_fingerprint, match_mistakes
from nnkata.checking.known_mistakes import KnownMistakes
from nnkata.checking.pytest_session import Checks
from nnkata.checking.runner import KataRun, RunPlan
from nnkata.checking.runtime import Bundle, Submission, WorkerSlot
from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistakes
from nnkata.model import Diagnosis
from nnkata.sandbox.pool import WorkerPool
from nnkata.verify.module_ast import with_definition

SEED = 7


class Case:
    """The kata softmax, its mistakes, and how each behaves in all checks."""

    def __init__(self, pool: WorkerPool) -> None:
        course, _ = pick_course()
        self.kata = course.katas["softmax"]
        self.assessor = Assessor(course, Checks([self.kata]), pool)
        self.runner = self.assessor.runner(self.kata, SEED)
        mistakes = read_mistakes(self.kata)
        self.texts = {mistake.name: mistake.module for mistake in mistakes}
        self.fingerprints = [make_fingerprint(m, self.run(m.module)) for m in mistakes]
        self.bundle = self.assessor.bundles.build(self.kata, "", Submission("ada", lambda _: ""))

    def run(self, text: str) -> KataRun:
        bundle = self.assessor.bundles.build(self.kata, text, Submission("ada", lambda _: text))
        return self.runner.run(bundle, RunPlan(slow_checks="never"))

    def find(self, run: KataRun, cache: Path | None = None) -> list[Diagnosis]:
        return find_mistakes(run, self.runner, self.bundle, KnownMistakes(cache))

    def modules(self) -> Iterator[str]:
        """Yield wrong modules: each mistake, two at once, and one that is not a mistake of ours."""
        yield from self.texts.values()
        yield with_definition(
            self.texts["global-max"], "logsumexp", self.texts["logsumexp-overflows"]
        )
        reference = self.assessor.bundles.reference(self.kata.name)
        yield reference + "\n\ndef log_softmax(z, axis=-1):\n    return 2.0\n"


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with WorkerPool() as pool:
        yield Case(pool)


def test_the_diagnosis_is_the_same_as_by_all_checks(case: Case, tmp_path: Path) -> None:
    for text in case.modules():
        run = case.run(text)
        wanted = match_mistakes(run, case.fingerprints)
        assert case.find(run) == wanted
        assert case.find(run, tmp_path) == wanted  # with what the ones before left there
        assert case.find(run, tmp_path) == wanted


def test_cached_answers_are_not_run_again(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    real = case.runner.run

    def counted(bundle: Bundle, plan: RunPlan, slot: WorkerSlot | None = None) -> KataRun:
        asked.append(plan.only)
        return real(bundle, plan, slot)

    run = case.run(case.texts["logsumexp-overflows"])
    failed = {c.info.name for c in run.failing_checks}
    monkeypatch.setattr(case.runner, "run", counted)
    assert [d.mistake for d in case.find(run, tmp_path)] == ["logsumexp-overflows"]
    assert len([only for only in asked if only == failed]) == len(case.texts)
    assert len(asked) < len(case.texts) + 3, "most mistakes are ruled out by what was failed"
    asked.clear()
    assert [d.mistake for d in case.find(run, tmp_path)] == ["logsumexp-overflows"]
    assert not asked


def test_a_cache_that_cannot_be_read_is_made_anew(case: Case, tmp_path: Path) -> None:
    run = case.run(case.texts["global-max"])
    wanted = case.find(run, tmp_path)
    assert [d.mistake for d in wanted] == ["global-max"]
    (file,) = (tmp_path / "answers").iterdir()
    file.write_bytes(b"\x93junk")
    assert case.find(run, tmp_path) == wanted
    assert file.read_bytes() != b"\x93junk"


def test_a_module_that_fails_nothing_that_mistakes_are_run_on_costs_nothing(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = case.run(case.assessor.bundles.reference("softmax"))
    monkeypatch.setattr(case.runner, "run", None)
    assert case.find(run) == []
