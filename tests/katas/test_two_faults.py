"""A module with two documented mistakes: after one of them is fixed, the other is named."""

from __future__ import annotations

import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.runtime import Submission
from nnkata.model import Course

MEAN, SUM = "    return total / len(xs)\n", "    return total\n"
CLEAR = "        zero_grad(model.parameters())\n"
TRAINING = """\
def mse_loss(model, xs, ys):
    if len(xs) != len(ys) or not xs:
        raise ValueError("as many targets as samples are needed, and at least one")
    total = sum((model(x) - y) ** 2 for x, y in zip(xs, ys))
{loss}

def zero_grad(parameters):
    for p in parameters:
        p.grad = 0.0


def sgd_step(parameters, lr):
    for p in parameters:
        p.data -= lr * p.grad


def train(model, xs, ys, steps, lr):
    losses = []
    for _ in range(steps):
        loss = mse_loss(model, xs, ys)
        losses.append(loss.data)
{clear}        loss.backward()
        sgd_step(model.parameters(), lr)
    return losses
"""


@pytest.mark.parametrize(
    ("loss", "clear", "named"),
    [
        (SUM, "", ["sum-not-mean"]),
        (MEAN, "", ["no-zero-grad"]),
        (SUM, CLEAR, ["sum-not-mean"]),
        (MEAN, CLEAR, []),
    ],
)
def test_the_second_of_two_mistakes_is_named_after_the_first_is_fixed(
    loss: str, clear: str, named: list[str], course: Course, assessor: Assessor
) -> None:
    """train calls mse_loss, so that a sum changes what every other check of train sees."""
    text = TRAINING.format(loss=loss, clear=clear)
    kata = course.katas["gradient-descent"]
    verdict = assessor.assess(kata, Submission("me", lambda _: text))
    assert verdict.passed == (not named)
    assert [d.mistake for d in verdict.diagnoses] == named
