"""Hidden checks of the kata rbm.

The draws are part of the interface, so the checks follow them. Weights are set by the checks, since
a machine with the small weights of its beginning hides most mistakes.
"""

import itertools
import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_draws_from_generator,
    assert_equal,
    assert_unchanged,
    points,
    raises,
    slow,
)

SIZES = ((3, 2, 4), (4, 5, 2), (1, 3, 2), (5, 1, 3), (2, 4, 1))
"""N, V and H."""
CLOSE = {"rtol": 1e-9, "atol": 1e-12}
UPDATES, REACHED = 600, -4.6
"""In 1000 trainings of the reference, the log-likelihood came to between -4.33 and -3.06."""


def new_machine(solution, rng, v, h, scale=1.0):
    """Make a machine and set its weights and biases; return it, and what was set."""
    machine = solution.RBM(v, h, solution.rng(int(rng.integers(2**31))))
    values = rng.normal(0, scale, (v, h)), rng.normal(0, scale, v), rng.normal(0, scale, h)
    machine.W, machine.b, machine.c = values
    return machine, values


def draw_states(rng, n, units):
    """Draw n states."""
    return rng.integers(0, 2, (n, units)).astype(float)


def draw_seed(rng):
    """Draw a seed for the generator of one call."""
    return int(rng.integers(2**31))


def sigma(x):
    """Return the logistic function without overflow."""
    small = np.exp(-np.abs(x))
    return np.where(x > 0, 1, small) / (1 + small)


def free_energies(v, W, b, c):
    """Return the free energy of each row, as a sum over all hidden states."""
    hidden = np.array(list(itertools.product((0.0, 1.0), repeat=len(c))))
    result = []
    for row in v:
        minus = hidden @ (row @ W + c) + row @ b
        result.append(-minus.max() - math.log(np.exp(minus - minus.max()).sum()))
    return np.array(result)


def likelihood(data, W, b, c):
    """Return the mean log-likelihood of the rows, as a sum over all visible states."""
    minus = -free_energies(np.array(list(itertools.product((0.0, 1.0), repeat=len(b)))), W, b, c)
    log_z = minus.max() + math.log(np.exp(minus - minus.max()).sum())
    return float(-free_energies(data, W, b, c).mean() - log_z)


def exact_likelihood(data, W, b, c):
    """Return the mean log-likelihood, with the sum over the hidden states in closed form."""
    everything = np.array(list(itertools.product((0.0, 1.0), repeat=len(b))))
    minus, of_data = (v @ b + np.logaddexp(0.0, v @ W + c).sum(axis=1) for v in (everything, data))
    return float(of_data.mean() - minus.max() - math.log(np.exp(minus - minus.max()).sum()))


def stepped(v, W, b, c, rng):
    """Return the hidden and the visible states of one step."""
    h = (rng.random((len(v), len(c))) < sigma(v @ W + c)).astype(float)
    return h, (rng.random(v.shape) < sigma(h @ W.T + b)).astype(float)


def learned(v0, W, b, c, lr, rng):
    """Return W, b and c after one update."""
    _, v1 = stepped(v0, W, b, c, rng)
    p0, p1 = sigma(v0 @ W + c), sigma(v1 @ W + c)
    return (
        W + lr * (v0.T @ p0 - v1.T @ p1) / len(v0),
        b + lr * (v0 - v1).sum(axis=0) / len(v0),
        c + lr * (p0 - p1).sum(axis=0) / len(v0),
    )


def draw_bars_and_stripes():
    """Return the 14 images of 3 x 3 pixels in which all rows, or all columns, are of one colour."""
    lines = np.array(list(itertools.product((0.0, 1.0), repeat=3)))
    bars = np.repeat(lines, 3, axis=0).reshape(8, 9)
    return np.unique(np.concatenate([bars, np.repeat(lines, 3, axis=1)]), axis=0)


def test_the_example(solution, rng):
    """In the example of the lesson, the free energies of 00, 01, 10 and 11 are right."""
    machine = solution.RBM(2, 1, solution.rng(draw_seed(rng)))
    W, b, c = np.array([[2.0], [2.0]]), np.array([-1.0, -1.0]), np.array([-1.0])
    machine.W, machine.b, machine.c = W, b, c
    v = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    assert_close(machine.hidden_probs(v), sigma(v @ W + c), **CLOSE)
    assert_close(machine.free_energy(v), free_energies(v, W, b, c), **CLOSE)


@points(2)
def test_starts_with_small_weights(solution, rng):
    """W is rng.normal(0.0, 0.1, (V, H)) at the beginning, and b and c are zero."""
    for v, h in ((3, 2), (4, 7), (1, 5)):
        seed = draw_seed(rng)
        machine = solution.RBM(v, h, solution.rng(seed))
        assert_close(machine.W, np.random.default_rng(seed).normal(0.0, 0.1, (v, h)))
        assert_close(machine.b, np.zeros(v))
        assert_close(machine.c, np.zeros(h))
    assert_draws_from_generator(solution, lambda g: solution.RBM(3, 2, g).W, draw_seed(rng))


@points(2)
def test_hidden_probabilities(solution, rng):
    """A hidden unit is 1 with the probability sigmoid(v @ W + c), for each row of v."""
    for n, v, h in (*SIZES, (1, 300, 2)):
        machine, (W, _, c) = new_machine(solution, rng, v, h)
        states = draw_states(rng, n, v)
        assert_close(machine.hidden_probs(states), sigma(states @ W + c), **CLOSE)
        assert_close(machine.hidden_probs(states.astype(int)), sigma(states @ W + c), **CLOSE)


@points(2)
def test_visible_probabilities(solution, rng):
    """A visible unit is 1 with the probability sigmoid(h @ W.T + b), for each row of h."""
    for n, v, h in SIZES:
        machine, (W, b, _) = new_machine(solution, rng, v, h)
        states = draw_states(rng, n, h)
        assert_close(machine.visible_probs(states), sigma(states @ W.T + b), **CLOSE)
        assert_close(machine.visible_probs(states.astype(int)), sigma(states @ W.T + b), **CLOSE)


@points(4)
def test_free_energy(solution, rng):
    """e to minus the free energy is the sum of e^-E over all hidden states."""
    for n, v, h in SIZES:
        machine, values = new_machine(solution, rng, v, h)
        states = draw_states(rng, n, v)
        states[0] = 1.0
        assert_close(machine.free_energy(states), free_energies(states, *values), **CLOSE)


def test_free_energy_of_large_numbers(solution, rng):
    """With weights and biases of 1000 and more, the free energy does not overflow."""
    for n, v, h in SIZES:
        machine, values = new_machine(solution, rng, v, h, 3.0)
        W, b, c = (1000.0 * np.rint(array) for array in values)
        values = W, b, c + 500.0  # no field of a hidden unit is near 0
        machine.W, machine.b, machine.c = values
        states = draw_states(rng, n, v)
        for _ in range(2):
            assert_close(machine.free_energy(states), free_energies(states, *values), atol=1e-8)
            states = 1 - states


@points(3)
def test_log_likelihood(solution, rng):
    """The log-likelihood is the mean of log p(v) over the rows; all 2^V states have the sum 1."""
    for n, v, h in ((3, 2, 4), (1, 3, 2), (6, 4, 3), (2, 1, 1)):
        machine, values = new_machine(solution, rng, v, h)
        data = draw_states(rng, n, v)
        assert_close(machine.log_likelihood(data), likelihood(data, *values), **CLOSE)


@points(2)
def test_log_likelihood_of_large_numbers(solution, rng):
    """With free energies of thousands, the log-likelihood is still a right, finite number."""
    for n, v, h in ((3, 2, 4), (4, 5, 3)):
        for sign in (1.0, -1.0):
            machine, (W, b, c) = new_machine(solution, rng, v, h)
            b = sign * rng.uniform(800.0, 2000.0, v)
            machine.b = b
            data = draw_states(rng, n, v)
            assert_close(machine.log_likelihood(data), likelihood(data, W, b, c), atol=1e-8)


def test_log_likelihood_of_twelve_units(solution, rng):
    """All 4096 states of 12 visible units are added up; with 13 it raises ValueError."""
    for n in (2, 3):
        machine, values = new_machine(solution, rng, 12, 2, 0.5)
        data = draw_states(rng, n, 12)
        assert_close(machine.log_likelihood(data), exact_likelihood(data, *values), **CLOSE)
        machine, _ = new_machine(solution, rng, 13, 2)
        with raises(ValueError):
            machine.log_likelihood(draw_states(rng, n, 13))


def pair(result):
    """Return two arrays, if there are two."""
    if type(result) not in (tuple, list) or len(result) != 2:
        raise CheckFailed("the hidden and the visible states were expected", rung="type")
    return result


@points(4)
def test_gibbs_step(solution, rng):
    """A step draws all hidden units from v, and then all visible units from the hidden ones."""
    for n, v, h in ((3, 2, 4), (20, 9, 12), (30, 12, 7), (1, 8, 20)):
        (machine, values), seed = new_machine(solution, rng, v, h), draw_seed(rng)
        states, theirs, ours = (
            draw_states(rng, n, v),
            solution.rng(seed),
            np.random.default_rng(seed),
        )
        for _ in range(3):
            expected = stepped(states, *values, ours)
            got = pair(machine.gibbs_step(states, theirs))
            assert_equal(got[0], expected[0])
            assert_equal(got[1], expected[1])
            states = expected[1]


def updated(solution, rng, n, v, h, lr):
    """Make one update; return the machine, and what W, b and c should be."""
    (machine, values), seed = new_machine(solution, rng, v, h), draw_seed(rng)
    batch = draw_states(rng, n, v)
    machine.cd1(batch, lr, solution.rng(seed))
    return machine, learned(batch, *values, lr, np.random.default_rng(seed))


BATCHES = ((6, 5, 3), (12, 4, 6), (1, 8, 9), (20, 9, 7))


@points(10)
def test_learns_weights(solution, rng):
    """cd1 adds lr times (reality minus dream) to W: v0.T @ p0 minus v1.T @ p1, divided by N."""
    for n, v, h in BATCHES:
        machine, expected = updated(solution, rng, n, v, h, float(rng.uniform(0.1, 2.0)))
        assert_close(machine.W, expected[0], **CLOSE)


@points(5)
def test_learns_visible_biases(solution, rng):
    """cd1 adds lr times the mean of v0 - v1 to b."""
    for n, v, h in BATCHES:
        machine, expected = updated(solution, rng, n, v, h, float(rng.uniform(0.1, 2.0)))
        assert_close(machine.b, expected[1], **CLOSE)


@points(5)
def test_learns_hidden_biases(solution, rng):
    """cd1 adds lr times the mean of p0 - p1 to c."""
    for n, v, h in BATCHES:
        machine, expected = updated(solution, rng, n, v, h, float(rng.uniform(0.1, 2.0)))
        assert_close(machine.c, expected[2], **CLOSE)


@points(4)
def test_learns_again_and_again(solution, rng):
    """Each update goes on from the weights of the one before, with further numbers from rng."""
    for n, v, h in ((5, 4, 3), (7, 3, 6)):
        (machine, values), seed = new_machine(solution, rng, v, h), draw_seed(rng)
        theirs, ours = solution.rng(seed), np.random.default_rng(seed)
        for _ in range(4):
            batch = draw_states(rng, n, v)
            machine.cd1(batch, 0.5, theirs)
            values = learned(batch, *values, 0.5, ours)
        for got, expected in zip((machine.W, machine.b, machine.c), values, strict=True):
            assert_close(got, expected, rtol=1e-8, atol=1e-10)


def test_no_samples(solution, rng):
    """Without samples the results are empty; a mean over no samples raises ValueError."""
    for v, h in ((3, 2), (2, 5)):
        machine, (W, _, c) = new_machine(solution, rng, v, h)
        one, nothing = draw_states(rng, 1, v), np.zeros((0, v))
        assert_close(machine.hidden_probs(one), sigma(one @ W + c), **CLOSE)
        assert_close(machine.hidden_probs(nothing), np.zeros((0, h)))
        assert_close(machine.visible_probs(np.zeros((0, h))), nothing)
        assert_close(machine.free_energy(nothing), np.zeros(0))
        for got, empty in zip(
            pair(machine.gibbs_step(nothing, solution.rng(draw_seed(rng)))),
            (np.zeros((0, h)), nothing),
            strict=True,
        ):
            assert_close(got, empty)
        with raises(ValueError):
            machine.log_likelihood(nothing)
        with raises(ValueError):
            machine.cd1(nothing, 0.1, solution.rng(1))


def test_each_machine_has_weights_of_its_own(solution, rng):
    """What one machine learns does not change another one."""
    for n, v, h in BATCHES[:2]:
        first, values = new_machine(solution, rng, v, h)
        other, _ = new_machine(solution, rng, v, h)
        states = draw_states(rng, n, v)
        other.cd1(states, 1.0, solution.rng(draw_seed(rng)))
        assert_close(first.hidden_probs(states), sigma(states @ values[0] + values[2]), **CLOSE)
        assert_close(first.free_energy(states), free_energies(states, *values), **CLOSE)


def test_leaves_its_arguments_alone(solution, rng):
    """No method changes the states that it is given."""
    for n, v, h in ((4, 3, 2), (2, 5, 3)):
        machine, values = new_machine(solution, rng, v, h)
        states, hidden = draw_states(rng, n, v), draw_states(rng, n, h)
        before = states.copy(), hidden.copy()
        assert_close(
            machine.visible_probs(hidden), sigma(hidden @ values[0].T + values[1]), **CLOSE
        )
        assert_close(machine.hidden_probs(states), sigma(states @ values[0] + values[2]), **CLOSE)
        assert_close(machine.free_energy(states), free_energies(states, *values), **CLOSE)
        assert_close(machine.log_likelihood(states), likelihood(states, *values), **CLOSE)
        machine.gibbs_step(states, solution.rng(draw_seed(rng)))
        machine.cd1(states, 0.1, solution.rng(draw_seed(rng)))
        assert_unchanged(states, before[0], "the visible states")
        assert_unchanged(hidden, before[1], "the hidden states")


def test_refuses_other_shapes(solution, rng):
    """States that are not one row per sample, (N, V) or (N, H), raise a ValueError."""
    for n, v, h in ((3, 4, 2), (2, 3, 5)):
        machine, (W, _, c) = new_machine(solution, rng, v, h)
        states, hidden = draw_states(rng, n, v), draw_states(rng, n, h)
        assert_close(machine.hidden_probs(states), sigma(states @ W + c), **CLOSE)
        for wrong in (np.ones((1, h, h)), hidden[0], hidden[:, :1], hidden[np.newaxis], states):
            with raises(ValueError):
                machine.visible_probs(wrong)
        for wrong in (
            np.ones((1, v, v)),
            states[0],
            states[:, :1],
            states[:, :-1],
            states[np.newaxis],
            hidden,
        ):
            with raises(ValueError):
                machine.hidden_probs(wrong)
            with raises(ValueError):
                machine.free_energy(wrong)
            with raises(ValueError):
                machine.log_likelihood(wrong)
            with raises(ValueError):
                machine.gibbs_step(wrong, solution.rng(1))
            with raises(ValueError):
                machine.cd1(wrong, 0.1, solution.rng(1))


@slow
@points(3)
def test_learns_bars_and_stripes(solution, rng):
    """After 600 updates, the 14 bars and stripes have a mean log-likelihood of -4.6 or more."""
    data = draw_bars_and_stripes()
    machine = solution.RBM(9, 16, solution.rng(draw_seed(rng)))
    assert_close(machine.b, np.zeros(9))
    weights = solution.probe.learned(machine, data, UPDATES, 0.5, draw_seed(rng))
    if type(weights) is not list or len(weights) != 3:
        raise CheckFailed("W, b and c were expected", rung="type")
    for got, shape in zip(weights, ((9, 16), (9,), (16,)), strict=True):
        assert_close(got, np.zeros(shape), atol=100.0)
    reached = exact_likelihood(data, *weights)
    if not reached >= REACHED:
        raise CheckFailed(
            f"the mean log-likelihood is {reached:.2f}, expected at least {REACHED}", rung="value"
        )
    assert_close(machine.log_likelihood(data), reached, rtol=1e-6)
