"""Hidden checks of the kata dead-relu."""

import itertools

import numpy as np

from nnkata.testing import assert_close, assert_equal, assert_unchanged, points, raises

SIZES = ((4, 4), (7, 5), (1, 3), (3, 6), (5, 1))
"""N and H."""

DEEP = (2, 11, 17, 13, 19, 3)
"""Layers so many and so large that two different reports are hardly ever equal."""

RIGHT_WEIGHTS = "normal, mean 0, variance 2/I"


def draw(rng, n, h):
    """Draw pre-activations in which some units are dead and some are active only once."""
    z = rng.uniform(0.05, 2.0, (n, h)) * rng.choice([-1.0, 1.0], (n, h))
    kinds = rng.permutation(np.arange(h) % 3)
    z[:, kinds == 0] = -np.abs(z[:, kinds == 0])
    once = np.flatnonzero(kinds == 1)
    z[:, once] = -np.abs(z[:, once]) - 1.0
    z[rng.integers(min(1, n - 1), n, len(once)), once] = 0.1
    return z


def is_dead(z):
    """Return for each unit whether no sample is positive."""
    return np.array([not any(v > 0 for v in column) for column in z.T], dtype=bool)


def share(z):
    """Return for each unit the share of positive samples."""
    return np.array([sum(v > 0 for v in column) / len(column) for column in z.T])


def network(solution, rng, sizes):
    """Make Dense and ReLU in turns, without a ReLU at the end; some biases are far below 0."""
    layers, weights = [], []
    for inputs, units in itertools.pairwise(sizes):
        dense = solution.need("dense-layer").Dense(inputs, units, solution.rng(0))
        W = rng.normal(size=(inputs, units))
        b = rng.normal(size=units) + np.where(rng.permutation(units) < units // 3, -50.0, 0.0)
        solution.probe.write_params(dense, W, b)
        layers += [dense, solution.need("activation-layers").ReLU()]
        weights.append((W, b))
    return layers[:-1], weights


def report(weights, X):
    """Compute what dead_report should return for such a network."""
    result, h = {}, X
    for number, (W, b) in enumerate(weights[:-1]):
        z = h @ W + b
        result[2 * number + 1] = float(is_dead(z).mean())
        h = np.maximum(z, 0.0)
    return result


def assert_report(got, expected):
    """Compare two reports: the keys exactly, and the numbers."""
    if type(got) is not dict or set(got) != set(expected):
        assert_equal(got, expected)
    for index, value in expected.items():
        assert_close(got[index], value, atol=1e-12)


@points(5)
def test_dead_units(solution, rng):
    """dead_units is True for the units that are active on none of the samples, (H,)."""
    z = np.array([[-1.0, 2.0, -3.0, 1.0], [-2.0, -1.0, -0.5, 4.0]])
    assert_equal(solution.dead_units(z), np.array([True, False, True, False]))
    for n, h in SIZES:
        z = draw(rng, n, h)
        assert_equal(solution.dead_units(z), is_dead(z))


@points(3)
def test_one_active_sample_is_enough(solution, rng):
    """A unit that is active on a single sample, whichever it is, is not dead."""
    for _ in range(2):
        n, h = int(rng.integers(5, 9)), int(rng.integers(10, 13))
        z = -rng.uniform(0.5, 2.0, (n, h))
        active = np.flatnonzero(rng.permutation(h) < h // 2)
        z[rng.integers(0, n, len(active)), active] = 0.01
        assert_equal(solution.dead_units(z), is_dead(z))


@points(3)
def test_a_unit_at_zero_is_not_active(solution, rng):
    """Where a pre-activation is 0, the unit is not active, and ReLU has the slope 0."""
    for n, h in ((4, 7), (3, 8)):
        z = rng.choice([0.0, -1.0], (n, h))
        z[:, 0] = 0.0
        active = 1 + rng.permutation(h - 1)[:2]
        z[0, active] = -1.0
        z[int(rng.integers(1, n)), active] = 1.0
        assert_close(solution.active_share(z), share(z), atol=1e-12)
        assert_equal(solution.dead_units(z), is_dead(z))


@points(4)
def test_active_share(solution, rng):
    """active_share gives for each unit the share of the samples with a positive z, 0 to 1."""
    z = np.array([[-1.0, 2.0, -3.0], [-2.0, -1.0, 0.5], [-1.0, 3.0, -1.0], [-4.0, 1.0, -2.0]])
    assert_close(solution.active_share(z), np.array([0.0, 0.75, 0.25]), atol=1e-12)
    for n, h in SIZES:
        z = draw(rng, n, h)
        assert_close(solution.active_share(z), share(z), atol=1e-12)


@points(5)
def test_dead_report(solution, rng):
    """dead_report gives for each ReLU layer the share of its units that are dead on X."""
    for n, sizes in ((5, (3, 6, 4)), (3, DEEP), (2, DEEP), (1, (4, 6, 1))):
        layers, weights = network(solution, rng, sizes)
        X = rng.normal(size=(n, sizes[0]))
        assert_report(solution.dead_report(layers, X), report(weights, X))


@points(2)
def test_dead_report_of_layers_of_one_size(solution, rng):
    """Each layer gets the outputs of the layer before it, even where any array would fit."""
    for n in (4, 3):
        layers, weights = network(solution, rng, (14, 14, 14, 14, 14, 14, 14))
        X = rng.normal(size=(n, 14))
        assert_report(solution.dead_report(layers, X), report(weights, X))


@points(2)
def test_dead_report_of_other_layers(solution, rng):
    """Only ReLU layers are in the report, under their index among all layers; X may go into one."""
    need = solution.need("activation-layers")
    for n, h in ((4, 5), (3, 7)):
        X = draw(rng, n, h)
        layers = [need.Tanh(), need.ReLU(), need.Sigmoid(), need.ReLU(), need.Softmax()]
        assert_report(solution.dead_report(layers, X), {1: float(is_dead(X).mean()), 3: 0.0})
        layers = [need.ReLU(), need.ReLU()]
        twice = float(is_dead(X).mean())
        assert_report(solution.dead_report(layers, X), {0: twice, 1: twice})
        assert_report(solution.dead_report([need.Tanh()], X), {})
        assert_report(solution.dead_report([], X), {})


@points(2)
def test_dead_report_does_not_disturb_training(solution, rng):
    """A backward after dead_report uses the forward for training that was before it."""
    for n in (4, 3):
        layer = solution.need("activation-layers").ReLU()
        x, X = draw(rng, n, 5), draw(rng, n, 5)
        dout = rng.normal(size=(n, 5))
        layer.forward(x, training=True)
        assert_report(solution.dead_report([layer], X), {0: float(is_dead(X).mean())})
        assert_close(layer.backward(dout), dout * (x > 0), atol=1e-12)


@points(4)
def test_revive_changes_dead_units_only(solution, rng):
    """revive gives each dead unit new weights in its column and the bias 0, in W and b."""
    for inputs, h in ((5, 5), (3, 4), (6, 2), (2, 9)):
        W, b = rng.normal(size=(inputs, h)), rng.normal(size=h)
        dead = rng.permutation(h) < (h + 1) // 2
        counts, biases, _ = solution.probe.revived(W, b, dead, int(rng.integers(1000)))
        assert_equal(counts, np.where(dead, inputs, 0))
        assert_close(biases, np.where(dead, 0.0, b))


@points(3)
def test_revive_draws_as_he_normal(solution, rng):
    """The new weights are independent and normal with mean 0 and variance 2/I."""
    for inputs, h in ((50, 50), (30, 90)):
        W, b = rng.normal(size=(inputs, h)), rng.normal(size=h)
        dead = rng.permutation(h) < 3 * h // 4
        counts, _, words = solution.probe.revived(W, b, dead, int(rng.integers(1000)))
        assert_equal(counts, np.where(dead, inputs, 0))
        assert_equal(words, RIGHT_WEIGHTS)


def test_revive_of_none_and_of_all(solution, rng):
    """If no unit is dead, nothing changes; if all are, all weights do."""
    for inputs, h in ((4, 4), (3, 4), (4, 2)):
        W, b = rng.normal(size=(inputs, h)), rng.normal(size=h)
        for dead in (np.zeros(h, bool), np.ones(h, bool)):
            counts, biases, _ = solution.probe.revived(W, b, dead, int(rng.integers(1000)))
            assert_equal(counts, np.where(dead, inputs, 0))
            assert_close(biases, np.where(dead, 0.0, b))


@points(2)
def test_revive_draws_from_rng(solution, rng):
    """revive draws from rng only: the same seed gives the same weights, another seed others."""
    for inputs, h in ((5, 5), (4, 7)):
        W, b = rng.normal(size=(inputs, h)), rng.normal(size=h)
        dead = rng.permutation(h) < 3
        counts, source = solution.probe.source_of_weights(W, b, dead, int(rng.integers(1000)))
        assert_equal(counts, np.where(dead, inputs, 0))
        assert_equal(source, "the generator that is passed")


@points(2)
def test_revive_refuses_other_shapes(solution, rng):
    """Shapes that do not fit, or numbers for dead, raise a ValueError, and nothing changes."""
    for inputs, h in ((4, 4), (3, 4)):
        W, b = rng.normal(size=(inputs, h)), rng.normal(size=h)
        dead = np.arange(h) < 2
        counts, _, _ = solution.probe.revived(W, b, dead, 1)
        assert_equal(counts, np.where(dead, inputs, 0))
        for case in (
            (W, b[:-1], dead),
            (W, b, dead[:-1]),
            (W, b, dead[:, np.newaxis]),
            (W, b, np.append(dead, False)),
            (W, b[:-1], dead[:-1]),
            (W, np.append(b, 1.0), np.append(dead, False)),
            (W[:, 0], b[:1].reshape(()), dead[:1].reshape(())),
            (np.stack([W, W]), W, W > 0),
            (W[0], b, dead),
            (W, b[np.newaxis], dead),
            (W, b, np.arange(h)),
            (W, b, dead * 1.0),
        ):
            outcome, W_after, b_after = solution.probe.refused(*case)
            assert_equal(outcome, "ValueError")
            assert_close(W_after, case[0])
            assert_close(b_after, case[1])


def test_float32_and_integers(solution, rng):
    """Pre-activations may be float32 or integers; active_share is in float64 all the same."""
    for dtype in (np.float32, np.int64):
        z = rng.choice([-3, -2, -1, 1], (5, 12)).astype(dtype)
        assert_close(solution.active_share(z), share(z), atol=1e-12)
        assert_equal(solution.dead_units(z), is_dead(z))


def test_refuses_an_empty_batch(solution, rng):
    """Without samples nothing can be said about a unit: ValueError."""
    z = draw(rng, 4, 3)
    assert_equal(solution.dead_units(z), is_dead(z))
    assert_close(solution.active_share(z), share(z), atol=1e-12)
    layer = solution.need("activation-layers").ReLU()
    assert_report(solution.dead_report([layer], z), {0: float(is_dead(z).mean())})
    for function in (solution.dead_units, solution.active_share):
        with raises(ValueError):
            function(z[:0])
    for layers in ([layer], []):
        with raises(ValueError):
            solution.dead_report(layers, z[:0])


def test_refuses_other_axes(solution, rng):
    """dead_units and active_share of an array that is not (N, H) raise a ValueError."""
    z = draw(rng, 4, 3)
    assert_equal(solution.dead_units(z), is_dead(z))
    assert_close(solution.active_share(z), share(z), atol=1e-12)
    for wrong in (z[0], z[np.newaxis], np.float64(1.0)):
        for function in (solution.dead_units, solution.active_share):
            with raises(ValueError):
                function(wrong)


def test_leaves_its_arguments_alone(solution, rng):
    """The pre-activations and X do not change."""
    z = draw(rng, 5, 4)
    before = z.copy()
    assert_equal(solution.dead_units(z), is_dead(before))
    assert_close(solution.active_share(z), share(before), atol=1e-12)
    layer = solution.need("activation-layers").ReLU()
    assert_report(solution.dead_report([layer], z), {0: float(is_dead(before).mean())})
    assert_unchanged(z, before, "the array of pre-activations")
