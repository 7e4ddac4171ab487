"""Hidden checks of the kata loss-surface."""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_unchanged,
    central_difference,
    fn,
    points,
    raises,
)

PAIR = {"arrays": True, "inside": True, "above": True, "gap": True}
"""What the probe says of a good witness."""
RARE = "lambda w1, w2: -9e7 * np.maximum(w1 - 7.95, 0) ** 2 + 0 * w2"
"""A loss for which one pair of 160 is a witness."""


def sigmoid(z):
    """Return the logistic function."""
    return np.exp(-np.logaddexp(0, -np.asarray(z, float)))


def places(got):
    """Return pairs of row and column, sorted, if `got` is a list of such pairs; else fail."""
    if type(got) not in (list, tuple):
        raise CheckFailed("a list of pairs was expected", rung="type", got=type(got).__name__)
    found = []
    for place in got:
        fine = type(place) in (list, tuple) and len(place) == 2
        if not fine or not all(isinstance(k, int | np.integer) for k in place):
            raise CheckFailed("each place is a pair of integers (row, column)", rung="type")
        found.append((int(place[0]), int(place[1])))
    return sorted(found)


def assert_pair(got, expected, **tolerances):
    """Compare a tuple (or a list) of two arrays."""
    if type(got) not in (list, tuple) or len(got) != 2:
        raise CheckFailed("a tuple of two arrays was expected", rung="type")
    for one, right in zip(got, expected, strict=True):
        assert_close(one, right, **tolerances)


def minima(Z):
    """Return the places below all of their eight neighbours, sorted."""
    found = []
    for i in range(1, Z.shape[0] - 1):
        for j in range(1, Z.shape[1] - 1):
            around = Z[i - 1 : i + 2, j - 1 : j + 2]
            if (around > Z[i, j]).sum() == 8:
                found.append((i, j))
    return found


def slope(rows, columns):
    """Return heights that grow from place to place, from 10 on."""
    return 10 + np.arange(float(rows * columns)).reshape(rows, columns)


def assert_minima(solution, Z):
    """Compare the local minima of a grid."""
    assert_equal(places(solution.strict_local_minima(Z)), minima(np.asarray(Z)))


def assert_surface(solution, rng, rows=3, columns=3):
    """Compare the surface of a loss that is different in both weights."""
    p, q, r = rng.uniform(0.5, 2, 3).round(3).tolist()
    text = f"lambda w1, w2: {p} * w1 ** 2 - {q} * w2 + {r} * w1 * w2 ** 2"
    w1, w2 = rng.normal(size=columns), rng.normal(size=rows)
    W1, W2 = w1[np.newaxis], w2[:, np.newaxis]
    expected = p * W1**2 - q * W2 + r * W1 * W2**2
    assert_close(solution.surface(fn(text), w1, w2), expected, atol=1e-12)


@points(2)
def test_net(solution, rng):
    """The network is sigmoid(w2 * sigmoid(w1 * x)), for numbers and for arrays."""
    assert_close(solution.net_1_1_1(2.0, 3.0, 1.0), np.array(0.9335404768183254))
    for shape in ((), (1,), (4,), (2, 3), (0,)):
        w1, w2, x = rng.normal(size=(3, *shape)) * 2
        expected = np.array(sigmoid(w2 * sigmoid(w1 * x)))
        assert_close(solution.net_1_1_1(w1, w2, x), expected)
    w1, w2 = rng.normal(size=(2, 3, 2))
    for x in (1.0, -2.5):
        assert_close(solution.net_1_1_1(w1, w2, x), sigmoid(w2 * sigmoid(w1 * x)))
    far = np.array([1000.0, -1000.0])
    assert_close(solution.net_1_1_1(far, -far, 1.0), np.array([0.0, 0.5]), atol=1e-12)


@points(3)
def test_logit_gradients(solution, rng):
    """The derivatives with respect to z: of the squared error, then of the cross-entropy."""
    got = solution.logit_gradients(np.array([-2.0, 0.0]), np.array([1.0, 0.0]))
    assert_pair(got, (np.array([-0.18495608645965955, 0.25]), np.array([-0.8807970779778824, 0.5])))
    for n in (1, 6, 0):
        z, y = rng.normal(size=n) * 3, rng.uniform(0.1, 0.9, n)
        p = sigmoid(z)
        assert_pair(solution.logit_gradients(z, y), (2 * (p - y) * p * (1 - p), p - y), atol=1e-14)
    z, y = rng.normal(size=5), rng.uniform(0.1, 0.9, 5)
    measured = (
        central_difference(lambda v: float(((sigmoid(v) - y) ** 2).sum()), z),
        central_difference(lambda v: float((np.logaddexp(0, v) - y * v).sum()), z),
    )
    assert_pair(solution.logit_gradients(z, y), measured, rtol=1e-6, atol=1e-8)


@points(2)
def test_logit_gradients_far_from_the_target(solution, rng):
    """For logits of any size, the derivative of the cross-entropy stays between -1 and 1."""
    z, y = rng.uniform(-6, 6, 5), np.array([1.0, 0.0, 1.0, 0.0, 1.0])
    p = sigmoid(z)
    assert_pair(solution.logit_gradients(z, y), (2 * (p - y) * p * (1 - p), p - y), atol=1e-14)
    for size in (40.0, 1000.0):
        z = np.array([-1.0, 1.0, -1.0, 1.0]) * size * rng.uniform(1, 1.5)
        y = np.array([1.0, 0.0, 0.0, 1.0])
        got = solution.logit_gradients(z, y)
        assert_pair(got, (np.zeros(4), np.array([-1.0, 1.0, 0.0, 0.0])), atol=1e-14)
    z, y = rng.integers(-3, 4, 5), rng.integers(0, 2, 5)
    p = sigmoid(z)
    assert_pair(solution.logit_gradients(z, y), (2 * (p - y) * p * (1 - p), p - y), atol=1e-14)


def test_logit_gradients_refuses_what_does_not_fit(solution, rng):
    """logit_gradients raises a ValueError unless z and y are both (N,)."""
    z, y = rng.normal(size=4), rng.uniform(size=4)
    p = sigmoid(z)
    assert_pair(solution.logit_gradients(z, y), (2 * (p - y) * p * (1 - p), p - y), atol=1e-14)
    for wrong in (
        (z, y[:, np.newaxis]), (z, y[:1]), (z[:, np.newaxis], y[:, np.newaxis]),
        (z, 1.0), (1.0, y), (1.0, 0.0),
    ):  # fmt: skip
        with raises(ValueError):
            solution.logit_gradients(*wrong)


def test_surface_of_the_example(solution):
    """w1 grows to the right and w2 with the row, in the example of the lesson."""
    got = solution.surface(
        fn("lambda w1, w2: w1 + 10 * w2"), np.array([1.0, 2]), np.array([3.0, 4])
    )
    assert_close(got, np.array([[31.0, 32.0], [41.0, 42.0]]))


@points(9)
def test_surface(solution, rng):
    """Row i, column j is the loss at w1[j] and w2[i], and the surface is (B, A)."""
    for rows, columns in ((3, 3), (4, 4), (2, 5), (6, 3), (1, 4), (3, 1), (1, 1), (0, 2), (2, 0)):
        assert_surface(solution, rng, rows, columns)


@points(4)
def test_surface_of_a_loss_of_one_weight(solution, rng):
    """The surface is (B, A) even if the loss depends on one of the weights only."""
    for rows, columns in ((3, 3), (2, 4), (5, 2)):
        w1, w2 = rng.normal(size=columns), rng.normal(size=rows)
        c = round(float(rng.uniform(0.5, 2)), 3)
        across = np.repeat(c * w1[np.newaxis] ** 2, rows, axis=0)
        up = np.repeat(np.exp(c * w2)[:, np.newaxis], columns, axis=1)
        assert_close(solution.surface(fn(f"lambda w1, w2: {c} * w1 ** 2"), w1, w2), across)
        assert_close(solution.surface(fn(f"lambda w1, w2: np.exp({c} * w2)"), w1, w2), up)


@points(2)
def test_surface_of_integers(solution, rng):
    """Weights that are integers are converted to float64."""
    for kind in (np.int64, np.uint8):
        w1, w2 = rng.integers(17, 200, 3).astype(kind), rng.integers(17, 200, 4).astype(kind)
        expected = w1.astype(float)[np.newaxis] ** 2 - 3 * w2.astype(float)[:, np.newaxis]
        assert_close(solution.surface(fn("lambda w1, w2: w1 * w1 - 3 * w2"), w1, w2), expected)


def test_surface_refuses_what_does_not_fit(solution, rng):
    """surface raises a ValueError if w1 or w2 has not one axis."""
    assert_surface(solution, rng, 2, 3)
    w = rng.normal(size=3)
    for wrong in ((w[np.newaxis], w), (w, w[:, np.newaxis]), (1.0, w), (w, 1.0)):
        with raises(ValueError):
            solution.surface(fn("lambda w1, w2: w1 + 10 * w2"), *wrong)


def test_minima_of_the_example(solution):
    """In the example of the lesson, the 1 in the middle is the only strict local minimum."""
    Z = np.array([[5.0, 6, 5, 5, 7], [4, 1, 5, 3, 6], [5, 4, 5, 3, 8], [0, 6, 5, 6, 7]])
    assert_equal(places(solution.strict_local_minima(Z)), [(1, 1)])


@points(3)
def test_minima(solution, rng):
    """A place counts if its number is below all eight around it, also those on the diagonals."""
    for rows, columns in ((3, 3), (9, 9), (8, 11), (12, 6), (5, 3)):
        assert_minima(solution, rng.normal(size=(rows, columns)))
    Z = np.full((5, 6), 9.0)
    Z[2, 3], Z[1, 2], Z[3, 1] = rng.uniform(1, 2), 0.5, 5.0
    assert_minima(solution, Z)
    assert_minima(solution, rng.permutation(63).reshape(7, 9))


@points(2)
def test_minima_on_plateaus(solution, rng):
    """Equal numbers are not smaller, so a flat surface and a flat valley have no strict minimum."""
    assert_minima(solution, np.full((3, 4), float(rng.normal())))
    for _ in range(3):
        Z = slope(6, 8)
        k = int(rng.integers(1, 3))
        Z[3, k] = Z[4, k + 1] = 1.0
        Z[1, int(rng.integers(4, 7))] = 0.5
        assert_minima(solution, Z)


@points(2)
def test_minima_at_the_edge(solution, rng):
    """A place at the edge has less than eight neighbours, so it does not count."""
    for shape in ((6, 14), (5, 4), (3, 6)):
        Z = slope(*shape)
        if shape == (6, 14):
            Z[3, int(rng.integers(4, 13))] = 2.0
        for i, j in ((0, 0), (0, shape[1] - 1), (shape[0] - 1, 1), (1, 0)):
            Z[i, j] = rng.uniform()
        assert_minima(solution, Z)
    for shape in ((1, 1), (2, 2), (2, 5), (1, 4), (4, 1), (0, 3), (3, 0)):
        assert_minima(solution, rng.normal(size=shape))


def test_minima_refuses_what_does_not_fit(solution, rng):
    """strict_local_minima raises a ValueError if Z has not two axes."""
    Z = slope(7, 9)
    Z[2, int(rng.integers(3, 8))] = 1.0
    assert_minima(solution, Z)
    for shape in ((4,), (3, 3, 3), ()):
        with raises(ValueError):
            solution.strict_local_minima(rng.normal(size=shape))


@points(6)
def test_net_with_one_hidden_unit_has_no_minimum(solution, rng):
    """Neither loss of sigmoid(w2 sigmoid(w1 x)) has a local minimum: both fall forever."""
    x = round(float(rng.uniform(0.6, 1.5)), 3)
    w1, w2 = np.linspace(-10, 10, 15), np.linspace(-9, 9, 19)
    z = w2[:, np.newaxis] * sigmoid(w1 * x)
    p = f"1 / (1 + np.exp(-w2 / (1 + np.exp(-w1 * {x}))))"
    for text, expected in (
        (f"lambda w1, w2: ({p} - 1) ** 2", (sigmoid(z) - 1) ** 2),
        (f"lambda w1, w2: -np.log({p})", np.logaddexp(0, -z)),
    ):
        got = solution.surface(fn(text), w1, w2)
        assert_close(got, expected, rtol=1e-7)
        assert_minima(solution, expected)


@points(5)
def test_net_with_two_hidden_units_has_two_minima(solution, rng):
    """With two hidden units, both (p, q) and (q, p) are minima: the units change places."""
    for _ in range(2):
        p, q = float(rng.choice([0.75, 1.0])), float(rng.choice([2.25, 2.5, 2.75]))
        w1, w2 = np.arange(0.25, 3.3, 0.25), np.arange(0.5, 4.3, 0.25)
        data = [(x, round(float(np.tanh(p * x) + np.tanh(q * x)), 6)) for x in (0.3, 0.8, 1.5)]
        c = round(float(rng.uniform(0.5, 2)), 3)
        text = f"{c} * sum((np.tanh(w1 * x) + np.tanh(w2 * x) - y) ** 2 for x, y in {data})"
        W1, W2 = w1[np.newaxis], w2[:, np.newaxis]
        expected = c * sum((np.tanh(W1 * x) + np.tanh(W2 * x) - y) ** 2 for x, y in data)
        assert_close(solution.surface(fn(f"lambda w1, w2: {text}"), w1, w2), expected, atol=1e-14)
        assert_minima(solution, expected)


def draw_losses(rng):
    """Draw losses that are not convex, and convex ones, as text."""
    p, q, r = rng.uniform(0.5, 2, 3).round(3).tolist()
    p_of_net = f"1 / (1 + np.exp(-w2 / (1 + np.exp(-w1 * {p}))))"
    bent = [
        f"lambda w1, w2: 5 - 1000 * {p} * w1 ** 2 + {q} * w2",
        f"lambda w1, w2: ({p_of_net}) ** 2",
        f"lambda w1, w2: {p} * w1 * w2 + {q} * w1 ** 2 - {r}",
    ]
    convex = [
        f"lambda w1, w2: {p} * w1 ** 2 + {q} * w2 ** 2 + {r} * w1 - 200",
        f"lambda w1, w2: {p} * w1 - {q} * w2 - {r}",
        f"lambda w1, w2: np.maximum(np.abs(w1 - {q}), {p} * w2 - 900)",
        f"lambda w1, w2: {p} * (w1 - w2) ** 2",
    ]
    return bent, convex


def look(solution, rng, text, *sizes):
    """Ask the probe for a witness."""
    return solution.probe.look(fn(text), int(rng.integers(10**6)), *sizes)


@points(3)
def test_witness(solution, rng):
    """The loss in the middle of the pair is above the mean of its ends, by the gap, above 1e-3."""
    bent, convex = draw_losses(rng)
    asked = [*((text, PAIR) for text in bent), *((text, None) for text in convex)]
    asked += [(f"lambda w1, w2: -900 * (w1 + {k} * w2) ** 2", PAIR) for k in (1, 2)]
    for k in (0, *rng.permutation(len(asked))):
        text, expected = asked[k]
        assert_equal(look(solution, rng, text, 8.0, 300), expected)
    for _ in range(2):
        assert_equal(look(solution, rng, RARE), PAIR)


@points(2)
def test_convex_losses_have_no_witness(solution, rng):
    """For a convex loss, and for one that is 4e-4 above its chords at most, the result is None."""
    bent, convex = draw_losses(rng)
    level = f"lambda w1, w2: 0 * w1 - {round(float(rng.uniform(1, 5)), 3)}"
    assert_equal(look(solution, rng, level, 8.0, 300), None)
    asked = [(bent[0], PAIR), *((text, None) for text in convex)]
    asked += [(f"lambda w1, w2: -900 * (w1 + {k} * w2) ** 2", PAIR) for k in (-1, 1, 2)]
    asked += [(f"lambda w1, w2: 2e-4 * np.sin({k} * w1) + w2", None) for k in (1, 2)]
    for k in (0, *rng.permutation(len(asked))):
        text, expected = asked[k]
        assert_equal(look(solution, rng, text, 8.0, 300), expected)


@points(2)
def test_witness_in_the_square(solution, rng):
    """Both points are drawn from the whole square from -box to box, and only from there."""
    p = round(float(rng.uniform(1, 2)), 3)
    outside = f"lambda w1, w2: w1 ** 2 + w2 ** 2 - {p} * 3 * np.maximum(np.abs(w1) - 2.5, 0) ** 2"
    asked = [
        (outside, (), PAIR),
        *((outside, (v, 300), None) for v in (1.0, 2.0, 2.5)),
        (outside, (10.0,), PAIR),
    ]
    for sign in "+-":
        for w in ("w1", "w2"):
            text = f"lambda w1, w2: 1e4 * {p} * {w} ** 2 - 9e4 * np.maximum({sign}{w}, 0) ** 2"
            asked.append((text, (3.0,), PAIR))
    for k in (0, *rng.permutation(len(asked))):
        text, box, expected = asked[k]
        assert_equal(look(solution, rng, text, *box), expected)
    for _ in range(2):
        assert_equal(look(solution, rng, RARE), PAIR)


def test_witness_among_so_many_pairs(solution, rng):
    """Up to `tries` pairs are drawn: with 0 tries there is none, and rare ones are found."""
    bent, _ = draw_losses(rng)
    asked = [(bent[1], (8.0, 0), None), ("lambda w1, w2: -900 * w1 ** 2", (8.0, 1), PAIR)]
    asked += [(RARE, (8.0,), PAIR), (RARE, (), PAIR), (bent[0], (5.0, 0), None)]
    for k in rng.permutation(len(asked)):
        text, sizes, expected = asked[k]
        assert_equal(look(solution, rng, text, *sizes), expected)


def test_witness_draws_from_rng(solution, rng):
    """The same seed gives the same pair, another seed another pair."""
    text = draw_losses(rng)[0][0]
    for _ in range(2):
        seeds = [int(s) for s in rng.choice(rng.integers(10**6, size=3), 5)]
        expected = [seeds.index(seed) for seed in seeds]
        assert_equal(solution.probe.first_equal(fn(text), seeds), expected)


def test_leaves_its_arguments_alone(solution, rng):
    """No array that is passed in changes."""
    assert_surface(solution, rng, 4, 3)
    w1, w2, x = rng.normal(size=(3, 4))
    y, Z = rng.uniform(size=4), slope(5, 6)
    Z[1, int(rng.integers(2, 5))] = 1.0
    given = {"w1": w1, "w2": w2, "x": x, "y": y, "Z": Z}
    before = {name: array.copy() for name, array in given.items()}
    assert_close(solution.net_1_1_1(w1, w2, x), sigmoid(w2 * sigmoid(w1 * x)))
    p = sigmoid(x)
    assert_pair(solution.logit_gradients(x, y), (2 * (p - y) * p * (1 - p), p - y), atol=1e-14)
    got = solution.surface(fn("lambda w1, w2: w1 + 10 * w2"), w1, w2)
    assert_close(got, before["w1"] + 10 * before["w2"][:, np.newaxis], atol=1e-12)
    assert_equal(places(solution.strict_local_minima(Z)), minima(before["Z"]))
    for name, array in given.items():
        assert_unchanged(array, before[name], name)
