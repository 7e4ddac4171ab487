"""Functions that run beside the learner's neuron module, and see what must not hang on luck."""

import random

import numpy as np

from ..autograd.value import Value
from . import neuron as module


def kinds_of_weights(neuron: object) -> list[str]:
    """Name the class of each weight."""
    return [type_name(w) for w in neuron.w]


def kind_of_bias(neuron: object) -> str:
    """Name the class of the bias."""
    return type_name(neuron.b)


def set_weights(neuron: object, numbers: list[float]) -> list[str]:
    """Set the data of the weights that are Values; name the class of each weight."""
    for w, number in zip(neuron.w, numbers, strict=False):
        if isinstance(w, Value):
            w.data = number
    return kinds_of_weights(neuron)


def set_bias(neuron: object, number: float) -> str:
    """Set the data of the bias if it is a Value; name its class."""
    if isinstance(neuron.b, Value):
        neuron.b.data = number
    return kind_of_bias(neuron)


def gradients(neuron: object) -> list[object]:
    """Return the gradients of the weights and of the bias."""
    return [parameter.grad for parameter in (*neuron.w, neuron.b)]


def number_of_objects(neurons: list[object]) -> int:
    """Count the different objects among all weights and biases."""
    return len({id(p) for neuron in neurons for p in (*neuron.w, neuron.b)})


def kind_of_list(neuron: object) -> str:
    """Name the class of what parameters() gives."""
    return type_name(neuron.parameters())


def places_of_parameters(neuron: object) -> list[str]:
    """Say of each parameter which weight of the neuron it is, by identity, or whether its bias."""
    names = {id(w): f"w[{i}]" for i, w in reversed(list(enumerate(neuron.w)))}
    names.setdefault(id(neuron.b), "b")
    return [names.get(id(p), "no part of the neuron") for p in neuron.parameters()]


def different_weights(neuron: object) -> int:
    """Count the different numbers among the weights."""
    return len({number(w) for w in neuron.w})


def shares_of_weights_below(neuron: object, bounds: list[float]) -> list[float]:
    """Return which share of the weights lies below each bound, to the nearest 0.05."""
    return shares_below([number(w) for w in neuron.w], bounds)


def moments_of_weights(neuron: object) -> list[float]:
    """Return mean and variance of the weights, to two decimals."""
    numbers = [number(w) for w in neuron.w]
    return [round(float(np.mean(numbers)), 2), round(float(np.var(numbers)), 2)]


def different_biases(rng: random.Random, count: int) -> int:
    """Count the different numbers among the biases of neurons with one input."""
    return len({number(module.Neuron(1, rng).b) for _ in range(count)})


def shares_of_biases_below(rng: random.Random, count: int, bounds: list[float]) -> list[float]:
    """Return which share of the biases of so many neurons lies below each bound."""
    return shares_below([number(module.Neuron(1, rng).b) for _ in range(count)], bounds)


def same_neuron_from_same_state(seed: int) -> bool:
    """Make two neurons from two generators with one seed, and compare their numbers."""
    one, two = (numbers_of(module.Neuron(20, random.Random(seed))) for _ in range(2))
    return one == two


def next_neuron_differs(seed: int) -> bool:
    """Make two neurons, one after the other, from one generator, and compare their numbers."""
    rng = random.Random(seed)
    one, two = (numbers_of(module.Neuron(20, rng)) for _ in range(2))
    return one != two


def unseeded_neurons_differ(count: int) -> bool:
    """Make two neurons without a generator, and compare their numbers."""
    one, two = (numbers_of(module.Neuron(count)) for _ in range(2))
    return one != two


def leaves_global_state_alone(count: int, seed: int | None) -> bool:
    """Make a neuron, with an rng of this seed or without one, and look at the global generators."""
    before = global_state()
    if seed is None:
        module.Neuron(count)
    else:
        module.Neuron(count, random.Random(seed))
    return global_state() == before


def global_state() -> tuple[object, ...]:
    """Return the state of Python's and of numpy's global generators."""
    _, keys, *rest = np.random.get_state()
    return (random.getstate(), keys.tobytes(), *rest)


def type_name(thing: object) -> str:
    """Name the class of a thing."""
    return "Value" if isinstance(thing, Value) else type(thing).__name__


def number(parameter: object) -> float:
    """Return the number in a Value, or a number that stands in its place."""
    return float(parameter.data if isinstance(parameter, Value) else parameter)


def numbers_of(neuron: object) -> list[float]:
    """Return the numbers in the weights and in the bias."""
    return [number(p) for p in (*neuron.w, neuron.b)]


def shares_below(numbers: list[float], bounds: list[float]) -> list[float]:
    """Return which share of the numbers lies below each bound, to the nearest 0.05."""
    found = np.asarray(numbers)
    return [round(round(float(np.mean(found < bound)) * 20.0) / 20.0, 2) for bound in bounds]


def planes(weights: list[float], biases: list[float], points: np.ndarray) -> np.ndarray:
    """Ask a neuron of two inputs at these points, (count, 2), once with each bias: rows of answers.

    Weights, bias and answers may be Values or numbers.
    """
    neuron = module.Neuron(2, random.Random(0))
    rows = []
    for bias in biases:
        if set_weights(neuron, weights) != ["Value"] * 2:
            neuron.w = list(weights)
        if set_bias(neuron, bias) != "Value":
            neuron.b = bias
        rows.append([number(neuron(point)) for point in points.tolist()])
    return np.array(rows)
