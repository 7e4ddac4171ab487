"""Hidden checks of the kata mlp-class.

A check makes all its calls before it compares anything. How the numbers are drawn, and in which
order parameters are listed, is free: the probes set all weights and biases before anything is
computed, and describe of the rest only what always holds.
"""

import random

import numpy as np

from nnkata.testing import (
    CheckFailed,
    Handle,
    assert_close,
    assert_equal,
    assert_unchanged,
    central_difference,
    points,
    shown,
)


def handle(got, name):
    """Return the result if it is an object of a class of the network, and fail if it is not."""
    if not isinstance(got, Handle):
        raise CheckFailed(rung="type", got=shown(got), expected=f"a {name}")
    return got


def shape_of(n_in, sizes):
    """Return the number of weights of each neuron, layer by layer."""
    inputs = [n_in, *sizes[:-1]]
    return [[a] * b for a, b in zip(inputs, sizes, strict=True)]


def count_of(n_in, sizes):
    """Return the number of parameters of a network."""
    return sum(n + 1 for layer in shape_of(n_in, sizes) for n in layer)


def all_listed(count):
    """Return what the probe says of parameters() if it lists all Values of so many, each once."""
    whole = {"type": "list", "of": ["Value"], "count": count}
    return whole | {"missing": 0, "others": 0, "listed twice": 0}


def random_network(rng, n_in, sizes):
    """Return weights and bias of each neuron of each layer: rows [w_1, ..., w_n, b]."""
    return [
        [[round(float(p), 2) for p in rng.uniform(-1.0, 1.0, n + 1)] for n in layer]
        for layer in shape_of(n_in, sizes)
    ]


def forward(network, x):
    """Return the outputs of a network of such rows."""
    for layer in network:
        rows = np.asarray(layer)
        x = np.tanh(rows[:, :-1] @ np.asarray(x) + rows[:, -1])
    return x


def random_inputs(rng, count):
    """Return random inputs as floats."""
    return [round(float(x_i), 2) for x_i in rng.uniform(-1.5, 1.5, count)]


def random_sizes(rng, count):
    """Return the number of inputs and the sizes of some layers."""
    return int(rng.integers(2, 9)), [int(n) for n in rng.integers(2, 9, count)]


def made_mlp(solution, n_in, sizes):
    """Make a network and fail unless its neurons have the right number of weights."""
    net = handle(solution.probe.network(n_in, sizes, solution.py_rng(7)), "MLP")
    assert_equal(solution.probe.weights_of_neurons(net), shape_of(n_in, sizes))
    return net


def made_layer(solution, n_in, n_out):
    """Make a layer and fail unless its neurons have the right number of weights."""
    layer = handle(solution.Layer(n_in, n_out, solution.py_rng(7)), "Layer")
    assert_equal(solution.probe.weights_of_layer(layer), [n_in] * n_out)
    return layer


def compare_layers(solution, rng, sizes):
    """Compare the outputs of layers of known weights with the formula."""
    answers = []
    for n_in, n_out in sizes:
        layer = made_layer(solution, n_in, n_out)
        (rows,) = random_network(rng, n_in, [n_out])
        solution.probe.set_layer(layer, rows)
        for _ in range(2):
            x = random_inputs(rng, n_in)
            answers.append((solution.probe.outputs(layer, x), forward([rows], x).tolist()))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-9, atol=1e-12)


@points(2)
def test_layer_has_separate_neurons(solution, rng):
    """A Layer has n_out different neurons of n_in inputs, which share no weight and no bias."""
    answers = []
    drawn = [(n_in, sizes[0]) for n_in, sizes in (random_sizes(rng, 1), random_sizes(rng, 1))]
    for n_in, n_out in ((4, 3), (1, 2), (3, 1), *drawn):
        layer = made_layer(solution, n_in, n_out)
        answers.append((*solution.probe.different_in_layer(layer), n_in, n_out))
    for neurons, numbers, n_in, n_out in answers:
        assert neurons == n_out, f"{neurons} different neurons, where {n_out} were expected"
        assert numbers == n_out * (n_in + 1), (
            f"{numbers} different weights and biases, where {n_out * (n_in + 1)} were expected"
        )


@points(2)
def test_layer_gives_the_output_of_each_neuron(solution, rng):
    """A Layer gives a list with the output of each of its neurons, in their order."""
    compare_layers(solution, rng, ((1, 2), (4, 3), (2, 4)))


def test_layer_of_one_neuron_gives_a_list_of_one(solution, rng):
    """A Layer gives a list, even when there is just one neuron in it."""
    compare_layers(solution, rng, ((3, 1), (1, 1)))


@points(2)
def test_layer_lists_the_parameters_of_all_neurons(solution, rng):
    """A Layer's parameters() lists every weight and every bias of its neurons, each once."""
    answers = []
    drawn = [(n_in, sizes[0]) for n_in, sizes in (random_sizes(rng, 1), random_sizes(rng, 1))]
    for n_in, n_out in ((4, 3), (1, 2), (3, 1), *drawn):
        layer = made_layer(solution, n_in, n_out)
        answers.append((solution.probe.listed(layer), all_listed(n_out * (n_in + 1))))
    for got, expected in answers:
        assert_equal(got, expected)


@points(2)
def test_mlp_chains_layers_of_the_right_sizes(solution, rng):
    """An MLP has one layer per size, and each takes as many inputs as the layer before gives."""
    answers = []
    for n_in, sizes in ((2, [3]), (3, [4, 2, 1]), (4, [1, 3]), (5, [2, 2]), random_sizes(rng, 3)):
        net = handle(solution.probe.network(n_in, sizes, solution.py_rng(7)), "MLP")
        answers.append((
            solution.probe.sizes_of_layers(net), sizes,
            solution.probe.weights_of_neurons(net), shape_of(n_in, sizes),
        ))  # fmt: skip
    for widths, sizes, weights, expected in answers:
        assert_equal(widths, sizes)
        assert_equal(weights, expected)


@points(6)
def test_mlp_feeds_each_layer_to_the_next(solution, rng):
    """An MLP gives what its layers give one after the other, starting from the inputs."""
    answers = []
    for n_in, sizes in ((2, [2, 2]), (4, [4, 4]), (3, [4, 2]), (2, [3, 3, 2]), (2, [3, 1, 2])):
        net = made_mlp(solution, n_in, sizes)
        network = random_network(rng, n_in, sizes)
        solution.probe.set_network(net, network)
        for _ in range(2):
            x = random_inputs(rng, n_in)
            answers.append((solution.probe.outputs(net, x), forward(network, x).tolist()))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-9, atol=1e-12)


@points(2)
def test_mlp_with_one_output_gives_one_value(solution, rng):
    """With a single neuron in the last layer an MLP gives that Value itself, not a list of one."""
    answers = []
    for n_in, sizes in ((2, [1]), (3, [4, 1]), (2, [1, 1])):
        net = made_mlp(solution, n_in, sizes)
        network = random_network(rng, n_in, sizes)
        solution.probe.set_network(net, network)
        x = random_inputs(rng, n_in)
        y = handle(net(x), "Value")
        answers.append((y.data, float(forward(network, x)[0])))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-9, atol=1e-12)


@points(5)
def test_gradients_reach_every_parameter(solution, rng):
    """backward() from the outputs gives every weight and bias of every layer its gradient."""
    answers = []
    for n_in, sizes in ((4, [4, 4]), (3, [4, 2]), (2, [3, 1, 2])):
        net = made_mlp(solution, n_in, sizes)
        network = random_network(rng, n_in, sizes)
        solution.probe.set_network(net, network)
        x = random_inputs(rng, n_in)
        upstream = [round(float(g), 2) for g in rng.uniform(0.5, 2.0, sizes[-1])]
        got = solution.probe.gradients(net, x, upstream)
        expected = []
        for place in range(len(network)):

            def f(rows, place=place, network=network, x=x, upstream=upstream):
                changed = [*network[:place], rows, *network[place + 1 :]]
                return float(forward(changed, x) @ np.asarray(upstream))

            expected.append(central_difference(f, network[place]))
        answers.append((got, expected))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-6, atol=1e-9)


@points(3)
def test_gradients_reach_the_inputs(solution, rng):
    """Inputs that are Values get their gradient through all layers."""
    answers = []
    for n_in, sizes in ((3, [3, 3]), (3, [4, 2]), (2, [2, 3, 1])):
        net = made_mlp(solution, n_in, sizes)
        network = random_network(rng, n_in, sizes)
        solution.probe.set_network(net, network)
        x = random_inputs(rng, n_in)
        upstream = [round(float(g), 2) for g in rng.uniform(0.5, 2.0, sizes[-1])]
        got = solution.probe.input_gradients(net, x, upstream)

        def f(point, network=network, upstream=upstream):
            return float(forward(network, point) @ np.asarray(upstream))

        answers.append((got, central_difference(f, x)))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-6, atol=1e-9)


@points(2)
def test_mlp_lists_all_parameters(solution, rng):
    """MLP(3, [4, 4, 1], rng).parameters() lists 41 Values: every weight and every bias, once."""
    answers = []
    for n_in, sizes in ((3, [4, 4, 1]), (4, [4, 4]), (2, [1, 2]), (2, [1]), random_sizes(rng, 3)):
        net = made_mlp(solution, n_in, sizes)
        answers.append((solution.probe.listed(net), all_listed(count_of(n_in, sizes))))
    for got, expected in answers:
        assert_equal(got, expected)


def test_lists_the_same_parameters_in_every_call(solution, rng):
    """parameters() of a Layer and of an MLP gives a list of the same length each time."""
    answers = []
    for n_in, sizes in ((3, [4, 1]), (2, [1, 2]), random_sizes(rng, 2)):
        net = made_mlp(solution, n_in, sizes)
        answers.append(solution.probe.lengths_of_lists(net, 3))
        layer = made_layer(solution, n_in, sizes[0])
        answers.append(solution.probe.lengths_of_lists(layer, 3))
    for lengths in answers:
        assert_equal(lengths, [lengths[0]] * 3)
        assert_equal(lengths[0] > 0, True)


def test_mlp_has_no_neuron_twice(solution, rng):
    """No two neurons of an MLP are the same object, within a layer or between layers."""
    answers = []
    for n_in, sizes in ((3, [4, 4, 1]), (4, [4, 4, 4]), (1, [1, 1]), random_sizes(rng, 3)):
        net = made_mlp(solution, n_in, sizes)
        answers.append((*solution.probe.different_in_network(net), sizes))
    for layers, neurons, sizes in answers:
        assert neurons == sum(sizes), f"{neurons} different neurons of {sum(sizes)}"
        assert layers == len(sizes), f"{layers} different layers of {len(sizes)}"


def test_leaves_its_arguments_alone(solution, rng):
    """The lists of sizes and of inputs that are passed are the same afterwards."""
    answers = []
    for n_in, sizes in ((3, [4, 2]), (2, [3, 1])):
        before = list(sizes)
        net = handle(solution.MLP(n_in, sizes, solution.py_rng(7)), "MLP")
        x = random_inputs(rng, n_in)
        given = list(x)
        net(given)
        answers.append((sizes, before, given, x))
    for sizes, before, given, x in answers:
        assert_unchanged(sizes, before, "the list of sizes")
        assert_unchanged(given, x, "the list of inputs")


@points(2)
def test_draws_from_the_generator_that_is_passed(solution):
    """The same generator state gives the same network, and each neuron draws its own numbers."""
    for seed in (3, 4):
        equal, different, count = solution.probe.numbers_from_one_state(seed)
        assert equal == count, (
            f"{equal} of the {count} numbers of two networks made with random.Random({seed}) "
            "are equal"
        )
        assert different == count, f"{different} different numbers among {count} weights and biases"
    for seed in (5, 6):
        first = solution.probe.numbers_of_network(seed)
        assert_close(solution.probe.numbers_of_network(seed), first, rtol=0.0)
        assert_close(first, first, atol=np.inf)
        assert first.size == 42, f"{first.size} weights and biases, where 42 were expected"
        assert len(np.unique(first)) == 42, "two weights are the same number"


def test_leaves_the_global_generators_alone(solution, rng):
    """Making a network neither uses nor seeds a global generator."""
    other = int(rng.integers(2**31))
    got = [solution.probe.next_global_numbers(seed, other) for seed in (3, 4)]
    expected = [random.Random(other).random(), float(np.random.RandomState(other).random_sample())]
    for found in got:
        assert_close(found, found, atol=np.inf)
        assert found == expected, (
            f"after a network was made, Python's and numpy's global generators draw {found}, "
            f"where {expected} would have come"
        )
