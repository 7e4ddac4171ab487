"""Hidden checks of the kata neuron-class.

A check makes all its calls before it compares anything. How a neuron draws its numbers is free,
so the probes set the weights and the bias before anything is computed. A check of the drawn numbers
first compares a summary that is the same for every way of drawing, so that a cause can be named,
and then the numbers themselves.
"""

import math
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

BOUNDS = [-1.0, -0.5, 0.0, 0.5, 1.0]
UNIFORM = [0.0, 0.25, 0.5, 0.75, 1.0]


def handle(got, name):
    """Return the result if it is an object of a class of the network, and fail if it is not."""
    if not isinstance(got, Handle):
        raise CheckFailed(rung="type", got=shown(got), expected=f"a {name}")
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


def random_numbers(rng, count, size=1.0):
    """Return random floats that are not too close to 0, half of them negative."""
    signs = rng.permutation([(-1.0) ** i for i in range(count)])
    return [round(float(n), 2) for n in signs * rng.uniform(0.2 * size, size, count)]


def random_counts(rng):
    """Return two random numbers of inputs."""
    return [int(n) for n in rng.integers(6, 30, 2)]


def random_neurons(rng):
    """Return (weights, bias, inputs): the lesson's example, and three random neurons."""
    drawn = [
        (random_numbers(rng, n), round(float(rng.uniform(0.3, 0.9)), 2), random_numbers(rng, n))
        for n in (3, 1, 4)
    ]
    return [([0.5, -1.0], 0.75, [1.0, 0.5]), *drawn]


def assert_uniform(numbers, what, count):
    """Fail unless so many numbers came back, drawn uniformly between -1 and 1."""
    assert_close(numbers, np.zeros(count), atol=np.inf)
    low, high = float(numbers.min()), float(numbers.max())
    assert -1.0 <= low <= high <= 1.0, f"{what} from {low:.3g} to {high:.3g}, not from -1 to 1"
    different = len(np.unique(numbers))
    assert different > 0.98 * count, f"{different} different numbers in {count} {what}"
    shares = [float(np.mean(numbers < bound)) for bound in BOUNDS]
    assert_close(shares, UNIFORM, rtol=0.0, atol=0.03)


@points(4)
def test_computes_tanh_of_the_weighted_sum(solution, rng):
    """A neuron gives tanh(w_1 x_1 + ... + w_n x_n + b), one Value."""
    answers = []
    for weights, bias, x in random_neurons(rng):
        neuron = neuron_with(solution, weights, bias)
        for inputs in (x, random_numbers(rng, len(x), 2.0)):
            y = handle(neuron(inputs), "Value")
            answers.append((y.data, formula(weights, bias, inputs)))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-9, atol=1e-12)


@points(4)
def test_lets_gradients_reach_weights_and_bias(solution, rng):
    """backward() gives each weight (1 - t²) times its input, and the bias 1 - t²."""
    answers = []
    for weights, bias, x in random_neurons(rng):
        upstream = round(float(rng.uniform(1.5, 4.0)), 2)
        neuron = neuron_with(solution, weights, bias)
        y = handle(neuron(x), "Value") * upstream
        y.backward()

        def f(p, x=x, upstream=upstream):
            return upstream * formula([float(w) for w in p[:-1]], float(p[-1]), x)

        expected = central_difference(f, np.array([*weights, bias]))
        answers.append((solution.probe.gradients(neuron), [float(g) for g in expected]))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-6, atol=1e-9)


@points(3)
def test_lets_gradients_reach_its_inputs(solution, rng):
    """Inputs that are Values get (1 - t²) times their weight; a mixture with numbers works too."""
    value = solution.need("value").Value
    answers = []
    for weights, bias, x in random_neurons(rng):
        upstream = round(float(rng.uniform(1.5, 4.0)), 2)
        neuron = neuron_with(solution, weights, bias)
        inputs = [value(x_i) for x_i in x]
        mixed = [inputs[0], *x[1:]]
        t = formula(weights, bias, x)
        y = handle(neuron(inputs), "Value")
        (y * upstream).backward()
        once = [v.grad for v in inputs]
        z = handle(neuron(mixed), "Value")
        (z * upstream).backward()
        slopes = [upstream * (1.0 - t * t) * w for w in weights]
        answers.append((y.data, z.data, t, once, inputs[0].grad, slopes))
    for data, mixed_data, t, once, twice, expected in answers:
        assert_close(data, t, rtol=1e-9, atol=1e-12)
        assert_close(mixed_data, t, rtol=1e-9, atol=1e-12)
        assert_close(once, expected, rtol=1e-9, atol=1e-12)
        assert_close(twice, 2.0 * expected[0], rtol=1e-9, atol=1e-12)


@points(2)
def test_holds_values(solution, rng):
    """A neuron has a list w of Values, one per input, and a Value b."""
    answers = []
    for count in (3, 1, 5, *random_counts(rng)):
        neuron = handle(solution.Neuron(count, solution.py_rng(7)), "Neuron")
        kinds = solution.probe.kinds_of_weights(neuron)
        answers.append((kinds, solution.probe.kind_of_bias(neuron), ["Value"] * count))
    for kinds, kind, expected in answers:
        assert_equal(kinds, expected)
        assert_equal(kind, "Value")


def test_has_a_separate_weight_for_each_input(solution, rng):
    """The weights and the bias are separate objects, and two neurons share none of them."""
    answers = []
    for count in (3, 1, 5, *random_counts(rng)):
        made = [handle(solution.Neuron(count, solution.py_rng(7)), "Neuron") for _ in range(2)]
        kinds = [solution.probe.kinds_of_weights(neuron) for neuron in made]
        assert_equal(kinds, [["Value"] * count] * 2)
        assert_equal([solution.probe.kind_of_bias(neuron) for neuron in made], ["Value"] * 2)
        answers.append((count, solution.probe.number_of_objects(made)))
    for count, objects in answers:
        assert objects == 2 * (count + 1), (
            f"{objects} different Values in two neurons of {count} inputs, "
            f"where {2 * (count + 1)} were expected"
        )


@points(2)
def test_lists_its_parameters(solution, rng):
    """parameters() lists the weights and then the bias, the same objects that the neuron uses."""
    answers = []
    for count in (3, 1, 5, *random_counts(rng)):
        neuron = handle(solution.Neuron(count, solution.py_rng(7)), "Neuron")
        assert_equal(solution.probe.kinds_of_weights(neuron), ["Value"] * count)
        assert_equal(solution.probe.kind_of_bias(neuron), "Value")
        kind = solution.probe.kind_of_list(neuron)
        if kind != "list":
            raise CheckFailed(rung="type", got=f"a {kind}", expected="a list of Values")
        answers.append((solution.probe.places_of_parameters(neuron), count))
    for places, count in answers:
        assert_equal(places, [*(f"w[{i}]" for i in range(count)), "b"])


def test_lists_the_same_parameters_in_every_call(solution, rng):
    """parameters() gives a list of the same length each time, and adds nothing to the weights."""
    answers = []
    for count in (3, 1, *random_counts(rng)):
        neuron = handle(solution.Neuron(count, solution.py_rng(7)), "Neuron")
        answers.append((solution.probe.lengths_of_lists(neuron, 3), [count + 1] * 3, count))
    for (listed, weights), expected, count in answers:
        assert_equal(listed, expected)
        assert_equal(weights, count)


def test_refuses_a_wrong_number_of_inputs(solution, rng):
    """Too few or too many inputs raise a ValueError, and none is ignored."""
    answers = []
    for weights in ([0.5, -1.0, 0.25], [0.5], [0.01] * 300, random_numbers(rng, 3)):
        neuron = neuron_with(solution, weights, 0.75)
        right = [1.0] * len(weights)
        got = solution.probe.outcomes(neuron, [right, right[1:], [*right, 1.0]])
        answers.append((formula(weights, 0.75, right), got))
    for expected, (right, few, many) in answers:
        assert_close(right, expected)
        for found, what in ((few, "one input too few"), (many, "one input too many")):
            if type(found) is not str or found != "ValueError":
                raise CheckFailed(
                    f"with {what} the result was {shown(found)}",
                    got=shown(found), expected="ValueError", value=found,
                )  # fmt: skip


def test_takes_any_sequence_of_numbers(solution, rng):
    """The inputs may be a list or a tuple, integers or zeros, and do not change."""
    weights, bias = [0.5, -1.0, 0.25], round(float(rng.uniform(0.3, 0.9)), 6)
    neuron = neuron_with(solution, weights, bias)
    answers = []
    for x in ([1.0, 2.0, -3.0], (1.0, 2.0, -3.0), [1, 0, 2], [0.0, 0.0, 0.0]):
        before = type(x)(x)
        y = handle(neuron(x), "Value")
        answers.append((x, before, y.data))
    for x, before, got in answers:
        assert_close(got, formula(weights, bias, before), rtol=1e-9, atol=1e-12)
        assert_unchanged(x, before, "the sequence of inputs")


def test_takes_hundreds_of_inputs(solution, rng):
    """A neuron may have hundreds of inputs."""
    answers = []
    for count in (300, 400):
        weights = [0.01] * count
        bias = round(float(rng.uniform(-0.9, -0.3)), 6)
        neuron = neuron_with(solution, weights, bias)
        x = [0.25, -0.125] * (count // 2)
        answers.append((handle(neuron(x), "Value").data, formula(weights, bias, x)))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-9, atol=1e-12)


def test_uses_its_parameters_as_they_are_now(solution, rng):
    """After its parameters are changed, a neuron computes with the new ones."""
    x = [1.0, 0.5]
    neuron = neuron_with(solution, [0.5, -1.0], 0.75)
    answers = [(handle(neuron(x), "Value").data, formula([0.5, -1.0], 0.75, x))]
    drawn = (random_numbers(rng, 2), round(float(rng.uniform(0.3, 0.9)), 2))
    for weights, bias in (([0.25, 1.0], -0.5), ([-0.5, 0.125], 0.0), drawn):
        solution.probe.set_weights(neuron, weights)
        solution.probe.set_bias(neuron, bias)
        answers.append((handle(neuron(x), "Value").data, formula(weights, bias, x)))
    for got, expected in answers:
        assert_close(got, expected, atol=1e-12)


@points(2)
def test_draws_its_weights_uniformly_between_minus_one_and_one(solution, rng):
    """The weights are uniform between -1 and 1: a quarter of them in each quarter of the range."""
    count = 20_000 + int(rng.integers(1000))
    neuron = handle(solution.Neuron(count, solution.py_rng(11)), "Neuron")
    different = solution.probe.different_weights(neuron)
    shares = solution.probe.shares_of_weights_below(neuron, BOUNDS)
    moments = solution.probe.moments_of_weights(neuron)
    assert different > 0.98 * count, f"{different} different numbers in {count} weights"
    assert_close(shares, UNIFORM, rtol=0.0, atol=1e-6)
    assert_close(moments, [0.0, 0.3], rtol=0.0, atol=1e-6)
    assert_uniform(solution.probe.numbers_of_weights(neuron), "weights", count)


@points(2)
def test_draws_its_bias_in_the_same_way(solution, rng):
    """The bias too is drawn uniformly between -1 and 1, and does not start at 0."""
    different = solution.probe.different_biases(solution.py_rng(11), 100)
    shares = solution.probe.shares_of_biases_below(solution.py_rng(11), 10_000, BOUNDS)
    assert different > 98, f"{different} different numbers in the biases of 100 neurons"
    assert_close(shares, UNIFORM, rtol=0.0, atol=1e-6)
    count = 5_000 + int(rng.integers(1000))
    assert_uniform(solution.probe.biases(solution.py_rng(12), count), "biases", count)


@points(2)
def test_draws_from_the_generator_that_is_passed(solution, rng):
    """The same generator state gives the same neuron, and the next neuron is a different one."""
    counts = [solution.probe.neurons_from_one_state(seed) for seed in (3, 4)]
    for seed, (same, different) in zip((3, 4), counts, strict=True):
        assert same == 21, (
            f"{same} of the 21 numbers of two neurons made with random.Random({seed}) are equal"
        )
        assert different == 2, "the next neuron from one generator is the same neuron again"
    for seed in (5, 6):
        (count, _) = random_counts(rng)
        made = solution.probe.numbers_of_two(seed, count)
        assert_close(made, np.zeros((2, count + 1)), atol=np.inf)
        assert_close(solution.probe.numbers_of_two(seed, count), made, rtol=0.0)
        assert not np.array_equal(made[0], made[1]), "two neurons in a row have the same numbers"


def test_without_a_generator_each_neuron_is_new(solution, rng):
    """Without a generator each neuron gets other weights, also when the program starts again."""
    for n in (20, *random_counts(rng)):
        got = solution.probe.different_numbers_without_generator(4, n)
        assert got == 4 * (n + 1), (
            f"{got} different numbers in 4 neurons that were made by Neuron({n}), "
            f"where {4 * (n + 1)} were expected"
        )
    for n in (20, *random_counts(rng)):
        got = solution.probe.different_numbers_at_starts(2, n)
        assert got == 2 * (n + 1), (
            f"{got} different numbers in the first Neuron({n}) of 2 starts of the program, "
            f"where {2 * (n + 1)} were expected"
        )


def test_leaves_the_global_generators_alone(solution, rng):
    """Making a neuron neither uses nor seeds a global generator, with or without an rng."""
    other = int(rng.integers(2**31))
    got = [solution.probe.next_global_numbers(3, seed, other) for seed in (5, 6, None)]
    weights = solution.Neuron(3, solution.py_rng(5)).w
    expected = [random.Random(other).random(), float(np.random.RandomState(other).random_sample())]
    for found, how in zip(got, ("with an rng", "with an rng", "without an rng"), strict=True):
        assert_close(found, found, atol=np.inf)
        assert found == expected, (
            f"after a neuron was made {how}, Python's and numpy's global generators draw {found}, "
            f"where {expected} would have come"
        )
    assert isinstance(weights, list | tuple), "w is not a list of weights"
    assert len(weights) == 3, "a neuron of three inputs has three weights in w"
