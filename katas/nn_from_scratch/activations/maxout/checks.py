"""Hidden checks of the kata maxout."""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_gradient,
    assert_unchanged,
    points,
    raises,
)


def candidates(x, W, b):
    """All pieces of all units, (K, N, M), one dot product at a time."""
    x, W, b = (np.asarray(a, float) for a in (x, W, b))
    pieces = [x @ W[k] + b[k] for k in range(len(W))]
    return np.array(pieces).reshape(len(W), len(x), W.shape[2])


def exact(x, W, b):
    """The outputs."""
    return candidates(x, W, b).max(axis=0)


def exact_gradients(dout, x, W, argmax):
    """The three gradients, unit by unit and sample by sample."""
    dx, dW, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros((W.shape[0], W.shape[2]))
    for n, m in np.ndindex(dout.shape):
        k = argmax[n, m]
        dx[n] += dout[n, m] * W[k, :, m]
        dW[k, :, m] += dout[n, m] * x[n]
        db[k, m] += dout[n, m]
    return dx, dW, db


def some_sizes(rng):
    """Return drawn N, D, K and M, no two of N, D and M the same."""
    n, d, m = (int(v) for v in rng.permutation(np.arange(2, 9))[:3])
    return n, d, int(rng.integers(2, 5)), m


def drawn(rng, n, d, k, m):
    """Return x, W and b for which every largest piece is ahead of the second by at least 0.05."""
    W, b = rng.normal(0, 1, (k, d, m)), rng.normal(0, 1, (k, m))
    rows = []
    while len(rows) < n:
        x = rng.normal(0, 1.5, (1, d))
        ordered = np.sort(candidates(x, W, b), axis=0)
        if k == 1 or (ordered[-1] - ordered[-2]).min() > 0.05:
            rows.append(x)
    return np.concatenate(rows) if rows else np.empty((0, d)), W, b


def forward(solution, x, W, b):
    """Call maxout_forward; return out and argmax."""
    return parts(solution.maxout_forward(x, W, b), 2, "maxout_forward", "(out, argmax)")


def integers(argmax):
    """Return argmax as int64; any integers are right, and nothing else is."""
    if not isinstance(argmax, np.ndarray) or argmax.dtype.kind not in "iu":
        kind = argmax.dtype.name if isinstance(argmax, np.ndarray) else type(argmax).__name__
        raise CheckFailed(
            "argmax should be an array of integers",
            rung="dtype",
            got=kind,
            expected="an array of integers",
            value=argmax,
        )
    return argmax.astype(np.int64)


def gradients(solution, dout, x, W, argmax):
    """Call maxout_backward; return dx, dW and db."""
    return parts(solution.maxout_backward(dout, x, W, argmax), 3, "maxout_backward", "(dx, dW, db)")


def parts(got, count, name, words):
    """Return the parts of a tuple of so many."""
    if not isinstance(got, tuple) or len(got) != count:
        raise CheckFailed(
            f"{name} should return the tuple {words}",
            rung="type",
            got=type(got).__name__,
            expected=f"a tuple of {count} arrays",
            value=got,
        )
    return got


SIZES = ((7, 3, 4, 2), (1, 4, 3, 5), (5, 2, 3, 1), (3, 3, 3, 3))
"""N, D, K and M."""


@points(3)
def test_takes_the_largest_piece(solution, rng):
    """out[n, m] is the largest of the K pieces of unit m: with the weights 1 and -1 it is |x|."""
    x, W, b = np.array([[-3.0], [2.0]]), np.array([[[1.0]], [[-1.0]]]), np.zeros((2, 1))
    out, _ = forward(solution, x, W, b)
    assert_close(out, np.array([[3.0], [2.0]]))
    out, _ = forward(solution, x, W, np.array([[-5.0], [-6.0]]))
    assert_close(out, np.array([[-3.0], [-3.0]]))
    for sizes in (*SIZES, (2, 300, 2, 1)):
        x, W, b = drawn(rng, *sizes)
        out, _ = forward(solution, x, W, b)
        assert_close(out, exact(x, W, b), atol=1e-12)


def test_says_which_piece_is_the_largest(solution, rng):
    """argmax[n, m] is the number of the piece that is the largest, from 0 to K - 1."""
    x, W, b = np.array([[-3.0], [2.0]]), np.array([[[1.0]], [[-1.0]]]), np.zeros((2, 1))
    _, argmax = forward(solution, x, W, b)
    assert_close(integers(argmax), np.array([[1], [0]]))
    for sizes in SIZES:
        x, W, b = drawn(rng, *sizes)
        _, argmax = forward(solution, x, W, b)
        assert_close(integers(argmax), candidates(x, W, b).argmax(axis=0))


def test_two_pieces_can_be_relu(solution, rng):
    """With one piece of zeros and one piece x W + b, maxout is ReLU of x W + b."""
    x, W, b = drawn(rng, 7, 3, 2, 4)
    W[0], b[0] = 0.0, 0.0
    out, _ = forward(solution, x, W, b)
    assert_close(out, np.maximum(x @ W[1] + b[1], 0.0), atol=1e-12)


def test_one_piece_is_affine(solution, rng):
    """With a single piece, out is x W + b, even where that is negative."""
    x, W, b = drawn(rng, 7, 3, 1, 4)
    out, _ = forward(solution, x, W, b)
    assert_close(out, x @ W[0] + b[0], atol=1e-12)


def test_is_convex(solution, rng):
    """Half way between two inputs, out is never above the mean of the two outputs."""
    n, d, k, m = some_sizes(rng)
    W, b = rng.normal(0, 1, (k, d, m)), rng.normal(0, 1, (k, m))
    one, other = rng.normal(0, 3, (9 * n, d)), rng.normal(0, 3, (9 * n, d))
    outs = []
    for x in (one, other, (one + other) / 2):
        out, _ = forward(solution, x, W, b)
        assert_close(out, np.zeros((9 * n, m)), atol=np.inf)
        outs.append(out)
    above = outs[2] - (outs[0] + outs[1]) / 2
    assert_close(np.maximum(above, 0.0), np.zeros((9 * n, m)), atol=1e-12)


def test_names_one_of_equal_pieces(solution, rng):
    """Where several pieces are equally large, argmax names one of them."""
    x = np.array([[0.0, 1.0], [float(rng.integers(1, 1000)), 1.0]])
    W = np.array([[[1.0], [0.0]], [[-1.0], [0.0]], [[0.0], [-2.0]]])
    out, argmax = forward(solution, x, W, np.zeros((3, 1)))
    assert_close(out, x[:, :1])
    argmax = integers(argmax)
    assert_close(argmax, np.zeros((2, 1), np.int64), atol=2)
    chosen = np.take_along_axis(candidates(x, W, np.zeros((3, 1))), argmax[np.newaxis] % 3, axis=0)
    assert_close(chosen[0], x[:, :1])


@points(4)
def test_dx_is_the_gradient(solution, rng):
    """dx is the gradient of the loss with respect to x, for any upstream gradient dout."""
    for sizes in SIZES:
        x, W, b = drawn(rng, *sizes)
        argmax = candidates(x, W, b).argmax(axis=0)
        dout = rng.normal(0, 1, argmax.shape)
        dx = gradients(solution, dout, x, W, argmax)[0]
        assert_gradient(dx, lambda x, W=W, b=b, up=dout: float((up * exact(x, W, b)).sum()), x)


@points(5)
def test_dw_is_the_gradient(solution, rng):
    """dW is the gradient of the loss with respect to W, summed over the batch."""
    for sizes in SIZES:
        x, W, b = drawn(rng, *sizes)
        argmax = candidates(x, W, b).argmax(axis=0)
        dout = rng.normal(0, 1, argmax.shape)
        dW = gradients(solution, dout, x, W, argmax)[1]
        assert_gradient(dW, lambda W, x=x, b=b, up=dout: float((up * exact(x, W, b)).sum()), W)


@points(3)
def test_db_is_the_gradient(solution, rng):
    """db is the gradient of the loss with respect to b, summed over the batch."""
    for sizes in SIZES:
        x, W, b = drawn(rng, *sizes)
        argmax = candidates(x, W, b).argmax(axis=0)
        dout = rng.normal(0, 1, argmax.shape)
        db = gradients(solution, dout, x, W, argmax)[2]
        assert_gradient(db, lambda b, x=x, W=W, up=dout: float((up * exact(x, W, b)).sum()), b)


@points(3)
def test_only_the_largest_piece_gets_a_gradient(solution, rng):
    """Pieces that are not the largest get a gradient of exactly 0."""
    W, dout = np.array([[[1.0]], [[-1.0]], [[0.5]]]), np.array([[2.0]])
    for value in (-3.0, -float(rng.uniform(2, 5))):
        dx, dW, db = gradients(solution, dout, np.array([[value]]), W, np.array([[1]]))
        assert_close(dW, np.array([[[0.0]], [[2 * value]], [[0.0]]]))
        assert_close(db, np.array([[0.0], [2.0], [0.0]]))
        assert_close(dx, np.array([[-2.0]]))


def test_backward_follows_argmax(solution, rng):
    """Where pieces are equally large, the gradient goes to the piece that argmax names."""
    x, dout = np.array([[0.0, float(rng.uniform(2, 5))]]), np.array([[float(rng.uniform(2, 5))]])
    W = np.array([[[1.0], [0.0]], [[-1.0], [0.0]]])
    for winner in (0, 1):
        argmax = np.array([[winner]])
        dx, dW, db = gradients(solution, dout, x, W, argmax)
        right = exact_gradients(dout, x, W, argmax)
        assert_close(dx, right[0])
        assert_close(dW, right[1])
        assert_close(db, right[2])


def test_floats_keep_their_dtype(solution, rng):
    """Arrays of float32 give float32, and arrays of float64 give float64."""
    n, d, k, m = some_sizes(rng)
    x, W, b = drawn(rng, n, d, k, m)
    argmax = candidates(x, W, b).argmax(axis=0)
    dout = rng.normal(0, 1, argmax.shape)
    for dtype in (np.float32, np.float64):
        x_, W_, b_, dout_ = (a.astype(dtype) for a in (x, W, b, dout))
        out, _ = forward(solution, x_, W_, b_)
        assert_close(out, np.zeros((n, m), dtype), atol=np.inf)
        got = gradients(solution, dout_, x_, W_, argmax)
        for one, like in zip(got, (x_, W_, b_), strict=True):
            assert_close(one, np.zeros_like(like), atol=np.inf)


def test_integers_become_float64(solution, rng):
    """Arrays of integers are converted to float64."""
    n, d, k, m = some_sizes(rng)
    x, W, b, dout = (rng.integers(-4, 5, shape) for shape in ((n, d), (k, d, m), (k, m), (n, m)))
    argmax = rng.integers(0, k, (n, m))
    out, _ = forward(solution, x, W, b)
    assert_close(out, np.zeros((n, m)), atol=np.inf)
    got = gradients(solution, dout, x, W, argmax)
    for one, like in zip(got, (x, W, b), strict=True):
        assert_close(one, np.zeros(like.shape), atol=np.inf)


def test_takes_a_batch_of_none(solution, rng):
    """A batch without samples gives empty results, and gradients of 0 for W and b."""
    _, d, k, m = some_sizes(rng)
    _, W, b = drawn(rng, 0, d, k, m)
    out, argmax = forward(solution, np.empty((0, d)), W, b)
    assert_close(out, np.empty((0, m)))
    assert_close(integers(argmax), np.empty((0, m), np.int64))
    empty = np.empty((0, m), np.int64)
    dx, dW, db = gradients(solution, np.empty((0, m)), np.empty((0, d)), W, empty)
    assert_close(dx, np.empty((0, d)))
    assert_close(dW, np.zeros((k, d, m)))
    assert_close(db, np.zeros((k, m)))


def test_forward_refuses_other_shapes(solution, rng):
    """maxout_forward raises ValueError unless x is (N, D), W is (K, D, M) and b is (K, M)."""
    n, d, k, m = some_sizes(rng)
    out, _ = forward(solution, np.ones((n, d)), np.ones((k, d, m)), np.ones((k, m)))
    assert_close(out, np.zeros((n, m)), atol=np.inf)
    x, W, b = np.ones((5, 3)), np.ones((4, 3, 2)), np.ones((4, 2))
    for wrong_x, wrong_W, wrong_b in (
        (x, W, np.ones(2)),
        (x, W, np.ones((1, 2))),
        (x, W, np.ones((4, 1))),
        (x, W, np.ones((2, 4))),
        (x, W, np.ones((5, 2))),
        (x, W, np.ones((4, 1, 2))),
        (np.ones(3), W, b),
        (np.ones((5, 1)), W, b),
        (np.ones((5, 4)), W, b),
        (np.ones((2, 5, 3)), W, b),
        (x, np.ones((3, 2)), b),
        (x, np.ones((4, 1, 2)), b),
        (x, np.ones((1, 3, 2)), b),
    ):
        with raises(ValueError):
            solution.maxout_forward(wrong_x, wrong_W, wrong_b)


def test_backward_refuses_other_shapes(solution, rng):
    """maxout_backward raises ValueError unless dout and argmax are (N, M), and x and W fit."""
    n, d, k, m = some_sizes(rng)
    x, W, zeros = np.ones((n, d)), np.ones((k, d, m)), np.zeros((n, m), np.int64)
    dx, _, _ = gradients(solution, np.ones((n, m)), x, W, zeros)
    assert_close(dx, np.zeros((n, d)), atol=np.inf)
    dout, x, W = np.ones((5, 2)), np.ones((5, 3)), np.ones((4, 3, 2))
    argmax = np.zeros((5, 2), np.int64)
    for wrong_dout, wrong_x, wrong_W, wrong_argmax in (
        (np.ones(2), x, W, argmax),
        (np.ones((5, 1)), x, W, argmax),
        (np.ones((1, 2)), x, W, argmax),
        (np.ones((4, 5, 2)), x, W, argmax),
        (dout, x, W, argmax[0]),
        (dout, x, W, argmax[:, :1]),
        (dout, x, W, argmax[:1]),
        (dout, np.ones((5, 1)), W, argmax),
        (dout, np.ones((1, 3)), W, argmax),
        (dout, np.ones((5, 4)), W, argmax),
        (dout, x, np.ones((4, 1, 2)), argmax),
        (dout, x, np.ones((4, 3, 1)), argmax),
        (dout, np.ones((1, 3)), W, argmax[:1]),
        (dout[:1], np.ones((1, 3)), W, argmax),
    ):
        with raises(ValueError):
            solution.maxout_backward(wrong_dout, wrong_x, wrong_W, wrong_argmax)


def test_leaves_its_arguments_alone(solution, rng):
    """The arrays that are passed in do not change, and every result is a new array."""
    n, d, k, m = some_sizes(rng)
    for sizes in ((n, d, k, m), (n, d, 1, m)):
        x, W, b = drawn(rng, *sizes)
        argmax = candidates(x, W, b).argmax(axis=0)
        dout = rng.normal(0, 1, argmax.shape)
        before = [a.copy() for a in (dout, x, W, b, argmax)]
        out, _ = forward(solution, x, W, b)
        assert_close(out, np.zeros((n, m)), atol=np.inf)
        gradients(solution, dout, x, W, argmax)
        for now, then in zip((dout, x, W, b, argmax), before, strict=True):
            assert_unchanged(now, then)
        for shared in (
            solution.probe.shares_memory("maxout_forward", x, W, b),
            solution.probe.shares_memory("maxout_backward", dout, x, W, argmax),
        ):
            assert not shared, "a result is a view of an argument"
