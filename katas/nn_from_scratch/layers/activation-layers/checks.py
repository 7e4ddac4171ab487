"""Hidden checks of the kata activation-layers."""

import math

import numpy as np

from nnkata.testing import (
    assert_arguments_unchanged,
    assert_close,
    assert_equal,
    assert_object,
    assert_unchanged,
    central_difference,
    points,
    raises,
)

SHAPES = ((4, 4), (7, 5), (1, 3), (3, 2))
"""N and H, or N and C."""

CLASSES = ("ReLU", "Tanh", "Sigmoid")


def sigmoid(x):
    """Compute the logistic function of moderate numbers."""
    return 1.0 / (1.0 + np.exp(-x))


def normal_cdf(x):
    """Compute the distribution function of the standard normal distribution."""
    return 0.5 * np.vectorize(math.erfc, otypes=[float])(-x / math.sqrt(2.0))


def normal_density(x):
    """Compute its density."""
    return np.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)


FUNCTIONS = {
    "linear": (lambda x: x * 1.0, lambda x: 0.0 * x + 1.0),
    "relu": (lambda x: np.where(x > 0, x, 0.0), lambda x: np.where(x > 0, 1.0, 0.0)),
    "tanh": (np.tanh, lambda x: 1.0 / np.cosh(x) ** 2),
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "elu": (lambda x: np.where(x > 0, x, np.expm1(x)), lambda x: np.exp(np.minimum(x, 0.0))),
    "softplus": (lambda x: np.log1p(np.exp(x)), sigmoid),
    "swish": (
        lambda x: x * sigmoid(x),
        lambda x: sigmoid(x) + x * sigmoid(x) * sigmoid(-x),
    ),
    "gelu": (lambda x: x * normal_cdf(x), lambda x: normal_cdf(x) + x * normal_density(x)),
}
"""Each function and its derivative, for moderate numbers."""


def softmax(z):
    """Compute probabilities along the last axis."""
    exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def jacobian(p):
    """Write out the derivatives of p with respect to its logits."""
    return np.array([[a * ((i == j) - b) for j, b in enumerate(p)] for i, a in enumerate(p)])


def products(p, dout):
    """Compute row by row the product of the Jacobian and the upstream gradient."""
    rows = [jacobian(row) @ g for row, g in zip(p, dout, strict=True)]
    return np.array(rows).reshape(p.shape)


def draw(rng, shape):
    """Draw inputs that are at least 0.05 away from 0, and an upstream gradient."""
    return rng.uniform(0.05, 2.5, shape) * rng.choice([-1.0, 1.0], shape), rng.normal(size=shape)


def assert_forward(layer, f, x):
    """Compare the outputs for both values of training."""
    assert_close(layer.forward(x), f(x), atol=1e-12)
    assert_close(layer.forward(x, training=True), f(x), atol=1e-12)


def assert_backward(layer, f_grad, x, dout):
    """Go forward and backward, and compare the gradient."""
    layer.forward(x, training=True)
    assert_close(layer.backward(dout), dout * f_grad(x), atol=1e-12)


def all_layers(solution):
    """Make a layer of each kind; yield it with its forward function and its gradient."""
    for name in (*CLASSES, "swish"):
        layer = getattr(solution, name)() if name in CLASSES else solution.Activation(name)
        f, f_grad = FUNCTIONS[name.lower()]
        yield layer, f, lambda x, dout, f_grad=f_grad: dout * f_grad(x)
    yield solution.Softmax(), softmax, lambda x, dout: products(softmax(x), dout)


@points(5)
def test_softmax_jacobian(solution, rng):
    """softmax_jacobian has p_i (1 - p_i) on its diagonal and -p_i p_j elsewhere."""
    got = solution.softmax_jacobian(np.array([0.25, 0.5, 0.25]))
    expected = [[0.1875, -0.125, -0.0625], [-0.125, 0.25, -0.125], [-0.0625, -0.125, 0.1875]]
    assert_close(got, np.array(expected), atol=1e-12)
    for c in (2, 5, 1):
        p = softmax(rng.normal(size=c))
        assert_close(solution.softmax_jacobian(p), jacobian(p), atol=1e-12)


@points(3)
def test_softmax_jacobian_matches_central_differences(solution, rng):
    """Row i of softmax_jacobian is the gradient of probability i with respect to all logits."""
    for c in (3, 4):
        z = rng.normal(size=c)
        measured = [central_difference(lambda v, i=i: float(softmax(v)[i]), z) for i in range(c)]
        got = solution.softmax_jacobian(softmax(z))
        assert_close(got, np.array(measured), rtol=1e-6, atol=1e-9)


@points(5)
def test_softmax_vjp(solution, rng):
    """softmax_vjp gives for each row the product of its Jacobian and its row of dout."""
    p = np.array([[0.25, 0.5, 0.25], [0.5, 0.25, 0.25]])
    got = solution.softmax_vjp(p, np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 4.0]]))
    expected = [[0.1875, -0.125, -0.0625], [-0.5, -0.25, 0.75]]
    assert_close(got, np.array(expected), atol=1e-12)
    for n, c in SHAPES:
        p, dout = softmax(rng.normal(size=(n, c))), rng.normal(size=(n, c))
        assert_close(solution.softmax_vjp(p, dout), products(p, dout), atol=1e-12)


@points(5)
def test_softmax_layer_backward(solution, rng):
    """backward of a Softmax layer is the measured gradient, for a random upstream gradient."""
    layer = solution.Softmax()
    layer.forward(np.array([[0.0, math.log(2.0), 0.0]]), training=True)
    got = layer.backward(np.array([[1.0, 0.0, 0.0]]))
    assert_close(got, np.array([[0.1875, -0.125, -0.0625]]), atol=1e-12)
    for n, c in SHAPES:
        x, dout = rng.normal(size=(n, c)), rng.normal(size=(n, c))
        measured = central_difference(lambda v, dout=dout: float((softmax(v) * dout).sum()), x)
        layer.forward(x, training=True)
        got = layer.backward(dout)
        assert_close(got, products(softmax(x), dout), atol=1e-12)
        assert_close(got, measured, rtol=1e-6, atol=1e-9)


@points(2)
def test_forward_of_relu_tanh_and_sigmoid(solution, rng):
    """forward of ReLU, Tanh and Sigmoid gives the function of every entry."""
    for name in CLASSES:
        layer, f = getattr(solution, name)(), FUNCTIONS[name.lower()][0]
        assert_forward(layer, f, np.array([[-1.0, 0.0, 2.0]]))
        for shape in SHAPES:
            assert_forward(layer, f, draw(rng, shape)[0])


def test_forward_of_softmax(solution, rng):
    """forward of Softmax turns each row into probabilities."""
    layer = solution.Softmax()
    assert_forward(layer, softmax, np.array([[0.0, math.log(2.0), 0.0]]))
    for shape in SHAPES:
        assert_forward(layer, softmax, rng.normal(size=shape))


@points(2)
def test_forward_of_activation(solution, rng):
    """Activation(name).forward gives the function of that name of every entry."""
    for name, (f, _) in FUNCTIONS.items():
        layer = solution.Activation(name)
        for shape in SHAPES[:3]:
            assert_forward(layer, f, draw(rng, shape)[0])


@points(3)
def test_relu_backward(solution, rng):
    """ReLU lets dout through where the input was positive, and gives 0 where it was 0 or less."""
    layer = solution.ReLU()
    layer.forward(np.array([[-2.0, 0.0, 3.0], [1.0, -1.0, 0.5]]), training=True)
    got = layer.backward(np.array([[1.0, 2.0, 3.0], [-4.0, -5.0, 6.0]]))
    assert_close(got, np.array([[0.0, 0.0, 3.0], [-4.0, 0.0, 6.0]]))
    for shape in SHAPES:
        assert_backward(layer, FUNCTIONS["relu"][1], *draw(rng, shape))


@points(3)
def test_tanh_backward(solution, rng):
    """Tanh multiplies dout by 1 - tanh(x)²; at x = 1 that is 0.420."""
    layer = solution.Tanh()
    layer.forward(np.array([[0.0, 1.0]]), training=True)
    assert_close(layer.backward(np.array([[3.0, -1.0]])), np.array([[3.0, math.tanh(1) ** 2 - 1]]))
    for shape in SHAPES:
        assert_backward(layer, FUNCTIONS["tanh"][1], *draw(rng, shape))


@points(3)
def test_sigmoid_backward(solution, rng):
    """Sigmoid multiplies dout by s (1 - s), where s is the output; at x = 0 that is 1/4."""
    layer = solution.Sigmoid()
    layer.forward(np.array([[0.0, math.log(3.0)]]), training=True)
    assert_close(layer.backward(np.array([[2.0, -16.0]])), np.array([[0.5, -3.0]]))
    for shape in SHAPES:
        assert_backward(layer, FUNCTIONS["sigmoid"][1], *draw(rng, shape))


@points(3)
def test_activation_backward(solution, rng):
    """Activation(name).backward multiplies dout by the derivative at the inputs."""
    for name, (f, f_grad) in FUNCTIONS.items():
        layer = solution.Activation(name)
        for shape in SHAPES[:3]:
            x, dout = draw(rng, shape)
            measured = central_difference(lambda v, f=f, dout=dout: float((f(v) * dout).sum()), x)
            assert_backward(layer, f_grad, x, dout)
            assert_close(layer.backward(dout), measured, rtol=1e-6, atol=1e-8)


@points(2)
def test_other_forward_calls_do_not_disturb(solution, rng):
    """A forward without training, between forward and backward, changes no gradient."""
    for layer, f, gradient in all_layers(solution):
        x, dout = draw(rng, (4, 3))
        other, _ = draw(rng, (4, 3))
        layer.forward(x, training=True)
        assert_close(layer.forward(other), f(other), atol=1e-12)
        assert_close(layer.forward(x[:1], training=False), f(x[:1]), atol=1e-12)
        assert_close(layer.backward(dout), gradient(x, dout), atol=1e-12)


def test_backward_twice(solution, rng):
    """A second backward gives a gradient like the first, and does not change the first."""
    for layer, _, gradient in all_layers(solution):
        x, dout = draw(rng, (4, 3))
        layer.forward(x, training=True)
        first = layer.backward(dout)
        assert_close(first, gradient(x, dout), atol=1e-12)
        other = rng.normal(size=(4, 3))
        assert_close(layer.backward(other), gradient(x, other), atol=1e-12)
        assert_close(layer.backward(dout), gradient(x, dout), atol=1e-12)
        assert_unchanged(first, first.copy(), "the first gradient")


def test_each_layer_has_its_own_memory(solution, rng):
    """Two layers of the same class in one network do not mix up their inputs."""
    for (first, _, gradient), (second, _, _) in zip(
        all_layers(solution), all_layers(solution), strict=True
    ):
        (x, dout), (other, upstream) = draw(rng, (4, 3)), draw(rng, (4, 3))
        first.forward(x, training=True)
        second.forward(other, training=True)
        assert_close(second.backward(upstream), gradient(other, upstream), atol=1e-12)
        assert_close(first.backward(dout), gradient(x, dout), atol=1e-12)


@points(2)
def test_later_changes_of_the_input_do_not_matter(solution, rng):
    """backward uses x as it was in forward, even if the caller has changed x since then."""
    for layer, _, gradient in all_layers(solution):
        x, dout = draw(rng, (4, 3))
        got = solution.probe.backward_after_changes(layer, x, dout, "input")
        assert_close(got, gradient(x, dout), atol=1e-12)


@points(2)
def test_later_changes_of_the_output_do_not_matter(solution, rng):
    """backward gives the same gradient if the caller has changed the output after forward."""
    for layer, _, gradient in all_layers(solution):
        x, dout = draw(rng, (4, 3))
        got = solution.probe.backward_after_changes(layer, x, dout, "output")
        assert_close(got, gradient(x, dout), atol=1e-12)


def test_any_number_of_samples(solution, rng):
    """Outputs and gradients have the shape of x, even for no sample and for one."""
    for layer, f, gradient in all_layers(solution):
        for shape in ((1, 4), (5, 1), (0, 3)):
            x, dout = draw(rng, shape)
            if len(x):
                assert_close(layer.forward(x, training=True), f(x), atol=1e-12)
                assert_close(layer.backward(dout), gradient(x, dout), atol=1e-12)
            else:
                assert_close(layer.forward(x, training=True), x)
                assert_close(layer.backward(dout), x)
    p = softmax(rng.normal(size=(1, 3)))
    assert_close(solution.softmax_vjp(p, p * p), products(p, p * p), atol=1e-12)
    assert_close(solution.softmax_vjp(p[:0], p[:0]), p[:0])


def test_any_shape(solution, rng):
    """Layers that work entry by entry take arrays with any number of axes."""
    for layer, f, gradient in list(all_layers(solution))[:-1]:
        for shape in ((4,), (2, 3, 4)):
            x, dout = draw(rng, shape)
            assert_close(layer.forward(x, training=True), f(x), atol=1e-12)
            assert_close(layer.backward(dout), gradient(x, dout), atol=1e-12)


def test_inputs_far_from_zero(solution, rng):
    """Outputs and gradients are right for inputs of 1000 and -1000, without overflow."""
    far = np.array([[1000.0, -1000.0]]) + rng.uniform(-200, 200, (1, 2))
    for name in (name for name in FUNCTIONS if name != "gelu"):
        layer, dout = solution.Activation(name), rng.normal(size=(1, 2))
        bounded = name in ("tanh", "sigmoid")
        high, slope_low = (1.0, 0.0) if bounded else (far[0, 0], float(name == "linear"))
        low = {"linear": far[0, 1], "tanh": -1.0, "elu": -1.0}.get(name, 0.0)
        assert_close(layer.forward(far, training=True), np.array([[high, low]]), atol=1e-12)
        slopes = np.array([[0.0 if bounded else 1.0, slope_low]])
        assert_close(layer.backward(dout), dout * slopes, atol=1e-12)
    layer, x, dout = solution.Softmax(), np.array([[0.0, 3000.0], [1.0, 2.0]]), rng.normal(size=2)
    assert_close(layer.forward(x, training=True), softmax(x), atol=1e-12)
    dout = np.stack((dout, dout))
    assert_close(layer.backward(dout), products(softmax(x), dout), atol=1e-12)


@points(2)
def test_keeps_the_precision_it_is_given(solution, rng):
    """float32 gives float32 outputs and gradients, and integers are converted to float64."""
    x, dout = rng.integers(1, 4, (4, 3)) * rng.choice([-1, 1], (4, 3)), rng.integers(1, 9, (4, 3))
    for layer, f, gradient in all_layers(solution):
        out, d_x = f(x * 1.0), gradient(x * 1.0, dout * 1.0)
        assert_close(layer.forward(x, training=True), out, atol=1e-12)
        assert_close(layer.backward(dout), d_x, atol=1e-12)
        small = x.astype(np.float32), dout.astype(np.float32)
        got = layer.forward(small[0], training=True)
        assert_close(got, out.astype(np.float32), rtol=1e-5, atol=1e-6)
        got = layer.backward(small[1])
        assert_close(got, d_x.astype(np.float32), rtol=1e-4, atol=1e-5)


def test_softmax_functions_keep_the_precision(solution, rng):
    """softmax_jacobian and softmax_vjp: float32 gives float32, integers give float64."""
    p, dout = softmax(rng.normal(size=(4, 3))), rng.normal(size=(4, 3))
    small = p.astype(np.float32), dout.astype(np.float32)
    expected = jacobian(p[0]).astype(np.float32)
    assert_close(solution.softmax_jacobian(small[0][0]), expected, rtol=1e-4, atol=1e-6)
    expected = products(p, dout).astype(np.float32)
    assert_close(solution.softmax_vjp(*small), expected, rtol=1e-4, atol=1e-5)
    certain, integers = np.array([[0, 1, 0], [1, 0, 0]]), rng.integers(1, 9, (2, 3))
    assert_close(solution.softmax_jacobian(certain[0]), np.zeros((3, 3)))
    assert_close(solution.softmax_vjp(certain, integers), np.zeros((2, 3)))
    assert_close(solution.softmax_vjp(p[:2], integers), products(p[:2], integers), atol=1e-12)


def test_softmax_vjp_needs_little_memory(solution, rng):
    """softmax_vjp makes no array of N·C² numbers: its memory grows with N·C."""
    for _ in range(2):
        n = int(rng.integers(90, 120))
        p, dout = softmax(rng.normal(size=(n, 100))), rng.normal(size=(n, 100))
        expected = p * (dout - (p * dout).sum(axis=1, keepdims=True))
        assert_close(solution.softmax_vjp(p, dout), expected, atol=1e-12)
        assert_equal(solution.probe.makes_all_jacobians(p, dout), False)


def test_refuses_other_names(solution, rng):
    """Activation of a word that is not in the list, such as "softmax", raises ValueError."""
    x, _ = draw(rng, (2, 3))
    assert_close(solution.Activation("tanh").forward(x), np.tanh(x), atol=1e-12)
    for name in ("softmax", "step", "", "maxout"):
        with raises(ValueError):
            solution.Activation(name)


def test_backward_needs_a_forward(solution, rng):
    """backward without a forward for training raises a RuntimeError."""
    for measured_before in (True, False):
        for layer, f, _ in all_layers(solution):
            x, dout = draw(rng, (4, 3))
            if measured_before:
                assert_close(layer.forward(x), f(x), atol=1e-12)
            with raises(RuntimeError):
                layer.backward(dout)


def test_refuses_an_upstream_gradient_of_another_shape(solution, rng):
    """If dout does not have the shape of the output, backward raises a ValueError."""
    for layer, f, gradient in all_layers(solution):
        x, dout = draw(rng, (4, 3))
        assert_close(layer.forward(x, training=True), f(x), atol=1e-12)
        assert_close(layer.backward(dout), gradient(x, dout), atol=1e-12)
    for layer, _, _ in all_layers(solution):
        x, dout = draw(rng, (4, 3))
        layer.forward(x, training=True)
        for wrong in (dout[:1], dout[0], dout[:, :1], dout.T, dout[np.newaxis], np.float64(1.0)):
            with raises(ValueError):
                layer.backward(wrong)


def test_softmax_functions_refuse_other_shapes(solution, rng):
    """softmax_jacobian takes one row only, and softmax_vjp two arrays of one shape: ValueError."""
    p, dout = softmax(rng.normal(size=(4, 3))), rng.normal(size=(4, 3))
    assert_close(solution.softmax_jacobian(p[0]), jacobian(p[0]), atol=1e-12)
    assert_close(solution.softmax_vjp(p, dout), products(p, dout), atol=1e-12)
    for wrong in (p, p[:1], p[:, :1], p[:3], p[np.newaxis], np.float64(1.0)):
        with raises(ValueError):
            solution.softmax_jacobian(wrong)
    for wrong in (dout[:1], dout[0], dout[:, :1], dout.T, dout[np.newaxis], np.float64(1.0)):
        with raises(ValueError):
            solution.softmax_vjp(p, wrong)
    with raises(ValueError):
        solution.softmax_vjp(p[:1], dout)


@points(2)
def test_leaves_its_arguments_alone(solution, rng):
    """x, p and the upstream gradient do not change, and backward does not change the output."""
    for layer, f, gradient in all_layers(solution):
        x, dout = draw(rng, (4, 3))
        out = layer.forward(x, training=True)
        assert_close(out, f(x), atol=1e-12)
        assert_close(layer.backward(dout), gradient(x, dout), atol=1e-12)
        assert_arguments_unchanged(x=x, dout=dout, output=out)
    p, dout = softmax(rng.normal(size=(4, 3))), rng.normal(size=(4, 3))
    assert_close(solution.softmax_vjp(p, dout), products(p, dout), atol=1e-12)
    first = p[0].copy()
    assert_close(solution.softmax_jacobian(first), jacobian(first), atol=1e-12)
    assert_arguments_unchanged(p=p, dout=dout, first=first)


def test_results_are_new_arrays(solution, rng):
    """Outputs and gradients are new arrays, even for the linear layer, which changes no number."""
    for name in ("relu", "linear"):
        x, dout = np.abs(draw(rng, (4, 3)))
        layer = solution.Activation(name)
        assert_equal(solution.probe.shared_memory(layer, x, dout), [False] * 3)
        assert_close(layer.forward(x, training=True), x)
        assert_close(layer.backward(dout), dout)


def test_has_no_parameters(solution, rng):
    """params and grads are empty dicts, and zero_grad does not disturb backward."""
    for name in (*CLASSES, "Softmax"):
        assert_object(getattr(solution, name)(), name)
    for layer, f, gradient in all_layers(solution):
        x, dout = draw(rng, (4, 3))
        assert_close(layer.forward(x, training=True), f(x), atol=1e-12)
        for _ in range(2):
            assert_equal(layer.params, {})
            assert_equal(layer.grads, {})
            layer.zero_grad()
        assert_close(layer.backward(dout), gradient(x, dout), atol=1e-12)
