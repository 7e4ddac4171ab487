"""Functions that run beside the learner's module: they train with it and return what came of it.

A training run draws its random numbers in an order of its own. So most functions here return what
does not depend on that order: sizes, counts, and what the weights show of the samples and labels
that took part. No function looks at how a step is taken, only at the weights that come of it.
"""

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import islice
from typing import Any

import numpy as np

from ..autograd.gradcheck import numerical_gradient
from ..layers import two_layer
from . import training as module
from .data import Split, frozen_split

NAMES = ("W1", "b1", "W2", "b2")
TINY = 1e-8
"""A learning rate so small that all gradients of an epoch are those at the start."""


def split_of(X: Any, y: Any, X_test: Any, y_test: Any) -> Split:
    """Make a split of these arrays."""
    return Split(X, y, X_test, y_test)


def digits(count: int) -> Split:
    """Return the first images of the frozen split, as training part and as test part."""
    split = everything()
    X, y = split.X_train[:count], split.y_train[:count]
    return Split(X, y, X.copy(), y.copy())


def everything() -> Split:
    """Return the frozen split, in arrays that may be changed."""
    return _copy(_read())


# minibatches


def dealt(n: int, batch_size: int, seed: int) -> list[np.ndarray]:
    """Return the batches of one call."""
    return _deal(n, batch_size, np.random.default_rng(seed))


def dealt_sizes(n: int, batch_size: int, seed: int) -> dict[str, Any]:
    """Return the sizes of the batches, and whether every number came exactly once."""
    batches = _deal(n, batch_size, np.random.default_rng(seed))
    numbers = sorted(int(i) for batch in batches for i in batch)
    return {
        "sizes": [len(batch) for batch in batches],
        "every number exactly once": numbers == list(range(n)),
    }


def orders(n: int, batch_size: int) -> dict[str, bool]:
    """Call three times with one generator and return how the orders compare."""
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
    """Call with equal and with different generators and return how the orders compare."""
    one, same, other = (
        np.concatenate(_deal(n, batch_size, np.random.default_rng(seed))).tolist()
        for seed in (3, 3, 4)
    )
    state, numpy_state = random.getstate(), np.random.get_state()
    _deal(n, batch_size, np.random.default_rng(3))
    return {
        "equal seeds, equal orders": one == same,
        "other seeds, other orders": one != other,
        "the global generators are unchanged": random.getstate() == state
        and all(map(np.array_equal, np.random.get_state(), numpy_state)),
    }


def deals_the_same_again() -> bool:
    """Return whether two calls give the same order; False if minibatches does not work at all."""
    rng = np.random.default_rng(7)
    with suppress(Exception):
        first, second = (np.concatenate(_deal(60, 8, rng)) for _ in range(2))
        return np.array_equal(first, second)
    return False


def sizes_if_dealt(n: int, batch_size: int) -> list[int]:
    """Return the sizes of the batches; none if minibatches does not work at all."""
    with suppress(Exception):
        return [len(batch) for batch in _deal(n, batch_size, np.random.default_rng(0))]
    return []


def outcome_of_minibatches(n: int, batch_size: int) -> str:
    """Return the kind of exception that minibatches raises until it is used up, or a count."""
    try:
        batches = _deal(n, batch_size, np.random.default_rng(0))
    except NotImplementedError:
        raise
    except Exception as error:
        return "ValueError" if isinstance(error, ValueError) else type(error).__name__
    return f"{len(batches)} batches"


# accuracy


def accuracy_of(probabilities: Any, y: Any) -> Any:
    """Return the accuracy of an object that has a method forward and nothing else."""
    return _plain(module.accuracy(_Oracle(probabilities), np.zeros((len(probabilities), 3)), y))


def outcome_of_accuracy(probabilities: Any, y: Any) -> Any:
    """Return the kind of exception that accuracy raises, or else the number that it returns."""
    try:
        with np.errstate(all="ignore"):
            share = accuracy_of(probabilities, y)
    except NotImplementedError:
        raise
    except Exception as error:
        return "ValueError" if isinstance(error, ValueError) else type(error).__name__
    return share if isinstance(share, float) else type(share).__name__


# training


def run(
    split: Split, seed: int, hidden_size: int, epochs: int, batch_size: int, lr: float, part: str
) -> Any:
    """Train on a copy of the split and return one part of the report, the network as weights."""
    report = _train(split, seed, hidden_size, epochs, batch_size, lr)
    if part == "network":
        return _weights(report.network)
    result = _plain(getattr(report, part))
    if isinstance(result, list | tuple) and all(isinstance(_plain(n), float) for n in result):
        return np.array([_plain(n) for n in result])
    return result


def everything_reported(split: Split, seed: int) -> dict[str, Any]:
    """Train with the default settings and return the losses and the weights."""
    report = _train(split, seed, 64, 60, 32, 0.5)
    return {**_weights(report.network), "losses": [_plain(loss) for loss in report.losses]}


def told(split: Split, seed: int, hidden_size: int, epochs: int, batch_size: int, lr: float) -> Any:
    """Train and return what on_epoch was called with, and whether the weights moved.

    The losses may be taken in two ways, so only their agreement with those reported is returned.
    """
    heard: list = []

    def on_epoch(*news: Any) -> None:
        heard.append(news)

    report = _train(split, seed, hidden_size, epochs, batch_size, lr, on_epoch)
    start = _train(split, seed, hidden_size, epochs, batch_size, 0.0)
    return {
        "numbers of arguments": [len(news) for news in heard],
        "epochs": [_plain(news[0]) for news in heard],
        "losses as reported": bool(
            np.allclose([news[-1] for news in heard], list(report.losses), rtol=1e-9)
        )
        if len(heard) == len(report.losses)
        else None,
        "weights moved": _moved(_weights(start.network), _weights(report.network)),
    }


def taken(split: Split, batch_size: int) -> dict[str, Any]:
    """Return how much each sample counted in one epoch, where each has a pixel of its own.

    A sample in a batch of four counts 1/4.
    """
    weights, _ = _learnt(split, 1, batch_size, seed=2)
    left_out = bool((weights < 0.01).any())
    return {
        "all samples together": round(float(weights.sum()), 3),
        "samples left out": left_out,
        "each sample": None if left_out else sorted(round(float(w), 3) for w in weights),
    }


def labels_learnt(split: Split, batch_size: int) -> dict[str, bool]:
    """Return how the labels that the samples were learnt with compare with their own."""
    own = split.y_train.tolist()
    (weights, labels), (_, others) = (_learnt(split, 1, batch_size, seed) for seed in (2, 3))
    return {
        "samples were learnt": bool((weights > 0.001).any()),
        "every sample has its own label": labels == own,
        "every label as often as it occurs": sorted(labels) == sorted(own),
        "the same labels with another seed": labels == others,
    }


def short_batches(split: Split, batch_size: int, epochs: int) -> str:
    """Return which samples were alone in the last, shorter batch, epoch after epoch."""
    weights, _ = _learnt(split, epochs, batch_size, seed=2)
    alone = np.flatnonzero(weights > epochs / batch_size + 0.01).tolist()
    if not alone:
        return "no sample was ever in a shorter batch"
    if len(alone) > 1:
        return "other samples from epoch to epoch"
    return "the last sample each time" if alone == [len(weights) - 1] else "one sample each time"


def losses_at_rest(split: Split, batch_size: int, epochs: int) -> dict[str, Any]:
    """Train with a learning rate of 0 and return whether all epochs have the same loss."""
    report = _train(split, 1, 5, epochs, batch_size, 0.0)
    losses = np.array([float(loss) for loss in report.losses])
    return {"epochs": len(losses), "equal": bool(np.allclose(losses, losses[0], rtol=1e-9))}


def early_looks_at_test(split: Split, epochs: int, batch_size: int) -> dict[str, Any]:
    """Train and count for how many states of its weights but the last a network saw the test part.

    Also return whether the weights moved at all.
    """
    kind = two_layer.NeuralNetwork
    looks: list = []

    def noting(method: Any) -> Any:
        def call(self: Any, X: Any, *args: Any, **keywords: Any) -> Any:
            if np.array_equal(X, split.X_test):
                looks.append({name: np.array(w) for name, w in _weights(self).items()})
            return method(self, X, *args, **keywords)

        return call

    methods = {name: getattr(kind, name) for name in ("forward", "loss", "gradients", "backward")}
    for name, method in methods.items():
        setattr(kind, name, noting(method))
    try:
        last = _weights(_train(split, 1, 5, epochs, batch_size, 0.1).network)
    finally:
        for name, method in methods.items():
            setattr(kind, name, method)
    states = {tuple(w.tobytes() for w in look.values()) for look in looks}
    early = states - {tuple(w.tobytes() for w in last.values())}
    start = _weights(_train(split, 1, 5, epochs, batch_size, 0.0).network)
    return {"early looks": len(early), "weights moved": _moved(start, last)}


def changed(split: Split, epochs: int, batch_size: int) -> dict[str, Any]:
    """Train and return the names of the split's arrays that are no longer what they were."""
    names = ("X_train", "y_train", "X_test", "y_test")
    before = {name: getattr(split, name).copy() for name in names}
    start = _weights(_train(split, 2, 5, epochs, batch_size, 0.0).network)
    with _repeatable():
        report = module.train_digits(split, np.random.default_rng(2), 5, epochs, batch_size, 0.1)
    return {
        "changed": [n for n in names if not np.array_equal(getattr(split, n), before[n])],
        "weights moved": _moved(start, _weights(report.network)),
    }


def reports_compared(split: Split) -> dict[str, bool]:
    """Train with equal and with different generators and return how the reports compare."""
    state, numpy_state = random.getstate(), np.random.get_state()
    one, same, other = (
        module.train_digits(_copy(split), np.random.default_rng(seed), hidden_size=6, epochs=2)
        for seed in (4, 4, 5)
    )
    start = _train(split, 4, 6, 2, 32, 0.0)
    return {
        "weights moved": _moved(_weights(start.network), _weights(one.network)),
        "equal seeds, equal reports": _same(one, same),
        "other seeds, other networks": _moved(_weights(one.network), _weights(other.network)),
        "the global generators are unchanged": random.getstate() == state
        and all(map(np.array_equal, np.random.get_state(), numpy_state)),
    }


def same_as_default(split: Split, *settings: float) -> dict[str, bool]:
    """Return whether these settings give the same report as no settings."""
    reports = []
    for given in (settings, (), (*settings[:-1], 0.0)):
        with _repeatable():
            rng = np.random.default_rng(8)
            reports.append(module.train_digits(_copy(split), rng, *given))
    spelled, default, start = reports
    return {
        "the same report": _same(spelled, default),
        "weights moved": _moved(_weights(start.network), _weights(default.network)),
    }


def shapes(split: Split, hidden_size: int) -> dict[str, Any]:
    """Train for an epoch and return the shapes of the parameters, and whether they moved."""
    start, end = (_weights(_train(split, 0, hidden_size, 1, 4, lr).network) for lr in (0.0, 0.1))
    shapes = {name: array.shape for name, array in end.items()}
    return {**shapes, "weights moved": _moved(start, end)}


def gradients_after(split: Split, epochs: int, lr: float) -> dict[str, Any]:
    """Train, and return what the network computes for all samples, and its weights.

    "measured" has the gradient of b2 as numerical_gradient measures it.
    """
    report = _train(split, 6, 6, epochs, 8, lr)
    network, X, y = report.network, split.X_train, split.y_train
    b2 = np.array(network.b2)

    def loss_at(array: Any) -> float:
        network.b2 = array
        return network.loss(X, y)

    result = {
        "weights": {name: np.array(array) for name, array in _weights(network).items()},
        "probabilities": network.forward(X),
        "loss": network.loss(X, y),
        "gradients": network.gradients(X, y),
        "measured": numerical_gradient(loss_at, b2),
    }
    network.b2 = b2
    return result


def _train(
    split: Split, seed: int, hidden_size: int, epochs: int, batch_size: int, lr: float,
    on_epoch: Any = None,
) -> Any:  # fmt: skip
    """Train on a copy of the split; equal arguments give equal results, whatever is drawn from."""
    with _repeatable():
        rng = np.random.default_rng(seed)
        return module.train_digits(_copy(split), rng, hidden_size, epochs, batch_size, lr, on_epoch)


@contextmanager
def _repeatable() -> Iterator[None]:
    """Seed the global generators, and those that are made without a seed.

    A module that draws from them fails the check of seeds. It should not fail all others too.
    """
    state, numpy_state, make = random.getstate(), np.random.get_state(), np.random.default_rng
    random.seed(0)
    np.random.seed(0)
    np.random.default_rng = lambda seed=None: make(0 if seed is None else seed)
    try:
        yield
    finally:
        np.random.default_rng = make
        np.random.set_state(numpy_state)
        random.setstate(state)


def _learnt(split: Split, epochs: int, batch_size: int, seed: int) -> tuple[np.ndarray, list[int]]:
    """Return how much each sample counted and the label that it counted with.

    Sample i is the only one that has pixel i, so row i of W1 moves by its gradients alone. With a
    tiny learning rate they are those at the start, one of ten, as long as they belong together.
    """
    start, after = (
        _weights(_train(split, seed, 40, epochs, batch_size, lr).network) for lr in (0.0, TINY)
    )
    hidden = np.maximum(start["W1"] + start["b1"], 0.0)
    e = np.exp(hidden @ start["W2"] + start["b2"])
    probs = e / e.sum(axis=1, keepdims=True)
    moved = (start["W1"] - after["W1"]) / TINY
    weights, misfits = [], []
    for own in np.eye(probs.shape[1]):
        slopes = ((probs - own) @ start["W2"].T) * (hidden > 0)
        weight = (moved * slopes).sum(axis=1) / (slopes * slopes).sum(axis=1)
        weights.append(weight)
        misfits.append(((moved - weight[:, None] * slopes) ** 2).sum(axis=1))
    best = np.argmin(misfits, axis=0)
    weight = np.array(weights)[best, np.arange(len(best))]
    # A sample that took no part was not learnt with a wrong label.
    return weight, np.where(weight > 0.001, best, split.y_train).tolist()


def _moved(start: dict[str, np.ndarray], end: dict[str, np.ndarray]) -> bool:
    return not all(np.array_equal(start[name], end[name]) for name in NAMES)


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
    return {name: getattr(network, name) for name in NAMES}


def _same(one: Any, other: Any) -> bool:
    return (
        not _moved(_weights(one.network), _weights(other.network))
        and np.array_equal(one.losses, other.losses)
        and (one.initial_loss, one.accuracy) == (other.initial_loss, other.accuracy)
    )


class _Oracle:
    """An object that has a method forward and nothing else of a network."""

    def __init__(self, probabilities: Any) -> None:
        self.probabilities = probabilities

    def forward(self, X: Any) -> Any:
        return np.array(self.probabilities)[: len(X)]


# for the pictures


def readings(hidden_size: int, epochs: int, seed: int) -> tuple:
    """Train on the frozen split; return the test images, their labels and the predictions."""
    split = everything()
    report = _trained(hidden_size, epochs, seed)
    return split.X_test, split.y_test, _read_as(report.network, split.X_test)


def first_layer_weights(hidden_size: int, stops: list[int], seed: int) -> list:
    """Return W1 after each number of epochs, each from its own training; 0 is before any step."""
    return [np.array(_trained(hidden_size, stop, seed).network.W1) for stop in stops]


def progress(hidden_size: int, stops: list[int], seed: int) -> tuple[list, list]:
    """Train once for each number of epochs; return what was reported, and the same computed again.

    The first result holds the losses of the longest training, with the initial loss in front.
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
