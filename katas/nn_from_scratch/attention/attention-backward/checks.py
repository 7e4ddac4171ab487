"""Hidden checks of the kata attention-backward.

Each of the first four finds one fault and no other: with dk = 1 the root is 1, and the others
compare results of the module with each other.
"""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_unchanged,
    central_difference,
    points,
    raises,
    slow,
)

SIZES = ((3, 3, 3, 3), (2, 3, 4, 5), (4, 2, 9, 1), (1, 5, 2, 3), (5, 1, 3, 2), (3, 4, 1, 2))
"""n, m, dk and dv."""
CLOSE = {"rtol": 1e-9, "atol": 1e-12}
NAMES = ("dQ", "dK", "dV")


def weights_of(Q, K, mask=None):
    """Return the weights of attention, (..., n, m); zeros for a query that sees no key."""
    scores = Q @ np.swapaxes(K, -1, -2) / math.sqrt(K.shape[-1])
    visible = np.broadcast_to(True if mask is None else mask, scores.shape)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True)) * visible
    total = powers.sum(axis=-1, keepdims=True)
    return powers / np.where(total == 0, 1.0, total)


def exact(dout, Q, K, V, A):
    """Return dQ, dK and dV, entry by entry, with the full Jacobian of each softmax."""
    dQ, dK, dV = (np.zeros(a.shape) for a in (Q, K, V))
    root = math.sqrt(K.shape[-1])
    for entry in np.ndindex(Q.shape[:-2]):
        q, k, v, a, g = (array[entry] for array in (Q, K, V, A, dout))
        dV[entry] = np.einsum("nm,nd->md", a, g)
        for row in range(len(q)):
            jacobian = np.diag(a[row]) - np.outer(a[row], a[row])
            d_scores = jacobian @ (v @ g[row]) / root
            dQ[(*entry, row)] = d_scores @ k
            dK[entry] += np.outer(d_scores, q[row])
    return dQ, dK, dV


def draw(rng, n, m, dk, dv, leading=()):
    """Draw dout, Q, K and V, and compute A."""
    Q, K, V = (rng.normal(size=(*leading, *s)) for s in ((n, dk), (m, dk), (m, dv)))
    return [rng.normal(size=(*leading, n, dv)), Q, K, V, weights_of(Q, K)]


def draw_mask(rng, *shape):
    """Draw a mask in which every query sees a key."""
    mask = rng.random(shape) < 0.6
    mask[..., 0] = True
    return rng.permuted(mask, axis=-1)


def three(result):
    """Return the three gradients, if there are three."""
    if type(result) not in (tuple, list) or len(result) != 3:
        raise CheckFailed("dQ, dK and dV were expected, as a tuple", rung="type")
    return result


def entry(named, name):
    """Return one entry of what a probe returned."""
    if type(named) is not dict or name not in named:
        raise CheckFailed(f"{name} was expected", rung="type", got=str(named), expected=name)
    return named[name]


def assert_right(result, expected, close=CLOSE):
    """Compare the three gradients with the expected ones."""
    for name, got, right in zip(NAMES, three(result), expected, strict=True):
        try:
            assert_close(got, right, **close)
        except CheckFailed as failed:
            words = f"{name}: {failed}" if str(failed) else f"{name} is wrong"
            raise CheckFailed(
                words, rung=failed.rung, got=failed.got, expected=failed.expected
            ) from None


EXAMPLE = (
    np.ones((1, 1)),
    np.ones((1, 4)),
    np.array([[1.0, 1.0, 1.0, 1.0], [1.0, -1.0, 1.0, -1.0]]),
    np.array([[10.0], [20.0]]),
)


@points(6)
def test_the_root_of_dk(solution, rng):
    """Zero columns in Q and K make dQ and dK smaller: both are divided by the root of dk."""
    A = weights_of(*EXAMPLE[1:3])
    cases = [((*EXAMPLE, A), 12)]
    for dk in (1, 2, 5):
        arrays = draw(rng, 3, 3, dk, int(rng.integers(1, 5)))
        cases.append((arrays, int(rng.integers(1, 30))))
    for arrays, more in cases:
        dk = arrays[1].shape[1]
        got = solution.probe.sizes_with_zero_columns(*arrays, more)
        smaller = math.sqrt(dk / (dk + more))
        for name, expected in zip(NAMES, (smaller, smaller, 1.0), strict=True):
            assert_close(entry(got, name), expected, rtol=1e-8)


@points(6)
def test_every_score_changes_all_weights_of_its_row(solution, rng):
    """With dk = 1, the gradients go through all weights of a row: they share a sum of 1."""
    for n, m, dv in ((3, 3, 2), (1, 2, 1), (2, 4, 3), (5, 3, 1)):
        arrays = draw(rng, n, m, 1, dv)
        assert_right(solution.probe.gradients_of_copies(*arrays), exact(*arrays))


@points(5)
def test_each_entry_of_a_batch_alone(solution, rng):
    """In a batch, each entry gets the gradients that it gets alone."""
    for leading, (n, m, dk, dv) in (
        ((), (3, 4, 5, 6)),
        ((2,), (3, 4, 5, 6)),
        ((1,), (3, 2, 4, 5)),
        ((3, 2), (4, 5, 6, 7)),
    ):
        arrays = draw(rng, n, m, dk, dv, leading)
        got = solution.probe.batch_beside_entries(*arrays)
        assert_close(entry(got, "dV"), exact(*arrays)[2], **CLOSE)
        words = "as for each entry alone"
        assert_equal([entry(got, "dQ"), entry(got, "dK")], [words, words])


@points(3)
def test_leaves_its_arguments_alone(solution, rng):
    """The arrays that the caller holds are the same after the call, A too."""
    for n, m, dk, dv in SIZES[:3]:
        arrays = draw(rng, n, m, dk, dv)
        got = solution.probe.value_gradient_and_changes(*arrays)
        assert_close(entry(got, "dV"), exact(*arrays)[2], **CLOSE)
        assert_equal(entry(got, "changed"), [])


@points(0)
def test_value_gradient(solution, rng):
    """dV is Aᵀ @ dout: each value gets the gradients of the outputs, times its weights."""
    for sizes in SIZES:
        arrays = draw(rng, *sizes)
        got = three(solution.attention_backward(*arrays))[2]
        assert_close(got, exact(*arrays)[2], **CLOSE)


@points(0)
def test_keeps_the_precision_it_is_given(solution, rng):
    """float32 gives float32 in all three gradients, and float64 gives float64."""
    for dtype in (np.float32, np.float64):
        arrays = [a.astype(dtype) for a in draw(rng, 3, 3, 4, 2)]
        got = solution.probe.value_gradient_and_dtypes(*arrays)
        assert_close(entry(got, "dV"), exact(*arrays)[2].astype(dtype), rtol=1e-5, atol=1e-6)
        assert_equal(entry(got, "dtypes"), [np.dtype(dtype).name] * 3)


@points(0)
def test_integers(solution, rng):
    """Integers are converted to float64, also int8, in which 100 · 100 does not fit."""
    for dtype in (np.int64, np.int8):
        Q, K, V = (
            rng.integers(-100, 101, shape).astype(dtype) for shape in ((3, 2), (3, 2), (3, 4))
        )
        dout = rng.integers(-100, 101, (3, 4)).astype(dtype)
        A = np.roll(np.eye(3, dtype=dtype), int(rng.integers(1, 3)), axis=0)  # not symmetric
        got = solution.probe.value_gradient_and_dtypes(dout, Q, K, V, A)
        assert_close(entry(got, "dV"), exact(dout, Q, K, V, A)[2], **CLOSE)
        assert_equal(entry(got, "dtypes"), ["float64"] * 3)


@points(0)
def test_no_queries(solution, rng):
    """Without queries, dQ is empty, and dK and dV are zero."""
    for n in (1, 0):
        dout, Q, K, V, A = draw(rng, n, 4, 2, 5)
        got = three(solution.attention_backward(dout, Q, K, V, A))
        assert_close(got[2], A.T @ dout, **CLOSE)
        assert_equal([np.shape(g) for g in got], [(n, 2), (4, 2), (4, 5)])


@points(0)
def test_refuses_shapes_that_do_not_fit(solution, rng):
    """Another n, m, dk or dv in one of two arrays, or one vector, raises a ValueError."""
    arrays = draw(rng, 3, 3, 2, 2)
    got = three(solution.attention_backward(*arrays))[2]
    assert_close(got, exact(*arrays)[2], **CLOSE)
    dout, Q, K, V, A = arrays
    for wrong in (
        (dout[:1], Q, K, V, A),
        (dout[:, :1], Q, K, V, A),
        (dout, Q[:1], K, V, A),
        (dout, Q[:, :1], K, V, A),
        (dout, Q, K[:, :1], V, A),
        (dout, Q, K[:1], V, A),
        (dout, Q, K, V[:1], A),
        (dout, Q, K, V[:, :1], A),
        (dout, Q, K, V, A[:1]),
        (dout, Q, K, V, A[:, :1]),
        (dout[0], Q, K, V, A),
        (dout, Q[0], K, V, A),
        (dout, Q, K, V, A[0]),
    ):
        with raises(ValueError):
            solution.attention_backward(*wrong)


@points(0)
def test_refuses_other_leading_dimensions(solution, rng):
    """Leading dimensions that are not all equal raise a ValueError; none is broadcast."""
    arrays = draw(rng, 3, 4, 2, 5)
    got = three(solution.attention_backward(*arrays))[2]
    assert_close(got, exact(*arrays)[2], **CLOSE)
    for place in range(5):
        for leading in ((1,), (2,)):
            wrong = list(arrays)
            wrong[place] = np.broadcast_to(wrong[place], (*leading, *wrong[place].shape)).copy()
            with raises(ValueError):
                solution.attention_backward(*wrong)


@slow
@points(1)
def test_the_example(solution):
    """In the example of the lesson, dQ is (0, -1.05, 0, -1.05)."""
    A = weights_of(*EXAMPLE[1:3])
    for factor in (1.0, 2.0):
        arrays = (factor * EXAMPLE[0], *EXAMPLE[1:], A)
        assert_right(solution.attention_backward(*arrays), exact(*arrays))


@slow
@points(7)
def test_gradients_match_central_differences(solution, rng):
    """All three gradients are the measured ones, for a random upstream gradient."""
    for n, m, dk, dv in SIZES:
        dout, Q, K, V, A = draw(rng, n, m, dk, dv)

        def loss(q, k, v, dout=dout):
            return float((weights_of(q, k) @ v * dout).sum())

        measured = (
            central_difference(lambda x, K=K, V=V, f=loss: f(x, K, V), Q),
            central_difference(lambda x, Q=Q, V=V, f=loss: f(Q, x, V), K),
            central_difference(lambda x, Q=Q, K=K, f=loss: f(Q, K, x), V),
        )
        got = solution.attention_backward(dout, Q, K, V, A)
        assert_right(got, measured, {"rtol": 1e-6, "atol": 1e-8})


@slow
@points(4)
def test_batches_and_heads(solution, rng):
    """The gradients of batches and of several heads are right, also of empty ones."""
    for leading in ((2,), (1,), (2, 3), (2, 1, 2), (0,), (2, 0)):
        for sizes in ((3, 3, 3, 3), (2, 3, 4, 5)):
            arrays = draw(rng, *sizes, leading)
            assert_right(solution.attention_backward(*arrays), exact(*arrays))


@slow
@points(4)
def test_hidden_keys_get_nothing(solution, rng):
    """No gradient passes a weight of 0: not to a hidden key, not from a query that sees none."""
    for leading, n, m in (((), 3, 4), ((2,), 4, 3), ((), 2, 5)):
        dout, Q, K, V, _ = draw(rng, n, m, 4, 2, leading)
        mask = draw_mask(rng, *leading, n, m)
        mask[..., int(rng.integers(n)), :] = False
        mask[..., int(rng.integers(m))] = False
        A = weights_of(Q, K, mask)
        arrays = dout, Q, K, V, A
        assert_right(solution.attention_backward(*arrays), exact(*arrays))
        before = [a.copy() for a in arrays]
        assert_right(solution.attention_backward(*arrays), exact(*before))
        for now, then, name in zip(arrays, before, ("dout", "Q", "K", "V", "A"), strict=True):
            assert_unchanged(now, then, name)


@slow
@points(2)
def test_float32_and_integers(solution, rng):
    """dQ and dK are right in float32, and for integers."""
    arrays = [a.astype(np.float32) for a in draw(rng, 3, 4, 5, 2)]
    expected = [g.astype(np.float32) for g in exact(*arrays)]
    got = solution.attention_backward(*arrays)
    assert_right(got, expected, {"rtol": 1e-4, "atol": 1e-5})
    dout, Q, K, V = (rng.integers(-9, 10, shape) for shape in ((3, 2), (3, 5), (4, 5), (4, 2)))
    A = np.full((3, 4), 0.25)
    arrays = dout, Q, K, V, A
    assert_right(solution.attention_backward(*arrays), exact(*arrays))


@slow
@points(4)
def test_keeps_what_was_right(solution, rng):
    """Everything that was right before the repair is still right after it."""
    arrays = draw(rng, 3, 4, 5, 2)
    assert_right(solution.attention_backward(*arrays), exact(*arrays))
    for check in RIGHT_BEFORE:
        check(solution, rng)


RIGHT_BEFORE = (
    test_value_gradient,
    test_keeps_the_precision_it_is_given,
    test_integers,
    test_no_queries,
    test_refuses_shapes_that_do_not_fit,
    test_refuses_other_leading_dimensions,
)
"""The checks that the untouched stub passes: alone they earn nothing, together they earn 4."""
