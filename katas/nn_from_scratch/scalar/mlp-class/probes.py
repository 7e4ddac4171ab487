"""Functions that run beside the learner's module of layers and networks."""

import random
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ..autograd.value import Value
from . import mlp as module


def network(n_in: int, sizes: list[int], rng: random.Random) -> Any:
    """Make a network from a copy of the list of sizes."""
    return module.MLP(n_in, list(sizes), rng)


def weights_of_layer(layer: Any) -> list[int]:
    """Return how many weights each neuron of a layer has."""
    return [len(neuron.w) for neuron in layer.neurons]


def weights_of_neurons(net: Any) -> list[list[int]]:
    """Return how many weights each neuron has, layer by layer."""
    return [weights_of_layer(layer) for layer in net.layers]


def sizes_of_layers(net: Any) -> list[int]:
    """Return how many neurons each layer has."""
    return [len(layer.neurons) for layer in net.layers]


def different_in_layer(layer: Any) -> tuple[int, int]:
    """Count the different neurons, and the different weights and biases, of a layer."""
    return different(layer.neurons), different(parameters_of([layer]))


def different_in_network(net: Any) -> tuple[int, int]:
    """Count the different layers and the different neurons of a network."""
    return different(net.layers), different(n for layer in net.layers for n in layer.neurons)


def set_layer(layer: Any, rows: list[list[float]]) -> None:
    """Set the weights and the bias of each neuron from its row [w_1, ..., w_n, b]."""
    for neuron, row in zip(layer.neurons, rows, strict=True):
        for parameter, number in zip((*neuron.w, neuron.b), row, strict=True):
            parameter.data = number


def set_network(net: Any, numbers: list[list[list[float]]]) -> None:
    """Set all weights and biases, layer by layer."""
    for layer, rows in zip(net.layers, numbers, strict=True):
        set_layer(layer, rows)


def outputs(model: Any, x: list[float]) -> Any:
    """Return the data of the result of a layer or a network, in a list if it is a list."""
    return data_of(model(list(x)))


def gradients(net: Any, x: list[float], upstream: list[float]) -> list[np.ndarray]:
    """Go backward from the outputs, weighted by `upstream`; return all gradients as rows."""
    weighted(net(list(x)), upstream).backward()
    return [
        np.array([[p.grad for p in (*neuron.w, neuron.b)] for neuron in layer.neurons])
        for layer in net.layers
    ]


def input_gradients(net: Any, x: list[float], upstream: list[float]) -> np.ndarray:
    """Go backward from the outputs, weighted by `upstream`; return the gradients of x."""
    inputs = [Value(x_i) for x_i in x]
    weighted(net(list(inputs)), upstream).backward()
    return np.array([v.grad for v in inputs])


def listed(model: Any) -> dict[str, Any]:
    """Describe parameters(): the types, how many, and whether it is all of them, each once."""
    layers = model.layers if hasattr(model, "layers") else [model]
    own = {id(p) for p in parameters_of(layers)}
    answer = model.parameters()
    given = list(answer)
    found = [id(p) for p in given]
    return {
        "type": type(answer).__name__,
        "of": sorted({"Value" if isinstance(p, Value) else type(p).__name__ for p in given}),
        "count": len(found),
        "missing": len(own - set(found)),
        "others": len(set(found) - own),
        "listed twice": len(found) - len(set(found)),
    }


def lengths_of_lists(model: Any, calls: int) -> list[int]:
    """Return the length of what parameters() returns, in so many calls."""
    return [len(list(model.parameters())) for _ in range(calls)]


def numbers_from_one_state(seed: int) -> tuple[int, int, int]:
    """Make a layer and a network twice from generators with one seed, and compare their numbers.

    Return how many numbers are equal in both, how many different ones there are in the first, and
    how many numbers the longer one has.
    """
    one, two = (numbers_of(made(random.Random(seed))) for _ in range(2))
    return (
        sum(a == b for a, b in zip(one, two, strict=False)),
        len(set(one)),
        max(len(one), len(two)),
    )


def numbers_of_network(seed: int) -> np.ndarray:
    """Return the numbers in a layer and a network."""
    return np.array(numbers_of(made(random.Random(seed))))


def next_global_numbers(seed: int, global_seed: int) -> list[float]:
    """Seed the global generators, make a layer and a network, and return what they draw next.

    The first number is Python's, the second numpy's; afterwards both generators are as they were
    before.
    """
    state, numpy_state = random.getstate(), np.random.get_state()
    try:
        random.seed(global_seed)
        np.random.seed(global_seed)
        made(random.Random(seed))
        return [random.random(), float(np.random.random_sample())]
    finally:
        random.setstate(state)
        np.random.set_state(numpy_state)


def made(rng: random.Random) -> list[Any]:
    """Make a layer and a network; return all layers."""
    return [module.Layer(3, 4, rng), *module.MLP(3, [4, 2], rng).layers]


def numbers_of(layers: Iterable[Any]) -> list[float]:
    """Return the numbers in all weights and biases."""
    return [p.data for p in parameters_of(layers)]


def parameters_of(layers: Iterable[Any]) -> list[Any]:
    """Return all weights and biases of layers, neuron by neuron."""
    return [p for layer in layers for n in layer.neurons for p in (*n.w, n.b)]


def different(things: Iterable[Any]) -> int:
    """Count different objects."""
    return len({id(thing) for thing in things})


def data_of(output: Any) -> Any:
    """Return the data of a Value, or of all Values in a list; return anything else as it is."""
    if isinstance(output, list):
        return [data_of(o) for o in output]
    return output.data if isinstance(output, Value) else output


def weighted(output: Any, upstream: Sequence[float]) -> Value:
    """Return the sum of the outputs, each times its number."""
    values = output if isinstance(output, list) else [output]
    return sum((v * g for v, g in zip(values, upstream, strict=True)), start=Value(0.0))
