"""Hidden checks of the kata attention."""

import math

import numpy as np

from nnkata.testing import CheckFailed, assert_close, assert_unchanged, points, raises

SIZES = ((3, 3, 3, 3), (2, 3, 4, 5), (4, 2, 9, 1), (1, 5, 2, 3), (5, 1, 3, 2), (3, 4, 1, 2))
"""n, m, dk and dv."""
CLOSE = {"rtol": 1e-9, "atol": 1e-12}


def exact(Q, K, V, mask=None):
    """Return output and weights, computed query by query with Python's floats."""
    leading, n, m = Q.shape[:-2], Q.shape[-2], K.shape[-2]
    A = np.zeros((*leading, n, m))
    visible = np.broadcast_to(True if mask is None else mask, A.shape)
    for place in np.ndindex(*leading, n):
        query = Q[place].tolist()
        scores = {
            key: math.fsum(a * b for a, b in zip(query, K[place[:-1]][key].tolist(), strict=True))
            / math.sqrt(len(query))
            for key in range(m)
            if visible[place][key]
        }
        if scores:
            top = max(scores.values())
            total = math.fsum(math.exp(score - top) for score in scores.values())
            for key, score in scores.items():
                A[place][key] = math.exp(score - top) / total
    return A @ V, A


def both(result):
    """Return the output and the weights, if there are two."""
    if type(result) not in (tuple, list) or len(result) != 2:
        raise CheckFailed("the output and the weights were expected, as a tuple", rung="type")
    return result


def assert_right(result, expected, close=CLOSE):
    """Compare weights and output with the expected pair."""
    got, weights = both(result)
    assert_close(weights, expected[1], **close)
    assert_close(got, expected[0], **close)


def draw(rng, n, m, dk, dv, leading=(), spread=1.0):
    """Draw Q, K and V."""
    return (
        rng.normal(0, spread, (*leading, n, dk)),
        rng.normal(0, spread, (*leading, m, dk)),
        rng.normal(0, 1, (*leading, m, dv)),
    )


def draw_mask(rng, *shape):
    """Draw a mask in which each query sees a key, and with more than one key, one is hidden."""
    mask = rng.random(shape) < 0.5
    mask[..., 0] = True
    if shape[-1] > 1:
        mask[..., -1] = False
    return rng.permuted(mask, axis=-1)


EXAMPLE = (
    np.ones((1, 4)),
    np.array([[1.0, 1.0, 1.0, 1.0], [1.0, -1.0, 1.0, -1.0], [4.0, 2.0, 2.0, 2.0]]),
    np.array([[10.0], [20.0], [30.0]]),
)


def test_the_example(solution):
    """In the example of the lesson, the scores are 2, 0 and 5, and the output is 28.99."""
    assert_right(solution.attention(*EXAMPLE), exact(*EXAMPLE))


@points(2)
def test_weights(solution, rng):
    """The weights are softmax(Q @ Kᵀ / sqrt(dk)): those of each query add up to 1."""
    for n, m, dk, dv in SIZES:
        Q, K, V = draw(rng, n, m, dk, dv)
        weights = both(solution.attention(Q, K, V))[1]
        expected = exact(Q, K, V)[1]
        assert_close(weights, expected, **CLOSE)


@points(2)
def test_output(solution, rng):
    """The output of each query is the sum of all values, each times its weight."""
    for n, m, dk, dv in SIZES:
        Q, K, V = draw(rng, n, m, dk, dv)
        got = both(solution.attention(Q, K, V))[0]
        assert_close(got, exact(Q, K, V)[0], **CLOSE)


def test_equal_keys(solution, rng):
    """If all keys are equal, each query gets the plain mean of the values."""
    for n, m, dk, dv in ((2, 3, 4, 5), (4, 5, 9, 2), (1, 2, 3, 3)):
        Q, K, V = draw(rng, n, m, dk, dv)
        K = np.tile(K[:1], (m, 1))
        expected = np.tile(V.mean(axis=0), (n, 1)), np.full((n, m), 1 / m)
        assert_right(solution.attention(Q, K, V), expected)


def test_the_order_of_keys_does_not_matter(solution, rng):
    """When keys and values change places together, the output stays the same."""
    for n, m, dk, dv in ((2, 4, 3, 5), (3, 6, 2, 1)):
        Q, K, V = draw(rng, n, m, dk, dv)
        expected = exact(Q, K, V)[0]
        for _ in range(2):
            order = rng.permutation(m)
            assert_close(both(solution.attention(Q, K[order], V[order]))[0], expected, **CLOSE)
        order = rng.permutation(n)
        assert_close(both(solution.attention(Q[order], K, V))[0], expected[order], **CLOSE)


@points(2)
def test_leading_dimensions(solution, rng):
    """Each entry of a batch, and each head of it, is computed alone."""
    for leading in ((2,), (3,), (1,), (2, 3), (4, 1), (2, 1, 2)):
        for n, m, dk, dv in ((3, 3, 3, 3), (2, 3, 4, 5)):
            Q, K, V = draw(rng, n, m, dk, dv, leading)
            assert_right(solution.attention(Q, K, V), exact(Q, K, V))


@points(4)
def test_masked_weights(solution, rng):
    """A hidden key has the weight 0, and the weights of the others add up to 1."""
    mask = np.array([[True, True, False]])
    weights = both(solution.attention(*EXAMPLE, mask))[1]
    assert_close(weights, exact(*EXAMPLE, mask)[1], **CLOSE)
    for n, m, dk, dv in SIZES:
        Q, K, V = draw(rng, n, m, dk, dv)
        mask = draw_mask(rng, n, m)
        weights = both(solution.attention(Q, K, V, mask))[1]
        expected = exact(Q, K, V, mask)[1]
        assert_close(weights, expected, **CLOSE)
        if np.any(weights[~mask] != 0):
            raise CheckFailed("the weight of a hidden key must be exactly 0", rung="value")


@points(4)
def test_masked_output(solution, rng):
    """With a mask, the output is the mean of the values that the query sees."""
    for n, m, dk, dv in SIZES:
        Q, K, V = draw(rng, n, m, dk, dv)
        mask = draw_mask(rng, n, m)
        got = both(solution.attention(Q, K, V, mask=mask))[0]
        assert_close(got, exact(Q, K, V, mask)[0], **CLOSE)


@points(4)
def test_the_future_does_not_change_the_past(solution, rng):
    """If no query sees later keys, new tokens at the end do not change the outputs before them."""
    for t, d in ((4, 3), (6, 2)):
        causal = np.tril(np.ones((t, t), bool))
        Q, K, V = draw(rng, t, t, d, d)
        expected = exact(Q, K, V, causal)
        for known in (t, t - 1, t - 2):
            q, k, v = (a.copy() for a in (Q, K, V))
            for array in (q, k, v):
                array[known:] = rng.uniform(2.0, 5.0, (t - known, d))
            got, weights = both(solution.attention(q, k, v, causal))
            now = exact(q, k, v, causal)
            assert_close(weights, now[1], **CLOSE)
            assert_close(got, now[0], rtol=1e-9, atol=1e-10)
            assert_close(np.asarray(got)[:known], expected[0][:known], **CLOSE)


@points(3)
def test_masks_of_batches(solution, rng):
    """A mask (n, m) hides the same in every entry; a mask (..., n, m) has a part for each."""
    for leading in ((2,), (3, 2), (1,)):
        Q, K, V = draw(rng, 3, 4, 2, 5, leading)
        for shape in ((3, 4), (*leading, 3, 4)):
            mask = draw_mask(rng, *shape)
            assert_right(solution.attention(Q, K, V, mask), exact(Q, K, V, mask))


@points(3)
def test_hidden_scores_far_above(solution, rng):
    """What a query sees is right even if a hidden score is 2000 above all others."""
    for gap in (735.0, 740.0, 2000.0):
        scores = rng.uniform(-1.0, 1.0, 4) + np.array([0.0, 0.0, 0.0, gap])
        Q, K, V = np.ones((1, 1)), scores[:, np.newaxis], rng.normal(size=(4, 2))
        order = rng.permutation(4)
        mask = (np.arange(4) < 3)[order][np.newaxis]
        K, V = K[order], V[order]
        assert_right(solution.attention(Q, K, V, mask), exact(Q, K, V, mask), {"rtol": 1e-8})


@points(3)
def test_queries_that_see_nothing(solution, rng):
    """A query that sees no key gets weights and an output of 0; the other queries are right."""
    for leading, n, m in (((), 2, 3), ((2,), 3, 4), ((), 4, 2)):
        Q, K, V = draw(rng, n, m, 3, 2, leading)
        mask = draw_mask(rng, *leading, n, m)
        mask[..., int(rng.integers(n)), :] = False
        assert_right(solution.attention(Q, K, V, mask), exact(Q, K, V, mask))
        nothing = np.zeros((n, m), bool)
        assert_right(solution.attention(Q, K, V, nothing), exact(Q, K, V, nothing))


def test_large_scores(solution, rng):
    """Scores of 10 000 and of -10 000 are no problem."""
    for sign in (1.0, -1.0):
        Q, K, V = np.full((2, 4), 100.0), sign * np.full((3, 4), 50.0), rng.normal(size=(3, 2))
        K = K + rng.uniform(-0.005, 0.005, K.shape)
        assert_right(solution.attention(Q, K, V), exact(Q, K, V), {"rtol": 1e-8, "atol": 1e-9})
        Q[0] = -Q[0]
        mask = draw_mask(rng, 2, 3)
        expected = exact(Q, K, V, mask)
        assert_right(solution.attention(Q, K, V, mask), expected, {"rtol": 1e-8, "atol": 1e-9})


@points(2)
def test_keeps_the_precision_it_is_given(solution, rng):
    """float32 gives float32, in the output and in the weights, with a mask and without."""
    for n, m, dk, dv in SIZES[:3]:
        arrays = [a.astype(np.float32) for a in draw(rng, n, m, dk, dv)]
        for mask in (None, draw_mask(rng, n, m)):
            expected = [a.astype(np.float32) for a in exact(*arrays, mask)]
            result = solution.attention(*arrays, mask)
            assert_right(result, expected, {"rtol": 1e-4, "atol": 1e-6})


def test_integers(solution, rng):
    """Integers are converted to float64, including int8, in which 100 · 100 does not fit."""
    for dtype in (np.int64, np.int8):
        for largest in (3, 100):
            Q, K, V = (
                rng.integers(-largest, largest + 1, shape).astype(dtype)
                for shape in ((3, 2), (4, 2), (4, 3))
            )
            expected = exact(*(a.astype(np.float64) for a in (Q, K, V)))
            assert_right(solution.attention(Q, K, V), expected)


def test_no_queries_and_no_entries(solution, rng):
    """Without queries, or with a batch of 0, both results are empty and have the right shape."""
    for leading, n in (((), 1), ((), 0), ((2,), 0), ((0,), 3), ((2, 0), 3)):
        Q, K, V = draw(rng, n, 4, 2, 5, leading)
        for mask in (None, draw_mask(rng, n, 4)):
            assert_right(solution.attention(Q, K, V, mask), exact(Q, K, V, mask))


def test_refuses_shapes_that_do_not_fit(solution, rng):
    """Another dk in Q than in K, or another m in K than in V, raises a ValueError."""
    for leading in ((2,), ()):
        Q, K, V = draw(rng, 2, 3, 4, 5, leading)
        assert_right(solution.attention(Q, K, V), exact(Q, K, V))
        for wrong in ((Q[..., :3], K, V), (Q[..., :1], K, V), (Q, K, V[..., :2, :]),
                      (Q, K, V[..., :1, :]), (Q, K[..., :1, :], V)):  # fmt: skip
            with raises(ValueError):
                solution.attention(*wrong)


def test_refuses_leading_dimensions_that_differ(solution, rng):
    """Leading dimensions that are not equal raise a ValueError; nothing is broadcast."""
    Q, K, V = draw(rng, 2, 3, 4, 5, (2,))
    assert_right(solution.attention(Q, K, V), exact(Q, K, V))
    for wrong in (
        (Q[:1], K, V), (Q, K[:1], V[:1]), (Q, K, V[:1]), (Q[:1], K[:1], V), (Q[0], K, V),
        (Q, K[0], V[0]), (Q, K, V[0]), (Q[np.newaxis], K, V),
    ):  # fmt: skip
        with raises(ValueError):
            solution.attention(*wrong)


def test_refuses_single_vectors(solution, rng):
    """A query, a key or a value without its row dimension raises a ValueError."""
    Q, K, V = draw(rng, 1, 1, 3, 2)
    assert_right(solution.attention(Q, K, V), exact(Q, K, V))
    for wrong in ((Q[0], K, V), (Q, K[0], V), (Q, K, V[0])):
        with raises(ValueError):
            solution.attention(*wrong)


@points(2)
def test_refuses_masks_of_another_shape(solution, rng):
    """A mask that is neither (n, m) nor (..., n, m) raises a ValueError; nothing is broadcast."""
    for leading in ((2,), ()):
        Q, K, V = draw(rng, 3, 4, 2, 5, leading)
        mask = draw_mask(rng, 3, 4)
        assert_right(solution.attention(Q, K, V, mask), exact(Q, K, V, mask))
        for wrong in (mask[:1], mask[0], mask[:, :1], mask[:, :3], mask.T, mask[:2],
                      np.stack([mask] * 3), np.ones((2, 2, 3, 4), bool)):  # fmt: skip
            with raises(ValueError):
                solution.attention(Q, K, V, wrong)


def test_leaves_its_arguments_alone(solution, rng):
    """Q, K, V and the mask do not change, and the same call gives the same results again."""
    for n, m, dk, dv in SIZES[:3]:
        arrays = [*draw(rng, n, m, dk, dv), draw_mask(rng, n, m)]
        before = [a.copy() for a in arrays]
        for count in (4, 4, 3):
            expected = exact(*before[:count])
            assert_right(solution.attention(*arrays[:count]), expected)
            for name, now, then in zip(("Q", "K", "V", "mask"), arrays, before, strict=True):
                assert_unchanged(now, then, name)
