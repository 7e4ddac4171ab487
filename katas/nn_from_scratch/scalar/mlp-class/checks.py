"""Hidden checks of the kata mlp-class.

How the numbers are drawn, and in which order parameters are listed, is free. So the probes set all
weights and biases before anything is computed, and tell of the rest only what always holds.
"""

import numpy as np

from nnkata.testing import Handle
from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_unchanged,
    central_difference,
    points,
    shown,
)


def handle(got, what):
    """Return what came back if it is an object of a class of the network; say so if it is not."""
    if not isinstance(got, Handle):
        raise CheckFailed(rung="type", got=shown(got), expected=f"a {what}")
    return got


def shape_of(n_in, sizes):
    """Return the number of weights of each neuron, layer by layer."""
    inputs = [n_in, *sizes[:-1]]
    return [[a] * b for a, b in zip(inputs, sizes, strict=True)]


def all_listed(count):
    """Return what is to be said of parameters() when it lists so many Values, and all of them."""
    whole = {"type": "list", "of": ["Value"], "count": count}
    return whole | {"missing": 0, "others": 0, "listed twice": 0}


def random_network(rng, n_in, sizes):
    """Return weights and bias of each neuron of each layer: rows [w_1, ..., w_n, b]."""
    return [
        [[round(float(p), 2) for p in rng.uniform(-1.0, 1.0, n + 1)] for n in layer]
        for layer in shape_of(n_in, sizes)
    ]


def forward(network, x):
    """Compute the outputs of a network of such rows."""
    for layer in network:
        rows = np.asarray(layer)
        x = np.tanh(rows[:, :-1] @ np.asarray(x) + rows[:, -1])
    return x


def some_inputs(rng, count):
    """Return random inputs as floats."""
    return [round(float(x_i), 2) for x_i in rng.uniform(-1.5, 1.5, count)]


def made_mlp(solution, n_in, sizes):
    """Make a network and see that its neurons have as many weights as they should."""
    net = handle(solution.probe.network(n_in, sizes, solution.py_rng(7)), "MLP")
    assert_equal(solution.probe.weights_of_neurons(net), shape_of(n_in, sizes))
    return net


def made_layer(solution, n_in, n_out):
    """Make a layer and see that its neurons have as many weights as they should."""
    layer = handle(solution.Layer(n_in, n_out, solution.py_rng(7)), "Layer")
    assert_equal(solution.probe.weights_of_layer(layer), [n_in] * n_out)
    return layer


@points(2)
def test_layer_has_separate_neurons(solution):
    """A Layer has n_out different neurons of n_in inputs, which share no weight and no bias."""
    for n_in, n_out in ((4, 3), (1, 2), (3, 1)):
        layer = made_layer(solution, n_in, n_out)
        neurons, numbers = solution.probe.different_in_layer(layer)
        assert neurons == n_out, f"{neurons} different neurons, where {n_out} were expected"
        assert numbers == n_out * (n_in + 1), (
            f"{numbers} different weights and biases, where {n_out * (n_in + 1)} were expected"
        )


@points(2)
def test_layer_gives_the_output_of_each_neuron(solution, rng):
    """A Layer gives a list with the output of each of its neurons, in their order."""
    for n_in, n_out in ((4, 3), (1, 2), (2, 4)):
        layer = made_layer(solution, n_in, n_out)
        (rows,) = random_network(rng, n_in, [n_out])
        solution.probe.set_layer(layer, rows)
        for _ in range(2):
            x = some_inputs(rng, n_in)
            got = solution.probe.outputs(layer, x)
            assert_close(got, forward([rows], x).tolist(), rtol=1e-9, atol=1e-12)


def test_layer_of_one_neuron_gives_a_list_of_one(solution, rng):
    """A Layer gives a list, also when there is just one neuron in it."""
    for n_in in (3, 1):
        layer = made_layer(solution, n_in, 1)
        (rows,) = random_network(rng, n_in, [1])
        solution.probe.set_layer(layer, rows)
        x = some_inputs(rng, n_in)
        got = solution.probe.outputs(layer, x)
        assert_close(got, forward([rows], x).tolist(), rtol=1e-9, atol=1e-12)


@points(2)
def test_layer_lists_the_parameters_of_all_neurons(solution):
    """A Layer's parameters() lists every weight and every bias of its neurons, each once."""
    for n_in, n_out in ((4, 3), (1, 2), (3, 1)):
        layer = made_layer(solution, n_in, n_out)
        assert_equal(solution.probe.listed(layer), all_listed(n_out * (n_in + 1)))


@points(2)
def test_mlp_chains_layers_of_the_right_sizes(solution):
    """An MLP has one layer for each size, and each takes as many inputs as the one before gives."""
    for n_in, sizes in ((3, [4, 2, 1]), (2, [3]), (4, [1, 3]), (5, [2, 2])):
        net = handle(solution.probe.network(n_in, sizes, solution.py_rng(7)), "MLP")
        assert_equal(solution.probe.sizes_of_layers(net), sizes)
        assert_equal(solution.probe.weights_of_neurons(net), shape_of(n_in, sizes))


@points(2)
def test_mlp_lists_all_parameters(solution):
    """MLP(3, [4, 4, 1], rng).parameters() lists 41 Values: every weight and every bias, once."""
    for n_in, sizes in ((3, [4, 4, 1]), (4, [4, 4]), (2, [1, 2]), (2, [1])):
        net = made_mlp(solution, n_in, sizes)
        count = sum(n + 1 for layer in shape_of(n_in, sizes) for n in layer)
        assert_equal(solution.probe.listed(net), all_listed(count))


@points(2)
def test_mlp_has_no_neuron_twice(solution):
    """No two neurons of an MLP are the same object, within a layer or between layers."""
    for n_in, sizes in ((3, [4, 4, 1]), (4, [4, 4, 4]), (1, [1, 1])):
        net = made_mlp(solution, n_in, sizes)
        layers, neurons = solution.probe.different_in_network(net)
        assert neurons == sum(sizes), f"{neurons} different neurons of {sum(sizes)}"
        assert layers == len(sizes), f"{layers} different layers of {len(sizes)}"


@points(3)
def test_mlp_feeds_each_layer_to_the_next(solution, rng):
    """An MLP gives what its layers give one after the other, starting from the inputs."""
    for n_in, sizes in ((3, [4, 2]), (4, [4, 4]), (2, [3, 3, 2]), (2, [1, 2])):
        net = made_mlp(solution, n_in, sizes)
        network = random_network(rng, n_in, sizes)
        solution.probe.set_network(net, network)
        for _ in range(2):
            x = some_inputs(rng, n_in)
            got = solution.probe.outputs(net, x)
            assert_close(got, forward(network, x).tolist(), rtol=1e-9, atol=1e-12)


@points(2)
def test_mlp_with_one_output_gives_one_value(solution, rng):
    """With a single neuron in the last layer an MLP gives that Value itself, not a list of one."""
    for n_in, sizes in ((3, [4, 1]), (2, [1]), (2, [1, 1])):
        net = made_mlp(solution, n_in, sizes)
        network = random_network(rng, n_in, sizes)
        solution.probe.set_network(net, network)
        x = some_inputs(rng, n_in)
        expected = float(forward(network, x)[0])
        y = handle(net(x), "Value")
        assert_close(y.data, expected, rtol=1e-9, atol=1e-12)


@points(3)
def test_gradients_reach_every_parameter(solution, rng):
    """Going backward from the outputs, every weight and bias of every layer gets its gradient."""
    for n_in, sizes in ((3, [4, 2]), (4, [4, 4]), (2, [3, 1, 2])):
        net = made_mlp(solution, n_in, sizes)
        network = random_network(rng, n_in, sizes)
        solution.probe.set_network(net, network)
        x = some_inputs(rng, n_in)
        upstream = [round(float(g), 2) for g in rng.uniform(0.5, 2.0, sizes[-1])]
        got = solution.probe.gradients(net, x, upstream)
        assert len(got) == len(network)
        for mine, place in zip(got, range(len(network)), strict=True):

            def f(rows, place=place, network=network, x=x, upstream=upstream):
                changed = [*network[:place], rows, *network[place + 1 :]]
                return float(forward(changed, x) @ np.asarray(upstream))

            expected = central_difference(f, network[place])
            assert_close(mine, expected, rtol=1e-6, atol=1e-9)


def test_gradients_reach_the_inputs(solution, rng):
    """Inputs that are Values get their gradient through all layers."""
    for n_in, sizes in ((3, [4, 2]), (2, [2, 3, 1])):
        net = made_mlp(solution, n_in, sizes)
        network = random_network(rng, n_in, sizes)
        solution.probe.set_network(net, network)
        x = some_inputs(rng, n_in)
        upstream = [round(float(g), 2) for g in rng.uniform(0.5, 2.0, sizes[-1])]
        got = solution.probe.input_gradients(net, x, upstream)

        def f(point, network=network, upstream=upstream):
            return float(forward(network, point) @ np.asarray(upstream))

        assert_close(got, central_difference(f, x), rtol=1e-6, atol=1e-9)


@points(2)
def test_leaves_its_arguments_alone(solution, rng):
    """The lists of sizes and of inputs that are passed in are the same afterwards."""
    for n_in, sizes in ((3, [4, 2]), (2, [3, 1])):
        before = list(sizes)
        net = handle(solution.MLP(n_in, sizes, solution.py_rng(7)), "MLP")
        assert_unchanged(sizes, before, "the list of sizes")
        x = some_inputs(rng, n_in)
        assert solution.probe.keeps_its_inputs(net, x), "the list of inputs has changed"


@points(2)
def test_draws_from_the_generator_that_is_passed(solution):
    """The same generator state gives the same network, and each neuron draws its own numbers."""
    for seed in (3, 4):
        assert solution.probe.same_from_same_state(seed), (
            f"two networks made with random.Random({seed}) differ"
        )
        different, all_of_them = solution.probe.different_numbers(seed)
        assert different == all_of_them, (
            f"{different} different numbers among {all_of_them} weights and biases"
        )
        assert solution.probe.leaves_global_state_alone(seed), (
            "making a network changed the state of a global generator"
        )
