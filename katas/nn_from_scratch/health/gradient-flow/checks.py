"""Hidden checks of the kata gradient-flow."""

import itertools
import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_close,
    central_difference,
    points,
    raises,
)

SIZES = ((5, (3, 3, 3, 3)), (4, (2, 5, 3, 6)), (1, (4, 3, 2)), (6, (3, 1, 4)), (3, (2, 4)))
"""N, and D_0 to D_L. The layers of the first are square."""

FUNCTIONS = {
    "linear": lambda z: 1.0 * z,
    "relu": lambda z: np.maximum(z, 0.0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0.0))),
    "softplus": lambda z: np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0.0),
    "swish": lambda z: z / (1 + np.exp(-z)),
    "gelu": lambda z: z * (1 + np.vectorize(math.erf)(z / 2**0.5)) / 2,
}
SLOPES = {
    "linear": np.ones_like,
    "relu": lambda z: 1.0 * (z > 0),
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
}
NAMES = ("act_std", "delta_norm", "dW_norm")


def draw(rng, n, sizes, gain=1.5):
    """Draw weights, samples and a cotangent."""
    Ws = [
        rng.normal(0.0, gain / i**0.5, (i, o)) * rng.choice([0.7, 1.3], (1, o))
        for i, o in itertools.pairwise(sizes)
    ]
    return Ws, rng.normal(0.3, 1.0, (n, sizes[0])), rng.normal(0.2, 1.0, (n, sizes[-1]))


def forward(Ws, act, X):
    """Return h_0, h_1, ..., h_L."""
    h = [X]
    for W in Ws:
        h.append(FUNCTIONS[act](h[-1] @ W))
    return h


def stats(Ws, act, X, cotangent):
    """Compute what layer_stats should return, from the slopes at z."""
    h = forward(Ws, act, X)
    expected = {name: np.zeros(len(Ws)) for name in NAMES}
    gradient = cotangent
    for layer in range(len(Ws) - 1, -1, -1):
        delta = gradient * SLOPES[act](h[layer] @ Ws[layer])
        expected["act_std"][layer] = np.sqrt(((h[layer + 1] - h[layer + 1].mean()) ** 2).mean())
        expected["delta_norm"][layer] = np.sqrt((delta**2).sum())
        expected["dW_norm"][layer] = np.sqrt(((h[layer].T @ delta) ** 2).sum())
        gradient = delta @ Ws[layer].T
    return expected


def jacobian(Ws, act, x):
    """Compute the Jacobian (D_L, D_0) forward, from its first factor to its last."""
    J, h = np.eye(len(x)), x
    for W in Ws:
        J = SLOPES[act](h @ W)[:, np.newaxis] * (W.T @ J)
        h = FUNCTIONS[act](h @ W)
    return J


def norm_of(J):
    """Return the root of the largest eigenvalue of JᵀJ."""
    return float(np.sqrt(np.linalg.eigvalsh(J.T @ J)[-1]))


def assert_stats(got, expected, *names, rtol=1e-7, atol=0.0):
    """Compare some of the three arrays."""
    if type(got) is not dict or set(got) != set(NAMES):
        raise CheckFailed(
            "a dict with three arrays was expected",
            rung="type",
            got=", ".join(map(repr, got)) if type(got) is dict else type(got).__name__,
            expected=", ".join(map(repr, NAMES)),
        )
    for name in names or NAMES:
        assert_close(got[name], expected[name], rtol=rtol, atol=atol)


def assert_norm(got, J):
    """Compare a norm with that of a Jacobian, up to 1 %."""
    if not isinstance(got, (float, np.floating)):
        raise CheckFailed("a float was expected", rung="type", got=type(got).__name__)
    assert_close(float(got), norm_of(J), rtol=0.0101)


def test_two_layers_of_one_unit(solution):
    """The worked example of the lesson: two linear layers with one unit and two samples."""
    Ws, X, cotangent = [np.array([[2.0]]), np.array([[0.5]])], [[1.0], [3.0]], [[1.0], [-1.0]]
    got = solution.layer_stats(Ws, "linear", np.array(X), np.array(cotangent))
    root = 2**0.5
    expected = {"act_std": [2.0, 1.0], "delta_norm": [root / 2, root], "dW_norm": [1.0, 4.0]}
    assert_stats(got, {name: np.array(values) for name, values in expected.items()})
    assert_norm(solution.jacobian_norm(Ws, "linear", np.array([1.0])), np.ones((1, 1)))


@points(4)
def test_act_std(solution, rng):
    """act_std is the standard deviation of all outputs of a layer together, after f."""
    for act in ("sigmoid", "relu", "tanh"):
        for n, sizes in SIZES:
            case = draw(rng, n, sizes)
            got = solution.layer_stats(case[0], act, *case[1:])
            assert_stats(got, stats(case[0], act, *case[1:]), "act_std")


@points(4)
def test_delta_norm(solution, rng):
    """delta_norm is √(Σ δ²), where δ has both factors of the chain rule: slopes and weights."""
    for act in ("tanh", "relu", "sigmoid"):
        for n, sizes in SIZES:
            case = draw(rng, n, sizes)
            got = solution.layer_stats(case[0], act, *case[1:])
            assert_stats(got, stats(case[0], act, *case[1:]), "delta_norm")


@points(4)
def test_dW_norm(solution, rng):
    """dW_norm is √(Σ dW²) of the gradient with respect to the weights, h_(l-1)ᵀ @ δ_l."""
    for act in ("tanh", "relu", "sigmoid"):
        for n, sizes in SIZES:
            case = draw(rng, n, sizes)
            got = solution.layer_stats(case[0], act, *case[1:])
            assert_stats(got, stats(case[0], act, *case[1:]), "dW_norm")


@points(3)
def test_dW_norm_matches_central_differences(solution, rng):
    """dW_norm is the norm of the measured gradient of Σ cotangent · h_L, for every activation."""
    for act in ("tanh", "elu", "softplus", "swish", "gelu", "sigmoid"):
        for n, sizes in ((4, (3, 3, 3)), (3, (2, 3, 2))):
            Ws, X, cotangent = draw(rng, n, sizes)
            got = solution.layer_stats(Ws, act, X, cotangent)
            expected = np.zeros(len(Ws))
            for layer in range(len(Ws)):

                def loss(W, layer=layer, Ws=Ws, X=X, cotangent=cotangent, act=act):
                    changed = [*Ws[:layer], W, *Ws[layer + 1 :]]
                    return float((forward(changed, act, X)[-1] * cotangent).sum())

                gradient = central_difference(loss, Ws[layer])
                expected[layer] = np.sqrt((gradient**2).sum())
            assert_stats(got, {"dW_norm": expected}, "dW_norm", rtol=1e-6, atol=1e-8)


@points(3)
def test_gradients_of_linear_layers(solution, rng):
    """Without slopes, δ_l is the cotangent times the transposed product of the later weights."""
    for n, sizes in SIZES:
        Ws, X, cotangent = draw(rng, n, sizes)
        expected = np.zeros(len(Ws))
        product = np.eye(sizes[-1])
        for layer in range(len(Ws) - 1, -1, -1):
            expected[layer] = np.sqrt(((cotangent @ product.T) ** 2).sum())
            product = Ws[layer] @ product
        got = solution.layer_stats(Ws, "linear", X, cotangent)
        assert_stats(got, {"delta_norm": expected}, "delta_norm")


@points(4)
def test_jacobian_norm_of_linear_layers(solution, rng):
    """For linear layers, jacobian_norm is the norm of the product of the weights, up to 1 %."""
    for _, sizes in SIZES:
        Ws, X, _ = draw(rng, 1, sizes)
        product = Ws[0]
        for W in Ws[1:]:
            product = product @ W
        assert_norm(solution.jacobian_norm(Ws, "linear", X[0]), product)


@points(5)
def test_jacobian_norm_matches_central_differences(solution, rng):
    """jacobian_norm is the largest singular value of the measured Jacobian at x, up to 1 %."""
    for act in ("tanh", "sigmoid", "softplus", "gelu", "swish"):
        for _, sizes in SIZES[:4]:
            Ws, X, _ = draw(rng, 1, sizes)
            got = solution.jacobian_norm(Ws, act, X[0])
            rows = [
                central_difference(
                    lambda x, i=i, Ws=Ws, act=act: float(forward(Ws, act, x)[-1][i]), X[0]
                )
                for i in range(sizes[-1])
            ]
            assert_norm(got, np.array(rows))


@points(2)
def test_jacobian_norm_of_relu_layers(solution, rng):
    """jacobian_norm leaves out the paths through ReLU units that are not active at x."""
    for sizes in ((6, 6, 6), (5, 5, 5), (4, 7, 3)):
        for _ in range(2):
            Ws, X, _ = draw(rng, 1, sizes)
            assert_norm(solution.jacobian_norm(Ws, "relu", X[0]), jacobian(Ws, "relu", X[0]))


@points(3)
def test_thirty_layers(solution, rng):
    """Through 30 layers gradients vanish or explode as slopes and weights together decide."""
    for act, gain in (("tanh", 0.5), ("tanh", 1.0), ("tanh", 2.0), ("sigmoid", 1.0)):
        _, X, cotangent = draw(rng, 4, (12, 12))
        # Scaled rotations prefer no direction, so the singular values stay near each other.
        Ws = [gain * np.linalg.qr(rng.normal(size=(12, 12)))[0] for _ in range(30)]
        got = solution.layer_stats(Ws, act, X, cotangent)
        assert_stats(got, stats(Ws, act, X, cotangent))
        assert_norm(solution.jacobian_norm(Ws, act, X[0]), jacobian(Ws, act, X[0]))


def test_one_sample_and_one_layer(solution, rng):
    """One sample, one layer and layers of one unit are enough."""
    for n, sizes in ((1, (3, 3)), (1, (5, 5)), (1, (4, 6)), (1, (1, 1)), (2, (4, 1, 5, 1))):
        Ws, X, cotangent = draw(rng, n, sizes)
        got = solution.layer_stats(Ws, "tanh", X, cotangent)
        assert_stats(got, stats(Ws, "tanh", X, cotangent))
        assert_norm(solution.jacobian_norm(Ws, "tanh", X[0]), jacobian(Ws, "tanh", X[0]))


def test_integers_and_float32(solution, rng):
    """Integers and float32 are accepted and converted to float64."""
    for dtype in (np.int64, np.float32, np.int64, np.float32):
        Ws = [rng.integers(-4, 5, size).astype(dtype) for size in ((4, 4), (4, 3))]
        X, cotangent = rng.integers(-3, 4, (4, 4)), rng.integers(1, 4, (4, 3))
        case = Ws, "linear", X.astype(dtype), cotangent.astype(dtype)
        wide = [W.astype(float) for W in Ws], "linear", X.astype(float), cotangent.astype(float)
        assert_stats(solution.layer_stats(*case), stats(*wide))
        got = solution.jacobian_norm(*case[:2], case[2][0])
        assert_norm(got, jacobian(*wide[:2], wide[2][0]))


def assert_measures(solution, rng):
    """Make one right call of layer_stats, and return its arguments without the activation."""
    Ws, X, cotangent = draw(rng, 4, (3, 3, 3))
    assert_stats(solution.layer_stats(Ws, "tanh", X, cotangent), stats(Ws, "tanh", X, cotangent))
    return Ws, X, cotangent


def assert_norms(solution, rng):
    """Make five right calls of jacobian_norm, and return arguments without the activation."""
    for _ in range(5):
        Ws, X, _ = draw(rng, 1, (4, 4, 4))
        assert_norm(solution.jacobian_norm(Ws, "tanh", X[0]), jacobian(Ws, "tanh", X[0]))
    return Ws, X[0]


def test_layer_stats_refuses_other_shapes(solution, rng):
    """Weights, samples or a cotangent that do not fit each other raise a ValueError."""
    Ws, X, cotangent = assert_measures(solution, rng)
    wide = rng.normal(size=(3, 5))
    for case in (
        (Ws, X, cotangent[:1]),
        ([wide, Ws[1]], X, cotangent),
        (Ws, X[:, :2], cotangent),
        (Ws, X, cotangent[:3]),
        (Ws, X, cotangent[:, :1]),
        (Ws, X, cotangent[0]),
        (Ws, X[:1], cotangent),
        (Ws, X[0], cotangent[0]),
        ([Ws[0], Ws[1][0]], X, cotangent),
        ([Ws[0], np.stack([Ws[1]] * 3)], X, cotangent),
        (Ws, rng.normal(size=(3, 3, 3)), rng.normal(size=(3, 3, 3))),
    ):
        with raises(ValueError):
            solution.layer_stats(case[0], "tanh", *case[1:])


def test_jacobian_norm_refuses_other_shapes(solution, rng):
    """Weights or a sample that do not fit each other raise a ValueError."""
    Ws, x = assert_norms(solution, rng)
    wide = rng.normal(size=(4, 5))
    for weights, sample in (
        ([wide, Ws[1]], x),
        (Ws, x[:2]),
        (Ws, np.array([x, x])),
        (Ws, x[np.newaxis]),
        ([Ws[0], Ws[1][0]], x),
    ):
        with raises(ValueError):
            solution.jacobian_norm(weights, "tanh", sample)


def test_layer_stats_refuses_nothing_to_measure(solution, rng):
    """No layers, or no samples, raise a ValueError in layer_stats."""
    Ws, X, cotangent = assert_measures(solution, rng)
    with raises(ValueError):
        solution.layer_stats(Ws, "tanh", X[:0], cotangent[:0])
    with raises(ValueError):
        solution.layer_stats([], "tanh", X, X)


def test_jacobian_norm_refuses_no_layers(solution, rng):
    """No layers raise a ValueError in jacobian_norm."""
    _, x = assert_norms(solution, rng)
    with raises(ValueError):
        solution.jacobian_norm([], "tanh", x)


def test_layer_stats_refuses_unknown_activations(solution, rng):
    """A name that Activation does not know raises a ValueError in layer_stats."""
    Ws, X, cotangent = assert_measures(solution, rng)
    for act in ("softmax", "Tanh"):
        with raises(ValueError):
            solution.layer_stats(Ws, act, X, cotangent)


def test_jacobian_norm_refuses_unknown_activations(solution, rng):
    """A name that Activation does not know raises a ValueError in jacobian_norm."""
    Ws, x = assert_norms(solution, rng)
    for act in ("softmax", "Tanh"):
        with raises(ValueError):
            solution.jacobian_norm(Ws, act, x)


def test_leaves_its_arguments_alone(solution, rng):
    """The weights, the samples and the cotangent do not change."""
    for _ in range(4):
        Ws, X, cotangent = draw(rng, 4, (4, 4, 4))
        got = solution.layer_stats(Ws, "linear", X, cotangent)
        assert_stats(got, stats(Ws, "linear", X, cotangent))
        x = X[0].copy()
        norm = solution.jacobian_norm(Ws, "linear", x)
        assert_norm(norm, jacobian(Ws, "linear", x))
        assert_arguments_unchanged(Ws=Ws, X=X, cotangent=cotangent, x=x)
