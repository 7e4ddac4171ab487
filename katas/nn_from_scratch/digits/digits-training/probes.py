"""Functions that run beside the learner's module and watch it train.

What a training run draws from its generator is its own business, so these functions hand back
what does not hang on it: sizes, counts, yes and no, and the results of runs whose network starts
from known weights and takes all samples at once.
"""

import random
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from itertools import islice
from typing import Any

import numpy as np

from ..autograd.gradcheck import numerical_gradient
from ..layers import two_layer
from . import training as module
from .data import Split, frozen_split


def split_of(X: Any, y: Any, X_test: Any, y_test: Any) -> Split:
    """Make a split of these arrays."""
    return Split(X, y, X_test, y_test)


def digits(count: int) -> Split:
    """Return the first images of the frozen split, to learn from and to be judged by alike."""
    split = everything()
    X, y = split.X_train[:count], split.y_train[:count]
    return Split(X, y, X.copy(), y.copy())


def everything() -> Split:
    """Return the frozen split, in arrays that may be changed."""
    return _copy(_read())


def with_shuffled_labels(seed: int) -> Split:
    """Return the frozen split, its training labels dealt out anew."""
    split = everything()
    labels = np.random.default_rng(seed).permutation(split.y_train)
    return Split(split.X_train, labels, split.X_test, split.y_test)


# minibatches


def dealt(n: int, batch_size: int, seed: int) -> dict[str, Any]:
    """Deal once; return the sizes of the batches, and whether every number came exactly once."""
    batches = _deal(n, batch_size, np.random.default_rng(seed))
    numbers = sorted(int(i) for batch in batches for i in batch)
    return {
        "sizes": [len(batch) for batch in batches],
        "every number exactly once": numbers == list(range(n)),
    }


def orders(n: int, batch_size: int) -> dict[str, bool]:
    """Deal a few times from one generator and say how the orders compare."""
    rng = np.random.default_rng(5)
    deals = [_deal(n, batch_size, rng) for _ in range(3)]
    first, second, third = (np.concatenate(deal).tolist() for deal in deals)
    batches = [batch.tolist() for deal in deals for batch in deal if batch.size]
    return {
        "in the order of the data": first == list(range(n)),
        "the same order again": first == second or second == third,
        "the same neighbours in every batch": all(
            batch == list(range(batch[0], batch[0] + len(batch))) for batch in batches
        ),
    }


def seeds_matter(n: int, batch_size: int) -> dict[str, bool]:
    """Deal from equal and from different generators and say how the orders compare."""
    one, same, other = (
        np.concatenate(_deal(n, batch_size, np.random.default_rng(seed))).tolist()
        for seed in (3, 3, 4)
    )
    state, numpy_state = random.getstate(), np.random.get_state()
    _deal(n, batch_size, np.random.default_rng(3))
    return {
        "equal seeds, equal orders": one == same,
        "other seeds, other orders": one != other,
        "the global generators are left alone": random.getstate() == state
        and all(map(np.array_equal, np.random.get_state(), numpy_state)),
    }


def deals_the_same_again() -> bool:
    """Return whether minibatches deals one order twice running; not if it cannot deal at all."""
    rng = np.random.default_rng(7)
    with suppress(Exception):
        first, second = (np.concatenate(_deal(60, 8, rng)) for _ in range(2))
        return np.array_equal(first, second)
    return False


def outcome_of_minibatches(n: int, batch_size: int) -> str:
    """Return what kind of exception minibatches raises when it is used up, or what it deals."""
    try:
        batches = _deal(n, batch_size, np.random.default_rng(0))
    except NotImplementedError:
        raise
    except Exception as error:
        return "ValueError" if isinstance(error, ValueError) else type(error).__name__
    return f"{len(batches)} batches"


# accuracy


def accuracy_of(probabilities: Any, y: Any) -> Any:
    """Return the accuracy of something that can do no more than give these probabilities."""
    return _plain(module.accuracy(_Oracle(probabilities), np.zeros((len(probabilities), 3)), y))


def outcome_of_accuracy(probabilities: Any, y: Any) -> Any:
    """Return what kind of exception accuracy raises, or else the number that it returns."""
    try:
        with np.errstate(all="ignore"):
            share = accuracy_of(probabilities, y)
    except NotImplementedError:
        raise
    except Exception as error:
        return "ValueError" if isinstance(error, ValueError) else type(error).__name__
    return share if isinstance(share, float) else type(share).__name__


# training from known weights


def trained(split: Split, weights: dict, epochs: int, batch_size: int, lr: float) -> dict:
    """Train from these weights and return those of the network in the report."""
    return _weights(_planted(split, weights, epochs, batch_size, lr).network)


def initial_loss(split: Split, weights: dict, epochs: int, batch_size: int, lr: float) -> Any:
    """Train from these weights and return the report's initial loss."""
    return _plain(_planted(split, weights, epochs, batch_size, lr).initial_loss)


def losses(split: Split, weights: dict, epochs: int, batch_size: int, lr: float) -> Any:
    """Train from these weights and return the report's losses, as an array where they are numbers.

    A list of numbers or a tuple of them is as good as an array.
    """
    kept = _planted(split, weights, epochs, batch_size, lr).losses
    if isinstance(kept, list | tuple) and all(isinstance(_plain(loss), float) for loss in kept):
        return np.array([_plain(loss) for loss in kept])
    return kept


def share(split: Split, weights: dict, epochs: int, batch_size: int, lr: float) -> Any:
    """Train from these weights and return the report's accuracy."""
    return _plain(_planted(split, weights, epochs, batch_size, lr).accuracy)


def told(split: Split, weights: dict, epochs: int, batch_size: int, lr: float) -> list:
    """Train from these weights and return what was told after each epoch: number and loss."""
    heard: list = []

    def on_epoch(*news: Any) -> None:
        heard.append([n.item() if isinstance(n, np.generic) else n for n in news])

    report = _planted(split, weights, epochs, batch_size, lr, on_epoch)
    _weights(report.network)  # there must have been a training
    return heard


# training watched


def steps(split: Split, epochs: int, batch_size: int) -> dict[str, Any]:
    """Train on samples that each have a pixel of their own, and say what the steps were given."""
    n = len(split.X_train)
    seen = _watched(split, epochs, batch_size)
    samples = _samples(seen)
    by_epoch = [sorted(samples[start : start + n]) for start in range(0, len(samples), n)]
    return {
        "sizes": [len(X) for X, _ in seen.steps],
        "every sample once an epoch": by_epoch == [list(range(n))] * epochs,
    }


def pairs(split: Split, epochs: int, batch_size: int) -> dict[str, bool]:
    """Train on the same kind of samples and say whether each came with its own label."""
    labels = np.array(split.y_train)
    seen = _watched(split, epochs, batch_size)
    return {
        "steps were seen": bool(seen.steps),
        "every sample has its own label": all(
            np.array_equal(labels[np.argmax(X, axis=1)], y) for X, y in seen.steps
        ),
    }


def epoch_orders(split: Split, batch_size: int) -> dict[str, Any]:
    """Train three epochs on the same kind of samples and say how their orders compare."""
    n = len(split.X_train)
    samples = _samples(_watched(split, 3, batch_size))
    first, second, third = samples[:n], samples[n : 2 * n], samples[2 * n : 3 * n]
    return {
        "samples seen": len(samples),
        "in the order of the data": first == list(range(n)),
        "the same order again": first == second or second == third,
    }


def first_look_at_test(split: Split, epochs: int, batch_size: int) -> list[str]:
    """Train and say when the network saw the test part although steps were still to come."""
    return _watched(split, epochs, batch_size).early


def changed(split: Split, epochs: int, batch_size: int) -> list[str]:
    """Train and return the names of the split's arrays that are no longer what they were."""
    names = ("X_train", "y_train", "X_test", "y_test")
    before = {name: getattr(split, name).copy() for name in names}
    report = module.train_digits(split, np.random.default_rng(2), 5, epochs, batch_size, 0.1)
    _weights(report.network)  # there must have been a training
    return [name for name in names if not np.array_equal(getattr(split, name), before[name])]


def reports_compared(split: Split) -> dict[str, bool]:
    """Train from equal and from different generators and say how the reports compare."""
    state, numpy_state = random.getstate(), np.random.get_state()
    one, same, other = (
        module.train_digits(_copy(split), np.random.default_rng(seed), hidden_size=6, epochs=2)
        for seed in (4, 4, 5)
    )
    return {
        "equal seeds, equal reports": _same(one, same),
        "other seeds, other networks": not np.array_equal(one.network.W1, other.network.W1),
        "the global generators are left alone": random.getstate() == state
        and all(map(np.array_equal, np.random.get_state(), numpy_state)),
    }


def same_as_default(split: Split, *settings: float) -> bool:
    """Return whether these settings give the very report that leaving them out gives."""
    spelled = module.train_digits(_copy(split), np.random.default_rng(8), *settings)
    return _same(spelled, module.train_digits(_copy(split), np.random.default_rng(8)))


def shapes(split: Split, hidden_size: int) -> dict[str, tuple]:
    """Train a network of this size for an epoch and return the shapes of its parameters."""
    rng = np.random.default_rng(0)
    network = module.train_digits(split, rng, hidden_size=hidden_size, epochs=1).network
    return {name: array.shape for name, array in _weights(network).items()}


def start_variance(split: Split) -> int:
    """Return the variance of the first layer's weights at the start, times its inputs, rounded.

    The start is seen by training with a learning rate of 0.
    """
    rng = np.random.default_rng(0)
    report = module.train_digits(split, rng, hidden_size=64, epochs=1, learning_rate=0.0)
    return round(float(np.var(report.network.W1)) * len(report.network.W1))


def gradients_agree(split: Split) -> dict[str, bool]:
    """Train a little and compare each gradient of the network with the measured slope."""
    rng = np.random.default_rng(6)
    network = module.train_digits(split, rng, 2, 1, 8, 0.02).network
    X, y = split.X_train, split.y_train
    away = (abs(X @ network.W1 + network.b1) > 1e-2).all(axis=1)  # no kink of the ReLU is near
    X, y = X[away][:6], y[away][:6]
    agree = {}
    for name, by_rule in network.gradients(X, y).items():
        start = np.array(getattr(network, name))

        def loss_at(array: Any, name: str = name) -> float:
            setattr(network, name, array)
            return network.loss(X, y)

        measured = numerical_gradient(loss_at, start)
        setattr(network, name, start)
        agree[name] = bool(np.allclose(by_rule, measured, rtol=1e-5, atol=1e-8))
    return agree


def finite(split: Split, batch_size: int) -> bool:
    """Train with batches of this size and say whether all losses are numbers and finite."""
    rng = np.random.default_rng(0)
    report = module.train_digits(split, rng, hidden_size=6, epochs=2, batch_size=batch_size)
    return bool(np.isfinite(report.losses).all() and np.isfinite(report.initial_loss))


def _deal(n: int, batch_size: int, rng: np.random.Generator) -> list[np.ndarray]:
    batches = module.minibatches(n, batch_size, rng)
    if not isinstance(batches, Iterable) or isinstance(batches, str):
        raise TypeError(f"minibatches gave {type(batches).__name__}, not batches of numbers")
    return [np.asarray(batch) for batch in islice(batches, 4 * n + 10)]


def _plain(number: Any) -> Any:
    """Turn any real number into a float, and leave everything else as it is."""
    kinds = (int, float, np.integer, np.floating)
    return float(number) if isinstance(number, kinds) and type(number) is not bool else number


@cache
def _read() -> Split:
    """Return the frozen split, read once: unpacking it is most of what a short check would take."""
    return frozen_split()


def _copy(split: Split) -> Split:
    return Split(
        split.X_train.copy(), split.y_train.copy(), split.X_test.copy(), split.y_test.copy()
    )


def _weights(network: Any) -> dict[str, np.ndarray]:
    return {name: getattr(network, name) for name in ("W1", "b1", "W2", "b2")}


def _same(one: Any, other: Any) -> bool:
    mine, theirs = _weights(one.network), _weights(other.network)
    return (
        all(np.array_equal(mine[name], theirs[name]) for name in mine)
        and np.array_equal(one.losses, other.losses)
        and (one.initial_loss, one.accuracy) == (other.initial_loss, other.accuracy)
    )


def _planted(
    split: Split, weights: dict, epochs: int, batch_size: int, lr: float, on_epoch: Any = None
) -> Any:
    """Train a network that starts from these weights, whatever it has drawn by itself."""
    unplanted: list = []
    kind = two_layer.NeuralNetwork

    def plant(network: Any) -> None:
        for name, array in weights.items():
            setattr(network, name, np.array(array))

    def starting(self: Any, *args: Any, **keywords: Any) -> None:
        init(self, *args, **keywords)
        plant(self)
        unplanted.append(self)

    def at_first_use(method: Any) -> Any:
        def call(self: Any, *args: Any, **keywords: Any) -> Any:
            for i, network in enumerate(unplanted):
                if network is self:  # its weights may have been drawn once more since
                    del unplanted[i]
                    plant(self)
                    break
            return method(self, *args, **keywords)

        return call

    init = kind.__init__
    kept = {name: getattr(kind, name) for name in ("forward", "loss", "gradients", "backward")}
    kind.__init__ = starting
    for name, method in kept.items():
        setattr(kind, name, at_first_use(method))
    try:
        rng = np.random.default_rng(1)
        hidden_size = len(weights["b1"])
        return module.train_digits(split, rng, hidden_size, epochs, batch_size, lr, on_epoch)
    finally:
        kind.__init__ = init
        for name, method in kept.items():
            setattr(kind, name, method)


def _samples(seen: "_Seen") -> list[int]:
    return [int(i) for X, _ in seen.steps for i in np.argmax(X, axis=1)]


class _Oracle:
    """Something that has a method forward, and nothing else of a network."""

    def __init__(self, probabilities: Any) -> None:
        self.probabilities = probabilities

    def forward(self, X: Any) -> Any:
        return np.array(self.probabilities)[: len(X)]


class _Seen:
    """What the network was given: the samples and labels of each step, and the test part."""

    def __init__(self) -> None:
        self.steps: list = []
        self.looks: list[str] = []  # at the test part since the last step
        self.early: list[str] = []
        self.inside = 0


def _watched(split: Split, epochs: int, batch_size: int) -> _Seen:
    """Train and note every call that asks the network for a step or for gradients."""
    seen = _Seen()
    kind = two_layer.NeuralNetwork

    def noting(method: Any, is_step: bool) -> Any:
        def call(self: Any, X: Any, *args: Any, **keywords: Any) -> Any:
            if not seen.inside:
                if is_step:
                    labels = args[0] if args else keywords["y"]
                    seen.steps.append((np.array(X), np.array(labels)))
                    seen.early += [look for look in seen.looks if look not in seen.early]
                    seen.looks = []
                elif np.array_equal(X, split.X_test):
                    seen.looks.append("between steps" if seen.steps else "before the first step")
            seen.inside += 1
            try:
                return method(self, X, *args, **keywords)
            finally:
                seen.inside -= 1

        return call

    kept = {name: getattr(kind, name) for name in ("forward", "loss", "gradients", "backward")}
    for name, method in kept.items():
        setattr(kind, name, noting(method, name in ("gradients", "backward")))
    try:
        rng = np.random.default_rng(1)
        report = module.train_digits(split, rng, 5, epochs, batch_size, 0.1)
        _weights(report.network)  # there must have been a training
    finally:
        for name, method in kept.items():
            setattr(kind, name, method)
    return seen


# for the pictures


def readings(hidden_size: int, epochs: int, seed: int) -> tuple:
    """Train on the frozen split; return the test images, what they show, and what is read."""
    split = everything()
    report = _trained(hidden_size, epochs, seed)
    return split.X_test, split.y_test, _read_as(report.network, split.X_test)


def first_layer_weights(hidden_size: int, stops: list[int], seed: int) -> list:
    """Return W1 after so many epochs, each from a training of its own; 0 is before all steps."""
    return [np.array(_trained(hidden_size, stop, seed).network.W1) for stop in stops]


def progress(hidden_size: int, stops: list[int], seed: int) -> tuple[list, list]:
    """Train once for each number of epochs, and say what was reported and what is true of it.

    First come the losses of the longest training, the initial one in front.
    """
    split = everything()
    runs = []
    for stop in stops:
        report = _trained(hidden_size, stop, seed)
        network = report.network
        p = np.asarray(network.forward(split.X_train), dtype=float)
        own = p[np.arange(len(p)), split.y_train]
        runs.append(
            {
                "accuracy": report.accuracy,
                "accuracy()": module.accuracy(network, split.X_test, split.y_test),
                "loss": report.losses[-1],
                "loss again": float(-np.log(np.maximum(own, 1e-300)).mean()),
                "read": _read_as(network, split.X_test),
            }
        )
    return [report.initial_loss, *report.losses], runs


def _trained(hidden_size: int, epochs: int, seed: int) -> Any:
    rng = np.random.default_rng(seed)
    if epochs == 0:  # steps of no length leave the first weights as they are
        return module.train_digits(everything(), rng, hidden_size, 1, learning_rate=0.0)
    return module.train_digits(everything(), rng, hidden_size, epochs)


def _read_as(network: Any, X: np.ndarray) -> np.ndarray:
    return np.asarray(network.forward(X)).argmax(axis=1)
