"""Hidden checks of the kata boltzmann-machine.

The draws are part of the interface, so the checks follow every unit themselves. A probability that
is wrong by 0.05 changes one unit of 20; each check of sweeps draws hundreds of units.
"""

import itertools
import math

import numpy as np

from nnkata.testing import assert_arguments_unchanged, assert_close, assert_equal, points, raises

PAIR = np.array([[0.0, 4.0], [4.0, 0.0]]), np.array([-2.0, -2.0])
"""The machine of the lesson: two units that want to be equal."""


def draw_machine(rng, n, scale=1.0):
    """Draw symmetric weights with zero diagonal, and biases."""
    upper = np.triu(rng.normal(0, scale, (n, n)), 1)
    return upper + upper.T, rng.normal(0, scale, n)


def draw_state(rng, n):
    """Draw a state of n units."""
    return rng.integers(0, 2, n)


def draw_seed(rng):
    """Draw a seed for the generator of one call."""
    return int(rng.integers(2**31))


def energy(s, W, b):
    """Return the energy of a state, pair by pair."""
    on = [i for i, unit in enumerate(s) if unit]
    pairs = math.fsum(float(W[i, j]) for i, j in itertools.combinations(on, 2))
    return -pairs - math.fsum(float(b[i]) for i in on)


def probabilities(W, b):
    """Return the probability of each state, with the energies added up pair by pair."""
    units = np.array(list(itertools.product((0.0, 1.0), repeat=len(b)))).T
    energies = -sum(bias * unit for bias, unit in zip(b, units, strict=True))
    for i, j in itertools.combinations(range(len(b)), 2):
        energies = energies - W[i, j] * units[i] * units[j]
    powers = np.exp(energies.min() - energies)
    return powers / powers.sum()


def followed(s, W, b, rng, sweeps=1):
    """Return the state after each sweep."""
    state, states = s.copy(), []
    for _ in range(sweeps):
        for i in range(len(state)):
            field = float(W[i] @ state + b[i])
            small = math.exp(-abs(field))
            state[i] = rng.random() < (1 if field > 0 else small) / (1 + small)
        states.append(state.copy())
    return states


def test_the_example(solution):
    """In the example of the lesson, the energies of 00, 01, 10 and 11 are 0, 2, 2 and 0."""
    for s, expected in (((0, 0), 0.0), ((0, 1), 2.0), ((1, 0), 2.0), ((1, 1), 0.0)):
        assert_close(solution.bm_energy(np.array(s), *PAIR), expected, atol=1e-12)


@points(3)
def test_energy(solution, rng):
    """The energy is minus the weight of each pair of units that are 1, minus their biases."""
    for n in (2, 1, 3, 6, 9):
        W, b = draw_machine(rng, n)
        for s in (draw_state(rng, n), np.ones(n, int), np.eye(n, dtype=int)[-1]):
            assert_close(solution.bm_energy(s, W, b), energy(s, W, b), atol=1e-12)


@points(3)
def test_probabilities(solution, rng):
    """The probability of a state is e^-E, divided by the sum over all states."""
    assert_close(solution.bm_probabilities(*PAIR), probabilities(*PAIR), atol=1e-12)
    for n in (2, 1, 3, 5, 7):
        W, b = draw_machine(rng, n)
        assert_close(solution.bm_probabilities(W, b), probabilities(W, b), atol=1e-12)


@points(2)
def test_the_order_of_the_states(solution, rng):
    """The probabilities come in the order 00, 01, 10, 11: the last unit changes fastest."""
    for n in (2, 3, 4):
        b = rng.permutation(np.arange(n) - 1.0) + rng.uniform(-0.1, 0.1, n)
        zeros = np.zeros((n, n))
        assert_close(solution.bm_probabilities(zeros, b), probabilities(zeros, b), atol=1e-12)


@points(2)
def test_large_energies(solution, rng):
    """With energies of thousands, the probabilities are still right, and none is nan."""
    for factor in rng.uniform(500.0, 2000.0, 2):
        machine = factor * PAIR[0], factor * PAIR[1]
        assert_close(solution.bm_probabilities(*machine), probabilities(*machine), atol=1e-12)
    for n, scale in ((2, 2000.0), (4, 1000.0), (6, 5000.0)):
        W, b = draw_machine(rng, n, scale)
        assert_close(solution.bm_probabilities(W, b), probabilities(W, b), rtol=1e-7, atol=1e-12)
        same = np.zeros(n)
        same[0], W = 1000.0, np.zeros((n, n))
        for sign in (1.0, -1.0):
            expected = probabilities(W, sign * same)
            assert_close(solution.bm_probabilities(W, sign * same), expected, atol=1e-12)


def test_twelve_units(solution, rng):
    """All 4096 states of a machine with 12 units have their probabilities."""
    for scale in (0.3, 0.6):
        W, b = draw_machine(rng, 12, scale)
        assert_close(solution.bm_probabilities(W, b), probabilities(W, b), atol=1e-12)


@points(2)
def test_units_without_weights(solution, rng):
    """Without weights, each unit becomes 1 with the probability sigmoid(b), whatever it was."""
    for n in (1, 2, 40, 60, 80):
        b = rng.normal(0, 1.5, n)
        for s in (np.zeros(n, int), np.ones(n, int), draw_state(rng, n)):
            seed = draw_seed(rng)
            expected = followed(s, np.zeros((n, n)), b, np.random.default_rng(seed))[-1]
            got = solution.gibbs_sweep(s, np.zeros((n, n)), b, solution.rng(seed))
            assert_equal(got, expected)


def assert_sweeps(solution, rng, W, b, count=1):
    """Follow sweeps with one generator, each from the state of the one before."""
    n, seed = len(b), draw_seed(rng)
    state, theirs = draw_state(rng, n), solution.rng(seed)
    for expected in followed(state, W, b, np.random.default_rng(seed), count):
        assert_equal(solution.gibbs_sweep(state, W, b, theirs), expected)
        state = expected


@points(9)
def test_draws_one_unit_after_another(solution, rng):
    """In a sweep, each unit sees the units before it as they are now, and not as they were."""
    for _ in range(12):
        assert_sweeps(solution, rng, *PAIR)
    for n in (3, 5, 20, 30, 40, 50):
        assert_sweeps(solution, rng, *draw_machine(rng, n, 2 / math.sqrt(n)))


@points(4)
def test_several_sweeps(solution, rng):
    """A sweep goes on from the state that it is given, and draws one number per unit."""
    for n in (2, 4, 8, 16):
        assert_sweeps(solution, rng, *draw_machine(rng, n), count=12)


@points(4)
def test_sample(solution, rng):
    """sample returns the state after each sweep as a row, from a beginning with all units 0."""
    for n, count in ((2, 5), (3, 40), (6, 30), (1, 12), (5, 1)):
        (W, b), seed = draw_machine(rng, n), draw_seed(rng)
        ours, theirs = np.random.default_rng(seed), solution.rng(seed)
        for _ in range(2):  # the second call goes on with the generator
            expected = followed(np.zeros(n, np.int64), W, b, ours, count)
            assert_equal(solution.sample(W, b, count, 0, theirs), np.array(expected))


@points(3)
def test_burn_in(solution, rng):
    """The first burn_in sweeps are made, and not returned; n_samples are returned after them."""
    for n, count, before in ((3, 20, 5), (4, 15, 30), (2, 12, 1)):
        (W, b), seed = draw_machine(rng, n), draw_seed(rng)
        zeros = np.zeros(n, np.int64)
        expected = followed(zeros, W, b, np.random.default_rng(seed), before + count)[before:]
        assert_equal(solution.sample(W, b, count, before, solution.rng(seed)), np.array(expected))


def test_no_samples(solution, rng):
    """With n_samples of 0, sample returns an array of the shape (0, n)."""
    for n in (2, 5):
        W, b = np.zeros((n, n)), np.full(n, 1000.0 if n == 2 else -1000.0)
        got = solution.sample(W, b, 9, 0, solution.rng(draw_seed(rng)))
        assert_equal(got, np.full((9, n), int(n == 2)))  # whatever is drawn
        for before in (0, 3):
            got = solution.sample(W, b, 0, before, solution.rng(draw_seed(rng)))
            assert_equal(got, np.zeros((0, n), np.int64))


def test_large_fields(solution, rng):
    """With weights and biases of thousands, each unit becomes what its field says."""
    for n in (4, 10, 20):
        W, b = (1000.0 * np.rint(3 * array) for array in draw_machine(rng, n))
        assert_sweeps(solution, rng, W, b + 500.0, count=2)  # no field is near 0


def test_keeps_the_type_of_the_state(solution, rng):
    """gibbs_sweep returns the dtype of s, and takes weights and biases that are integers."""
    for dtype in ("float32", "int8", "float64", "int64"):
        upper = np.triu(rng.integers(-2, 3, (30, 30)), 1)
        W, b, seed = upper + upper.T, rng.integers(-2, 3, 30), draw_seed(rng)
        s = draw_state(rng, 30).astype(dtype)
        expected = followed(s, W, b, np.random.default_rng(seed))[-1]
        assert_equal(solution.gibbs_sweep(s, W, b, solution.rng(seed)), expected)
        assert_close(solution.bm_energy(s, W, b), energy(s, W, b), atol=1e-12)


def test_leaves_its_arguments_alone(solution, rng):
    """State, weights and biases do not change."""
    for n in (6, 9):
        (W, b), s, seed = draw_machine(rng, n), draw_state(rng, n), draw_seed(rng)
        assert_close(solution.bm_energy(s, W, b), energy(s, W, b), atol=1e-12)
        assert_close(solution.bm_probabilities(W, b), probabilities(W, b), atol=1e-12)
        for _ in range(3):
            expected = followed(s, W, b, np.random.default_rng(seed))[-1]
            assert_equal(solution.gibbs_sweep(s, W, b, solution.rng(seed)), expected)
            seed = draw_seed(rng)
            assert_arguments_unchanged(s=s, W=W, b=b)
        expected = followed(np.zeros(n, np.int64), W, b, np.random.default_rng(seed))
        assert_equal(solution.sample(W, b, 1, 0, solution.rng(seed)), np.array(expected))
        assert_arguments_unchanged(W=W, b=b)


def assert_refused(solution, s, W, b):
    """Fail unless every function that gets these raises a ValueError."""
    with raises(ValueError):
        solution.bm_energy(s, W, b)
    with raises(ValueError):
        solution.gibbs_sweep(s, W, b, solution.rng(1))


def assert_no_machine(solution, s, W, b):
    """Fail unless every function refuses these weights and biases."""
    assert_refused(solution, s, W, b)
    with raises(ValueError):
        solution.bm_probabilities(W, b)
    with raises(ValueError):
        solution.sample(W, b, 2, 1, solution.rng(1))


def test_refuses_weights_that_are_no_machine(solution, rng):
    """Weights that are not symmetric, or have a diagonal that is not 0, raise a ValueError."""
    for n in (3, 5):
        (W, b), s = draw_machine(rng, n), np.ones(n, int)
        assert_close(solution.bm_energy(s, W, b), energy(s, W, b), atol=1e-12)
        for place in ((0, 1), (n - 1, 0), (1, 1), (n - 1, n - 1)):
            wrong = W.copy()
            wrong[place] += 0.5
            assert_no_machine(solution, s, wrong, b)
            wrong[place] -= 1.0
            assert_no_machine(solution, s, wrong, b)


def test_refuses_other_numbers_in_a_state(solution, rng):
    """A state with other numbers than 0 and 1, such as -1, raises a ValueError."""
    for number in (-1, 2, 0.5):
        (W, b), s = draw_machine(rng, 4), np.ones(4)
        assert_close(solution.bm_energy(s, W, b), energy(s, W, b), atol=1e-12)
        s[int(rng.integers(4))] = number
        assert_refused(solution, s, W, b)


def test_refuses_other_shapes(solution, rng):
    """Shapes that do not fit raise a ValueError, and so do more than 12 units at once."""
    (W, b), s = draw_machine(rng, 4), np.ones(4, int)
    assert_close(solution.bm_energy(s, W, b), energy(s, W, b), atol=1e-12)
    assert_close(solution.bm_probabilities(W, b), probabilities(W, b), atol=1e-12)
    for wrong in (s[:3], s[:1], s[np.newaxis], np.append(s, 1)):
        assert_refused(solution, wrong, W, b)
    for weights, biases in ((W[:3], b), (W[:3, :3], b), (W, b[:1]), (W, b[:, np.newaxis]),
                            (W[0], b), (W[np.newaxis], b)):  # fmt: skip
        assert_no_machine(solution, s, weights, biases)
    for wrong in (np.ones((1, 1)), np.ones(2)):
        assert_refused(solution, wrong, np.zeros((1, 1)), b[:1])
    for n in (13, 15):
        with raises(ValueError):
            solution.bm_probabilities(*draw_machine(rng, n))
