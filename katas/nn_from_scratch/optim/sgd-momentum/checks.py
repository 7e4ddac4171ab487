"""Hidden checks of the kata sgd-momentum.

The probes hold the arrays that an optimizer changes, as layers do, and return copies of them.
"""

import math

import numpy as np

from nnkata.testing import CheckFailed, assert_close, assert_equal, points, raises

SHAPES = ((3, 2), (2,), (4, 3, 2))
"""Shapes of three arrays, all different."""
EQUAL = ((2, 3), (2, 3), (2, 3), (3,), (3,))
"""Shapes of which several are equal."""


def draw(rng, shapes, steps):
    """Draw arrays, and gradients for each step."""
    params = [draw_array(rng, shape) for shape in shapes]
    return params, [[draw_array(rng, shape) for shape in shapes] for _ in range(steps)]


def draw_array(rng, shape):
    """Draw numbers of two decimals, none of them 0."""
    numbers = rng.normal(size=shape)
    return np.copysign(np.maximum(np.abs(numbers), 0.01), numbers).round(2)


def walked(params, gradients, lr, momentum=0.0, weight_decay=0.0, nesterov=False):
    """Return all arrays after each step, as the lesson defines them."""
    velocities, after = [np.zeros_like(p) for p in params], []
    for grads in gradients:
        directions = [g + weight_decay * p for p, g in zip(params, grads, strict=True)]
        velocities = [momentum * v + d for v, d in zip(velocities, directions, strict=True)]
        if nesterov:
            directions = [d + momentum * v for v, d in zip(velocities, directions, strict=True)]
        else:
            directions = velocities
        params = [p - lr * d for p, d in zip(params, directions, strict=True)]
        after.append(params)
    return after


def compare_walk(solution, params, gradients, reuse=False, **options):
    """Let the learner's optimizer take steps, and compare the arrays after each of them."""
    got = solution.probe.take_steps(solution.SGD(**options), params, gradients, reuse)
    assert_close(got, walked(params, gradients, **options), rtol=1e-9, atol=1e-11)


def rate(rng):
    """Draw a learning rate."""
    return round(float(rng.uniform(0.05, 0.2)), 2)


def test_three_steps_on_paper(solution):
    """p = 1 with lr 0.1, momentum 0.9 and the gradients 1, 1, 0 becomes 0.9, 0.71 and 0.539."""
    gradients = [[np.array([g])] for g in (1.0, 1.0, 0.0)]
    got = solution.probe.take_steps(solution.SGD(0.1, momentum=0.9), [np.array([1.0])], gradients)
    assert_close(got, [[np.array([p])] for p in (0.9, 0.71, 0.539)])


@points(4)
def test_plain_descent(solution, rng):
    """Without momentum, each step takes lr times the gradient from every array, in place."""
    for shapes, steps in ((((2,),), 1), (SHAPES, 3)):
        params, gradients = draw(rng, shapes, steps)
        compare_walk(solution, params, gradients, lr=rate(rng))


@points(4)
def test_momentum(solution, rng):
    """A velocity keeps the share momentum of itself in each step and adds the gradient."""
    for shape, momentum in (((1,), 0.5), ((2, 3), 0.9)):
        params, gradients = draw(rng, (shape,), 5)
        compare_walk(solution, params, gradients, lr=rate(rng), momentum=momentum)


@points(3)
def test_each_array_has_its_own_velocity(solution, rng):
    """Several arrays are moved by velocities of their own, even if their shapes are equal."""
    for shapes in (EQUAL, SHAPES):
        params, gradients = draw(rng, shapes, 4)
        compare_walk(solution, params, gradients, lr=rate(rng), momentum=0.8)


@points(3)
def test_gradient_arrays_that_are_used_again(solution, rng):
    """The steps are also right if each gets the same gradient arrays with new numbers in them."""
    for shapes in (((3,),), SHAPES):
        params, gradients = draw(rng, shapes, 4)
        compare_walk(solution, params, gradients, reuse=True, lr=rate(rng), momentum=0.7)


@points(2)
def test_weight_decay(solution, rng):
    """Without momentum, weight_decay adds weight_decay times p to the gradient of every array."""
    for shapes in (((2,),), SHAPES):
        params, gradients = draw(rng, shapes, 3)
        decay = round(float(rng.uniform(0.1, 0.5)), 2)
        compare_walk(solution, params, gradients, lr=rate(rng), weight_decay=decay)


def test_weight_decay_enters_the_velocity(solution, rng):
    """With momentum, weight_decay times p goes into the velocity together with the gradient."""
    for shapes in (((2,),), SHAPES):
        params, gradients = draw(rng, shapes, 4)
        decay = round(float(rng.uniform(0.1, 0.5)), 2)
        compare_walk(solution, params, gradients, lr=rate(rng), momentum=0.6, weight_decay=decay)


@points(2)
def test_nesterov(solution, rng):
    """With nesterov, a step takes the gradient plus momentum times the new velocity."""
    params, gradients = [np.array([1.0])], [[np.array([1.0])], [np.array([1.0])]]
    compare_walk(solution, params, gradients, lr=0.1, momentum=0.9, nesterov=True)
    for momentum, decay in ((0.7, 0.0), (0.0, 0.0), (0.6, 0.3)):
        params, gradients = draw(rng, SHAPES, 4)
        options = {"momentum": momentum, "weight_decay": decay, "nesterov": True}
        compare_walk(solution, params, gradients, lr=rate(rng), **options)


@points(2)
def test_leaves_the_gradients_alone(solution, rng):
    """The numbers in the gradients are the same before and after several steps."""
    for options in ({}, {"momentum": 0.9}, {"momentum": 0.5, "weight_decay": 0.2}):
        for nesterov in (False, True):
            params, gradients = draw(rng, SHAPES, 3)
            compare_walk(solution, params, gradients, lr=0.1, nesterov=nesterov, **options)
            optimizer = solution.SGD(0.1, nesterov=nesterov, **options)
            got = solution.probe.gradients_after_steps(optimizer, params, gradients)
            assert_equal(got, gradients)


def test_two_optimizers(solution, rng):
    """The velocities of one optimizer do not depend on those of another."""
    params, gradients = draw(rng, SHAPES, 4)
    first, second = (solution.SGD(0.1, momentum=0.9) for _ in range(2))
    for optimizer, sign in ((first, 1.0), (second, -1.0)):
        signed = [[sign * g for g in grads] for grads in gradients]
        got = solution.probe.take_steps(optimizer, params, signed)
        assert_close(got, walked(params, signed, 0.1, 0.9), atol=1e-11)


def test_keeps_the_dtype(solution, rng):
    """float32 arrays stay float32, whatever options are used."""
    for options in ({}, {"momentum": 0.9, "weight_decay": 0.1, "nesterov": True}):
        params, gradients = draw(rng, SHAPES, 3)
        compare_walk(solution, params, gradients, lr=0.1, **options)
        single = [p.astype(np.float32) for p in params]
        small = [[g.astype(np.float32) for g in grads] for grads in gradients]
        got = solution.probe.take_steps(solution.SGD(0.1, **options), single, small)
        expected = walked(params, gradients, 0.1, **options)
        expected = [[p.astype(np.float32) for p in after] for after in expected]
        assert_close(got, expected, rtol=1e-4, atol=1e-5)


def test_arrays_of_any_kind(solution, rng):
    """Views, arrays without axes and arrays without numbers are changed in place too."""
    matrix = draw_array(rng, (3, 4))
    grads = [draw_array(rng, (3,)), draw_array(rng, (3, 2))]
    expected = matrix.copy()
    expected[:, 0] -= 0.5 * grads[0]
    expected[:2, 1:] -= 0.5 * grads[1].T
    assert_close(solution.probe.step_in_views(solution.SGD(0.5), matrix, grads), expected)
    params, gradients = draw(rng, ((), (0, 3), (1,)), 3)
    params = [np.asarray(p) for p in params]
    gradients = [[np.asarray(g) for g in grads] for grads in gradients]
    expected = walked(params, gradients, 0.1, 0.9)
    expected = [[np.asarray(p) for p in after] for after in expected]
    got = solution.probe.take_steps(solution.SGD(0.1, momentum=0.9), params, gradients)
    assert_close(got, expected, atol=1e-11)
    assert_equal(solution.probe.take_steps(solution.SGD(0.1), [], [[], []]), [[], []])


def test_refuses_gradients_that_do_not_fit(solution, rng):
    """If a gradient is missing or has another shape: a ValueError, and no array is changed."""
    params, ((a, b, c),) = draw(rng, ((2, 3), (3,), (2, 1)), 1)
    # Whoever computes anything with this gradient finds that numpy refuses it.
    refuse_step(solution, params, [draw_array(rng, (2, 5)), b, c])
    refused, arrays = _pair(solution.probe.try_step(solution.SGD(0.1), params, [a, b, c]))
    assert_close(arrays, [p - 0.1 * g for p, g in zip(params, (a, b, c), strict=True)])
    assert_equal(refused, False)
    for grads in (
        [a, b], [a, b, c, c], [], [a, b, c[:1]], [a, b, c[0]], [a, b[:1], c], [a[:1], b, c],
        [a, np.float64(1.0), c], [a, b[np.newaxis], c], [a, b, c.T],
    ):  # fmt: skip
        refuse_step(solution, params, grads)


def refuse_step(solution, params, grads):
    """Fail unless a step raises a ValueError and leaves all arrays as they are."""
    refused, arrays = _pair(solution.probe.try_step(solution.SGD(0.1), params, grads))
    if refused is not True:
        raise CheckFailed("a ValueError was expected", got="no error", expected="ValueError")
    assert_equal(arrays, params)


def test_refuses_options_out_of_range(solution, rng):
    """lr or weight_decay below 0, or momentum outside 0 <= momentum < 1, raises ValueError."""
    params, gradients = draw(rng, ((2,),), 2)
    for options in ({"lr": 0.0}, {"lr": 0.5, "momentum": 0.0}, {"lr": 0.5, "momentum": 0.999}):
        compare_walk(solution, params, gradients, **options)
    for options in (
        {"lr": -0.1}, {"lr": 0.1, "momentum": -0.5}, {"lr": 0.1, "momentum": 1.0},
        {"lr": 0.1, "momentum": 1.5}, {"lr": 0.1, "weight_decay": -0.01},
    ):  # fmt: skip
        with raises(ValueError):
            solution.SGD(**options)


def _pair(got):
    """Return a result that should be two things; else fail."""
    if type(got) is not tuple or len(got) != 2:
        raise CheckFailed("the result is not what the probe returns", rung="type")
    return got


def norm_of(grads):
    """Return the norm of all numbers, without overflow."""
    return math.hypot(*(x for g in grads for x in np.ravel(g).tolist()))


@points(3)
def test_clipping(solution, rng):
    """Gradients whose common norm is above max_norm are all multiplied by max_norm / norm."""
    got = solution.probe.clip([np.array([3.0]), np.array([4.0])], 1.0)
    assert_close(got, (5.0, [np.array([0.6]), np.array([0.8])]))
    for shapes in (((4,),), SHAPES, EQUAL):
        _, (grads,) = draw(rng, shapes, 1)
        norm = norm_of(grads)
        largest = round(norm * float(rng.uniform(0.2, 0.9)), 2)
        got = solution.probe.clip(grads, largest)
        assert_close(got, (norm, [g * (largest / norm) for g in grads]), atol=1e-12)


@points(2)
def test_clipping_leaves_small_gradients_alone(solution, rng):
    """Gradients whose norm is not above max_norm do not change, and the norm is returned."""
    for shapes, factor in ((((1,),), 1.5), (SHAPES, 1.1), (SHAPES, 1e6)):
        _, (grads,) = draw(rng, shapes, 1)
        norm = norm_of(grads)
        returned, arrays = _pair(solution.probe.clip(grads, factor * norm))
        assert_close(returned, norm)
        assert_equal(arrays, grads)


def test_clipping_of_float32(solution, rng):
    """float32 gradients stay float32, and get the right norm, even if their squares overflow."""
    for scale in (1.0, 1e25):
        _, (grads,) = draw(rng, ((3, 2),), 1)
        grads = [(scale * g).astype(np.float32) for g in grads]
        norm = norm_of(grads)
        returned, arrays = _pair(solution.probe.clip(grads, 0.5 * scale))
        assert_close(returned, norm, rtol=1e-4)
        expected = [(g * (0.5 * scale / norm)).astype(np.float32) for g in grads]
        assert_close(arrays, expected, rtol=1e-4, atol=1e-6 * scale)


def test_clipping_of_huge_gradients(solution, rng):
    """Numbers up to 1e200 are clipped to max_norm too, although their squares overflow."""
    for scale in (1e160, 1e200):
        grads = [scale * rng.uniform(-1.0, 1.0, (3, 4))]
        norm, largest = norm_of(grads), float(rng.uniform(0.5, 5.0))
        got = solution.probe.clip(grads, largest)
        assert_close(got, (norm, [g / norm * largest for g in grads]), atol=1e-12)


def test_clipping_of_nothing(solution, rng):
    """Without gradients, or if all are zero, the norm is 0."""
    _, (grads,) = draw(rng, ((3,),), 1)
    assert_close(solution.probe.clip(grads, 0.1)[0], norm_of(grads))
    for zeros in ([], [np.zeros((0, 2))], [np.zeros(3), np.zeros((2, 2))]):
        assert_close(solution.probe.clip(zeros, 1.0), (0.0, zeros))


def test_clipping_refuses_a_norm_that_is_not_above_0(solution, rng):
    """max_norm at 0 or below raises ValueError."""
    _, (grads,) = draw(rng, ((3,),), 1)
    assert_close(solution.probe.clip(grads, 0.1)[0], norm_of(grads))
    for wrong in (0.0, -1.0):
        with raises(ValueError):
            solution.clip_grad_norm(grads, wrong)
