"""Hidden checks of the kata dropout."""

import numpy as np

from nnkata.testing import assert_close, assert_equal, assert_unchanged, points, raises

PASSED_RNG = "the generator that is passed, and no other"


def draw_rate(rng):
    """Draw a rate that is not near 0, 0.5 or 1."""
    return int(rng.choice([*range(15, 40), *range(60, 80)])) / 100


def new_layer(solution, rng, rate):
    """Make a layer with a generator of its own."""
    return solution.Dropout(rate, solution.rng(int(rng.integers(2**31))))


def two_numbers(rng, shape):
    """Draw an array that contains one positive and one negative number, at random places."""
    numbers = np.round([rng.uniform(0.5, 1.5), rng.uniform(-1.5, -0.5)], 3)
    return rng.choice(numbers, shape)


def draw_shape(rng):
    """Draw a shape with so many entries that every combination occurs."""
    return int(rng.integers(45, 60)), int(rng.integers(25, 40))


def assert_outputs(solution, layer, x, factors, training, atol=2e-6):
    """Compare the pairs (x, output) that occur with x times each of the factors."""
    pairs = sorted((v, v * m) for v in np.unique(x).tolist() for m in factors)
    got = solution.probe.outputs(layer, x, training)
    assert_close(got, np.array(pairs), rtol=0.0, atol=atol)


def expected_gradients(x, dout, rate):
    """Return the rows (x, output, dout, dx) that should occur."""
    return np.unique(
        [
            [v, v * m, d, d * m]
            for v in np.unique(x).tolist()
            for d in np.unique(dout).tolist()
            for m in (0.0, 1 / (1 - rate))
        ],
        axis=0,
    )


def assert_gradients(solution, layer, x, dout, rate, others=()):
    """Compare the rows (x, output, dout, dx) that occur with the right ones."""
    got = solution.probe.gradients(layer, x, dout, list(others))
    assert_close(got, expected_gradients(x, dout, rate), rtol=0.0, atol=2e-6)


@points(2)
def test_without_training_nothing_changes(solution, rng):
    """forward without training=True returns the numbers of x, whatever the rate."""
    layer = new_layer(solution, rng, 0.2)
    assert_outputs(solution, layer, np.ones((40, 30)), [1.0], False)
    for _ in range(2):
        layer, x = new_layer(solution, rng, draw_rate(rng)), two_numbers(rng, draw_shape(rng))
        assert_outputs(solution, layer, x, [1.0], False)


@points(7)
def test_training_gives_zeros_and_larger_numbers(solution, rng):
    """In training, each entry x becomes 0 or x / (1 - rate); with rate 0.2, 1 becomes 0 or 1.25."""
    layer = new_layer(solution, rng, 0.2)
    assert_outputs(solution, layer, np.ones((40, 30)), [0.0, 1.25], True)
    for _ in range(2):
        rate, x = draw_rate(rng), two_numbers(rng, draw_shape(rng))
        layer = new_layer(solution, rng, rate)
        assert_outputs(solution, layer, x, [0.0, 1 / (1 - rate)], True)


@points(3)
def test_drops_the_share_that_rate_says(solution, rng):
    """In training, the share of the entries that become 0 is rate."""
    for rate in (0.2, *rng.choice([0.15, 0.25, 0.3, 0.35, 0.65, 0.7, 0.75, 0.8], 2).tolist()):
        layer = new_layer(solution, rng, rate)
        assert_close(solution.probe.share_of_zeros(layer), rate)


@points(7)
def test_backward_uses_the_factors_of_forward(solution, rng):
    """dx is dout times the factor of the entry: 0 where it was dropped, else 1 / (1 - rate)."""
    layer = new_layer(solution, rng, 0.2)
    assert_gradients(solution, layer, np.ones((40, 30)), np.full((40, 30), 2.0), 0.2)
    for _ in range(2):
        rate, shape = draw_rate(rng), draw_shape(rng)
        layer = new_layer(solution, rng, rate)
        assert_gradients(solution, layer, two_numbers(rng, shape), two_numbers(rng, shape), rate)


def test_a_zero_in_x_has_a_gradient(solution, rng):
    """Where x is 0 and was not dropped, dx is dout / (1 - rate)."""
    for _ in range(2):
        rate, shape = draw_rate(rng), draw_shape(rng)
        layer = new_layer(solution, rng, rate)
        x = np.maximum(two_numbers(rng, shape), 0.0)
        assert_gradients(solution, layer, x, two_numbers(rng, shape), rate)


@points(2)
def test_each_entry_has_a_factor_of_its_own(solution, rng):
    """The entries that become 0 differ from row to row and from column to column."""
    for _ in range(2):
        (n, h), rate = draw_shape(rng), draw_rate(rng)
        n += 60
        layer = new_layer(solution, rng, rate)
        assert_equal(solution.probe.distinct_lines(layer, n, h + 60), [n, h + 60])


def test_each_forward_draws_new_factors(solution, rng):
    """Every forward for training draws factors that do not depend on those of the one before."""
    for _ in range(2):
        rate, number = int(rng.integers(40, 60)) / 100, round(float(rng.uniform(0.5, 1.5)), 3)
        n, h = draw_shape(rng)
        layer, x = new_layer(solution, rng, rate), np.full((n + 60, h + 80), number)
        values = 0.0, number / (1 - rate)
        expected = np.array([[number, first, second] for first in values for second in values])
        assert_close(solution.probe.two_passes(layer, x), expected, rtol=0.0, atol=2e-6)


@points(2)
def test_rate_zero_changes_nothing(solution, rng):
    """With the rate 0, output and gradient are exactly x and dout, even in training."""
    for shape in ((1, 4), (5, 3), (1, 1), (2, 3, 4)):
        layer = new_layer(solution, rng, 0.0)
        x, dout = rng.normal(size=shape), rng.normal(size=shape)
        assert_close(layer.forward(x, training=True), x)
        assert_close(layer.backward(dout), dout)
        assert_close(layer.forward(x), x)


def test_any_number_of_samples(solution, rng):
    """Outputs and gradients have the shape of x, even for no sample and for one."""
    layer = new_layer(solution, rng, draw_rate(rng))
    size = int(rng.integers(3, 30))
    for shape in ((3, size), (1, size), (0, size), (size,), (2, size, 3)):
        x, dout = rng.normal(size=shape), rng.normal(size=shape)
        assert_equal(solution.probe.shapes(layer, x, dout), [list(shape)] * 3)


@points(2)
def test_draws_from_the_generator_that_is_passed(solution, rng):
    """All random numbers come from rng: the same seed gives the same zeros."""
    for _ in range(2):
        rate, x = draw_rate(rng), two_numbers(rng, draw_shape(rng))
        seed = int(rng.integers(2**31))
        assert solution.probe.generator_use(rate, seed) == PASSED_RNG
        assert_outputs(solution, solution.Dropout(rate, solution.rng(seed)), x, [1.0], False)


def test_measuring_draws_nothing(solution, rng):
    """A forward without training leaves rng as it is, so that measuring changes no training."""
    for _ in range(2):
        rate, x = draw_rate(rng), two_numbers(rng, draw_shape(rng))
        seed = int(rng.integers(2**31))
        assert_equal(solution.probe.draws_when_measured(rate, seed, x), False)
        assert_outputs(solution, solution.Dropout(rate, solution.rng(seed)), x, [1.0], False)


def test_other_forward_calls_do_not_disturb(solution, rng):
    """A forward without training, between forward and backward, changes no gradient."""
    for _ in range(2):
        rate, shape = draw_rate(rng), draw_shape(rng)
        x, dout, other = (two_numbers(rng, shape) for _ in range(3))
        layer = new_layer(solution, rng, rate)
        assert_gradients(solution, layer, x, dout, rate, [other, other[:3]])


def test_backward_belongs_to_the_last_forward(solution, rng):
    """After several forward calls for training, backward uses the factors of the last one."""
    for _ in range(2):
        rate, shape = draw_rate(rng), draw_shape(rng)
        first, x, dout = (two_numbers(rng, shape) for _ in range(3))
        layer = new_layer(solution, rng, rate)
        got = solution.probe.gradients_after_another(layer, first, x, dout)
        assert_close(got, expected_gradients(x, dout, rate), rtol=0.0, atol=2e-6)
        got = solution.probe.second_gradients(layer, x, dout)
        assert_close(got, expected_gradients(x, dout, rate), rtol=0.0, atol=2e-6)


def test_keeps_the_precision_it_is_given(solution, rng):
    """float32 gives float32, float64 and integers give float64."""
    rate, shape = draw_rate(rng), draw_shape(rng)
    for dtype, expected in (("float64", "float64"), ("float32", "float32"), ("int64", "float64")):
        layer = new_layer(solution, rng, rate)
        x = (4 * two_numbers(rng, shape)).astype(dtype)
        dout = two_numbers(rng, shape).astype(expected)
        assert_equal(solution.probe.dtypes(layer, x, dout), [expected] * 3)
        assert_outputs(solution, layer, x, [0.0, 1 / (1 - rate)], True, atol=1e-4)


def test_refuses_other_rates(solution, rng):
    """A rate below 0, or of 1 or more, raises ValueError; all others are possible."""
    rate, x = draw_rate(rng), two_numbers(rng, draw_shape(rng))
    assert_outputs(solution, new_layer(solution, rng, rate), x, [0.0, 1 / (1 - rate)], True)
    wrong = [-0.1, float(rng.uniform(-9, -1)), 1.0, 1, 1.5, float("nan")]
    right = [0, 0.0, 0.999, *rng.uniform(0.0, 0.9, int(rng.integers(2, 6))).tolist()]
    rates = [(wrong + right)[i] for i in rng.permutation(len(wrong + right))]
    expected = [[str(r), "accepted" if 0 <= r < 1 else "ValueError"] for r in rates]
    assert_equal(solution.probe.answers_to(rates), expected)


def test_backward_needs_a_forward(solution, rng):
    """backward without a forward for training raises a RuntimeError."""
    for measured_before in (True, False):
        layer = new_layer(solution, rng, draw_rate(rng))
        x, dout = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
        if measured_before:
            assert_close(layer.forward(x), x)
        with raises(RuntimeError):
            layer.backward(dout)


def test_refuses_an_upstream_gradient_of_another_shape(solution, rng):
    """If dout does not have the shape of the output, backward raises a ValueError."""
    layer = new_layer(solution, rng, 0.0)
    x, dout = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    assert_close(layer.forward(x, training=True), x)
    assert_close(layer.backward(dout), dout)
    for wrong in (dout[:1], dout[0], dout[:, :1], dout.T, dout[np.newaxis], np.float64(1.0)):
        with raises(ValueError):
            layer.backward(wrong)
    assert_close(layer.forward(x[:1], training=True), x[:1])
    with raises(ValueError):
        layer.backward(dout)


def test_leaves_its_arguments_alone(solution, rng):
    """x and dout do not change, and each result is a new array."""
    for rate in (draw_rate(rng), 0.0):
        layer = new_layer(solution, rng, rate)
        shape = draw_shape(rng)
        x, dout = (two_numbers(rng, shape) for _ in range(2))
        before = x.copy(), dout.copy()
        assert_equal(solution.probe.shared_memory(layer, x, dout), [False] * 3)
        assert_unchanged(x, before[0], "x")
        assert_unchanged(dout, before[1], "the upstream gradient")
        if rate:
            assert_gradients(solution, layer, x, dout, rate)


def test_has_no_parameters(solution, rng):
    """params and grads are empty dicts, and zero_grad changes nothing."""
    layer = new_layer(solution, rng, 0.0)
    x, dout = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    assert_close(layer.forward(x, training=True), x)
    for _ in range(2):
        assert_equal(layer.params, {})
        assert_equal(layer.grads, {})
        layer.zero_grad()
    assert_close(layer.backward(dout), dout)
