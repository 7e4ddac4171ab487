"""Hidden checks of the kata ntm-addressing.

Weightings are drawn positive. Vectors have lengths of at least 0.5, except where the length is the
subject, so that a small number in a denominator is found there and only there.
"""

import math

import numpy as np

from nnkata.testing import assert_close, assert_unchanged, points, raises

SIZES = ((3, 2), (1, 4), (5, 1), (2, 3), (7, 4))
"""R and C."""
CLOSE = {"rtol": 1e-9, "atol": 1e-12}
COSINES = {"rtol": 1e-5, "atol": 1e-7}
"""Here a small number in a denominator makes no difference."""


def draw_rows(rng, *shape):
    """Draw vectors of two decimals, of lengths between 0.5 and 4, in random directions."""
    vectors = rng.normal(size=shape)
    lengths = np.sqrt((vectors**2).sum(axis=-1, keepdims=True))
    return (vectors / lengths * rng.uniform(0.55, 3.95, lengths.shape)).round(2)


def draw_weights(rng, rows):
    """Draw a weighting: of two decimals, or of four if there are many rows."""
    decimals = 2 if rows < 10 else 4
    weights = rng.uniform(0.1, 1.0, rows)
    weights = (weights / weights.sum()).round(decimals)
    weights[weights.argmax()] += 1.0 - weights.sum()
    return weights.round(decimals)


def draw_number(rng, low, high):
    """Draw a float of two decimals."""
    return round(float(rng.uniform(low, high)), 2)


def cosine(a, b):
    """Return the cosine between two vectors, and 0 if one of them is zero."""
    lengths = math.hypot(*map(float, a)) * math.hypot(*map(float, b))
    return math.fsum(float(x) * float(y) for x, y in zip(a, b, strict=True)) / (lengths or 1.0)


def by_content(M, key, beta):
    """Return the weighting by content, row by row."""
    scores = [beta * cosine(row, key) for row in M]
    powers = np.array([math.exp(score - max(scores)) for score in scores])
    return powers / powers.sum()


def moved(w, s):
    """Return a weighting after the move, weight by weight."""
    result = np.zeros(len(w))
    for row, weight in enumerate(w):
        for move, share in zip((-1, 0, 1), s, strict=True):
            result[(row + move) % len(w)] += share * weight
    return result


def sharpened(w, gamma):
    """Return a sharpened weighting, computed with logarithms."""
    logs = [gamma * math.log(weight) if weight else -math.inf for weight in w]
    powers = np.array([math.exp(log - max(logs)) for log in logs])
    return powers / powers.sum()


def written(M, w, erase, add):
    """Return the memory after a write, number by number."""
    return np.array(
        [
            [
                number * (1 - w[r] * e) + w[r] * a
                for number, e, a in zip(row, erase, add, strict=True)
            ]
            for r, row in enumerate(M)
        ]
    )


def test_the_example(solution):
    """In the example of the lesson, the weights by content are 0.591, 0.080 and 0.329."""
    M, key = np.array([[3.0, 0.0], [0.0, 2.0], [4.0, 4.0]]), np.array([1.0, 0.0])
    assert_close(solution.content_weights(M, key, 2.0), by_content(M, key, 2.0), **COSINES)
    assert_close(solution.content_weights(M, -key, 1.0), by_content(M, -key, 1.0), **COSINES)


@points(9)
def test_compares_directions(solution, rng):
    """content_weights is the softmax of beta times the cosine of each row with the key."""
    for rows, columns in SIZES:
        for beta in (1.0, 0.0, draw_number(rng, 2.0, 8.0)):
            M, key = draw_rows(rng, rows, columns), draw_rows(rng, columns)
            got = solution.content_weights(M, key, beta)
            assert_close(got, by_content(M, key, beta), **COSINES)


@points(8)
def test_a_longer_key_changes_nothing(solution, rng):
    """If the key or a row is made a few times longer, the weights stay the same."""
    for rows, columns in ((3, 2), (4, 5)):
        M, key = draw_rows(rng, rows, columns), draw_rows(rng, columns)
        beta = draw_number(rng, 2, 4)
        expected = by_content(M, key, beta)
        for factor in (1.0, 5.0, draw_number(rng, 2.0, 9.0)):
            stretched = M * rng.uniform(1.0, factor, (rows, 1))
            assert_close(solution.content_weights(M, factor * key, beta), expected, **COSINES)
            assert_close(solution.content_weights(stretched, key, beta), expected, **COSINES)


@points(3)
def test_keys_of_zeros(solution, rng):
    """A row of zeros has the cosine 0; with a key of zeros, all rows have the same weight."""
    for rows, columns in ((3, 2), (4, 5), (1, 2)):
        M, key = draw_rows(rng, rows, columns), draw_rows(rng, columns)
        M[int(rng.integers(rows))] = 0.0
        assert_close(solution.content_weights(M, key, 3.0), by_content(M, key, 3.0), **COSINES)
        even = np.full(rows, 1 / rows)
        assert_close(solution.content_weights(M, np.zeros(columns), 3.0), even, **COSINES)
        assert_close(solution.content_weights(np.zeros_like(M), key, 3.0), even, **COSINES)


@points(2)
def test_very_short_and_very_long_vectors(solution, rng):
    """The lengths of rows and key do not count, be they 1e-100 or 1e100."""
    for rows, columns in ((3, 2), (5, 4)):
        M, key = draw_rows(rng, rows, columns), draw_rows(rng, columns)
        beta = draw_number(rng, 2, 4)
        expected = by_content(M, key, beta)
        for of_rows, of_key in ((1e-100, 1e-100), (1e-100, 1.0), (1.0, 1e-100), (1e100, 1e100)):
            got = solution.content_weights(of_rows * M, of_key * key, beta)
            assert_close(got, expected, **COSINES)


@points(2)
def test_decides_sharply(solution, rng):
    """With a beta of 1000 or more, the row nearest to the key gets the weight 1."""
    for rows, columns in ((4, 2), (6, 3)):
        nearest, key = int(rng.integers(rows)), draw_rows(rng, columns)
        M = draw_rows(rng, rows, columns)
        M -= np.outer(M @ key / (key @ key), key)  # now the other rows have the cosine 0
        M[nearest] = rng.uniform(2.0, 4.0) * key
        for beta in (1000.0, 1e6):
            got = solution.content_weights(M, key, beta)
            assert_close(got, np.eye(rows)[nearest], atol=1e-9)


@points(2)
def test_interpolate(solution, rng):
    """The gate g is the share of the weights by content; the rest is that of the step before."""
    for rows in (2, 1, 5, 8):
        for g in (1.0, 0.0, draw_number(rng, 0.1, 0.4), draw_number(rng, 0.6, 0.9)):
            wc, before = draw_weights(rng, rows), draw_weights(rng, rows)
            expected = np.array([g * c + (1 - g) * p for c, p in zip(wc, before, strict=True)])
            assert_close(solution.interpolate(wc, before, g), expected, **CLOSE)


@points(2)
def test_shift(solution, rng):
    """s[2] is the share that moves on to the next row, and s[0] the share that moves back."""
    for rows in (3, 4, 6, 9):
        place = int(rng.integers(1, rows - 1))
        spread = draw_weights(rng, 3)
        for s in (np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.0]), spread):
            w = np.eye(rows)[place]
            assert_close(solution.shift(w, s), moved(w, s), **CLOSE)


@points(2)
def test_the_rows_are_a_circle(solution, rng):
    """From the last row a move by 1 leads to the first, and back; nothing is lost."""
    for rows in (3, 2, 1, 4, 7):
        for s in (np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.0]), draw_weights(rng, 3)):
            for w in (np.eye(rows)[-1], np.eye(rows)[0], draw_weights(rng, rows)):
                assert_close(solution.shift(w, s), moved(w, s), **CLOSE)


@points(2)
def test_sharpen(solution, rng):
    """sharpen takes each weight to the power gamma, and makes the sum 1 again."""
    for rows in (3, 1, 2, 6):
        for gamma in (2.0, 1.0, 3.0, draw_number(rng, 1.2, 5.0)):
            w = draw_weights(rng, rows)
            assert_close(solution.sharpen(w, gamma), sharpened(w, gamma), **CLOSE)


@points(2)
def test_sharpen_for_every_gamma(solution, rng):
    """A gamma of 1000 or 1e6 is no problem: the largest weight becomes 1, and equal ones share."""
    for rows in (4, 6, 30):
        w = draw_weights(rng, rows)
        largest = int(rng.integers(rows))
        w[largest] *= 20
        w /= w.sum()
        w[(largest + 1) % rows] = 0.0
        for gamma in (1000.0, 1e6):
            expected = np.eye(rows)[largest]
            assert_close(solution.sharpen(w, gamma), expected, **CLOSE)
            assert_close(solution.sharpen(np.full(rows, 1 / rows), gamma), np.full(rows, 1 / rows))


@points(3)
def test_address(solution, rng):
    """address looks for the key, interpolates, shifts and sharpens, in this order."""
    for rows, columns in ((3, 2), (5, 4), (4, 1)):
        M, key = draw_rows(rng, rows, columns), draw_rows(rng, columns)
        before, s = draw_weights(rng, rows), draw_weights(rng, 3)
        beta, g, gamma = (draw_number(rng, *ends) for ends in ((1, 4), (0.3, 0.7), (2, 3)))
        mixed = g * by_content(M, key, beta) + (1 - g) * before
        got = solution.address(M, before, key, beta, g, s, gamma)
        assert_close(got, sharpened(moved(mixed, s), gamma), **COSINES)


@points(2)
def test_read(solution, rng):
    """read adds up the rows of the memory, each times its weight."""
    for rows, columns in SIZES:
        M, w = draw_rows(rng, rows, columns), draw_weights(rng, rows)
        expected = [sum(w[r] * M[r, c] for r in range(rows)) for c in range(columns)]
        assert_close(solution.read(M, w), np.array(expected), **CLOSE)


@points(2)
def test_write_replaces_a_row(solution, rng):
    """If one row has the weight 1 and erase is 1, the row becomes add, and others stay."""
    for rows, columns in SIZES:
        M, add, place = draw_rows(rng, rows, columns), draw_rows(rng, columns), rng.integers(rows)
        for number in (1.0, 0.5):
            w, erase = np.eye(rows)[place], np.full(columns, number)
            assert_close(solution.write(M, w, erase, add), written(M, w, erase, add), **CLOSE)


@points(2)
def test_write(solution, rng):
    """write takes from each number the share w times erase, and then adds w times add."""
    for rows, columns in SIZES:
        M, w, add = draw_rows(rng, rows, columns), draw_weights(rng, rows), draw_rows(rng, columns)
        erase = rng.uniform(0.1, 0.9, columns).round(2)
        assert_close(solution.write(M, w, erase, add), written(M, w, erase, add), **CLOSE)


def all_calls(solution, rng, dtype):
    """Call everything with arrays of one dtype; return the results and what is right."""
    M, key = (10 * draw_rows(rng, *shape) for shape in ((4, 3), (3,)))
    erase, add = rng.uniform(0, 1, 3).round(2), 10 * draw_rows(rng, 3)
    w, before, s = draw_weights(rng, 4), draw_weights(rng, 4), draw_weights(rng, 3)
    if np.dtype(dtype).kind == "i":
        M, key, add, erase = np.rint(M), np.rint(key) + 1, np.rint(add), np.array([1, 0, 1])
        w, before, s = np.eye(4)[1], np.eye(4)[3], np.eye(3)[2]
    M, key, erase, add, w, before, s = (a.astype(dtype) for a in (M, key, erase, add, w, before, s))
    yield solution.interpolate(w, before, 0.25), 0.25 * w + 0.75 * before
    yield solution.shift(w, s), moved(w, s)
    yield solution.sharpen(w, 1.5), sharpened(w, 1.5)
    yield solution.read(M, w), w @ M.astype(np.float64)
    yield solution.write(M, w, erase, add), written(M.astype(float), w, erase, add)
    yield solution.content_weights(M, key, 2.0), by_content(M, key, 2.0)


def test_keeps_the_precision_it_is_given(solution, rng):
    """Arrays of float32 give float32 in every function, and arrays of float64 give float64."""
    for dtype in (np.float32, np.float64):
        for got, expected in all_calls(solution, rng, dtype):
            assert_close(got, expected.astype(dtype), rtol=1e-4, atol=1e-5)


def test_integers(solution, rng):
    """Integers are converted to float64, also int8, in which 10 times 20 does not fit."""
    for dtype in (np.int64, np.int8):
        for got, expected in all_calls(solution, rng, dtype):
            assert_close(got, expected.astype(np.float64), rtol=1e-5, atol=1e-7)


def refused(solution, *cases):
    """Fail unless each call raises a ValueError."""
    for name, *arguments in cases:
        with raises(ValueError):
            getattr(solution, name)(*arguments)


def test_refuses_other_shapes(solution, rng):
    """Arrays whose shapes do not fit together raise a ValueError; nothing is broadcast."""
    for rows, columns in ((3, 2), (4, 3)):
        M, key, w = draw_rows(rng, rows, columns), draw_rows(rng, columns), draw_weights(rng, rows)
        s, e, one = draw_weights(rng, 3), rng.uniform(0, 1, columns).round(2), np.ones(1)
        assert_close(solution.read(M, w), w @ M, **CLOSE)
        refused(
            solution,
            ("content_weights", M, key[:-1], 1.0), ("content_weights", M, one, 1.0),
            ("content_weights", M[0], key, 1.0), ("content_weights", M, key[np.newaxis], 1.0),
            ("content_weights", np.ones((1, columns, columns)), key, 1.0),
            ("interpolate", w, w[:-1], 0.5), ("interpolate", w, one, 0.5),
            ("interpolate", w, w[:, np.newaxis], 0.5), ("interpolate", M, M, 0.5),
            ("shift", w, s[:2]), ("shift", w, one), ("shift", w, np.ones(4)), ("shift", M, s),
            ("sharpen", M, 2.0), ("read", M, w[:-1]), ("read", M, one), ("read", M, M.T),
            ("write", M, w[:-1], e, key), ("write", M, one, e, key), ("write", M, w, one, key),
            ("write", M, w, e, one), ("write", M, w, e, key[:-1]), ("write", M[0], one, e, key),
        )  # fmt: skip


def test_refuses_other_settings(solution, rng):
    """A beta below 0, a g outside of 0 to 1, and a gamma below 1 raise a ValueError."""
    for rows in (2, 3):
        M, key, w = draw_rows(rng, rows, 2), draw_rows(rng, 2), draw_weights(rng, rows)
        assert_close(solution.sharpen(w, 1.0), w, **CLOSE)
        assert_close(solution.interpolate(w, w, 1.0), w, **CLOSE)
        refused(
            solution,
            ("content_weights", M, key, -0.5), ("interpolate", w, w, -0.1),
            ("interpolate", w, w, 1.1), ("sharpen", w, 0.9), ("sharpen", w, 0.0),
            ("sharpen", w, -1.0),
        )  # fmt: skip


def test_leaves_its_arguments_alone(solution, rng):
    """No function changes its arguments, and the same call gives the same result again."""
    for rows, columns in ((3, 2), (2, 4)):
        M, key, add = (
            draw_rows(rng, rows, columns),
            draw_rows(rng, columns),
            draw_rows(rng, columns),
        )
        w, before, s = draw_weights(rng, rows), draw_weights(rng, rows), np.array([0.0, 1.0, 0.0])
        erase = rng.uniform(0.1, 0.9, columns).round(2)
        given = {"M": M, "key": key, "w": w, "w_prev": before, "s": s, "erase": erase, "add": add}
        copies = {name: array.copy() for name, array in given.items()}
        for _ in range(2):
            mixed = 0.5 * w + 0.5 * before
            assert_close(solution.interpolate(w, before, 0.5), mixed, **CLOSE)
            assert_close(solution.shift(w, s), moved(w, s), **CLOSE)
            assert_close(solution.sharpen(w, 1.0), w, **CLOSE)
            assert_close(solution.write(M, w, erase, add), written(M, w, erase, add), **CLOSE)
            assert_close(solution.content_weights(M, key, 1.0), by_content(M, key, 1.0), **COSINES)
            for name, array in given.items():
                assert_unchanged(array, copies[name], name)
