"""Hidden checks of the kata bump-functions."""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_unchanged,
    points,
    raises,
)


def sigmoid(z):
    """Return the logistic function without an overflow."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def outputs(network, x):
    """Return what a network of this form computes."""
    W1, b1, W2, b2 = network
    return (sigmoid(np.asarray(x, float)[:, None] @ W1 + b1) @ W2 + b2)[:, 0]


def draw_function(rng):
    """Draw a smooth function, as text."""
    p, q, r = (round(float(v), 2) for v in rng.uniform(0.5, 2.0, 3) * rng.choice([-1, 1], 3))
    return f"lambda x: {p} + {q} * math.sin({r} * x) + 0.5 * x * x"


def draw_interval(rng):
    """Draw an interval without 0, and a number of boxes.

    The width of a box is a multiple of 0.04, so that few digits are enough for all that is called.
    """
    n = int(rng.integers(3, 9))
    near, width = round(float(rng.uniform(0.3, 1.0)), 1), float(rng.uniform(1.0, 2.5))
    width = 0.04 * n * round(width / n / 0.04)
    a = near if rng.integers(2) else -near - width
    return round(a, 2), round(a + width, 2), n


def exact(x):
    """Return numbers without the rounding errors of sums and products of few digits."""
    return np.round(x, 9)


def build(solution, f, a, b, n, sharpness):
    """Return the learner's network, if it has the form that was asked for."""
    network = solution.bump_network(f, a, b, n, sharpness)
    if type(network) not in (tuple, list) or len(network) != 4:
        raise CheckFailed("four arrays were expected: W1, b1, W2 and b2", rung="type")
    for array in network:
        if not isinstance(array, np.ndarray):
            raise CheckFailed("W1, b1, W2 and b2 should be arrays", rung="type")
    W1, b1, W2, b2 = network
    h = len(b1) if b1.ndim == 1 else -1
    shapes = [array.shape for array in network]
    if shapes != [(1, h), (h,), (h, 1), (1,)]:
        raise CheckFailed(
            "the shapes are not (1, H), (H,), (H, 1) and (1,)",
            rung="shape",
            got=", ".join(map(str, shapes)),
        )
    for array in network:
        if array.dtype != np.float64:
            raise CheckFailed(f"got dtype {array.dtype}, expected dtype float64", rung="dtype")
        if not np.isfinite(array).all():
            raise CheckFailed("a weight or a bias is not finite", rung="finite")
    return W1, b1, W2, b2


def middles(a, b, n):
    """Return the middles of the boxes."""
    return a + (np.arange(n) + 0.5) * (b - a) / n


def heights(f, a, b, n):
    """Return the values of f in the middles of the boxes."""
    return np.array([f(float(m)) for m in middles(a, b, n)])


def test_a_step_on_paper(solution):
    """For a step at 0.4, a neuron with the weight 100 needs the bias -40."""
    assert_close(solution.step_neuron(0.4, 100.0), (100.0, -40.0))
    assert_close(solution.step_neuron(0.0, 7.0), (7.0, 0.0), atol=1e-12)


@points(3)
def test_step_neurons(solution, rng):
    """The argument weight · x + bias of a step neuron is 0 at s, and its weight is w."""
    for s, w in zip(
        rng.uniform(-3, 3, 6).round(2).tolist(), [5.0, 200.0, -30.0, 1e6, 20, -1.5], strict=True
    ):
        got = solution.step_neuron(s, w)
        assert_close(got, (float(w), -w * s), rtol=1e-12)
        for number in got:
            assert isinstance(number, float), "two floats were expected"


@points(2)
def test_form_of_the_network(solution, rng):
    """The network has one hidden layer: W1 (1, H), b1 (H,), W2 (H, 1), b2 (1,), in float64."""
    for _ in range(3):
        a, b, n = draw_interval(rng)
        f = solution.fn(draw_function(rng))
        for sharpness in (round(float(rng.uniform(30, 300)), 1), 50, 0.5):
            W1 = build(solution, f, a, b, n, sharpness)[0]
            assert W1.size <= 2 * n + 2, f"{W1.size} hidden neurons are too many for {n} boxes"
            assert_close(np.abs(W1), np.full(W1.shape, float(sharpness)))


@points(6)
def test_heights_of_the_boxes(solution, rng):
    """Inside each box, the output is the value of f at the middle of the box."""
    cases = [("lambda x: x * x", 0.0, 2.0, 4)]
    cases += [(draw_function(rng), *draw_interval(rng)) for _ in range(3)]
    for text, a, b, n in cases:
        f, width = solution.fn(text), (b - a) / n
        x = np.concatenate([middles(a, b, n) + shift * width for shift in (0.0, -0.25, 0.25)])
        got = solution.probe.followed(f, (a, b), n, round(100 / width), exact(x))
        assert_close(got, np.tile(heights(f, a, b, n), 3), rtol=0, atol=1e-6)


@points(2)
def test_ends_of_the_interval(solution, rng):
    """There is no step at a and at b: there the output is that of the first and the last box."""
    for _ in range(3):
        a, b, n = draw_interval(rng)
        f, width = solution.fn(draw_function(rng)), (b - a) / n
        x = np.array([a, b, a + 0.1 * width, b - 0.1 * width, a - 0.5 * width, b + 0.5 * width])
        first, last = heights(f, a, b, n)[[0, -1]]
        got = solution.probe.followed(f, (a, b), n, round(100 / width), exact(x))
        assert_close(got, np.array([first, last] * 3), rtol=0, atol=1e-6)


@points(2)
def test_edges_between_boxes(solution, rng):
    """At the edge between two boxes the output is half-way, and it changes as a sigmoid does."""
    for _ in range(3):
        a, b, n = draw_interval(rng)
        f, width = solution.fn(draw_function(rng)), (b - a) / n
        sharpness = round(float(rng.uniform(60, 120)) / width)
        edges, high = exact(a + width * np.arange(1, n)), heights(f, a, b, n)
        for steps in (0.0, 1.0, -2.0):
            share = 1 / (1 + math.exp(-steps))
            expected = high[:-1] + share * np.diff(high)
            got = solution.probe.followed(f, (a, b), n, sharpness, edges + steps / sharpness)
            assert_close(got, expected, rtol=0, atol=1e-6)


@points(2)
def test_follows_a_curve(solution, rng):
    """The error is about what f changes over the width of a box or less, and shrinks with n."""
    a = float(rng.uniform(-0.5, -0.3))
    b, before = a + 1.0, math.inf
    p, q, r = (round(float(v), 3) for v in rng.uniform(0.3, 0.6, 3) * rng.choice([-1, 1], 3))
    f = solution.fn(
        f"lambda x: {5 * p} + {q} * x * x + {r} * x * math.sin(15 * x) + 0.05 * math.cos(50 * x)"
    )
    x = np.linspace(a, b, 801)
    y = np.array([f(float(v)) for v in x])
    for n in (10, 40, 160):
        reach = 800 // n
        limit = 2.5 * max(np.abs(y[d:] - y[:-d]).max() for d in range(1, reach + 1))
        got = solution.probe.followed(f, (a, b), n, 20.0 * n, x)
        assert_close(got, y, rtol=0, atol=1e9)
        error = float(np.abs(got - y).max())
        assert error <= limit, (
            f"the error with {n} boxes is {error:.3g}, and should be below {limit:.3g}"
        )
        assert error <= 0.75 * before, f"the error with {n} boxes is {error:.3g}, hardly smaller"
        before = error


@points(2)
def test_calls_the_function_once_per_box(solution, rng):
    """bump_network calls f once per box, with its middle as a float."""
    for _ in range(3):
        a, b, n = draw_interval(rng)
        f = solution.fn(draw_function(rng))
        report = solution.probe.places_of_calls(f, a, b, n, 100.0)
        if type(report) is not list or len(report) != 2:
            raise CheckFailed("no calls were seen", rung="type")
        got, floats = report
        assert_close(got, middles(a, b, n).tolist(), rtol=1e-9, atol=1e-12)
        assert_equal(floats, [True] * n)


def test_refuses_empty_intervals(solution, rng):
    """bump_network raises a ValueError if a is not below b, or sharpness is not positive."""
    a, b, n = draw_interval(rng)
    f = solution.fn(draw_function(rng))
    sharpness = round(100 * n / (b - a))
    got = solution.probe.followed(f, (a, b), n, sharpness, exact(middles(a, b, n)))
    assert_close(got, heights(f, a, b, n), rtol=0, atol=1e-6)
    for wrong in ((b, a, n, 50.0), (a, a, n, 50.0), (a, b, n, 0.0), (a, b, n, -50.0)):
        with raises(ValueError):
            solution.bump_network(f, *wrong)


def draw_network(rng, h):
    """Draw a network with h hidden neurons."""
    sizes = ((1, h), (h,), (h, 1), (1,))
    return tuple(
        (rng.normal(size=size) * scale).round(2)
        for size, scale in zip(sizes, (3, 2, 1, 1), strict=True)
    )


@points(3)
def test_runs_a_network(solution, rng):
    """run_network computes sigmoid(x @ W1 + b1) @ W2 + b2 for each x, with a linear output."""
    network = (np.array([[100.0]]), np.array([-40.0]), np.array([[3.0]]), np.array([0.5]))
    expected = np.array([0.5, 2.0, 3.5])
    assert_close(solution.run_network(network, np.array([0.0, 0.4, 1.0])), expected, rtol=1e-9)
    for n, h in ((7, 3), (1, 4), (0, 2), (4, 4), (5, 1)):
        network = draw_network(rng, h)
        x = rng.normal(size=n).round(2)
        assert_close(solution.run_network(network, x), outputs(network, x), atol=1e-12)
    k = rng.integers(-2, 3, 6)
    assert_close(solution.run_network(network, k), outputs(network, k), atol=1e-12)


@points(2)
def test_runs_without_overflow(solution, rng):
    """For weights of 1e6 and x of 1000, nothing overflows."""
    for w in (1.0, 100.0, 1e6, -1e6):
        h = int(rng.integers(2, 6))
        places, W2 = rng.uniform(-1, 1, h).round(2), rng.normal(size=(h, 1)).round(2)
        network = (np.full((1, h), w), -w * places, W2, rng.normal(size=1).round(2))
        x = np.array([-1000.0, 1000.0, *rng.uniform(-2, 2, 3).round(2)]) if abs(w) > 1 else places
        assert_close(solution.probe.strict_run(network, x), outputs(network, x), atol=1e-12)


def test_run_refuses_other_shapes(solution, rng):
    """run_network raises a ValueError if x is not (N,), and changes nothing that it gets."""
    network = draw_network(rng, 3)
    x = rng.normal(size=4).round(2)
    before = x.copy(), tuple(array.copy() for array in network)
    assert_close(solution.run_network(network, x), outputs(network, x), atol=1e-12)
    assert_unchanged(x, before[0], "x")
    for array, old in zip(network, before[1], strict=True):
        assert_unchanged(array, old, "the network")
    for wrong in (x[:, None], x[None], np.array(1.0)):
        with raises(ValueError):
            solution.run_network(network, wrong)


def draw_box(rng):
    """Draw a rectangle."""
    low = rng.uniform(-2, 1, 2).round(1)
    high = (low + rng.uniform(1, 2, 2)).round(1)
    return float(low[0]), float(high[0]), float(low[1]), float(high[1])


def test_inside_a_tower(solution, rng):
    """tower is 1 inside the rectangle, and 0 where both coordinates are outside."""
    for box in ((0.0, 1.0, 0.0, 1.0), draw_box(rng), draw_box(rng)):
        left, right, low, high = box
        inside = rng.uniform(0.25, 0.75, (int(rng.integers(1, 6)), 2)).round(1)
        x = np.array([left, low]) + inside * np.array([right - left, high - low])
        corners = [
            [left - 1, low - 1],
            [right + 1, low - 1],
            [left - 1, high + 1],
            [right + 1, high + 1],
        ]
        x = np.vstack([x, corners])
        expected = np.concatenate([np.ones(len(inside)), np.zeros(4)])
        order = rng.permutation(len(x))
        got = solution.tower(exact(x[order]), box, 200.0)
        assert_close(got, expected[order], rtol=0, atol=1e-6)


@points(4)
def test_no_arms_beside_a_tower(solution, rng):
    """tower is 0 beside the rectangle too, where only one coordinate is inside."""
    for box in ((0.0, 1.0, 0.0, 1.0), draw_box(rng), draw_box(rng)):
        left, right, low, high = box
        across, up = (left + right) / 2, (low + high) / 2
        far = round(float(rng.uniform(0.5, 2.0)), 1)
        x = np.array(
            [
                [across, up],
                [across, high + far],
                [across, low - far],
                [left - far, up],
                [right + far, up],
            ]
        )
        order = rng.permutation(5)
        expected = np.array([1.0, 0, 0, 0, 0])[order]
        assert_close(solution.tower(exact(x[order]), box, 200.0), expected, rtol=0, atol=1e-6)


@points(2)
def test_sides_of_a_tower(solution, rng):
    """On a side of the rectangle, away from its corners, tower is 1/2."""
    for w in (100.0, 250.0):
        box = draw_box(rng)
        left, right, low, high = box
        across = round(left + float(rng.uniform(0.4, 0.6)) * (right - left), 2)
        up = round(low + float(rng.uniform(0.4, 0.6)) * (high - low), 2)
        places = [
            [left, up],
            [right, up],
            [across, low],
            [across, high],
            [across, up],
            [left - 1, up],
        ]
        kinds = np.array([0, 1, 2, 3, *rng.integers(0, 6, 12)])
        expected = np.array([0.5, 0.5, 0.5, 0.5, 1.0, 0.0])[kinds]
        assert_close(solution.tower(np.array(places)[kinds], box, w), expected, rtol=0, atol=1e-5)


def test_towers_far_away(solution, rng):
    """tower takes no points, one point, integers, and points at 1000 with w = 1e6."""
    box = (-1.5, 1.5, -2.5, 0.5)
    for w in (100.0, 1e6):
        x = np.array([[0.0, 0.0], [1000.0, 0.0], [-1000.0, -1000.0], [0.5, -2.0], [0.0, 1000.0]])
        order = rng.permutation(5)
        got = solution.probe.strict_tower(x[order], box, w)
        assert_close(got, np.array([1.0, 0, 0, 1, 0])[order], rtol=0, atol=1e-6)
        one = rng.integers(0, 2, 2)
        expected = np.array([float(one[1] == 0)])
        assert_close(solution.tower(one[None], box, w), expected, rtol=0, atol=1e-6)
        assert_close(solution.tower(np.empty((0, 2)), box, w), np.empty(0))


def test_tower_refuses_other_shapes(solution, rng):
    """tower raises a ValueError if x is not (N, 2), or a range of the box is empty."""
    box = draw_box(rng)
    left, right, low, high = box
    middle, beside = [(left + right) / 2, (low + high) / 2], [left - 1, low - 1]
    kinds = rng.integers(0, 2, 16)
    x = np.array([beside, middle])[kinds]
    before = x.copy()
    assert_close(solution.tower(x, box, 100.0), kinds.astype(float), rtol=0, atol=1e-6)
    assert_unchanged(x, before, "x")
    for wrong in (x[0], np.ones((3, 3)), x[None], np.ones((2, 1))):
        with raises(ValueError):
            solution.tower(wrong, box, 100.0)
    for empty in (
        (right, left, low, high),
        (left, right, high, low),
        (left, left, low, high),
        (left, right, low, low),
    ):
        with raises(ValueError):
            solution.tower(x, empty, 100.0)
