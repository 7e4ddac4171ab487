"""Mistakes are recognised alike whether all their checks are run, or only those that can matter."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nnkata import diagnose
from nnkata.assess import Assessor
from nnkata.bundles import Submission
from nnkata.cli.common import pick_course
from nnkata.diagnose import diagnoses, fingerprint, recognised
from nnkata.model import Diagnosis
from nnkata.outline import with_definition
from nnkata.runner import Checks, KataRun
from nnkata.seats import Jail

SEED = 7


class Case:
    """The kata softmax, its mistakes, and how each behaves in all checks."""

    def __init__(self, jail: Jail) -> None:
        course, _ = pick_course()
        self.kata = course.katas["softmax"]
        self.checks = Checks([self.kata])
        self.assessor = Assessor(course, self.checks, jail)
        self.texts = {path.stem: path.read_text() for path in self.kata.mistakes()}
        self.known = [fingerprint(n, text, self.run(text)) for n, text in self.texts.items()]
        self.bundle = self.assessor.bundles.of(self.kata, "", Submission("ada", lambda _: ""))

    def run(self, text: str) -> KataRun:
        bundle = self.assessor.bundles.of(self.kata, text, Submission("ada", lambda _: text))
        course, jail = self.assessor.course, self.assessor.jail
        return self.checks.run(self.kata.name, course, bundle, jail, SEED, "never")

    def recognised(self, run: KataRun, cache: Path | None = None) -> list[Diagnosis]:
        course, jail = self.assessor.course, self.assessor.jail
        return recognised(run, self.checks, self.kata, course, self.bundle, jail, SEED, cache)

    def modules(self) -> Iterator[str]:
        """Yield wrong modules: each mistake, two at once, and one that is no mistake of ours."""
        yield from self.texts.values()
        yield with_definition(
            self.texts["global-max"], "logsumexp", self.texts["logsumexp-overflows"]
        )
        reference = self.assessor.bundles.reference(self.kata.name)
        yield reference + "\n\ndef log_softmax(z, axis=-1):\n    return 2.0\n"


@pytest.fixture(scope="module")
def case() -> Iterator[Case]:
    with Jail() as jail:
        yield Case(jail)


def test_every_module_is_told_the_same_as_by_all_checks(case: Case, tmp_path: Path) -> None:
    for text in case.modules():
        run = case.run(text)
        wanted = diagnoses(run, case.known)
        assert case.recognised(run) == wanted
        assert case.recognised(run, tmp_path) == wanted  # with what the ones before left there
        assert case.recognised(run, tmp_path) == wanted


def test_what_is_known_is_not_run_again(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    real = case.checks.run

    def counted(*args: Any, **named: Any) -> KataRun:
        asked.append(args[-1])
        return real(*args, **named)

    run = case.run(case.texts["logsumexp-overflows"])
    failed = {c.info.name for c in diagnose.failing(run)}
    monkeypatch.setattr(case.checks, "run", counted)
    assert [d.mistake for d in case.recognised(run, tmp_path)] == ["logsumexp-overflows"]
    assert len([only for only in asked if only == failed]) == len(case.texts)
    assert len(asked) < len(case.texts) + 3, "most mistakes are ruled out by what was failed"
    asked.clear()
    assert [d.mistake for d in case.recognised(run, tmp_path)] == ["logsumexp-overflows"]
    assert not asked


def test_a_cache_that_cannot_be_read_is_made_anew(case: Case, tmp_path: Path) -> None:
    run = case.run(case.texts["global-max"])
    wanted = case.recognised(run, tmp_path)
    assert [d.mistake for d in wanted] == ["global-max"]
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\x93junk")
    assert case.recognised(run, tmp_path) == wanted
    assert file.read_bytes() != b"\x93junk"


def test_a_module_that_fails_nothing_that_mistakes_are_run_on_costs_nothing(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = case.run(case.assessor.bundles.reference("softmax"))
    monkeypatch.setattr(case.checks, "run", None)
    assert case.recognised(run) == []
