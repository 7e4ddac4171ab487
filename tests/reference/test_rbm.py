"""The restricted Boltzmann machine, compared with scikit-learn and with sums over all states."""

import itertools
import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit, logsumexp
from sklearn.neural_network import BernoulliRBM

from refnn.memory.boltzmann import bm_energy, bm_probabilities
from refnn.memory.rbm import RBM

Floats = NDArray[np.floating[Any]]


def make_machine(v: int, h: int, seed: int = 0, scale: float = 1.0) -> RBM:
    rng = np.random.default_rng(seed)
    machine = RBM(v, h, rng)
    machine.W = rng.normal(0, scale, (v, h))
    machine.b, machine.c = rng.normal(0, scale, v), rng.normal(0, scale, h)
    return machine


def draw_states(seed: int, n: int, units: int) -> Floats:
    return np.random.default_rng(seed).integers(0, 2, (n, units)).astype(float)


def draw_all(units: int) -> Floats:
    return np.array(list(itertools.product((0.0, 1.0), repeat=units)))


def draw_bars_and_stripes() -> Floats:
    images = [
        image
        for image in draw_all(9)
        if np.ptp(image.reshape(3, 3), axis=0).max() == 0
        or np.ptp(image.reshape(3, 3), axis=1).max() == 0
    ]
    return np.array(images)


def general_machine(machine: RBM) -> tuple[Floats, Floats]:
    """Return weights and biases of a machine of V + H units without layers."""
    v, h = machine.W.shape
    weights = np.zeros((v + h, v + h))
    weights[:v, v:], weights[v:, :v] = machine.W, machine.W.T
    return weights, np.concatenate([machine.b, machine.c])


@pytest.mark.parametrize(("v", "h"), [(1, 1), (3, 2), (2, 5), (6, 6)])
def test_it_is_a_boltzmann_machine_without_weights_within_a_layer(v: int, h: int) -> None:
    machine = make_machine(v, h)
    W, b = general_machine(machine)
    joint = bm_probabilities(W, b).reshape(2**v, 2**h)
    data = draw_states(1, 7, v)
    p = joint.sum(axis=1)[(data @ 2 ** np.arange(v)[::-1]).astype(int)]
    assert machine.log_likelihood(data) == pytest.approx(np.log(p).mean(), rel=1e-10)
    on = (joint / joint.sum(axis=1, keepdims=True)) @ draw_all(h)
    np.testing.assert_allclose(machine.hidden_probs(draw_all(v)), on, rtol=1e-9)
    on = (joint / joint.sum(axis=0)).T @ draw_all(v)
    np.testing.assert_allclose(machine.visible_probs(draw_all(h)), on, rtol=1e-9)
    energies = [[bm_energy([*s, *t], W, b) for t in draw_all(h)] for s in data]
    free = -logsumexp(-np.array(energies), axis=1)
    np.testing.assert_allclose(machine.free_energy(data), free, rtol=1e-10)


def test_scikit_learn_has_the_same_probabilities_and_free_energies() -> None:
    machine, data = make_machine(5, 4), draw_states(2, 30, 5)
    other = BernoulliRBM(n_components=4, n_iter=1, random_state=0).fit(data)
    other.components_ = machine.W.T
    other.intercept_visible_, other.intercept_hidden_ = machine.b, machine.c
    np.testing.assert_allclose(machine.hidden_probs(data), other.transform(data), rtol=1e-9)
    np.testing.assert_allclose(machine.free_energy(data), other._free_energy(data), rtol=1e-9)


def test_numbers_of_any_size() -> None:
    machine = make_machine(3, 2, scale=1e4)
    free = machine.free_energy(draw_all(3))
    hidden = draw_all(2)
    for v, got in zip(draw_all(3), free, strict=True):
        energies = [-(v @ machine.W @ h) - machine.b @ v - machine.c @ h for h in hidden]
        assert got == pytest.approx(min(energies), abs=1.0)
    assert math.isfinite(machine.log_likelihood(draw_all(3)))


def test_contrastive_divergence_points_uphill_on_average() -> None:
    data = draw_bars_and_stripes()
    machine = make_machine(9, 4, scale=0.3)
    before = machine.log_likelihood(data)
    W, b, c = machine.W, machine.b, machine.c
    slope = np.zeros_like(W)
    for seed in range(400):
        machine.W, machine.b, machine.c = W, b, c
        machine.cd1(data, 1.0, np.random.default_rng(seed))
        slope += (machine.W - W) / 400
    machine.W, machine.b, machine.c = W + 0.01 * slope, b, c
    assert machine.log_likelihood(data) > before


def test_one_update_by_hand() -> None:
    machine, data = make_machine(4, 3), draw_states(3, 6, 4)
    W, b, c = machine.W.copy(), machine.b.copy(), machine.c.copy()
    rng = np.random.default_rng(8)
    first, second = rng.random((6, 3)), rng.random((6, 4))
    h0 = first < expit(np.einsum("nv,vh->nh", data, W) + c)
    v1 = (second < expit(np.einsum("nh,vh->nv", h0, W) + b)).astype(float)
    hidden, dream = machine.gibbs_step(data, np.random.default_rng(8))
    assert (hidden == h0).all()
    assert (dream == v1).all()
    assert hidden.dtype == dream.dtype == np.float64
    machine.cd1(data, 0.5, np.random.default_rng(8))
    dW = np.zeros_like(W)
    for seen, dreamed in zip(data, v1, strict=True):
        dW += np.outer(seen, expit(seen @ W + c)) - np.outer(dreamed, expit(dreamed @ W + c))
    np.testing.assert_allclose(machine.W, W + 0.5 * dW / 6, rtol=1e-12)
    np.testing.assert_allclose(machine.b, b + 0.5 * (data - v1).mean(axis=0), rtol=1e-12)
    change = (expit(data @ W + c) - expit(v1 @ W + c)).mean(axis=0)
    np.testing.assert_allclose(machine.c, c + 0.5 * change, rtol=1e-12)


def test_the_worked_example() -> None:
    machine = RBM(2, 1, np.random.default_rng(0))
    machine.W, machine.b, machine.c = np.full((2, 1), 2.0), np.full(2, -1.0), np.full(1, -1.0)
    free = machine.free_energy(draw_all(2))
    assert free.round(3).tolist() == [-0.313, -0.313, -0.313, -1.049]
    assert np.exp(-free).round(3).tolist() == [1.368, 1.368, 1.368, 2.854]
    assert np.exp(-free).sum() == pytest.approx(6.957, abs=0.0005)
    assert machine.log_likelihood([[1, 1]]) == pytest.approx(math.log(0.410), abs=0.001)
    assert machine.hidden_probs([[1, 1], [1, 0]]).round(3).tolist() == [[0.953], [0.731]]
    assert machine.visible_probs([[1]]).round(3).tolist() == [[0.731, 0.731]]
    assert expit(3) - expit(1) == pytest.approx(0.222, abs=0.0005)
    best = np.exp([0.0, 0.0, 0.0, 1.0])
    assert best[3] / best.sum() == pytest.approx(0.475, abs=0.0005)


def train(seed: int, updates: int = 600, mistake: str = "") -> float:
    """Return the log-likelihood of the bars and stripes after learning."""
    data, rng = draw_bars_and_stripes(), np.random.default_rng(100 + seed)
    machine = RBM(9, 16, np.random.default_rng(seed))
    for _ in range(updates):
        W, b, c = machine.W, machine.b, machine.c
        _, v1 = machine.gibbs_step(data, rng)
        p0, p1 = machine.hidden_probs(data), machine.hidden_probs(v1)
        rate = -0.5 if mistake == "sign" else 0.5
        last = p0 if mistake == "p0" else p1
        machine.W = W + rate * (data.T @ p0 - v1.T @ last) / len(data)
        if mistake != "biases":
            machine.b = b + rate * (data - v1).mean(axis=0)
            machine.c = c + rate * (p0 - last).mean(axis=0)
    return machine.log_likelihood(data)


def test_bars_and_stripes() -> None:
    data = draw_bars_and_stripes()
    assert data.shape == (14, 9)
    assert math.log(14) == pytest.approx(2.64, abs=0.002)
    assert 9 * math.log(2) == pytest.approx(6.24, abs=0.002)
    start = RBM(9, 16, np.random.default_rng(0))
    assert start.log_likelihood(data) == pytest.approx(-6.2, abs=0.1)
    reached = []
    for seed in range(3):
        machine, rng = RBM(9, 16, np.random.default_rng(seed)), np.random.default_rng(100 + seed)
        for _ in range(600):
            machine.cd1(data, 0.5, rng)
        reached.append(machine.log_likelihood(data))
        assert reached[-1] == pytest.approx(train(seed), abs=1e-6)
    assert np.mean(reached) == pytest.approx(-3.6, abs=0.2)
    assert np.mean([train(seed, mistake="p0") for seed in range(3)]) == pytest.approx(-5.9, abs=0.4)
    without = np.mean([train(seed, mistake="biases") for seed in range(3)])
    assert without == pytest.approx(-4.5, abs=0.2)
    assert train(0, mistake="sign") == pytest.approx(-11_000, rel=0.1)
    assert -3.8 < train(0, updates=6000) < -3.1


def test_no_rows_and_what_is_refused() -> None:
    machine, rng = make_machine(3, 2), np.random.default_rng(0)
    nothing = np.zeros((0, 3))
    assert machine.hidden_probs(nothing).shape == (0, 2)
    assert machine.visible_probs(np.zeros((0, 2))).shape == (0, 3)
    assert machine.free_energy(nothing).shape == (0,)
    assert [layer.shape for layer in machine.gibbs_step(nothing, rng)] == [(0, 2), (0, 3)]
    for call in (
        lambda: machine.log_likelihood(nothing),
        lambda: machine.cd1(nothing, 0.1, rng),
        lambda: machine.hidden_probs([0, 1, 0]),
        lambda: machine.free_energy([[0, 1]]),
        lambda: machine.visible_probs([[0, 1, 0]]),
        lambda: machine.gibbs_step([[[0, 1, 0]]], rng),
    ):
        with pytest.raises(ValueError, match="got the shape"):
            call()
    with pytest.raises(ValueError, match="at most 12"):
        make_machine(13, 2).log_likelihood(np.zeros((1, 13)))
