"""Hidden checks of the kata backprop-delta."""

from itertools import pairwise

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_unchanged,
    central_difference,
    fn,
    points,
    raises,
)

TANH, TANH_GRAD = fn("lambda z: np.tanh(z)"), fn("lambda z: 1 - np.tanh(z) ** 2")
SQUARE, SQUARE_GRAD = fn("lambda z: z * z"), fn("lambda z: 2 * z")
SAME, NEGATIVE = fn("lambda z: z"), fn("lambda z: -z")
SOFTMAX = fn("lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum()")
DIFFERENCE = fn("lambda z, a, y: a - y")
MIXED = fn("lambda z, a, y: (a - y) * (2 - np.sin(z))")
"""An error term of the output that depends on all three arguments."""


def items(got, count):
    """Return `got` if it is a list (or a tuple) of so many items; else fail."""
    if type(got) not in (list, tuple):
        raise CheckFailed("a list was expected", rung="type")
    if len(got) != count:
        raise CheckFailed(
            f"a list of {count} was expected, got {len(got)}",
            rung="shape",
            got=f"{len(got)} items",
            expected=f"{count} items",
        )
    return got


def assert_lists(got, *expected, rtol=1e-9, atol=1e-12):
    """Compare a list with a list of arrays, or a pair of lists with two of them."""
    lists = items(got, len(expected)) if len(expected) > 1 else [got]
    for found, arrays in zip(lists, expected, strict=True):
        items(found, len(arrays))
    for found, arrays in zip(lists, expected, strict=True):
        for one, array in zip(found, arrays, strict=True):
            assert_close(one, array, rtol=rtol, atol=atol)


def draw_network(rng, widths):
    """Draw a sample, weights and biases."""
    Ws = [rng.normal(0, 1 / np.sqrt(i), (o, i)) for i, o in pairwise(widths)]
    return rng.normal(size=widths[0]), Ws, [rng.normal(0, 0.5, o) for o in widths[1:]]


def draw_widths(rng, layers):
    """Draw widths that are all different."""
    return [int(w) for w in rng.permutation(np.arange(2, 7))[: layers + 1]]


def run(x, Ws, bs, f, output):
    """Return zs and as_."""
    zs, as_ = [], [np.array(x)]
    for W, b in zip(Ws, bs, strict=True):
        zs.append(W @ as_[-1] + b)
        as_.append((output if len(zs) == len(Ws) else f)(zs[-1]))
    return zs, as_


def run_back(last, zs, Ws, f_grad):
    """Return the error terms, from the first layer to the last."""
    found = [last]
    for n in range(len(Ws) - 1, 0, -1):
        found.insert(0, f_grad(zs[n - 1]) * (Ws[n].T @ found[0]))
    return found


def pass_through(rng, widths):
    """Draw a network with tanh, run it, and return what `deltas` takes, and the right result."""
    x, Ws, bs = draw_network(rng, widths)
    zs, as_ = run(x, Ws, bs, TANH, TANH)
    y = rng.normal(size=widths[-1])
    return (y, zs, as_, Ws), run_back(MIXED(zs[-1], as_[-1], y), zs, Ws, TANH_GRAD)


def assert_error_terms(solution, rng, widths=(3, 3, 3)):
    """Compare the error terms of a network; in layers of one width, no wrong product is refused."""
    args, expected = pass_through(rng, widths)
    assert_lists(solution.deltas(*args, TANH_GRAD, MIXED), expected)


def example():
    """Return the network of the lesson."""
    Ws = [np.array([[1.0, 0.0], [1.0, -1.0], [-1.0, 1.0]]), np.array([[1.0, 2.0, 1.0]])]
    return np.array([1.0, 2.0]), Ws, [np.array([0.0, 0.0, 1.0]), np.array([-2.0])]


def test_forward_of_the_example(solution):
    """forward_all gives the z and the a of the example in the lesson, beginning with x."""
    zs, as_ = run(*example(), SQUARE, SAME)
    assert_lists(solution.forward_all(*example(), SQUARE, SAME), zs, as_)


@points(2)
def test_forward(solution, rng):
    """forward_all gives z = W a + b and a = f(z) for every layer, for 1 to 4 layers."""
    for widths in ([3, 3, 3], [1, 3, 1], *(draw_widths(rng, n) for n in (1, 2, 3, 4))):
        network = draw_network(rng, widths)
        got = solution.forward_all(*network, TANH, TANH)
        assert_lists(got, *run(*network, TANH, TANH))


def test_activation_of_the_last_layer(solution, rng):
    """output is the activation of the last layer only, and without it the last layer has f."""
    for layers in (1, 2, 3):
        network = draw_network(rng, draw_widths(rng, layers))
        for output in ((), (None,), (SOFTMAX,), (SAME,)):
            last = output[0] if output and output[0] is not None else TANH
            got = solution.forward_all(*network, TANH, *output)
            assert_lists(got, *run(*network, TANH, last))


def test_deltas_of_the_example(solution):
    """The error terms are right for two layers of two units, and in the example of the lesson."""
    Ws = [np.array([[1.0, 0.0], [1.0, -1.0]]), np.array([[1.0, 2.0], [3.0, 1.0]])]
    zs, as_ = run(np.array([1.0, 2.0]), Ws, [np.zeros(2), np.array([-2.0, 1.0])], SQUARE, SAME)
    got = solution.deltas(np.array([0.0, 3.0]), zs, as_, Ws, SQUARE_GRAD, DIFFERENCE)
    assert_lists(got, [np.array([14.0, -8.0]), np.array([1.0, 2.0])])
    x, Ws, bs = example()
    zs, as_ = run(x, Ws, bs, SQUARE, SAME)
    got = solution.deltas(np.array([3.0]), zs, as_, Ws, SQUARE_GRAD, DIFFERENCE)
    assert_lists(got, [np.array([4.0, -8.0, 8.0]), np.array([2.0])])


@points(4)
def test_last_error_term(solution, rng):
    """The error term of the last layer is exactly what output_delta(z, a, y) returns."""
    x, Ws, bs = draw_network(rng, [3, 4])
    zs, as_ = run(x, Ws, bs, TANH, SOFTMAX)
    y = np.eye(4)[2]
    got = solution.deltas(y, zs, as_, Ws, TANH_GRAD, DIFFERENCE)
    assert_lists(got, [as_[-1] - y])
    for _ in range(2):
        assert_error_terms(solution, rng, draw_widths(rng, 1))
    label = fn("lambda z, a, y: a - np.eye(4)[y]")
    for y in (1, 3):
        got = solution.deltas(y, zs, as_, Ws, TANH_GRAD, label)
        assert_lists(got, [as_[-1] - np.eye(4)[y]])


@points(4)
def test_error_terms_of_equally_wide_layers(solution, rng):
    """With layers of one width, each error comes back over the weights behind its layer."""
    for widths in ([3, 3, 3], [4, 4, 4, 4], [2, 2, 2, 2, 2]):
        assert_error_terms(solution, rng, widths)


@points(3)
def test_error_terms_of_layers_of_different_widths(solution, rng):
    """There is one error term per unit of each layer, from the first layer to the last."""
    for widths in ([3, 3, 3], [1, 3, 1], *(draw_widths(rng, n) for n in (2, 3, 4))):
        assert_error_terms(solution, rng, widths)


def test_gradients_of_the_example(solution):
    """The gradients in the example of the lesson are products of error terms and inputs."""
    as_ = run(*example(), SQUARE, SAME)[1]
    found = [np.array([4.0, -8.0, 8.0]), np.array([2.0])]
    dWs = [np.array([[4.0, 8.0], [-8.0, -16.0], [8.0, 16.0]]), np.array([[2.0, 2.0, 8.0]])]
    assert_lists(solution.gradients(found, as_), dWs, found)


@points(3)
def test_gradients(solution, rng):
    """The gradient with respect to W is (M_l, M_(l-1)): row's error term times column's input."""
    for widths in ([3, 3, 3], [1, 3, 1], *(draw_widths(rng, n) for n in (1, 2, 3, 4))):
        as_ = [rng.normal(size=w) for w in widths]
        found = [rng.normal(size=w) for w in widths[1:]]
        dWs = [d[:, np.newaxis] * a for d, a in zip(found, as_, strict=False)]
        assert_lists(solution.gradients(found, as_), dWs, found)


def train_gradients(solution, network, y):
    """Return the gradients of one sample, from all three functions."""
    x, Ws, bs = network
    forward = items(solution.forward_all(x, Ws, bs, TANH, SOFTMAX), 2)
    zs, as_ = items(forward[0], len(Ws)), items(forward[1], len(Ws) + 1)
    found = solution.deltas(y, zs, as_, Ws, TANH_GRAD, DIFFERENCE)
    return items(solution.gradients(found, as_), 2)


def measure(network, y, part):
    """Measure the gradients of the cross-entropy: of all weights (part 1) or biases (part 2)."""
    found = []
    for n, array in enumerate(network[part]):

        def loss(v, n=n):
            changed = [list(arrays) for arrays in network]
            changed[part][n] = v
            return float(-(y * np.log(run(*changed, TANH, SOFTMAX)[1][-1])).sum())

        found.append(central_difference(loss, array))
    return found


@points(3)
def test_gradients_match_central_differences(solution, rng):
    """The three functions together give the measured gradients, for softmax and cross-entropy."""
    assert_error_terms(solution, rng)
    for layers in (1, 2, 3, 4):
        network = draw_network(rng, draw_widths(rng, layers))
        y = rng.dirichlet(np.ones(len(network[2][-1])))
        measured = [measure(network, y, part) for part in (1, 2)]
        got = train_gradients(solution, network, y)
        assert_lists(got, *measured, rtol=1e-6, atol=1e-8)


@points(3)
def test_sums_over_samples_are_the_gradients_of_a_batch(solution, rng):
    """Added up over samples, the gradients are the transposed ones of layers with rows."""
    assert_error_terms(solution, rng)
    i, h, o = draw_widths(rng, 2)
    _, Ws, bs = draw_network(rng, [i, h, o])
    n = int(rng.integers(3, 6))
    X, Y = rng.normal(size=(n, i)), np.eye(o)[rng.integers(0, o, n)]
    H = np.tanh(X @ Ws[0].T + bs[0])
    P = np.array([SOFTMAX(row) for row in H @ Ws[1].T + bs[1]])
    back = P - Y
    front = (back @ Ws[1]) * (1 - H * H)
    expected = [X.T @ front, H.T @ back], [front.sum(axis=0), back.sum(axis=0)]
    sums = [np.zeros((i, h)), np.zeros((h, o))], [np.zeros(h), np.zeros(o)]
    for x, y in zip(X, Y, strict=True):
        dWs, dbs = train_gradients(solution, (x, Ws, bs), y)
        for got, shapes in ((dWs, (Ws[0], Ws[1])), (dbs, bs)):
            for one, like in zip(items(got, 2), shapes, strict=True):
                assert_close(one, like, atol=np.inf)
        for k in range(2):
            sums[0][k][...] += dWs[k].T
            sums[1][k][...] += dbs[k]
    assert_lists(sums, *expected, atol=1e-11)


def test_many_layers(solution, rng):
    """A chain of 1500 layers works, so no function calls itself once per layer."""
    for count in (3, 1500):
        Ws = list(rng.uniform(0.9, 1.1, (count, 1, 1)))
        bs = list(rng.normal(0, 0.1, (count, 1)))
        x, y = rng.normal(size=1), rng.normal(size=1)
        got = solution.probe.run_chain(x, y, np.array(Ws), np.array(bs))
        as_ = run(x, Ws, bs, SAME, NEGATIVE)[1]
        back = np.cumprod([1.0, *(W[0, 0] for W in Ws[:0:-1])])[::-1]
        found = (as_[-1] - y) * back
        dWs = found * np.array([a[0] for a in as_[:-1]])
        assert_close(got, np.array([dWs, found]), rtol=1e-6, atol=1e-9)


def test_keeps_the_precision_of_forward(solution, rng):
    """forward_all keeps float32, and computes integers in float64."""
    x, Ws, bs = np.array([2, -3]), [np.array([[1, -2], [0, 1], [3, 1]])], [np.array([1, 0, -1])]
    assert_lists(
        solution.forward_all(x, Ws, bs, SAME),
        [np.array([9.0, -3.0, 2.0])],
        [np.array([2.0, -3.0]), np.array([9.0, -3.0, 2.0])],
    )
    small = [
        [array.astype(np.float32) for array in part] for part in draw_network(rng, [2, 3, 4])[1:]
    ]
    x = rng.normal(size=2).astype(np.float32)
    zs, as_ = run(x, *small, TANH, SAME)
    assert_lists(solution.forward_all(x, *small, TANH, SAME), zs, as_, rtol=1e-4, atol=1e-5)


def test_keeps_the_precision_of_gradients(solution, rng):
    """deltas and gradients keep float32, and compute integers in float64."""
    assert_error_terms(solution, rng)
    zs, as_ = [np.array([1, -2]), np.array([3])], [np.array([2]), np.array([1, 4]), np.array([3])]
    Ws, y = [np.array([[1], [2]]), np.array([[2, -1]])], np.array([1])
    found = [np.array([8.0, 8.0]), np.array([2.0])]
    assert_lists(solution.deltas(y, zs, as_, Ws, SQUARE_GRAD, DIFFERENCE), found)
    whole = [d.astype(int) for d in found]
    dWs = [np.array([[16.0], [16.0]]), np.array([[2.0, 8.0]])]
    assert_lists(solution.gradients(whole, as_), dWs, found)
    args, expected = pass_through(rng, [2, 4, 3])
    y, *lists = args
    lists = [[array.astype(np.float32) for array in part] for part in lists]
    args = y.astype(np.float32), *lists
    expected = [d.astype(np.float32) for d in expected]
    got = solution.deltas(*args, TANH_GRAD, MIXED)
    assert_lists(got, expected, rtol=1e-4, atol=1e-5)
    dWs = [np.outer(d, a) for d, a in zip(expected, args[2], strict=False)]
    assert_lists(solution.gradients(expected, args[2]), dWs, expected, rtol=1e-4, atol=1e-5)


def test_leaves_its_arguments_alone(solution, rng):
    """No array and no list that is passed in changes."""
    assert_error_terms(solution, rng)
    for widths in ([2, 3], [3, 2, 4, 1]):
        x, Ws, bs = draw_network(rng, widths)
        zs, as_ = run(x, Ws, bs, TANH, TANH)
        y = rng.normal(size=widths[-1])
        found = run_back(DIFFERENCE(zs[-1], as_[-1], y), zs, Ws, TANH_GRAD)
        given = {"x": x, "Ws": Ws, "bs": bs, "y": y, "zs": zs, "as_": as_, "deltas": found}
        before = {name: copy_of(value) for name, value in given.items()}
        assert_lists(solution.forward_all(x, Ws, bs, TANH), before["zs"], before["as_"])
        assert_lists(solution.deltas(y, zs, as_, Ws, TANH_GRAD, DIFFERENCE), before["deltas"])
        dWs = [np.outer(d, a) for d, a in zip(before["deltas"], before["as_"], strict=False)]
        assert_lists(solution.gradients(found, as_), dWs, before["deltas"])
        for name, value in given.items():
            assert_unchanged(value, before[name], name)


def copy_of(value):
    """Copy an array, or a list of arrays."""
    return [v.copy() for v in value] if type(value) is list else value.copy()


def test_gradients_have_memory_of_their_own(solution, rng):
    """A change of dbs in place, as clipping does it, does not change the deltas."""
    for widths in ([2, 3], [3, 2, 4]):
        as_ = [rng.normal(size=w) for w in widths]
        found = [rng.normal(size=w) for w in widths[1:]]
        got = items(solution.probe.halve_bias_gradients(found, as_), 2)
        assert_lists(got, [d / 2 for d in found], found)


def test_forward_refuses_what_does_not_fit(solution, rng):
    """forward_all raises a ValueError for no layers, for lists and for arrays that do not fit."""
    x, Ws, bs = draw_network(rng, [3, 4, 2])
    zs, as_ = run(x, Ws, bs, TANH, TANH)
    assert_lists(solution.forward_all(x, Ws, bs, TANH), zs, as_)
    for wrong in (
        (x, Ws, bs[:1]), (x, Ws[:1], bs), (x, [], []), (x[:2], Ws, bs), (x[:, np.newaxis], Ws, bs),
        (x, [Ws[0], Ws[1].T], bs), (x, Ws[::-1], bs), (x, Ws, [bs[0], bs[1][:1]]),
        (x, Ws, [bs[0], np.ones((2, 2))]), (x, Ws, [bs[0][:1], bs[1]]),
        (x, Ws, [bs[0][:, np.newaxis], bs[1]]), (x, [Ws[0][:1], Ws[1]], bs), (x[0], Ws, bs),
    ):  # fmt: skip
        with raises(ValueError):
            solution.forward_all(*wrong, TANH)


def test_deltas_refuses_what_does_not_fit(solution, rng):
    """deltas raises a ValueError for lists that do not fit, and for arrays of other shapes."""
    assert_error_terms(solution, rng)
    (y, zs, as_, Ws), expected = pass_through(rng, [3, 4, 2])
    assert_lists(solution.deltas(y, zs, as_, Ws, TANH_GRAD, MIXED), expected)
    for wrong in (
        (zs, as_[1:], Ws), (zs[1:], as_, Ws), (zs, as_, Ws[:1]), ([], as_[:1], []),
        (zs, as_, [Ws[0], Ws[1].T]), ([zs[0][:1], zs[1]], as_, Ws),
        ([zs[0][:, np.newaxis], zs[1]], as_, Ws), (zs, as_, [Ws[0], Ws[1][:, :1]]),
        (zs, [*as_, as_[-1]], Ws), (zs, as_, [*Ws, Ws[-1]]),
    ):  # fmt: skip
        with raises(ValueError):
            solution.deltas(y, *wrong, TANH_GRAD, MIXED)
    (y, zs, as_, Ws), _ = pass_through(rng, [3, 3, 3])
    with raises(ValueError):
        solution.deltas(y, zs, as_, Ws[:1], TANH_GRAD, MIXED)


def test_deltas_refuses_an_error_term_of_another_shape(solution, rng):
    """If output_delta does not return (M_L,), deltas raises a ValueError."""
    assert_error_terms(solution, rng)
    (y, zs, as_, Ws), expected = pass_through(rng, [3, 4, 2])
    assert_lists(solution.deltas(y, zs, as_, Ws, TANH_GRAD, MIXED), expected)
    for target in (y[:, np.newaxis], y[np.newaxis]):
        with raises(ValueError):
            solution.deltas(target, zs, as_, Ws, TANH_GRAD, DIFFERENCE)
    for wrong in ("0.5", "(a - y)[:1]", "np.append(a - y, 0.0)", "(a - y)[:, np.newaxis]"):
        with raises(ValueError):
            solution.deltas(y, zs, as_, Ws, TANH_GRAD, fn(f"lambda z, a, y: {wrong}"))


def test_gradients_refuses_what_does_not_fit(solution, rng):
    """gradients raises a ValueError unless as_ is one longer and all arrays have one axis."""
    as_, found = [rng.normal(size=w) for w in (3, 4, 2)], [rng.normal(size=w) for w in (4, 2)]
    dWs = [np.outer(d, a) for d, a in zip(found, as_, strict=False)]
    assert_lists(solution.gradients(found, as_), dWs, found)
    for wrong in (
        (found, as_[1:]), (found, as_[:1]), (found[1:], as_), (found, [*as_, as_[0]]),
        ([found[0][:, np.newaxis], found[1]], as_), (found, [as_[0][np.newaxis], *as_[1:]]),
    ):  # fmt: skip
        with raises(ValueError):
            solution.gradients(*wrong)
