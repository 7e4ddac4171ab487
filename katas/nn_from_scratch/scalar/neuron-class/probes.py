"""Functions that run beside the learner's neuron module: they set its numbers and describe it."""

import importlib.util
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
    """Name the class of what parameters() returns."""
    return type_name(neuron.parameters())


def places_of_parameters(neuron: object) -> list[str]:
    """Name the place of each parameter in the neuron, by identity: a weight, the bias, or none."""
    names = {id(w): f"w[{i}]" for i, w in reversed(list(enumerate(neuron.w)))}
    names.setdefault(id(neuron.b), "b")
    return [names.get(id(p), "not in the neuron") for p in neuron.parameters()]


def lengths_of_lists(neuron: object, calls: int) -> tuple[list[int], int]:
    """Return the length of parameters() in so many calls, and the number of weights afterwards."""
    lengths = [len(neuron.parameters()) for _ in range(calls)]
    return lengths, len(neuron.w)


def outcomes(neuron: object, inputs: list[list[float]]) -> list[object]:
    """Return the data of the neuron for each input, or the name of the error that it raises."""
    found = []
    for x in inputs:
        try:
            found.append(getattr(neuron(x), "data", None))
        except NotImplementedError:
            raise
        except ValueError:
            found.append("ValueError")
        except Exception as error:
            found.append(type(error).__name__)
    return found


def different_weights(neuron: object) -> int:
    """Count the different numbers among the weights."""
    return len({number(w) for w in neuron.w})


def shares_of_weights_below(neuron: object, bounds: list[float]) -> list[float]:
    """Return which share of the weights lies below each bound, to the nearest 0.05."""
    return shares_below([number(w) for w in neuron.w], bounds)


def moments_of_weights(neuron: object) -> list[float]:
    """Return mean and variance of the weights, to one decimal."""
    numbers = numbers_of_weights(neuron)
    return [round(float(np.mean(numbers)), 1) + 0.0, round(float(np.var(numbers)), 1)]


def numbers_of_weights(neuron: object) -> np.ndarray:
    """Return the numbers in the weights."""
    return np.array([number(w) for w in neuron.w])


def biases(rng: random.Random, count: int) -> np.ndarray:
    """Return the biases of so many neurons with one input."""
    return np.array([number(module.Neuron(1, rng).b) for _ in range(count)])


def different_biases(rng: random.Random, count: int) -> int:
    """Count the different numbers among the biases of neurons with one input."""
    return len({number(module.Neuron(1, rng).b) for _ in range(count)})


def shares_of_biases_below(rng: random.Random, count: int, bounds: list[float]) -> list[float]:
    """Return which share of the biases of so many neurons lies below each bound."""
    return shares_below([number(module.Neuron(1, rng).b) for _ in range(count)], bounds)


def neurons_from_one_state(seed: int) -> tuple[int, int]:
    """Compare neurons of 20 weights and a bias that come from generators with one seed.

    Return how many numbers are equal in two that come from the same state, and how many different
    neurons two are that come one after the other.
    """
    one, again = (numbers_of(module.Neuron(20, random.Random(seed))) for _ in range(2))
    rng = random.Random(seed)
    in_a_row = {tuple(numbers_of(module.Neuron(20, rng))) for _ in range(2)}
    return sum(a == b for a, b in zip(one, again, strict=True)), len(in_a_row)


def numbers_of_two(seed: int, count: int) -> np.ndarray:
    """Return the numbers of two neurons, drawn one after the other, as two rows."""
    rng = random.Random(seed)
    return np.array([numbers_of(module.Neuron(count, rng)) for _ in range(2)])


def different_numbers_without_generator(neurons: int, count: int) -> int:
    """Make so many neurons without a generator; return how many different numbers they hold."""
    return len({x for _ in range(neurons) for x in numbers_of(module.Neuron(count))})


def different_numbers_at_starts(starts: int, count: int) -> int:
    """Start the learner's module anew so many times, and make its first neuron each time.

    The neurons are made without a generator. Return how many different numbers they hold.
    """
    spec = module.__spec__
    found = set()
    for _ in range(starts):
        fresh = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(fresh)
        found.update(numbers_of(fresh.Neuron(count)))
    return len(found)


def next_global_numbers(count: int, seed: int | None, global_seed: int) -> list[float]:
    """Seed the global generators, make a neuron, and return what they draw next.

    The neuron gets a generator with the seed `seed`, or none. The first number is Python's, the
    second numpy's; afterwards both generators are as they were before.
    """
    state, numpy_state = random.getstate(), np.random.get_state()
    try:
        random.seed(global_seed)
        np.random.seed(global_seed)
        if seed is None:
            module.Neuron(count)
        else:
            module.Neuron(count, random.Random(seed))
        return [random.random(), float(np.random.random_sample())]
    finally:
        random.setstate(state)
        np.random.set_state(numpy_state)


def type_name(thing: object) -> str:
    """Name the class of a thing."""
    return "Value" if isinstance(thing, Value) else type(thing).__name__


def number(parameter: object) -> float:
    """Return the number in a Value, or the number itself."""
    return float(parameter.data if isinstance(parameter, Value) else parameter)


def numbers_of(neuron: object) -> list[float]:
    """Return the numbers in the weights and in the bias."""
    return [number(p) for p in (*neuron.w, neuron.b)]


def shares_below(numbers: list[float], bounds: list[float]) -> list[float]:
    """Return which share of the numbers lies below each bound, to the nearest 0.05."""
    found = np.asarray(numbers)
    return [round(round(float(np.mean(found < bound)) * 20.0) / 20.0, 2) for bound in bounds]


def planes(weights: list[float], biases: list[float], points: np.ndarray) -> np.ndarray:
    """Return the outputs of a neuron of two inputs at points (count, 2): one row per bias.

    Weights, bias and outputs may be Values or numbers.
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
