"""Modules that train nothing earn little; common mistakes in other words get their cause."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.pytest_session import Checks
from nnkata.checking.runtime import Submission
from nnkata.course.loading import read_courses
from nnkata.model import Verdict
from nnkata.plugins import installed_plugins
from nnkata.sandbox.pool import WorkerPool

HERE = Path(__file__).parent / "digits-training"
COURSE = read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"]
CHEATS = sorted(HERE.glob("cheat_*.py"))
LOOP = "        for batch in minibatches(len(X), batch_size, rng):\n"
SLICES = """
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
"""
STEP = "network.backward(X[batch], y[batch], learning_rate)"
LOSS = "losses.append(network.loss(X, y))"

REWORDED = {
    "shuffles-once": [
        ("losses = []\n", "losses = []\n    rows = list(minibatches(len(X), batch_size, rng))\n"),
        (LOOP, "        for batch in rows:\n"),
    ],
    "shuffled-apart": [
        ("    losses = []\n", "    losses = []\n    images, labels = X.copy(), y.copy()\n"),
        (LOOP, "        rng.shuffle(images)\n        rng.shuffle(labels)\n" + SLICES),
        (STEP, "network.backward(images[rows], labels[rows], learning_rate)"),
    ],
    "learning-rate-times-samples": [
        (STEP, "network.backward(X[batch], y[batch], y[batch].size * learning_rate)"),
    ],
    "never-steps": [(STEP, "network.loss(X[batch], y[batch])")],
    "loss-of-one-batch": [
        (STEP, "last = network.loss(X[batch], y[batch])\n            " + STEP),
        (LOSS, "losses.append(last)"),
    ],
    "unseeded-generator": [
        ("    X, y = split", "    from numpy import random\n    X, y = split"),
        ("hidden_size, 10, rng,", "hidden_size, 10, random.default_rng(),"),
    ],
    "own-seed": [("rng.permutation(n)", "np.random.RandomState(7).permutation(n)")],
    "training-accuracy": [("split.X_test, split.y_test", "X, y")],
}  # fmt: skip


@pytest.fixture(scope="module")
def assessor() -> Iterator[Assessor]:
    with WorkerPool() as pool:
        yield Assessor(COURSE, Checks([COURSE.katas["digits-training"]]), pool)


def verdict_on(assessor: Assessor, text: str, diagnose: bool) -> Verdict:
    submission = Submission("tests", lambda _: text)
    kata = COURSE.katas["digits-training"]
    if diagnose:
        verdict = assessor.assess(kata, submission)
    else:
        verdict = assessor.check(kata, submission, slow_checks="always").verdict
    assert verdict.load is None
    assert not any(outcome.outcome == "broken" for outcome in verdict.outcomes)
    return verdict


@pytest.mark.parametrize("path", CHEATS, ids=[path.stem for path in CHEATS])
def test_a_module_that_trains_nothing_earns_less_than_half(assessor: Assessor, path: Path) -> None:
    verdict = verdict_on(assessor, path.read_text(encoding="utf-8"), diagnose=False)
    assert verdict.points < 0.4 * verdict.max_points
    slow = [outcome for outcome in verdict.outcomes if outcome.slow]
    assert [o.check for o in slow if o.outcome == "passed"] in ([], ["batches_in_many_sizes"])


@pytest.mark.parametrize("mistake", REWORDED)
def test_a_mistake_in_other_words_gets_its_cause(assessor: Assessor, mistake: str) -> None:
    text = (HERE / "right_1.py").read_text(encoding="utf-8")
    for old, new in REWORDED[mistake]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    assert [d.mistake for d in verdict_on(assessor, text, diagnose=True).diagnoses] == [mistake]
