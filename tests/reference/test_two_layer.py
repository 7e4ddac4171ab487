"""The two-layer network: its gradients, and whether it learns."""

from typing import Any

import numpy as np
import pytest

from refnn.autograd.gradcheck import numerical_gradient, relative_error
from refnn.digits.data import frozen_split
from refnn.digits.training import accuracy
from refnn.layers.two_layer import NeuralNetwork

NAMES = ("W1", "b1", "W2", "b2")
both = pytest.mark.parametrize("hidden", ["tanh", "relu"])


def network(hidden: str = "tanh", seed: int = 0) -> NeuralNetwork:
    """Make a 3-5-4 network with biases that are not zero."""
    rng = np.random.default_rng(seed)
    net = NeuralNetwork(3, 5, 4, rng, hidden)
    net.b1, net.b2 = rng.normal(size=5), rng.normal(size=4)
    return net


def batch(n: int, seed: int = 1) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 3)), rng.integers(0, 4, size=n)


@both
@pytest.mark.parametrize("n", [1, 7])
def test_gradients_are_those_that_are_measured(hidden: str, n: int) -> None:
    net, (X, y) = network(hidden), batch(n)
    gradients = net.gradients(X, y)
    assert tuple(gradients) == NAMES
    for name in NAMES:
        start = getattr(net, name)

        def loss_at(value: Any, name: str = name) -> float:
            setattr(net, name, value)
            return net.loss(X, y)

        measured = numerical_gradient(loss_at, start)
        setattr(net, name, start)
        assert gradients[name].shape == start.shape
        assert relative_error(gradients[name], measured) < 1e-6


@both
def test_a_weighted_sum_of_gradients_is_the_gradient_of_the_weighted_sum(hidden: str) -> None:
    """One random weight per sample: the part of one sample does not depend on the others."""
    net, (X, y) = network(hidden), batch(6)
    upstream = np.random.default_rng(5).integers(1, 9, size=6)
    repeated = net.gradients(np.repeat(X, upstream, axis=0), np.repeat(y, upstream))
    for name in NAMES:
        single = [net.gradients(X[i : i + 1], y[i : i + 1])[name] for i in range(6)]
        expected = np.average(single, axis=0, weights=upstream)
        np.testing.assert_allclose(repeated[name], expected, rtol=1e-9, atol=1e-12)


@both
def test_probabilities_follow_the_formula(hidden: str) -> None:
    net, (X, _) = network(hidden), batch(6)
    z = X @ net.W1 + net.b1
    scores = np.exp((np.tanh(z) if hidden == "tanh" else np.maximum(z, 0)) @ net.W2 + net.b2)
    np.testing.assert_allclose(net.forward(X), scores / scores.sum(axis=1, keepdims=True))


def test_loss_is_the_mean_surprise_and_finite_at_any_distance() -> None:
    net, (X, y) = network(), batch(6)
    probs = net.forward(X)[np.arange(6), y]
    assert net.loss(X, y) == pytest.approx(-np.log(probs).mean())
    assert type(net.loss(X, y)) is float
    net.b2 = np.array([0.0, 1000.0, -1000.0, 0.0])
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert net.loss(X, np.full(6, 2)) == pytest.approx(2000.0, rel=0.01)
        assert all(np.isfinite(g).all() for g in net.gradients(X, y).values())


def test_rows_with_scores_far_apart_do_not_disturb_each_other() -> None:
    net = NeuralNetwork(1, 1, 2, np.random.default_rng(0), "relu")
    net.W1, net.W2, net.b2 = np.ones((1, 1)), np.array([[1.0, 1.0]]), np.array([0.0, 1.0])
    np.testing.assert_allclose(
        net.forward([[0.0], [1000.0]]), [[0.26894142, 0.73105858]] * 2, rtol=1e-7
    )


def test_backward_is_one_step_from_the_weights_before_it() -> None:
    net, (X, y) = network(), batch(7)
    before = {name: getattr(net, name).copy() for name in NAMES}
    gradients = net.gradients(X, y)
    probs = net.forward(X)
    probs_before = probs.copy()
    net.forward(batch(5, seed=9)[0])
    net.backward(X, y, 0.3)
    for name in NAMES:
        expected = before[name] - 0.3 * gradients[name]
        np.testing.assert_allclose(getattr(net, name), expected, rtol=1e-12)
    np.testing.assert_array_equal(probs, probs_before)


def test_no_argument_is_changed() -> None:
    net, (X, y) = network(), batch(7)
    X_before, y_before = X.copy(), y.copy()
    net.backward(X, y, 1.0)
    net.loss(X, y)
    probs = net.forward(X)
    assert not np.shares_memory(probs, X)
    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(y, y_before)


def test_the_start_follows_the_scheme_of_the_activation() -> None:
    for hidden, first, second in (("tanh", 2 / 600, 2 / 500), ("relu", 2 / 200, 2 / 400)):
        net = NeuralNetwork(200, 400, 100, np.random.default_rng(0), hidden)
        assert net.W1.var() == pytest.approx(first, rel=0.03)
        assert net.W2.var() == pytest.approx(second, rel=0.03)
        assert not net.b1.any()
        assert not net.b2.any()
        assert (net.b1.shape, net.b2.shape) == ((400,), (100,))


def test_kinds_of_numbers_are_kept_or_widened() -> None:
    net, (X, y) = network(), batch(4)
    assert net.forward(np.ones((2, 3), dtype=int)).dtype == np.float64
    assert net.forward(X.astype(np.float32)).dtype == np.float64
    for name in NAMES:
        setattr(net, name, getattr(net, name).astype(np.float32))
    assert net.forward(X.astype(np.float32)).dtype == np.float32
    gradients = net.gradients(X.astype(np.float32), y.astype(np.uint8))
    assert all(g.dtype == np.float32 for g in gradients.values())


def test_an_empty_batch_has_probabilities_and_no_loss() -> None:
    net = network()
    assert net.forward(np.zeros((0, 3))).shape == (0, 4)
    for method in (net.loss, net.gradients):
        with pytest.raises(ValueError, match="0 samples"):
            method(np.zeros((0, 3)), np.zeros(0, dtype=int))


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (np.zeros((4, 2)), np.zeros(4, dtype=int)),
        (np.zeros(3), np.zeros(1, dtype=int)),
        (np.zeros((4, 3)), np.zeros(3, dtype=int)),
        (np.zeros((4, 3)), np.zeros((4, 1), dtype=int)),
        (np.zeros((4, 3)), np.eye(4)),
        (np.zeros((4, 3)), np.zeros(4)),
        (np.zeros((4, 3)), np.array([0, 1, 2, 4])),
        (np.zeros((4, 3)), np.array([0, 1, 2, -1])),
    ],
)
def test_wrong_shapes_and_labels_are_refused(X: Any, y: Any) -> None:
    net = network()
    for call in (net.loss, net.gradients, lambda X, y: net.backward(X, y, 0.1)):
        with pytest.raises(ValueError, match=r"X must be|labels"):
            call(X, y)


def test_an_unknown_activation_is_refused() -> None:
    with pytest.raises(ValueError, match="sigmoid"):
        NeuralNetwork(3, 5, 4, np.random.default_rng(0), hidden="sigmoid")


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_three_hundred_full_steps_learn_the_digits(seed: int) -> None:
    split = frozen_split()
    net = NeuralNetwork(64, 32, 10, np.random.default_rng(seed))
    for _ in range(300):
        net.backward(split.X_train, split.y_train, 1.0)
    assert accuracy(net, split.X_test, split.y_test) > 0.92
