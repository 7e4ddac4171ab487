"""Sequential, compared with formulas of a whole network that are differentiated by complex steps.

A complex step measures a derivative without cancellation: Im f(x + ih) / h is right to the last
digits for h = 1e-30.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from refnn.digits.sequential import Sequential
from refnn.layers.activation import ReLU, Softmax, Tanh
from refnn.layers.dense import Dense
from refnn.losses.softmax_cross_entropy import softmax_cross_entropy
from refnn.optim.adam import Adam
from refnn.optim.sgd import SGD

Floats = NDArray[np.floating[Any]]
CROSS_ENTROPY = "categorical_crossentropy"


def make(softmax: bool = True, seed: int = 0) -> Sequential:
    """A model 4-6-3."""
    rng = np.random.default_rng(seed)
    layers = [Dense(4, 6, rng), Tanh(), Dense(6, 3, rng)]
    return Sequential([*layers, Softmax()] if softmax else layers)


def data(n: int, seed: int = 1) -> tuple[Floats, NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 4)), rng.integers(0, 3, n)


def logits(weights: list[Any], X: Any) -> Any:
    W1, b1, W2, b2 = weights
    return np.tanh(X @ W1 + b1) @ W2 + b2


def loss(weights: list[Any], X: Any, y: Any) -> Any:
    z = logits(weights, X)
    own = z[np.arange(len(y)), y]
    return np.mean(np.log(np.sum(np.exp(z), axis=1)) - own)


def squared(weights: list[Any], X: Any, Y: Any) -> Any:
    e = np.exp(logits(weights, X))
    return np.mean((e / np.sum(e, axis=1, keepdims=True) - Y) ** 2)


def gradients_of(f: Callable[[list[Any]], Any], arrays: list[Floats]) -> list[Floats]:
    """Return the derivatives of f with respect to every entry of the arrays."""
    moved = [array.astype(complex) for array in arrays]
    found = [np.zeros_like(array) for array in arrays]
    for array, result in zip(moved, found, strict=True):
        for place in np.ndindex(array.shape):
            start = array[place]
            array[place] += 1e-30j
            result[place] = f(moved).imag / 1e-30
            array[place] = start
    return found


def copies(model: Sequential) -> list[Floats]:
    return [array.copy() for array in model.params.values()]


@pytest.mark.parametrize("softmax", [True, False])
@pytest.mark.parametrize(("n", "size"), [(7, 7), (7, 3), (1, 5)])
def test_fit_follows_the_gradients_of_the_formula(softmax: bool, n: int, size: int) -> None:
    model, (X, y) = make(softmax), data(n)
    weights = copies(model)
    model.compile(CROSS_ENTROPY, SGD(0.2))
    history = model.fit(X, y, epochs=2, batch_size=size)
    for losses in history["loss"]:
        total = 0.0
        for start in range(0, n, size):
            x, labels = X[start : start + size], y[start : start + size]
            total += len(x) * float(loss(weights, x, labels))
            gradients = gradients_of(partial(loss, X=x, y=labels), weights)
            weights = [w - 0.2 * g for w, g in zip(weights, gradients, strict=True)]
        assert losses == pytest.approx(total / n)
    for got, expected in zip(model.params.values(), weights, strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-12)


def test_the_squared_error_goes_through_the_softmax() -> None:
    model, (X, y) = make(), data(6)
    weights, Y = copies(model), np.eye(3)[y]
    model.compile("mse", SGD(0.5))
    assert list(model.evaluate(X, Y)) == pytest.approx([squared(weights, X, Y)])
    model.fit(X, Y)
    gradients = gradients_of(partial(squared, X=X, Y=Y), weights)
    for got, w, g in zip(model.params.values(), weights, gradients, strict=True):
        np.testing.assert_allclose(got, w - 0.5 * g, rtol=1e-9, atol=1e-12)


def test_backward_is_the_gradient_of_the_formula() -> None:
    model, (X, _) = make(False), data(5)
    dout = np.random.default_rng(2).normal(size=(5, 3))

    def f(x: Any) -> Any:
        return np.sum(logits(list(model.params.values()), x) * dout)

    model.forward(X, training=True)
    np.testing.assert_allclose(
        model.backward(dout), gradients_of(lambda x: f(x[0]), [X])[0], rtol=1e-9
    )


def test_the_numbers_of_the_lesson() -> None:
    rng = np.random.default_rng(0)
    model = Sequential([Dense(1, 2, rng)])
    model.params["0.W"][...] = [[-1.0, 0.0]]
    model.compile(CROSS_ENTROPY)
    ones, ten = np.log(np.e - 1), np.log(np.exp(10) - 1)
    X, y = np.array([[ones]] * 64 + [[ten]]), np.zeros(65, dtype=int)
    assert list(model.evaluate(X[:1], y[:1])) == pytest.approx([1.0])
    assert list(model.evaluate(X[64:], y[64:])) == pytest.approx([10.0])
    assert list(model.evaluate(X, y)) == pytest.approx([1.138], abs=5e-4)
    certain = np.eye(10)
    twice = softmax_cross_entropy(certain, np.arange(10))
    assert twice == pytest.approx(np.log(1 + 9 / np.e)) == pytest.approx(1.461, abs=5e-4)
    assert np.e / (np.e + 9) == pytest.approx(0.232, abs=5e-4)


def test_a_model_is_a_layer_of_another_model() -> None:
    inner, (X, y) = make(False), data(6)
    model = Sequential([Dense(4, 4, np.random.default_rng(5)), ReLU(), inner, Softmax()])
    assert list(model.params)[2:] == ["2.0.W", "2.0.b", "2.2.W", "2.2.b"]
    model.compile(CROSS_ENTROPY, Adam(0.05), ["accuracy"])
    history = model.fit(X, y, epochs=200)
    assert history["accuracy"][-1] == 1.0
    assert model.evaluate(X, y)[0] < 0.1
    assert model.params["2.0.W"] is inner.params["0.W"]


def test_validation_and_progress() -> None:
    model, (X, y) = make(), data(20)
    told: list[tuple[int, dict[str, float]]] = []
    model.compile(CROSS_ENTROPY, "adam", ["accuracy"])
    history = model.fit(
        X, y, 3, 8, (X[:5], y[:5]), np.random.default_rng(1), lambda *news: told.append(news)
    )
    assert sorted(history) == ["accuracy", "loss", "val_accuracy", "val_loss"]
    assert [number for number, _ in told] == [1, 2, 3]
    assert told[-1][1] == {name: values[-1] for name, values in history.items()}
    assert (history["val_loss"][-1], history["val_accuracy"][-1]) == model.evaluate(X[:5], y[:5])


def test_equal_seeds_give_equal_models() -> None:
    X, y = data(20)
    found = []
    for seed in (3, 3, 4):
        model = make()
        model.compile(CROSS_ENTROPY, SGD(0.3))
        model.fit(X, y, 2, 6, rng=np.random.default_rng(seed))
        found.append(model.params["0.W"].copy())
    np.testing.assert_array_equal(found[0], found[1])
    assert (found[0] != found[2]).any()


def test_float32_layers_train_and_predict_in_float32() -> None:
    model, (X, y) = make(), data(20)
    for layer in model.layers:
        layer.params = {name: array.astype(np.float32) for name, array in layer.params.items()}
        layer.grads = {name: array.astype(np.float32) for name, array in layer.grads.items()}
    model.compile(CROSS_ENTROPY, Adam())
    upstream: list[Floats] = []
    backward = model.layers[0].backward

    def note_upstream(dout: Floats) -> Any:
        upstream.append(dout)
        return backward(dout)

    model.layers[0].backward = note_upstream
    model.fit(X.astype(np.float32), y, 2, 6)
    assert {dout.dtype for dout in upstream} == {np.dtype(np.float32)}
    assert {array.dtype for array in model.params.values()} == {np.dtype(np.float32)}
    assert model.predict(X.astype(np.float32)).dtype == np.float32


def test_predictions_do_not_depend_on_the_batch_size() -> None:
    model, (X, _) = make(), data(9)
    expected = model.forward(X)
    np.testing.assert_allclose(expected.sum(axis=1), 1.0)
    for size in (1, 4, 9, 100):
        np.testing.assert_allclose(model.predict(X, size), expected)
    assert model.predict(X[:0]).shape == (0, 3)


def test_the_summary() -> None:
    lines = [line.split() for line in make().summary().splitlines()]
    assert lines == [["Dense", "30"], ["Tanh", "0"], ["Dense", "21"], ["Softmax", "0"],
                     ["total", "51"]]  # fmt: skip


def test_what_is_refused() -> None:
    model, (X, y) = make(), data(4)
    for call in (model.fit, model.evaluate):
        with pytest.raises(RuntimeError, match="compile"):
            call(X, y)
    for words in (("hinge",), ("mse", "adagrad"), ("mse", "sgd", ["recall"])):
        with pytest.raises(ValueError, match=r"must be|only metric"):
            model.compile(*words)
    model.compile(CROSS_ENTROPY)
    for call in (model.fit, model.evaluate):
        with pytest.raises(ValueError, match="samples and targets"):
            call(X, y[:3])
        with pytest.raises(ValueError, match="samples and targets"):
            call(X[:0], y[:0])
        with pytest.raises(ValueError, match="size"):
            call(X, y, batch_size=0)
    with pytest.raises(TypeError):
        model.fit(X, y, nb_epoch=3)  # type: ignore[call-arg]
