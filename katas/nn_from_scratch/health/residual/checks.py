"""Hidden checks of the kata residual."""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_unchanged,
    central_difference,
    points,
    raises,
)

SIZES = ((7, 3, 5), (1, 4, 2), (4, 3, 3), (0, 2, 3))
"""N, D, and the units between two layers."""
CLOSE = {"rtol": 1e-8, "atol": 1e-11}


def dense(solution, rng, i, o):
    """Make a dense layer with random weights and biases; return it, W and b."""
    layer = solution.need("dense-layer").Dense(i, o, solution.rng(1))
    W, b = rng.normal(size=(i, o)), rng.normal(size=o)
    solution.probe.write_params(layer, W, b)
    return layer, W, b


def two_layers(solution, rng, d, h):
    """Make a block of two dense layers; return it, their weights, and F as a function."""
    (first, W, b), (second, V, c) = dense(solution, rng, d, h), dense(solution, rng, h, d)
    block = solution.Residual([first, second])
    return block, (W, V), lambda x: (x @ W + b) @ V + c


def batch(rng, n, d):
    """Draw samples and an upstream gradient."""
    return rng.normal(size=(n, d)), rng.normal(size=(n, d))


def named(got, names):
    """Return `got` if it is a dict with exactly these names; else fail."""
    if type(got) is not dict or sorted(map(str, got)) != sorted(names):
        words = sorted(map(str, got)) if type(got) is dict else type(got).__name__
        raise CheckFailed(
            "other names were expected", rung="type", got=str(words), expected=str(sorted(names))
        )
    return got


def test_the_example(solution, rng):
    """y is x plus the output of the layer: (1, 1) becomes (5, 7), because F(x) is (4, 6)."""
    layer, _, _ = dense(solution, rng, 2, 2)
    block = solution.Residual([layer])
    for scale in (1.0, float(rng.integers(2, 9))):
        solution.probe.write_params(layer, scale * np.array([[1.0, 2.0], [3.0, 4.0]]), np.zeros(2))
        got = block.forward(np.array([[1.0, 1.0]]))
        assert_close(got, np.array([[1.0 + 4.0 * scale, 1.0 + 6.0 * scale]]))


@points(3)
def test_forward_adds_the_input(solution, rng):
    """forward sends x through the layers, one after the other, and adds x to the result."""
    for n, d, h in SIZES:
        block, _, f = two_layers(solution, rng, d, h)
        x, _ = batch(rng, n, d)
        assert_close(block.forward(x), x + f(x), **CLOSE)
        assert_close(block.forward(x, training=True), x + f(x), **CLOSE)


@points(3)
def test_layers_that_give_zero(solution, rng):
    """If F is 0, the block is the identity: y is x, and dx is dout."""
    for n, d, _ in SIZES:
        layer, _, _ = dense(solution, rng, d, d)
        solution.probe.write_params(layer, np.zeros((d, d)), np.zeros(d))
        x, dout = batch(rng, n, d)
        block = solution.Residual([layer])
        assert_close(block.forward(x, training=True), x)
        assert_close(block.backward(dout), dout)


@points(8)
def test_input_gradient(solution, rng):
    """dx is dout plus what comes back through the layers, from the last to the first."""
    layer, _, _ = dense(solution, rng, 2, 2)
    solution.probe.write_params(layer, np.array([[1.0, 2.0], [3.0, 4.0]]), np.zeros(2))
    block = solution.Residual([layer])
    block.forward(np.array([[1.0, 1.0]]), training=True)
    assert_close(block.backward(np.array([[1.0, -1.0]])), np.array([[0.0, -2.0]]), atol=1e-12)
    for n, d, h in SIZES:
        block, (W, V), _ = two_layers(solution, rng, d, h)
        x, dout = batch(rng, n, d)
        block.forward(x, training=True)
        assert_close(block.backward(dout), dout + dout @ V.T @ W.T, **CLOSE)


@points(6)
def test_input_gradient_matches_central_differences(solution, rng):
    """dx is the measured gradient of tanh, dense, tanh, dense and the skip around them."""
    for n, d, h in ((5, 3, 4), (1, 3, 2)):
        (first, W, b), (second, V, c) = dense(solution, rng, d, h), dense(solution, rng, h, d)
        x, dout = batch(rng, n, d)

        def y(v, W=W, b=b, V=V, c=c):
            return v + np.tanh(np.tanh(v) @ W + b) @ V + c

        got = solution.probe.through_tanh(first, second, x, dout, False)
        measured = central_difference(lambda v, y=y, dout=dout: float((y(v) * dout).sum()), x)
        assert_close(got, [y(x), measured], rtol=1e-6, atol=1e-8)


@points(2)
def test_arrays_of_the_layers_are_not_changed(solution, rng):
    """The gradient is right when the last layer computes its slope from the array it returned."""
    for n, d, h in ((5, 3, 4), (1, 3, 2)):
        (first, W, b), (second, V, c) = dense(solution, rng, d, h), dense(solution, rng, h, d)
        x, dout = batch(rng, n, d)

        def y(v, W=W, b=b, V=V, c=c):
            return v + np.tanh(np.tanh(np.tanh(v) @ W + b) @ V + c)

        got = solution.probe.through_tanh(first, second, x, dout, True)
        measured = central_difference(lambda v, y=y, dout=dout: float((y(v) * dout).sum()), x)
        assert_close(got, [y(x), measured], rtol=1e-6, atol=1e-8)


@points(2)
def test_parameter_gradients(solution, rng):
    """grads contains the gradients of all layers, and they add up over several backward calls."""
    for n, d, h in SIZES[:3]:
        (first, W, b), (second, V, _) = dense(solution, rng, d, h), dense(solution, rng, h, d)
        block = solution.Residual([first, second])
        x, dout = batch(rng, n, d)
        block.forward(x, training=True)
        for times in (1, 2):
            block.backward(dout)
            grads = named(block.grads, ["0.W", "0.b", "1.W", "1.b"])
            assert_close(grads["0.W"], times * (x.T @ (dout @ V.T)), **CLOSE)
            assert_close(grads["0.b"], times * (dout @ V.T).sum(axis=0), **CLOSE)
            assert_close(grads["1.W"], times * ((x @ W + b).T @ dout), **CLOSE)
            assert_close(grads["1.b"], times * dout.sum(axis=0), **CLOSE)


@points(2)
def test_params_are_those_of_the_layers(solution, rng):
    """params and grads contain the arrays of the layers themselves, as "0.W", "0.b", "1.W" …"""
    for i, h in ((2, 3), (4, 2)):
        (first, W, b), (second, V, c) = dense(solution, rng, i, h), dense(solution, rng, h, i)
        block = solution.Residual([first, second])
        layers = {"0.W": first, "0.b": first, "1.W": second, "1.b": second}
        for name, expected in {"0.W": W, "0.b": b, "1.W": V, "1.b": c}.items():
            assert_close(named(block.params, layers)[name], expected)
        named(block.grads, layers)
        assert_equal(solution.probe.held(block, layers), {name: [True, True] for name in layers})


def test_grads_are_looked_up_again(solution, rng):
    """grads contains what the layers have now, also after a layer put a new array into its own."""
    for times in (2, 3):
        shifts, (x, dout) = rng.normal(size=(2, 3)), batch(rng, 4, 3)
        slope = 1 - np.tanh(x + shifts[0]) ** 2
        expected = {
            "0.shift": times * (dout * slope).sum(axis=0),
            "2.shift": times * dout.sum(axis=0),
            "projection.shift": times * dout.sum(axis=0),
        }
        got = solution.probe.through_shifts(*shifts, x, dout, times)
        if type(got) is not list or len(got) != 2:
            raise CheckFailed("two dicts were expected", rung="type")
        for grads, factor in zip(got, (1.0, 0.0), strict=True):
            for name, gradient in expected.items():
                assert_close(named(grads, expected)[name], factor * gradient, **CLOSE)


@points(2)
def test_projection(solution, rng):
    """With a projection P, y is P(x) + F(x), and dx is the sum of what both send back."""
    for n, d, o in ((5, 3, 2), (1, 2, 4), (4, 3, 3)):
        (f, W, b), (p, P, q) = dense(solution, rng, d, o), dense(solution, rng, d, o)
        block = solution.Residual([f], projection=p)
        x, dout = rng.normal(size=(n, d)), rng.normal(size=(n, o))
        assert_close(block.forward(x, training=True), x @ P + q + x @ W + b, **CLOSE)
        assert_close(block.backward(dout), dout @ P.T + dout @ W.T, **CLOSE)


@points(2)
def test_projection_is_trained(solution, rng):
    """params and grads contain the arrays of the projection, as "projection.W" and so on."""
    for n, d, o in ((5, 3, 2), (1, 2, 4)):
        (f, W, _), (p, P, _) = dense(solution, rng, d, o), dense(solution, rng, d, o)
        block = solution.Residual([f], projection=p)
        x, dout = rng.normal(size=(n, d)), rng.normal(size=(n, o))
        block.forward(x, training=True)
        block.backward(dout)
        layers = {"0.W": f, "0.b": f, "projection.W": p, "projection.b": p}
        params, grads = named(block.params, layers), named(block.grads, layers)
        assert_close([params["0.W"], params["projection.W"]], [W, P])
        for name in ("0", "projection"):
            assert_close(grads[f"{name}.W"], x.T @ dout, **CLOSE)
            assert_close(grads[f"{name}.b"], dout.sum(axis=0), **CLOSE)
        assert_equal(solution.probe.held(block, layers), {name: [True, True] for name in layers})


def test_zero_grad_reaches_every_layer(solution, rng):
    """zero_grad sets the gradients of all layers and of the projection to zero."""
    (f, W, b), (p, P, q) = dense(solution, rng, 3, 2), dense(solution, rng, 3, 2)
    block = solution.Residual([f], projection=p)
    x, dout = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    assert_close(block.forward(x, training=True), x @ P + q + x @ W + b, **CLOSE)
    block.backward(dout)
    assert_close(p.grads["W"], x.T @ dout, **CLOSE)
    assert_close(f.grads["W"], x.T @ dout, **CLOSE)
    block.zero_grad()
    for layer in (f, p):
        assert_close(layer.grads["W"], np.zeros((3, 2)))
        assert_close(layer.grads["b"], np.zeros(2))


def test_training_is_passed_on(solution, rng):
    """Every layer, also the projection, gets the `training` with which forward was called."""
    for projection in (False, True):
        number, calls = int(rng.integers(1, 5)), (rng.random(6) < 0.5).tolist()
        expected = [[*calls, False, "zero_grad"]] * (number + projection)
        assert_equal(solution.probe.modes(number, projection, calls), expected)


def test_other_forward_calls_do_not_disturb(solution, rng):
    """A forward without training, between forward and backward, changes no gradient."""
    block, (W, V), f = two_layers(solution, rng, 3, 5)
    x, dout = batch(rng, 4, 3)
    block.forward(x, training=True)
    for n in (4, 2):
        other, _ = batch(rng, n, 3)
        assert_close(block.forward(other), other + f(other), **CLOSE)
    assert_close(block.backward(dout), dout + dout @ V.T @ W.T, **CLOSE)
    assert_close(block.grads["0.W"], x.T @ (dout @ V.T), **CLOSE)


def test_blocks_in_a_block(solution, rng):
    """A block can be a layer of another block; its arrays are then called "0.0.W" and so on."""
    for n in (1, 5):
        layer, W, b = dense(solution, rng, 3, 3)
        block = solution.Residual([solution.Residual([layer])])
        x, dout = batch(rng, n, 3)
        assert_close(block.forward(x, training=True), 2 * x + x @ W + b, **CLOSE)
        assert_close(block.backward(dout), 2 * dout + dout @ W.T, **CLOSE)
        assert_close(named(block.grads, ["0.0.W", "0.0.b"])["0.0.W"], x.T @ dout, **CLOSE)
        assert_close(named(block.params, ["0.0.W", "0.0.b"])["0.0.W"], W)


def test_refuses_to_add_other_shapes(solution, rng):
    """If x (or P(x)) and F(x) have different shapes, forward raises a ValueError."""
    layer, W, b = dense(solution, rng, 3, 3)
    x, _ = batch(rng, 4, 3)
    assert_close(solution.Residual([layer]).forward(x), x + x @ W + b, **CLOSE)
    narrow, one = dense(solution, rng, 3, 1)[0], rng.normal(size=(4, 1))
    for block, samples in (
        (solution.Residual([narrow]), x),
        (solution.Residual([dense(solution, rng, 1, 3)[0]]), one),
        (solution.Residual([layer], narrow), x),
        (solution.Residual([narrow], layer), x),
        (solution.Residual([dense(solution, rng, 3, 2)[0]]), x),
    ):
        for training in (False, True):
            with raises(ValueError):
                block.forward(samples, training=training)


def test_backward_needs_a_forward(solution, rng):
    """backward without a forward for training raises RuntimeError, whatever the layers do."""
    for measured_before in (True, False):
        number = float(rng.uniform(1, 2))
        block = solution.probe.times(number)
        x, dout = batch(rng, 4, 3)
        if measured_before:
            assert_close(block.forward(x), x + number * x, **CLOSE)
        with raises(RuntimeError):
            block.backward(dout)


def test_refuses_an_upstream_gradient_of_another_shape(solution, rng):
    """A dout of another shape than the output raises ValueError, whatever the layers do."""
    number = float(rng.uniform(1, 2))
    block = solution.probe.times(number)
    x, dout = batch(rng, 4, 3)
    for samples, right in ((x, dout), (x[:1], dout[:1])):
        assert_close(block.forward(samples, training=True), (1 + number) * samples, **CLOSE)
        assert_close(block.backward(right), (1 + number) * right, **CLOSE)
        for wrong in (dout[:2], dout[0], dout[:, :1], dout[np.newaxis], np.ones((5, 3)), 1.0):
            with raises(ValueError):
                block.backward(wrong)


def test_leaves_its_arguments_alone(solution, rng):
    """x and dout do not change, even if a layer returns the very array that it got."""
    for n in (1, 4):
        x, dout = batch(rng, n, 3)
        before = x.copy(), dout.copy()
        got = solution.probe.with_layers_that_copy_nothing(x, dout)
        assert_close(got, [2 * before[0], 2 * before[0], 2 * before[1]])
        assert_unchanged(x, before[0], "x")
        assert_unchanged(dout, before[1], "the upstream gradient")
