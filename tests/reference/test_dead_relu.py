"""Dead ReLU units, compared with gradients by complex steps, and what training does to them."""

from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from refnn.init.dead_relu import active_share, dead_report, dead_units, revive
from refnn.init.schemes import he_normal
from refnn.layers.activation import ReLU, Tanh
from refnn.layers.dense import Dense

Z = np.array([[-1, 2, -3], [-2, -1, 0.5], [-1, 3, -1], [-4, 1, -2]])


def _relu(z: Any) -> Any:
    return np.where(z.real > 0, z, 0.0)


def dense(W: Any, b: Any) -> Dense:
    units_in, units_out = np.shape(W)
    layer = Dense(units_in, units_out, np.random.default_rng(0))
    layer.params["W"][...] = W
    layer.params["b"][...] = b
    return layer


def test_the_worked_example() -> None:
    assert active_share(Z).tolist() == [0, 0.75, 0.25]
    assert dead_units(Z).tolist() == [True, False, False]
    assert (np.maximum(Z, 0) == 0).sum() == 8
    assert dead_report([ReLU()], Z) == {0: pytest.approx(1 / 3)}


@pytest.mark.parametrize("seed", range(5))
def test_a_unit_is_dead_exactly_if_no_sample_gives_it_a_gradient(
    seed: int, complex_jacobian: Any
) -> None:
    rng = np.random.default_rng(seed)
    x, W, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 40)), rng.normal(size=40) - 1.5
    # Every output has an upstream gradient that is not 0, and every sample one of its own.
    size = np.zeros(40)
    for sample in x:
        of_sample = complex_jacobian(lambda w, s=sample: np.sum(_relu(s @ w + b)), W)
        size += np.abs(of_sample).sum(axis=0)
    dead = dead_units(x @ W + b)
    assert 0 < dead.sum() < 40
    assert np.array_equal(dead, size == 0)


@pytest.mark.parametrize(("bias", "percent"), [(-1, 16), (0, 50), (1, 84)])
def test_share_of_a_normal_pre_activation(bias: int, percent: int) -> None:
    z = np.random.default_rng(1).normal(bias, 1, (200_000, 1))
    assert 100 * active_share(z)[0] == pytest.approx(percent, abs=0.6)


def test_the_report_follows_the_layers() -> None:
    rng = np.random.default_rng(3)
    (W, b), (V, c) = ((rng.normal(size=s), rng.normal(size=s[1]) - 2) for s in ((3, 8), (8, 9)))
    x = rng.normal(size=(5, 3))
    layers = [dense(W, b), ReLU(), Tanh(), dense(V, c), ReLU()]
    first = x @ W + b
    second = np.tanh(np.where(first > 0, first, 0)) @ V + c
    expected = {1: (first.max(axis=0) <= 0).mean(), 4: (second.max(axis=0) <= 0).mean()}
    assert dead_report(layers, x) == pytest.approx(expected)
    with pytest.raises(ValueError, match="sample"):
        dead_report(layers, x[:0])


def test_revive_changes_only_dead_units() -> None:
    rng = np.random.default_rng(4)
    W, b, dead = rng.normal(size=(300, 90)), rng.normal(size=90), np.arange(90) % 3 == 0
    old_W, old_b = W.copy(), b.copy()
    revive(W, b, dead, rng)
    assert np.array_equal(W[:, ~dead], old_W[:, ~dead])
    assert np.array_equal(b, np.where(dead, 0, old_b))
    assert (W[:, dead] != old_W[:, dead]).all()
    assert W[:, dead].var() == pytest.approx(2 / 300, rel=0.1)
    assert np.unique(W[:, dead]).size == 300 * 30


def test_what_is_refused() -> None:
    W, b, rng = np.ones((3, 4)), np.ones(4), np.random.default_rng(0)
    cases: Any = ((W, b[:3], b > 0), (W, b, b[:3] > 0), (W[0], b, b > 0), (W, b, b))
    for weights, biases, dead in cases:
        with pytest.raises(ValueError, match="got"):
            revive(weights, biases, dead, rng)
    assert (W == 1).all()
    assert (b == 1).all()
    for z in (Z[:0], Z[0]):
        with pytest.raises(ValueError, match="preact"):
            dead_units(z)
        with pytest.raises(ValueError, match="preact"):
            active_share(z)


def train_digits(rate: float, seed: int) -> tuple[int, float]:
    """Train 64 hidden units for 200 steps; return how many are dead, and the test accuracy."""
    x, y = load_digits(return_X_y=True)
    x, other, y, truth = train_test_split(x / 16, y, test_size=0.2, stratify=y, random_state=seed)
    rng = np.random.default_rng(seed)
    W, b, V, c = he_normal(64, 64, rng), np.zeros(64), he_normal(64, 10, rng), np.zeros(10)
    for _ in range(200):
        z = x @ W + b
        h = np.maximum(z, 0)
        scores = h @ V + c
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        p[np.arange(len(y)), y] -= 1
        p /= len(y)
        back = (p @ V.T) * (z > 0)
        V, c = V - rate * h.T @ p, c - rate * p.sum(axis=0)
        W, b = W - rate * x.T @ back, b - rate * back.sum(axis=0)
    read = (np.maximum(other @ W + b, 0) @ V + c).argmax(axis=1)
    return int(dead_units(x @ W + b).sum()), float((read == truth).mean())


def test_large_steps_kill_units() -> None:
    dead, accuracy = train_digits(1.0, 0)
    assert dead == 4
    assert accuracy > 0.96
    assert 54 <= train_digits(2.0, 0)[0] <= 61
    dead, accuracy = train_digits(5.0, 0)
    assert dead == 64
    assert accuracy == pytest.approx(0.1, abs=0.005)


def revived_after_training(seed: int) -> tuple[list[int], list[int]]:
    """Kill four units of two layers, train for 400 steps; return which are alive before, after."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(40, 3))
    y = np.sin(x[:, :1])
    layers: list[Any] = [Dense(3, 16, rng), ReLU(), Dense(16, 16, rng), ReLU(), Dense(16, 1, rng)]

    def alive() -> list[int]:
        first = layers[0].forward(x)
        second = layers[2].forward(layers[1].forward(first))
        return [int((~dead_units(z)[:4]).sum()) for z in (first, second)]

    for dense_layer, inputs in ((layers[0], x), (layers[2], None)):
        h = layers[1].forward(layers[0].forward(x)) if inputs is None else inputs
        z = h @ dense_layer.params["W"][:, :4]
        dense_layer.params["b"][:4] = -z.max(axis=0) - 0.01
    before = alive()
    for _ in range(400):
        h = x
        for layer in layers:
            h = layer.forward(h, training=True)
            layer.zero_grad()
        d = 2 * (h - y) / len(x)
        for layer in reversed(layers):
            d = layer.backward(d)
        for layer in layers:
            for name, array in layer.params.items():
                array -= 0.05 * layer.grads[name]
    return before, alive()


def test_dead_units_of_the_first_layer_stay_dead_and_others_may_come_back() -> None:
    results = [revived_after_training(seed) for seed in range(8)]
    assert all(before == [0, 0] and after[0] == 0 for before, after in results)
    assert sum(after[1] for _, after in results) == 15
