"""The stages of `kata train`: the same steps as in the `__main__` of the network."""

from __future__ import annotations

import importlib
from collections.abc import Set
from contextlib import suppress
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.training import Accuracy, Event, Image, Stage, TrainingLog

NAMED = 8
"""How many misread images are named or drawn at most."""


REPAIR = "two-layer-net"
MACHINES = {
    "two layers, mini-batches": "digits-training",
    "three layers": "digits-mlp",
    "convolution": "digits-cnn",
    "Transformer over rows": "transformer-block",
    "recurrence over rows": "rnn-bptt",
    "Hopfield, digits 0 to 2": "hopfield",
    "graph, 5 labels per digit": "gcn",
}
"""The machines that read the digits, and the kata with which each is the learner's."""
NEW_WRITERS = (3, 9)
"""The blocks of images that represent writers whom a machine has not seen."""
FAULTY_EPOCHS, FAULTY_RATE, FAULTY_HIDDEN = 100, 0.1, 32
"""The training of the faulty program, as the article did it: all samples in each step."""


def stages(network: ModuleType, solved: Set[str]) -> list[Stage]:
    """Return the stages; they call functions of the given `__main__` of the network.

    Until the two-layer network is repaired, the digits are read by the faulty program.
    """
    program = importlib.import_module(f"{network.__name__}.__main__")
    scalars, arrays = ("gradient-descent",), ("digits-training",)
    first = [
        Stage("XOR on scalars", program.show_xor, weight=0.3, katas=scalars),
        Stage(
            "gradients, two ways", partial(gradients, program, REPAIR in solved), weight=0.05,
            katas=("elementary-functions", REPAIR),
        ),
    ]  # fmt: skip
    if REPAIR not in solved:
        title = "digits, before the repair"
        first.append(Stage(title, partial(faulty_digits, program), weight=0.6, katas=arrays))
    else:
        first += [
            Stage("handwritten digits", partial(digits, program), weight=0.4, katas=arrays),
            Stage("new writers", partial(writers, program), parts=program.WRITERS, weight=2.0),
        ]
    own = [name for name, kata in MACHINES.items() if kata in solved]
    if own:
        run = partial(machine, network.__name__, own)
        first.append(Stage("your machines", run, parts=len(own), weight=4.0 * len(own)))
    locked = [(name, kata) for name, kata in MACHINES.items() if kata not in solved]
    return first + [Stage(name, run_nothing, katas=(kata,), locked=True) for name, kata in locked]


def gradients(program: Any, is_repaired: bool, log: TrainingLog) -> None:
    """Compare the gradients of both computations, which differ until the program is repaired."""
    program.show_gradients(log)
    if not is_repaired:
        log.line(f"  That is expected here: {REPAIR} has faults until you repair it.")


def faulty_digits(program: Any, log: TrainingLog) -> None:
    """Train the program that is to be repaired, and say what it would reach without its faults."""
    split = program.frozen_split()
    log.line(
        f"\nHandwritten digits, 64-{FAULTY_HIDDEN}-10 neurons, {FAULTY_EPOCHS} epochs, "
        "before the repair"
    )
    network = program.NeuralNetwork(64, FAULTY_HIDDEN, 10, np.random.default_rng(0))
    with np.errstate(all="ignore"):
        for epoch in range(1, FAULTY_EPOCHS + 1):
            network.forward(split.X_train)
            network.backward(split.X_train, split.y_train, FAULTY_RATE)
            loss = float(network.loss(split.X_train, split.y_train))
            text = f"  epoch {epoch:3d}  loss {loss:.4f}" if epoch in (1, 2, 5, 20, 100) else ""
            log.loss(epoch, FAULTY_EPOCHS, loss, text, "epoch")
        read = np.asarray(network.forward(split.X_test)).argmax(axis=1)
    share = float((read == split.y_test).mean())
    log.accuracy(
        share, f"  accuracy on images it has not seen: {share:.1%}; a guess is right in 10%"
    )
    with suppress(ImportError):  # some installations have no reference
        reached = importlib.import_module("refnn.__main__").show_digits(TrainingLog(_show_nothing))
        log.line(f"  with correct modules, which you will write: {reached.accuracy:.1%}")


def _show_nothing(event: Event) -> None:
    """Show nothing of a training run whose result alone is shown."""


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


def machine(package: str, own: list[str], log: TrainingLog) -> None:
    """Let one machine per part read the digits, and report a line of a table."""
    machines = importlib.import_module(f"{package}.machines")
    data = importlib.import_module(f"{package}.digits.data")
    if log.part == 0:
        log.line("\nOne data set, the machines that are yours")
        log.line(f"  {'':26} numbers           accuracy, of writers")
        log.line(f"  {'':26} learned  seconds  known          new")
    name = own[log.part]
    known = machines.read_with(name, data.frozen_split())
    new = [machines.read_with(name, data.writer_split(block)).accuracy for block in NEW_WRITERS]
    learned = f"  {name:26} {known.parameters:7d} {known.seconds:8.1f}"
    log.line(f"{learned} {known.accuracy:6.1%} {np.mean(new):12.1%}")


def run_nothing(log: TrainingLog) -> None:
    """Do nothing: the stage is locked."""
