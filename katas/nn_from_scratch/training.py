"""The stages of `kata train`: the same steps as in the `__main__` of the network."""

from __future__ import annotations

import importlib
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.training import Accuracy, Image, Stage, TrainingLog

NAMED = 8
"""How many misread images are named or drawn at most."""


def stages(network: ModuleType) -> list[Stage]:
    """Return the stages; they call functions of the given `__main__` of the network."""
    program = importlib.import_module(f"{network.__name__}.__main__")
    return [
        Stage("XOR on scalars", program.show_xor, weight=0.3),
        Stage("gradients, two ways", program.show_gradients, weight=0.05),
        Stage("handwritten digits", partial(digits, program), weight=0.4),
        Stage("new writers", partial(writers, program), parts=program.WRITERS, weight=2.0),
    ]


def digits(program: Any, log: TrainingLog) -> None:
    """Train on the frozen split, and show which test images were misread."""
    report = program.show_digits(log)
    split = program.frozen_split()
    read = np.asarray(report.network.forward(split.X_test)).argmax(axis=1)
    wrong = np.flatnonzero(read != split.y_test)
    if not len(wrong):
        log.line("  misread none of them")
        return
    named = ", ".join(f"{split.y_test[i]} as {read[i]}" for i in wrong[:NAMED])
    more = f" and {len(wrong) - NAMED} more" if len(wrong) > NAMED else ""
    log.images(
        f"  misread {len(wrong)} of {len(read)}: {named}{more}",
        [
            Image(
                tuple(tuple(row) for row in split.X_test[i].reshape(8, 8).tolist()),
                (f"is {split.y_test[i]}", f"read {read[i]}"),
            )
            for i in wrong[:NAMED]
        ],
    )


def writers(program: Any, log: TrainingLog) -> None:
    """Train without one block of images per part; the last part reports the mean of all."""
    last = program.show_writer(log.part, log)
    if log.part == program.WRITERS - 1:
        earlier = [event.share for event in log.before if isinstance(event, Accuracy)]
        program.show_mean([*earlier, last], log)
