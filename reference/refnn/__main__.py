"""Show the whole network at work: ``python -m`` and the name of this package.

It trains XOR on scalars, shows that the scalars and the arrays agree on a gradient, and learns to
read handwritten digits. This file is given: it is part of the course as it is.
"""

import os
import random
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .autograd.value import Value
from .digits.data import WRITER_BLOCKS, frozen_split, writer_split
from .digits.training import train_digits
from .layers.two_layer import NeuralNetwork
from .scalar.mlp import MLP
from .scalar.training import train


def main() -> int:
    """Run everything and return the exit code."""
    try:
        show_xor()
        show_gradients()
        show_digits()
        show_writers()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return 0


def show_xor() -> None:
    """Train a network of scalars on the exclusive or, with targets -1 and 1."""
    say("XOR on scalars, 2-4-1 neurons")
    model = MLP(2, [4, 1], random.Random(1))
    xs, ys = [(0, 0), (0, 1), (1, 0), (1, 1)], [-1, 1, 1, -1]
    for step in range(0, 500, 100):
        losses = train(model, xs, ys, steps=100, lr=0.4)
        say(f"  step {step + 1:3d}  loss {losses[0]:.4f}")
    for x, y in zip(xs, ys, strict=True):
        output = model(x)
        assert isinstance(output, Value)
        say(f"  {x[0]} xor {x[1]}  target {y:2d}  output {output.data:6.3f}")


def show_gradients() -> None:
    """Compare the gradients of the network on arrays with those of the same network of Values."""
    split = frozen_split()
    X, y = split.X_train[:2], split.y_train[:2]
    network = NeuralNetwork(64, 16, 10, np.random.default_rng(0), hidden="tanh")
    by_rule = network.gradients(X, y)
    by_graph = scalar_gradients(network, X, y)
    gap = max(float(abs(by_rule[name] - by_graph[name]).max()) for name in by_rule)
    count = sum(gradient.size for gradient in by_rule.values())
    verdict = "one network" if gap < 1e-10 else "NOT the same network"
    say(f"\n{count} gradients, by arrays and by scalars: they differ by {gap:.1e}, {verdict}")


def scalar_gradients(
    network: NeuralNetwork, X: NDArray[np.float64], y: NDArray[np.int64]
) -> dict[str, NDArray[np.float64]]:
    """Rebuild a network with a tanh hidden layer out of Values, and return its gradients."""
    W1, b1 = values_of(network.W1), values_of(network.b1)
    W2, b2 = values_of(network.W2), values_of(network.b2)
    loss = Value(0.0)
    for x, label in zip(X, y, strict=True):
        # numpy multiplies and adds Values with their own operators, and calls their own tanh.
        logits = np.tanh(x @ W1 + b1) @ W2 + b2
        loss = loss + np.exp(logits).sum().log() - logits[label]
    (loss / len(X)).backward()
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    return {name: gradients_of(values) for name, values in parameters.items()}


def values_of(array: NDArray[np.floating[Any]]) -> NDArray[np.object_]:
    """Return an array of Values, one for each number."""
    return np.array([Value(number) for number in array.ravel().tolist()]).reshape(array.shape)


def gradients_of(values: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the gradients that an array of Values holds."""
    return np.array([value.grad for value in values.ravel().tolist()]).reshape(values.shape)


def show_digits() -> None:
    """Train on the frozen split, where the same people wrote both parts."""
    say("\nHandwritten digits, 64-64-10 neurons, 60 epochs")
    report = train_digits(frozen_split(), np.random.default_rng(0), on_epoch=say_every_tenth)
    say(f"  loss before training {report.initial_loss:.4f}, guessing blindly {np.log(10):.4f}")
    say(f"  accuracy on images it has not seen: {report.accuracy:.1%}")


def say_every_tenth(epoch: int, loss: float) -> None:
    """Print the loss of every tenth epoch."""
    if epoch % 10 == 0:
        say(f"  epoch {epoch:2d}  loss {loss:.4f}")


def show_writers() -> None:
    """Leave one writer's block out at a time, train on the others, and test on that block."""
    say("\nThe same on writers it has not seen: 14 blocks of images, each seemingly by one person")
    accuracies = []
    for block in range(len(WRITER_BLOCKS) - 1):
        report = train_digits(writer_split(block), np.random.default_rng(block), epochs=25)
        accuracies.append(report.accuracy)
        say(f"  trained without block {block:2d}, reads it: {report.accuracy:.1%}")
    say(f"  mean {np.mean(accuracies):.1%}, worst {min(accuracies):.1%}")
    say(
        "\nAccuracy is a celebration, not the proof: networks with wrong gradients score nearly as"
        "\nwell, and only comparing the gradients themselves shows that these are right."
    )


def say(text: str) -> None:
    """Print a line at once, so that progress shows even through a pipe."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
