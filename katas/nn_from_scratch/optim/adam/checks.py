"""Hidden checks of the kata adam.

The probes hold the arrays that an optimizer changes, as layers do, and return copies of them. Most
gradients are of the size 1, where it does not matter whether the corrections are folded into lr.
"""

import numpy as np

from nnkata.testing import CheckFailed, assert_close, assert_equal, points, raises

SHAPES = ((3, 2), (2,), (4, 3, 2))
"""Shapes of three arrays, all different."""
EQUAL = ((2, 3), (2, 3), (2, 3), (3,), (3,))
"""Shapes of which several are equal."""


def draw(rng, shapes, steps, scale=1.0):
    """Draw arrays, and gradients for each step that are not near 0."""
    params = [rng.normal(size=shape) for shape in shapes]
    return params, [
        [scale * rng.choice([-1.0, 1.0], shape) * rng.uniform(0.5, 2.0, shape) for shape in shapes]
        for _ in range(steps)
    ]


def walked(
    params, gradients, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True
):
    """Return all arrays after each step, as the lesson defines them."""
    state = [(np.zeros_like(p), np.zeros_like(p)) for p in params]
    after = []
    for t, grads in enumerate(gradients, 1):
        new = []
        for i, (p, g) in enumerate(zip(params, grads, strict=True)):
            d = g if decoupled else g + weight_decay * p
            m = betas[0] * state[i][0] + (1 - betas[0]) * d
            v = betas[1] * state[i][1] + (1 - betas[1]) * d**2
            state[i] = m, v
            move = m / (1 - betas[0] ** t) / (np.sqrt(v / (1 - betas[1] ** t)) + eps)
            if decoupled:
                move = move + weight_decay * p
            new.append(p - lr * move)
        params = new
        after.append(params)
    return after


def compare_walk(solution, params, gradients, reuse=False, **options):
    """Let the learner's optimizer take steps, and compare the arrays after each of them."""
    got = solution.probe.take_steps(solution.Adam(**options), params, gradients, reuse)
    atol = 1e-5 * options.get("lr", 1e-3)
    assert_close(got, walked(params, gradients, **options), rtol=1e-9, atol=atol)


def rate(rng):
    """Draw a learning rate."""
    return float(rng.uniform(1e-3, 2e-3))


def test_two_steps_on_paper(solution):
    """p = 1 with lr 0.1 and the gradients 0.5 and -0.5 becomes 0.9 and 0.9053."""
    gradients = [[np.array([g])] for g in (0.5, -0.5)]
    got = solution.probe.take_steps(solution.Adam(0.1), [np.array([1.0])], gradients)
    assert_close(got, [[np.array([0.9])], [np.array([0.9 + 0.1 / 19])]], rtol=0.0, atol=1e-6)


@points(3)
def test_first_step_is_as_long_as_lr(solution, rng):
    """The first step is lr against the sign of the gradient, from 0.001 to 200 and beyond."""
    for sizes in ((1.0,), (0.5, -2.0), (1e-3, -1e-2, 0.1, -1.0, 10.0, -200.0, 1e6)):
        lr = rate(rng)
        g = np.array(sizes) * rng.uniform(1.0, 2.0)
        p = rng.normal(size=len(sizes))
        got = solution.probe.take_steps(solution.Adam(lr), [p], [[g]])
        assert_close(got, [[p - lr * np.sign(g)]], rtol=0.0, atol=1e-3 * lr)


@points(4)
def test_several_steps(solution, rng):
    """m and v are running means, and each step is lr M / (√V + eps), with the defaults too."""
    params, gradients = draw(rng, ((3,),), 6)
    compare_walk(solution, params, gradients)
    for scale in (1.0, 1e3):
        params, gradients = draw(rng, ((2, 3),), 6, scale)
        compare_walk(solution, params, gradients, lr=rate(rng))


@points(4)
def test_each_array_has_its_own_means(solution, rng):
    """Several arrays are moved by means of their own, and all have the same t."""
    for shapes in (EQUAL, SHAPES):
        params, gradients = draw(rng, shapes, 4)
        compare_walk(solution, params, gradients, lr=rate(rng))


@points(2)
def test_gradient_arrays_that_are_used_again(solution, rng):
    """The steps are also right if each gets the same gradient arrays with new numbers in them."""
    for shapes in (((3,),), SHAPES):
        params, gradients = draw(rng, shapes, 4)
        compare_walk(solution, params, gradients, reuse=True, lr=rate(rng))


@points(3)
def test_other_betas(solution, rng):
    """The first beta belongs to m and to its correction, the second to v and to its correction."""
    for betas in ((0.5, 0.9), (0.8, 0.6), (0.0, 0.99), (0.7, 0.0)):
        params, gradients = draw(rng, ((2, 3),), 4)
        compare_walk(solution, params, gradients, lr=rate(rng), betas=betas)


def test_gradients_of_zero(solution, rng):
    """Without weight decay, gradients of 0 from the beginning change nothing."""
    params, gradients = draw(rng, SHAPES, 2)
    compare_walk(solution, params, gradients)
    zeros = [[np.zeros(shape) for shape in SHAPES]] * 3
    got = solution.probe.take_steps(solution.Adam(), params, zeros)
    assert_close(got, [params] * 3)


@points(2)
def test_eps_is_beside_the_root(solution, rng):
    """A first gradient of 0.0001 still gives a step of lr, as eps = 1e-8 is added to the root."""
    for size in (1e-4, float(rng.uniform(1e-4, 2e-4))):
        p = rng.normal(size=2)
        got = solution.probe.take_steps(solution.Adam(0.01), [p], [[np.array([size, -size])]])
        assert_close(got, [[p - np.array([0.01, -0.01])]], rtol=0.0, atol=2e-4)


def test_eps_shortens_the_step(solution, rng):
    """With a first gradient of 1, eps = 1 halves the step, eps = 2 leaves a third, or less."""
    params, gradients = draw(rng, ((2,),), 1)
    compare_walk(solution, params, gradients, lr=0.01)
    for eps, most in ((1.0, 0.0055), (2.0, 0.0037)):
        got = solution.probe.take_steps(solution.Adam(0.01, eps=eps), [np.zeros(1)], [[np.ones(1)]])
        least = 0.0001
        assert_close(got, [[np.array([-(least + most) / 2])]], rtol=0.0, atol=(most - least) / 2)


@points(3)
def test_decoupled_weight_decay(solution, rng):
    """By default, weight_decay takes lr weight_decay p from p, and does not enter the means."""
    params, gradients = [np.array([2.0, -4.0])], [[np.zeros(2)]] * 3
    got = solution.probe.take_steps(solution.Adam(0.1, weight_decay=0.5), params, gradients)
    assert_close(got, [[0.95**t * params[0]] for t in (1, 2, 3)])
    for shapes in (((2,),), SHAPES):
        params, gradients = draw(rng, shapes, 4)
        decay = float(rng.uniform(0.5, 2.0))
        compare_walk(solution, params, gradients, lr=rate(rng), weight_decay=decay)


@points(2)
def test_weight_decay_in_the_gradient(solution, rng):
    """With decoupled=False, weight_decay p is added to the gradient that enters both means."""
    for shapes in (((2,),), SHAPES):
        params, gradients = draw(rng, shapes, 4)
        params = [np.clip(p, -1.0, 1.0) for p in params]
        options = {"weight_decay": float(rng.uniform(0.1, 0.3)), "decoupled": False}
        compare_walk(solution, params, gradients, lr=rate(rng), **options)


def test_leaves_the_gradients_alone(solution, rng):
    """The numbers in the gradients are the same before and after several steps."""
    for options in ({}, {"weight_decay": 0.2}, {"weight_decay": 0.2, "decoupled": False}):
        params, gradients = draw(rng, SHAPES, 3)
        compare_walk(solution, params, gradients, **options)
        got = solution.probe.gradients_after_steps(solution.Adam(**options), params, gradients)
        assert_equal(got, gradients)


def test_two_optimizers(solution, rng):
    """The means of one optimizer do not depend on those of another."""
    first, second = (solution.Adam(1e-3) for _ in range(2))
    for optimizer in (first, second):
        params, gradients = draw(rng, SHAPES, 4)
        got = solution.probe.take_steps(optimizer, params, gradients)
        assert_close(got, walked(params, gradients), atol=1e-8)


def test_keeps_the_dtype(solution, rng):
    """float32 arrays stay float32, whatever options are used."""
    for options in ({}, {"weight_decay": 0.1}, {"weight_decay": 0.1, "decoupled": False}):
        params, gradients = draw(rng, SHAPES, 3)
        params = [np.clip(p, -1.0, 1.0) for p in params]
        compare_walk(solution, params, gradients, **options)
        single = [p.astype(np.float32) for p in params]
        small = [[g.astype(np.float32) for g in grads] for grads in gradients]
        got = solution.probe.take_steps(solution.Adam(**options), single, small)
        expected = walked(params, gradients, **options)
        expected = [[p.astype(np.float32) for p in after] for after in expected]
        assert_close(got, expected, rtol=1e-5, atol=1e-5)


def test_arrays_of_any_kind(solution, rng):
    """Views, arrays without axes and arrays without numbers are changed in place too."""
    matrix = rng.normal(size=(3, 4))
    _, (grads,) = draw(rng, ((3,), (3, 2)), 1)
    expected = matrix.copy()
    expected[:, 0] -= 0.5 * np.sign(grads[0])
    expected[:2, 1:] -= 0.5 * np.sign(grads[1]).T
    got = solution.probe.step_in_views(solution.Adam(0.5), matrix, grads)
    assert_close(got, expected, rtol=0.0, atol=1e-5)
    params, gradients = draw(rng, ((), (0, 3), (1,)), 3)
    params = [np.asarray(p) for p in params]
    gradients = [[np.asarray(g) for g in grads] for grads in gradients]
    expected = [[np.asarray(p) for p in after] for after in walked(params, gradients)]
    got = solution.probe.take_steps(solution.Adam(), params, gradients)
    assert_close(got, expected, atol=1e-8)
    assert_equal(solution.probe.take_steps(solution.Adam(), [], [[], []]), [[], []])


def test_refuses_gradients_that_do_not_fit(solution, rng):
    """If a gradient is missing or has another shape: a ValueError, and no array is changed."""
    params, ((a, b, c),) = draw(rng, ((2, 3), (3,), (2, 1)), 1)
    # Whoever computes anything with this gradient finds that numpy refuses it.
    refuse_step(solution, params, [rng.normal(size=(2, 5)), b, c])
    refused, arrays = _pair(solution.probe.try_step(solution.Adam(0.1), params, [a, b, c]))
    expected = [p - 0.1 * np.sign(g) for p, g in zip(params, (a, b, c), strict=True)]
    assert_close(arrays, expected, rtol=0.0, atol=1e-6)
    assert_equal(refused, False)
    for grads in (
        [a, b], [a, b, c, c], [], [a, b, c[:1]], [a, b, c[0]], [a, b[:1], c], [a[:1], b, c],
        [a, np.float64(1.0), c], [a, b[np.newaxis], c], [a, b, c.T],
    ):  # fmt: skip
        refuse_step(solution, params, grads)
    # numpy copies this gradient into the array without an error.
    refuse_step(solution, [rng.normal(size=1)], [rng.normal(size=(1, 1))])


def refuse_step(solution, params, grads):
    """Fail unless a step raises a ValueError and leaves all arrays as they are."""
    refused, arrays = _pair(solution.probe.try_step(solution.Adam(0.1), params, grads))
    if refused is not True:
        raise CheckFailed("a ValueError was expected", got="no error", expected="ValueError")
    assert_equal(arrays, params)


def _pair(got):
    """Return a result that should be two things; else fail."""
    if type(got) is not tuple or len(got) != 2:
        raise CheckFailed("the result is not what the probe returns", rung="type")
    return got


def test_refuses_options_out_of_range(solution, rng):
    """lr or weight_decay below 0, eps not above 0, or a beta outside 0 <= beta < 1: ValueError."""
    params, gradients = draw(rng, ((2,),), 2)
    for options in ({"lr": 0.0}, {"betas": (0.0, 0.0)}, {"betas": (0.99, 0.9999)}):
        compare_walk(solution, params, gradients, **options)
    for options in (
        {"lr": -0.1}, {"betas": (-0.1, 0.9)}, {"betas": (0.9, -0.1)}, {"betas": (1.0, 0.9)},
        {"betas": (0.9, 1.0)}, {"betas": (0.9, 1.5)}, {"eps": 0.0}, {"eps": -1e-8},
        {"weight_decay": -0.01},
    ):  # fmt: skip
        with raises(ValueError):
            solution.Adam(**options)
