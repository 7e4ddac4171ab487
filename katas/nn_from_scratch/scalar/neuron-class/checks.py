"""Hidden checks of the kata neuron-class.

How a neuron draws its numbers is its own business, so no check compares them: the probes set the
weights and the bias first, and tell of what was drawn only what holds for every way of drawing.
"""

import math

import numpy as np

from nnkata.testing import Handle
from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_unchanged,
    central_difference,
    points,
    raises,
    shown,
)


def handle(got, what):
    """Return what came back if it is an object of a class of the network; say so if it is not."""
    if not isinstance(got, Handle):
        raise CheckFailed(rung="type", got=shown(got), expected=f"a {what}")
    return got


def neuron_with(solution, weights, bias):
    """Make a neuron and give it these weights and this bias."""
    neuron = handle(solution.Neuron(len(weights), solution.py_rng(7)), "Neuron")
    assert_equal(solution.probe.set_weights(neuron, weights), ["Value"] * len(weights))
    assert_equal(solution.probe.set_bias(neuron, bias), "Value")
    return neuron


def formula(weights, bias, x):
    """Return tanh(w_1 x_1 + ... + w_n x_n + b)."""
    return math.tanh(math.fsum(w * x_i for w, x_i in zip(weights, x, strict=True)) + bias)


def some_numbers(rng, count, size=1.0):
    """Return random floats that are not too close to 0, half of them negative."""
    signs = rng.permutation([(-1.0) ** i for i in range(count)])
    return [round(float(n), 2) for n in signs * rng.uniform(0.2 * size, size, count)]


@points(2)
def test_holds_values(solution):
    """A neuron has a list w of Values, one for each input, and a Value b."""
    for count in (3, 1, 5):
        neuron = handle(solution.Neuron(count, solution.py_rng(7)), "Neuron")
        assert_equal(solution.probe.kinds_of_weights(neuron), ["Value"] * count)
        assert_equal(solution.probe.kind_of_bias(neuron), "Value")


def test_has_a_weight_of_its_own_for_each_input(solution):
    """The weights and the bias are objects of their own, and no neuron shares one with another."""
    for count in (3, 1, 5):
        made = [handle(solution.Neuron(count, solution.py_rng(7)), "Neuron") for _ in range(2)]
        kinds = ["Value"] * count
        for neuron in made:
            assert_equal(solution.probe.kinds_of_weights(neuron), kinds)
            assert_equal(solution.probe.kind_of_bias(neuron), "Value")
        objects = solution.probe.number_of_objects(made)
        assert objects == 2 * (count + 1), (
            f"{objects} different Values in two neurons of {count} inputs, "
            f"where {2 * (count + 1)} were expected"
        )


@points(2)
def test_draws_its_weights_evenly_between_minus_one_and_one(solution):
    """The weights are uniform between -1 and 1: a quarter of them in each quarter of the way."""
    bounds = [-1.0, -0.5, 0.0, 0.5, 1.0]
    count = 20_000
    neuron = handle(solution.Neuron(count, solution.py_rng(11)), "Neuron")
    different = solution.probe.different_weights(neuron)
    assert different > 0.99 * count, f"{different} different numbers among {count} weights"
    got = solution.probe.shares_of_weights_below(neuron, bounds)
    assert_close(got, [0.0, 0.25, 0.5, 0.75, 1.0], rtol=0.0, atol=1e-6)
    mean, variance = 0.0, 1.0 / 3.0
    got = solution.probe.moments_of_weights(neuron)
    assert_close(got, [mean, variance], rtol=0.0, atol=0.02)


@points(2)
def test_draws_its_bias_in_the_same_way(solution):
    """The bias too is drawn uniformly between -1 and 1, and does not start at 0."""
    bounds = [-1.0, -0.5, 0.0, 0.5, 1.0]
    different = solution.probe.different_biases(solution.py_rng(11), 100)
    assert different > 98, f"{different} different numbers among the biases of 100 neurons"
    got = solution.probe.shares_of_biases_below(solution.py_rng(11), 10_000, bounds)
    assert_close(got, [0.0, 0.25, 0.5, 0.75, 1.0], rtol=0.0, atol=1e-6)


@points(2)
def test_draws_from_the_generator_that_is_passed(solution):
    """The same generator state gives the same neuron, and the next neuron is another one."""
    for seed in (3, 4):
        assert solution.probe.same_neuron_from_same_state(seed), (
            f"two neurons made with random.Random({seed}) differ"
        )
        assert solution.probe.next_neuron_differs(seed), (
            "two neurons drawn one after the other from one generator are the same"
        )


def test_without_a_generator_each_neuron_is_new(solution):
    """Without a generator two neurons get different weights."""
    for count in (20, 30):
        assert solution.probe.unseeded_neurons_differ(count), (
            f"Neuron({count}) has the same weights each time it is called"
        )


@points(2)
def test_leaves_the_global_generators_alone(solution):
    """Making a neuron neither uses nor seeds Python's global generator, with or without an rng."""
    for seed in (5, 6):
        assert solution.probe.leaves_global_state_alone(3, seed), (
            "making a neuron with an rng changed the state of a global generator"
        )
    assert solution.probe.leaves_global_state_alone(3, None), (
        "making a neuron without an rng changed the state of a global generator"
    )
    weights = solution.Neuron(3, solution.py_rng(5)).w
    assert isinstance(weights, list | tuple), "no weights stand in w"
    assert len(weights) == 3, "a neuron of three inputs has three weights in w"


@points(3)
def test_computes_tanh_of_the_weighted_sum(solution, rng):
    """A neuron gives tanh(w_1 x_1 + ... + w_n x_n + b), one Value."""
    for count in (3, 1, 5):
        weights = some_numbers(rng, count)
        bias = round(float(rng.uniform(0.3, 0.9)), 2)
        neuron = neuron_with(solution, weights, bias)
        for _ in range(3):
            x = some_numbers(rng, count, 2.0)
            y = handle(neuron(x), "Value")
            assert_close(y.data, formula(weights, bias, x), rtol=1e-9, atol=1e-12)


def test_takes_any_sequence_of_numbers(solution):
    """The inputs may be a list or a tuple, whole numbers or zeros, and stay as they are."""
    weights, bias = [0.5, -1.0, 0.25], 0.75
    neuron = neuron_with(solution, weights, bias)
    for x in ([1.0, 2.0, -3.0], (1.0, 2.0, -3.0), [1, 0, 2], [0.0, 0.0, 0.0]):
        before = type(x)(x)
        y = handle(neuron(x), "Value")
        assert_close(y.data, formula(weights, bias, x), rtol=1e-9, atol=1e-12)
        assert_unchanged(x, before, "the sequence of inputs")


def test_takes_hundreds_of_inputs(solution):
    """A neuron may have hundreds of inputs, and refuses one too many of those as well."""
    for count in (300, 400):
        weights = [0.01] * count
        neuron = neuron_with(solution, weights, -0.5)
        x = [0.25, -0.125] * (count // 2)
        y = handle(neuron(x), "Value")
        assert_close(y.data, formula(weights, -0.5, x), rtol=1e-9, atol=1e-12)
        with raises(ValueError):
            assert handle(neuron([*x, 1.0]), "Value").data is not None


@points(3)
def test_lets_gradients_reach_weights_and_bias(solution, rng):
    """backward() gives each weight (1 - t²) times its input, and the bias 1 - t²."""
    for count in (3, 1, 4):
        weights = some_numbers(rng, count)
        bias = round(float(rng.uniform(0.3, 0.9)), 2)
        x = some_numbers(rng, count)
        upstream = round(float(rng.uniform(1.5, 4.0)), 2)
        neuron = neuron_with(solution, weights, bias)
        y = handle(neuron(x), "Value") * upstream
        y.backward()

        def f(p, x=x, upstream=upstream):
            return upstream * formula([float(w) for w in p[:-1]], float(p[-1]), x)

        expected = central_difference(f, np.array([*weights, bias]))
        got = solution.probe.gradients(neuron)
        assert_close(got, [float(g) for g in expected], rtol=1e-6, atol=1e-9)


@points(2)
def test_lets_gradients_reach_its_inputs(solution, rng):
    """Inputs that are Values get (1 - t²) times their weight; a mixture with numbers works too."""
    value = solution.need("value").Value
    for count in (3, 1, 4):
        weights = some_numbers(rng, count)
        bias = round(float(rng.uniform(0.3, 0.9)), 2)
        x = some_numbers(rng, count)
        upstream = round(float(rng.uniform(1.5, 4.0)), 2)
        neuron = neuron_with(solution, weights, bias)
        inputs = [value(x_i) for x_i in x]
        mixed = [inputs[0], *x[1:]]
        t = formula(weights, bias, x)
        for given in (inputs, mixed):
            y = handle(neuron(given), "Value")
            assert_close(y.data, t, rtol=1e-9, atol=1e-12)
        y = handle(neuron(inputs), "Value") * upstream
        y.backward()
        for v, w in zip(inputs, weights, strict=True):
            expected = upstream * (1.0 - t * t) * w
            got = v.grad
            assert_close(got, expected, rtol=1e-9, atol=1e-12)


@points(2)
def test_refuses_a_wrong_number_of_inputs(solution):
    """Too few or too many inputs are a ValueError, and not cut to size in silence."""
    for weights in ([0.5, -1.0, 0.25], [0.5]):
        neuron = neuron_with(solution, weights, 0.75)
        right = [1.0] * len(weights)
        assert_close(handle(neuron(right), "Value").data, formula(weights, 0.75, right))
        for wrong in (right[1:], [*right, 1.0]):
            with raises(ValueError):
                assert handle(neuron(wrong), "Value").data is not None


@points(2)
def test_lists_its_parameters(solution):
    """parameters() lists the weights and then the bias, the very objects that the neuron uses."""
    for count in (3, 1, 5):
        neuron = handle(solution.Neuron(count, solution.py_rng(7)), "Neuron")
        assert_equal(solution.probe.kinds_of_weights(neuron), ["Value"] * count)
        assert_equal(solution.probe.kind_of_bias(neuron), "Value")
        kind = solution.probe.kind_of_list(neuron)
        if kind != "list":
            raise CheckFailed(rung="type", got=f"a {kind}", expected="a list of Values")
        places = solution.probe.places_of_parameters(neuron)
        assert_equal(places, [*(f"w[{i}]" for i in range(count)), "b"])


def test_uses_its_parameters_as_they_are_now(solution):
    """After its parameters are changed a neuron answers with the new ones."""
    neuron = neuron_with(solution, [0.5, -1.0], 0.75)
    x = [1.0, 0.5]
    assert_close(handle(neuron(x), "Value").data, formula([0.5, -1.0], 0.75, x))
    for weights, bias in (([0.25, 1.0], -0.5), ([-0.5, 0.125], 0.0)):
        solution.probe.set_weights(neuron, weights)
        solution.probe.set_bias(neuron, bias)
        assert_close(handle(neuron(x), "Value").data, formula(weights, bias, x), atol=1e-12)
