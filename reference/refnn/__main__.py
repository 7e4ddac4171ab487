"""Show the whole network at work: ``python -m`` and the name of this package.

It trains XOR on scalars, shows that scalars and arrays give the same gradients, and trains a
network on handwritten digits. A ``PrintLog`` prints the progress; another object with the same
methods can draw it instead. This file is given: you do not have to write it.
"""

import os
import random
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .autograd.value import Value
from .digits.data import WRITER_BLOCKS, frozen_split, writer_split
from .digits.report import Report
from .digits.training import train_digits
from .layers.two_layer import NeuralNetwork
from .scalar.mlp import MLP
from .scalar.training import train

XOR_STEPS, DIGITS_EPOCHS, WRITER_EPOCHS = 500, 60, 25
WRITERS = len(WRITER_BLOCKS) - 1


class PrintLog:
    """Prints the progress line by line, without buffering, so that a pipe shows it at once."""

    def line(self, text: str) -> None:
        """Print a line."""
        print(text, flush=True)

    def loss(self, step: int, of: int, loss: float, text: str = "", unit: str = "step") -> None:
        """Report the loss after ``step`` of ``of`` steps; print ``text`` unless it is empty."""
        del step, of, loss, unit
        if text:
            self.line(text)

    def accuracy(self, share: float, text: str, name: str = "") -> None:
        """Report an accuracy from 0 to 1, of the data called ``name``; print ``text``."""
        del share, name
        self.line(text)


def main() -> int:
    """Run everything and return the exit code."""
    log = PrintLog()
    try:
        show_xor(log)
        show_gradients(log)
        show_digits(log)
        show_writers(log)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader has closed the pipe, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return 0


def show_xor(log: PrintLog) -> None:
    """Train a network of scalars on XOR, with the targets -1 and 1."""
    log.line("XOR on scalars, 2-4-1 neurons")
    model = MLP(2, [4, 1], random.Random(1))
    xs, ys = [(0, 0), (0, 1), (1, 0), (1, 1)], [-1, 1, 1, -1]
    for done in range(0, XOR_STEPS, 10):
        losses = train(model, xs, ys, steps=10, lr=0.4)
        for step, loss in enumerate(losses, start=done + 1):
            text = f"  step {step:3d}  loss {loss:.4f}" if step % 100 == 1 else ""
            log.loss(step, XOR_STEPS, loss, text)
    for x, y in zip(xs, ys, strict=True):
        output = model(x)
        assert isinstance(output, Value)
        log.line(f"  {x[0]} xor {x[1]}  target {y:2d}  output {output.data:6.3f}")


def show_gradients(log: PrintLog) -> None:
    """Compute the gradients of one network twice, with arrays and with Values, and compare them."""
    split = frozen_split()
    X, y = split.X_train[:2], split.y_train[:2]
    network = NeuralNetwork(64, 16, 10, np.random.default_rng(0), hidden="tanh")
    by_rule = network.gradients(X, y)
    by_graph = scalar_gradients(network, X, y)
    gap = max(float(abs(by_rule[name] - by_graph[name]).max()) for name in by_rule)
    count = sum(gradient.size for gradient in by_rule.values())
    compared = f"\n{count} gradients, by arrays and by scalars, differ by {gap:.1e}"
    if gap < 1e-10:
        log.line(f"{compared}: the same network")
    else:
        log.line(compared)
        log.line("  They should be equal: at least one of the two computations is not right yet.")


def scalar_gradients(
    network: NeuralNetwork, X: NDArray[np.float64], y: NDArray[np.int64]
) -> dict[str, NDArray[np.float64]]:
    """Return the gradients of a network with a tanh hidden layer, computed with Values."""
    W1, b1 = values_of(network.W1), values_of(network.b1)
    W2, b2 = values_of(network.W2), values_of(network.b2)
    loss = Value(0.0)
    for x, label in zip(X, y, strict=True):
        # On object arrays numpy uses the operators of Value, and calls Value.tanh.
        logits = np.tanh(x @ W1 + b1) @ W2 + b2
        loss = loss + np.exp(logits).sum().log() - logits[label]
    (loss / len(X)).backward()
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    return {name: gradients_of(values) for name, values in parameters.items()}


def values_of(array: NDArray[np.floating[Any]]) -> NDArray[np.object_]:
    """Return an array of Values of the same shape, one Value per number."""
    return np.array([Value(number) for number in array.ravel().tolist()]).reshape(array.shape)


def gradients_of(values: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the gradients of an array of Values, in its shape."""
    return np.array([value.grad for value in values.ravel().tolist()]).reshape(values.shape)


def show_digits(log: PrintLog) -> Report:
    """Train on the frozen split, where the same people wrote both sets, and return the report."""
    log.line(f"\nHandwritten digits, 64-64-10 neurons, {DIGITS_EPOCHS} epochs")

    def on_epoch(epoch: int, loss: float) -> None:
        text = f"  epoch {epoch:2d}  loss {loss:.4f}" if epoch % 10 == 0 else ""
        log.loss(epoch, DIGITS_EPOCHS, loss, text, "epoch")

    report = train_digits(
        frozen_split(), np.random.default_rng(0), epochs=DIGITS_EPOCHS, on_epoch=on_epoch
    )
    guess = np.log(10)
    log.line(f"  loss before training {report.initial_loss:.4f}, of a blind guess {guess:.4f}")
    text = f"  accuracy on images it has not seen: {report.accuracy:.1%}"
    log.accuracy(report.accuracy, text)
    return report


def show_writers(log: PrintLog) -> None:
    """Leave one writer's block out at a time, train on the others, and test on that block."""
    show_mean([show_writer(block, log) for block in range(WRITERS)], log)


def show_writer(block: int, log: PrintLog) -> float:
    """Train on all blocks but one, and return the accuracy on that one."""
    if block == 0:
        log.line(
            f"\nThe same with new writers: {WRITERS} blocks of images, each probably by one writer"
        )

    def on_epoch(epoch: int, loss: float) -> None:
        log.loss(epoch, WRITER_EPOCHS, loss, unit="epoch")

    report = train_digits(
        writer_split(block), np.random.default_rng(block), epochs=WRITER_EPOCHS, on_epoch=on_epoch
    )
    text = f"  trained without block {block:2d}, accuracy on it: {report.accuracy:.1%}"
    log.accuracy(report.accuracy, text, f"block {block}")
    return report.accuracy


def show_mean(accuracies: list[float], log: PrintLog) -> None:
    """Report the mean and the lowest accuracy of the blocks, and what accuracy does not prove."""
    log.line(f"  mean {np.mean(accuracies):.1%}, lowest {min(accuracies):.1%}")
    log.line(
        "\nHigh accuracy does not prove that the gradients are right: networks with wrong gradients"
        "\nscore nearly as well. Only a comparison of the gradients themselves shows that."
    )


if __name__ == "__main__":
    sys.exit(main())
