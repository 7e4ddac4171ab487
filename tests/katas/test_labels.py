"""The labels that a trained network is judged by are sent to no worker, so no module can copy them.

Checks that train are called with a spy in place of the learner's module: it records what they send
first, and ends them there. So nothing is trained here.
"""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from nnkata.model import Course

JUDGED = {
    "digits-training": {"test_the_digits_are_read", "test_shuffled_labels_teach_nothing"},
    "digits-mlp": {
        "test_images_that_come_sorted_are_read_too", "test_shuffled_labels_teach_nothing",
    },
    "digits-cnn": {"test_the_digits_are_read"},
}  # fmt: skip
"""Some checks of each kata that count right answers on the test images."""


class SentError(BaseException):
    """The check has sent something: no check can catch it."""


class Spy:
    """Takes the place of `solution`, and of its probes."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        if name == "probe":
            return self

        def call(*arguments: Any, **named: Any) -> Any:
            self.sent += [arguments, named]
            if name != "split_of":  # which only makes an object of what is sent
                raise SentError
            return self

        return call


def arrays(value: Any) -> Iterator[Any]:
    """Yield the arrays in a structure."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        yield from arrays(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from arrays(item)


def read_checks(course: Course, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("_checks", course.katas[name].checks)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", JUDGED)
def test_the_labels_of_the_test_images_are_sent_to_no_worker(name: str, course: Course) -> None:
    checks: Any = read_checks(course, name)
    disguised, true = checks.disguised, []

    def remembering(*arguments: Any, **named: Any) -> Any:
        made = disguised(*arguments, **named)
        true.append(np.asarray(made[3]))
        return made

    checks.disguised = remembering
    checks.NEEDS_NO_TRAINING = []
    looked_at = set()
    for check, function in list(vars(checks).items()):
        if not check.startswith("test_") or "disguised(" not in inspect.getsource(function):
            continue
        spy = Spy()
        true.clear()
        with pytest.raises(SentError):
            function(spy, np.random.default_rng(7))
        looked_at.add(check)
        (labels,) = true
        sent = [a for a in arrays(spy.sent) if a.shape == labels.shape]
        assert all(np.mean(one == labels) < 0.3 for one in sent), check
        assert any(one.ndim == 2 for one in arrays(spy.sent)), f"{check} sends no images"
    assert looked_at >= JUDGED[name]
