"""Hidden checks of the kata leaky-prelu."""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_gradient,
    assert_unchanged,
    points,
    raises,
)


def exact(x, slopes):
    """PReLU, and so leaky ReLU, by choosing each number by its sign."""
    x = np.asarray(x, float)
    slopes = np.broadcast_to(np.asarray(slopes, float), x.shape)
    return np.array([v if v > 0 else s * v for v, s in zip(x.flat, slopes.flat, strict=True)]
                    ).reshape(x.shape)  # fmt: skip


def exact_grad(x, slopes):
    """The local derivative with respect to x."""
    x = np.asarray(x, float)
    slopes = np.broadcast_to(np.asarray(slopes, float), x.shape)
    return np.where(x > 0, 1.0, slopes)


def some_shape(rng):
    """Return a drawn shape, (n, d)."""
    return int(rng.integers(2, 14)), int(rng.integers(2, 14))


def off_zero(rng, shape):
    """Return drawn numbers, positive and negative in turn, none of them near 0."""
    size = rng.uniform(0.1, 3, shape)
    return size * np.where(np.arange(size.size).reshape(shape) % 2, 1.0, -1.0)


def gradients(solution, dout, x, alpha):
    """Call prelu_backward; return dx and dalpha, a 0-d dalpha as a number."""
    got = solution.prelu_backward(dout, x, alpha)
    if not isinstance(got, tuple) or len(got) != 2:
        raise CheckFailed(
            "prelu_backward should return the tuple (dx, dalpha)",
            rung="type",
            got=type(got).__name__,
            expected="a tuple of two arrays",
            value=got,
        )
    dx, dalpha = got
    if isinstance(dalpha, np.ndarray) and dalpha.ndim == 0:
        dalpha = dalpha[()]
    return dx, dalpha


def test_leaky_relu_is_two_half_lines(solution, rng):
    """leaky_relu(x) is x where x is positive, and 0.01 x elsewhere."""
    x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    assert_close(solution.leaky_relu(x), np.array([-0.02, -0.01, 0.0, 1.0, 2.0]))
    for x in (off_zero(rng, (3, 4)), np.array([-1000.0, 1000.0])):
        assert_close(solution.leaky_relu(x), exact(x, 0.01))


@points(2)
def test_leaky_relu_takes_any_gamma(solution, rng):
    """leaky_relu(x, gamma) is gamma x for negative x, even when gamma is 2 or -1."""
    x = np.array([-1.0, 1.0])
    assert_close(solution.leaky_relu(x, 2.0), np.array([-2.0, 1.0]))
    assert_close(solution.leaky_relu(x, gamma=-1.0), np.array([1.0, 1.0]))
    x = off_zero(rng, (3, 4))
    for gamma in (0.0, 0.3, 1.0, float(rng.uniform(1.5, 3)), float(rng.uniform(-3, -1.5))):
        assert_close(solution.leaky_relu(x, gamma), exact(x, gamma))


def test_leaky_relu_grad_is_the_derivative(solution, rng):
    """leaky_relu_grad(x, gamma) is 1 where x is positive, and gamma where x is negative."""
    x = np.array([-2.0, -1.0, 1.0, 2.0])
    assert_close(solution.leaky_relu_grad(x), np.array([0.01, 0.01, 1.0, 1.0]))
    x = off_zero(rng, (3, 4))
    for gamma in (0.0, 0.3, 2.0, -1.0, *(float(g) for g in rng.uniform(-2, 2, 2))):
        assert_close(solution.leaky_relu_grad(x, gamma), exact_grad(x, gamma))


def test_leaky_relu_grad_is_gamma_at_zero(solution, rng):
    """leaky_relu_grad(0, gamma) is gamma."""
    x = np.array([-1.0, 0.0, 1.0])
    assert_close(solution.leaky_relu_grad(x), np.array([0.01, 0.01, 1.0]))
    gamma = float(rng.uniform(0.1, 0.9))
    assert_close(solution.leaky_relu_grad(x, gamma), np.array([gamma, gamma, 1.0]))


def test_prelu_has_one_slope_per_neuron(solution, rng):
    """prelu(x, alpha) multiplies the negative numbers of column j by alpha[j]."""
    x = np.array([[-1.0, -1.0, 1.0], [2.0, -2.0, -2.0]])
    alpha = np.array([0.1, 0.5, 0.25])
    assert_close(solution.prelu(x, alpha), np.array([[-0.1, -0.5, 1.0], [2.0, -1.0, -0.5]]))
    for n, d in ((7, 3), (3, 4), (4, 4), (1, 3)):
        x, alpha = off_zero(rng, (n, d)), rng.uniform(0.05, 0.95, d)
        assert_close(solution.prelu(x, alpha), exact(x, alpha))


def test_prelu_takes_one_number_for_all(solution, rng):
    """With one number as alpha, prelu uses it for every neuron: with 0 it is ReLU."""
    x = off_zero(rng, (4, 3))
    assert_close(solution.prelu(x, 0.0), np.maximum(x, 0.0))
    for alpha in (0.01, float(rng.uniform(0.1, 0.9))):
        assert_close(solution.prelu(x, alpha), exact(x, alpha))


@points(3)
def test_prelu_takes_any_alpha(solution, rng):
    """prelu(x, alpha) is alpha x for negative x, even when alpha is 2 or -1."""
    x = np.array([[-1.0, -1.0], [1.0, 1.0]])
    assert_close(solution.prelu(x, np.array([2.0, -1.0])), np.array([[-2.0, 1.0], [1.0, 1.0]]))
    x = off_zero(rng, (5, 3))
    for alpha in (np.array([1.5, -0.5, 3.0]), rng.uniform(-3, 3, 3), 2.0):
        assert_close(solution.prelu(x, alpha), exact(x, alpha))


@points(2)
def test_dx_is_the_gradient(solution, rng):
    """dx is the gradient of the loss with respect to x, for any upstream gradient dout."""
    for n, d in ((7, 3), (1, 4)):
        x, dout, alpha = off_zero(rng, (n, d)), rng.normal(0, 1, (n, d)), rng.uniform(-2, 2, d)
        dx, _ = gradients(solution, dout, x, alpha)
        assert_gradient(dx, lambda x, s=alpha, up=dout: float((up * exact(x, s)).sum()), x)


def test_dx_at_zero_uses_alpha(solution, rng):
    """Where x is 0, dx is alpha times dout."""
    x, alpha = np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 2.0]]), rng.uniform(-2, 0.9, 3)
    dout = rng.uniform(2, 7, (2, 3))
    dx, _ = gradients(solution, dout, x, alpha)
    assert_close(dx, dout * exact_grad(x, alpha))


@points(16)
def test_dalpha_is_the_gradient(solution, rng):
    """dalpha is the gradient of the loss with respect to alpha, summed over the batch, (D,)."""
    x, dout = np.array([[-1.0, 1.0], [-2.0, -3.0]]), np.array([[1.0, 10.0], [0.5, 2.0]])
    _, dalpha = gradients(solution, dout, x, np.array([0.1, 0.2]))
    assert_close(dalpha, np.array([-2.0, -6.0]))
    for n, d in ((7, 3), (1, 4)):
        x, dout, alpha = off_zero(rng, (n, d)), rng.normal(0, 1, (n, d)), rng.uniform(-2, 2, d)
        _, dalpha = gradients(solution, dout, x, alpha)
        assert_gradient(dalpha, lambda s, x=x, up=dout: float((up * exact(x, s)).sum()), alpha)


@points(6)
def test_dalpha_of_one_number_is_one_number(solution, rng):
    """When alpha is one number, dalpha is one number: the sum over all samples and neurons."""
    x, dout = np.array([[-1.0, 1.0], [-2.0, -3.0]]), np.array([[1.0, 10.0], [0.5, 2.0]])
    _, dalpha = gradients(solution, dout, x, 0.1)
    assert_close(dalpha, -8.0)
    for n, d in ((7, 3), (1, 4)):
        x, dout, alpha = off_zero(rng, (n, d)), rng.normal(0, 1, (n, d)), float(rng.uniform(-2, 2))
        dx, dalpha = gradients(solution, dout, x, alpha)
        assert_close(dx, dout * exact_grad(x, alpha))
        assert_gradient(dalpha, lambda s, x=x, up=dout: float((up * exact(x, s)).sum()), alpha)


@points(2)
def test_results_have_the_shape_and_the_dtype_of_x(solution, rng):
    """Arrays of float32 give float32, arrays of float64 float64; leaky_relu takes any shape.

    The values are compared where no other mistake changes them, so that two mistakes at once are
    both seen: gamma is the default, alpha is below 1, and dout is 1 everywhere.
    """
    for dtype in (np.float32, np.float64):
        for shape in (some_shape(rng), (*some_shape(rng), 2), (0, 3), (1, 1), (1,), ()):
            x = np.array(off_zero(rng, shape), dtype)
            assert_close(solution.leaky_relu(x), exact(x, 0.01).astype(dtype), rtol=1e-5)
            # The values of the derivative have their own check.
            assert_close(solution.leaky_relu_grad(x, 0.2), np.zeros(shape, dtype), atol=np.inf)
        x = off_zero(rng, some_shape(rng)).astype(dtype)
        alpha = rng.uniform(0.1, 0.9, x.shape[1]).astype(dtype)
        for slopes in (alpha, 0.2):
            got = solution.prelu(x, slopes)
            assert_close(got, exact(x, slopes).astype(dtype), rtol=1e-5)
        dx, _ = gradients(solution, np.ones_like(x), x, alpha)
        assert_close(dx, exact_grad(x, alpha).astype(dtype), rtol=1e-5)


def test_dalpha_keeps_the_dtype(solution, rng):
    """When all arrays are float32, dalpha is float32."""
    x = rng.uniform(0.1, 3, some_shape(rng)).astype(np.float32)
    alpha = np.full(x.shape[1], 0.5, np.float32)
    dx, dalpha = gradients(solution, np.zeros_like(x), x, alpha)
    assert_close(dx, np.zeros_like(x), atol=np.inf)
    assert_close(dalpha, np.zeros_like(alpha), atol=np.inf)


def test_integers_become_float64(solution, rng):
    """Arrays of integers give the same as arrays of float64 with the same numbers."""
    x = np.sign(off_zero(rng, some_shape(rng))).astype(np.int64)
    x *= rng.integers(1, 6, x.shape)
    alpha = rng.uniform(0.1, 0.9, x.shape[1])
    for name, more in (
        ("leaky_relu", ()),
        ("leaky_relu_grad", ()),
        ("prelu", (alpha,)),
        ("prelu", (0.3,)),
    ):
        of_floats = getattr(solution, name)(x.astype(float), *more)
        assert_close(of_floats, np.zeros(x.shape), atol=np.inf)
        assert_close(getattr(solution, name)(x, *more), of_floats, atol=1e-12)
    dout = rng.integers(1, 7, x.shape)
    of_floats, _ = gradients(solution, dout.astype(float), x.astype(float), alpha)
    assert_close(of_floats, np.zeros(x.shape), atol=np.inf)
    assert_close(gradients(solution, dout, x, alpha)[0], of_floats, atol=1e-12)


def test_takes_a_batch_of_none(solution, rng):
    """A batch without samples gives empty results, and a dalpha of zeros."""
    d = int(rng.integers(2, 60))
    x, alpha = np.empty((0, d)), rng.uniform(0.1, 0.9, d)
    assert_close(solution.prelu(x, alpha), np.empty((0, d)))
    dx, dalpha = gradients(solution, np.empty((0, d)), x, alpha)
    assert_close(dx, np.empty((0, d)))
    assert_close(dalpha, np.zeros(d))


def test_prelu_refuses_other_shapes(solution, rng):
    """prelu raises ValueError unless x is (N, D) and alpha is (D,) or one number."""
    x, alpha = off_zero(rng, (4, 3)), rng.uniform(0.1, 0.9, 3)
    assert_close(solution.prelu(x, alpha), exact(x, alpha))
    for wrong_x, wrong_alpha in (
        (x, np.ones(4)),
        (x, np.ones(1)),
        (x, np.ones((4, 1))),
        (x, np.ones((1, 3))),
        (np.ones((4, 1)), alpha),
        (np.ones(3), alpha),
        (np.ones(3), 0.5),
        (np.ones((2, 4, 3)), 0.5),
    ):
        with raises(ValueError):
            solution.prelu(wrong_x, wrong_alpha)


def test_prelu_backward_refuses_other_shapes(solution, rng):
    """prelu_backward raises ValueError for the same reasons, and unless dout is (N, D)."""
    alpha = rng.uniform(0.1, 0.9, 3)
    x = off_zero(rng, (4, 3))
    assert_close(gradients(solution, np.ones((4, 3)), x, alpha)[0], exact_grad(x, alpha))
    x = np.ones((4, 3))
    for dout, wrong_x, wrong_alpha in (
        (np.ones(3), x, alpha),
        (np.ones((4, 1)), x, alpha),
        (np.ones((1, 3)), x, alpha),
        (np.ones((3, 4)), x, alpha),
        (x, np.ones((1, 3)), alpha),
        (x, np.ones((4, 1)), alpha),
        (x, x, np.ones(1)),
        (x, x, np.ones(4)),
        (np.ones(3), np.ones(3), alpha),
    ):
        with raises(ValueError):
            solution.prelu_backward(dout, wrong_x, wrong_alpha)


def test_leaves_its_arguments_alone(solution, rng):
    """The arrays that are passed in do not change, and every result is a new array."""
    n, d = some_shape(rng)
    for x in (off_zero(rng, (n, d)), rng.uniform(0.5, 3, (n, d))):
        dout, alpha = rng.normal(0, 1, (n, d)), rng.uniform(0.1, 0.9, d)
        before = x.copy(), dout.copy(), alpha.copy()
        assert_close(solution.leaky_relu(x), exact(before[0], 0.01))
        solution.leaky_relu_grad(x)
        assert_close(solution.prelu(x, alpha), exact(before[0], alpha))
        gradients(solution, dout, x, alpha)
        for now, then in zip((x, dout, alpha), before, strict=True):
            assert_unchanged(now, then)
        probe = solution.probe
        for shared in (
            probe.shares_memory("leaky_relu", x),
            probe.shares_memory("leaky_relu_grad", x),
            probe.shares_memory("prelu", x, alpha),
            probe.shares_memory("prelu_backward", dout, x, alpha),
        ):
            assert not shared, "a result is a view of an argument"
