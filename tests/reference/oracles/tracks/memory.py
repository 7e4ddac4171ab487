"""Memory: fractions, all states one by one, updates neuron by neuron, and complex steps."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from refnn.memory import boltzmann, hopfield, ntm
from refnn.memory.rbm import RBM
from refnn.memory.rnn import RNN

from ..entry import Tolerance, Track
from ..exact import (
    COMPLEX,
    DIGITS,
    FRACTIONS,
    LOOPS,
    big,
    complex_gradients,
    exp,
    log,
    mp,
    rng,
    sigmoid,
    softmax,
    tanh,
)

TRACK = Track("memory")
SUMMED = Tolerance(1e-9, 1e-12, "a sum of N² terms, which may cancel")
COUNTED = Tolerance(1e-9, 1e-12, "sums of ±1 are exact; one quotient")


def _patterns() -> Any:
    for count, n in ((0, 3), (1, 5), (3, 8), (5, 12)):
        yield np.where(rng(n).random((count, n)) < 0.5, -1, 1)


@TRACK.oracle("memory.hopfield.hebbian", FRACTIONS, COUNTED)
def _hebbian() -> Any:
    for X in _patterns():
        n = X.shape[1]
        yield (
            hopfield.hebbian(X),
            [
                [float(Fraction(sum(int(r[i] * r[j]) for r in X) * (i != j), n)) for j in range(n)]
                for i in range(n)
            ],
        )


@TRACK.oracle("memory.hopfield.energy", FRACTIONS, SUMMED, note="terms of both signs cancel")
def _energy() -> Any:
    for X in _patterns():
        n = X.shape[1]
        s = np.where(rng(1).random(n) < 0.5, -1, 1)
        drawn = rng(2).normal(size=(n, n))
        for W in (hopfield.hebbian(X), drawn + drawn.T):
            terms = [Fraction(W[i, j]) * int(s[i] * s[j]) for i in range(n) for j in range(n)]
            yield hopfield.energy(W, s), float(-sum(terms, start=Fraction(0)) / 2)


@TRACK.oracle("memory.hopfield.recall", LOOPS, Tolerance(0, 0, "equal: signs"), "exact")
def _recall() -> Any:
    for X in _patterns():
        n = X.shape[1]
        W, s = hopfield.hebbian(X), np.where(rng(1).random(n) < 0.5, -1, 1)
        orders, state = rng(7), s.tolist()
        for _ in range(10):
            before = list(state)
            for i in orders.permutation(n).tolist():
                field = sum((Fraction(W[i, j]) * state[j] for j in range(n)), start=Fraction(0))
                state[i] = (field > 0) - (field < 0) or state[i]
            if state == before:
                break
        yield hopfield.recall(W, s, rng(7)), state


CHAINED = Tolerance(1e-9, 1e-11, "T products and tanh, one after the other, which may cancel")
ENERGIES = Tolerance(1e-9, 1e-12, "sums over pairs of units, which may cancel")
DRAWN = Tolerance(0, 0, "equal: 0 or 1, from the same random numbers")
SIGMOIDS = Tolerance(1e-9, 1e-12, "a sigmoid of a sum, in any order")
ALL_STATES = Tolerance(1e-9, 1e-12, "a logarithm of a sum over all states")
COSINES = Tolerance(1e-5, 1e-7, "room for a small number in the lengths, against division by 0")
MIXED = Tolerance(1e-9, 1e-12, "sums of two or three products")


def _unfolded(x: Any, Wx: Any, Wh: Any, b: Any, f: Any) -> Any:
    h, states = 0 * (x[:, 0] @ Wx), []
    for t in range(x.shape[1]):
        h = f(x[:, t] @ Wx + h @ Wh + b)
        states.append(h)
    return np.stack(states, axis=1)


def _recurrent() -> Any:
    for n, steps, n_in, hidden in ((1, 1, 2, 3), (2, 4, 3, 2), (3, 8, 2, 4)):
        rnn = RNN(n_in, hidden, rng())
        rnn.params["b"][...] = rng(1).normal(size=hidden)
        x = rng(2).normal(size=(n, steps, n_in))
        yield rnn, x, rng(3).normal(size=(n, steps, hidden))


@TRACK.oracle(
    "memory.rnn.RNN.forward",
    DIGITS,
    CHAINED,
    note="a state near 0 is the tanh of a sum that cancels",
)
def _rnn_forward() -> Any:
    for rnn, x, _ in _recurrent():
        Wx, Wh, b = (big(rnn.params[name]) for name in ("Wx", "Wh", "b"))
        yield rnn.forward(x), _unfolded(big(x), Wx, Wh, b, tanh)


def _rnn_loss(dhs: Any, x: Any, Wx: Any, Wh: Any, b: Any) -> Any:
    return (dhs * _unfolded(x, Wx, Wh, b, np.tanh)).sum()


@TRACK.oracle("memory.rnn.RNN.backward", COMPLEX, CHAINED, "gradient")
def _rnn_backward() -> Any:
    for rnn, x, dhs in _recurrent():
        rnn.forward(x, training=True)
        got = rnn.backward(dhs), *(rnn.grads[name] for name in ("Wx", "Wh", "b"))
        arrays = [rnn.params[name] for name in ("Wx", "Wh", "b")]
        yield from zip(got, complex_gradients(partial(_rnn_loss, dhs), x, *arrays), strict=True)


TRACK.no_oracle(
    "memory.rnn.train_on_rows",
    "a trained result: its steps are those of RNN.backward; its accuracy is tested in "
    "tests/reference/test_rnn.py",
)


def _machines() -> Any:
    for n in (1, 2, 5):
        drawn = np.triu(rng(n).normal(size=(n, n)), 1)
        yield drawn + drawn.T, rng(n + 1).normal(size=n)


def _energy_of(s: Any, W: Any, b: Any) -> Any:
    n = len(b)
    pairs = [Fraction(W[i, j]) * s[i] * s[j] for i in range(n) for j in range(i)]
    return -sum(pairs, start=Fraction(0)) - sum(Fraction(b[i]) * s[i] for i in range(n))


@TRACK.oracle("memory.boltzmann.bm_energy", FRACTIONS, ENERGIES)
def _bm_energy() -> Any:
    for W, b in _machines():
        for s in product((0, 1), repeat=len(b)):
            yield boltzmann.bm_energy(s, W, b), float(_energy_of(s, W, b))


@TRACK.oracle(
    "memory.boltzmann.bm_probabilities",
    "Fraction, and mpmath with 50 digits",
    Tolerance(1e-9, 1e-12, "a softmax over all states"),
)
def _bm_probabilities() -> Any:
    for W, b in _machines():
        energies = [_energy_of(s, W, b) for s in product((0, 1), repeat=len(b))]
        powers = [mp.exp(-mp.mpf(e.numerator) / e.denominator) for e in energies]
        yield boltzmann.bm_probabilities(W, b), [power / sum(powers) for power in powers]


def _swept(state: Any, W: Any, b: Any, draws: Any) -> Any:
    state = list(state)
    for i in range(len(state)):
        on = [{**dict(enumerate(state)), i: value} for value in (0, 1)]
        low, high = (_energy_of(s, W, b) for s in on)
        gap = low - high
        chance = 1 / (1 + mp.exp(-mp.mpf(gap.numerator) / gap.denominator))
        state[i] = int(mp.mpf(draws.random()) < chance)
    return state


@TRACK.oracle("memory.boltzmann.gibbs_sweep", "energies of neighbouring states", DRAWN, "exact")
def _gibbs_sweep() -> Any:
    for W, b in _machines():
        for s in product((0, 1), repeat=len(b)):
            yield boltzmann.gibbs_sweep(s, W, b, rng(8)), _swept(s, W, b, rng(8))


@TRACK.oracle("memory.boltzmann.sample", "energies of neighbouring states", DRAWN, "exact")
def _sample() -> Any:
    for W, b in _machines():
        draws, state, states = rng(9), [0] * len(b), []
        for _ in range(3 + 20):
            state = _swept(state, W, b, draws)
            states.append(state)
        yield boltzmann.sample(W, b, 20, 3, rng(9)), states[3:]


def _restricted() -> Any:
    for visible, hidden in ((1, 2), (4, 3)):
        machine = RBM(visible, hidden, rng())
        machine.W = rng(1).normal(size=(visible, hidden))
        machine.b, machine.c = rng(2).normal(size=visible), rng(3).normal(size=hidden)
        everything = np.array(list(product((0.0, 1.0), repeat=visible)))
        yield machine, big(machine.W), big(machine.b), big(machine.c), everything


@TRACK.oracle("memory.rbm.RBM.hidden_probs", DIGITS, SIGMOIDS)
def _hidden_probs() -> Any:
    for machine, W, _, c, v in _restricted():
        yield machine.hidden_probs(v), sigmoid(big(v) @ W + c)


@TRACK.oracle("memory.rbm.RBM.visible_probs", DIGITS, SIGMOIDS)
def _visible_probs() -> Any:
    for machine, W, b, c, _ in _restricted():
        h = np.array(list(product((0.0, 1.0), repeat=len(c))))
        yield machine.visible_probs(h), sigmoid(big(h) @ W.T + b)


def _free(v: Any, W: Any, b: Any, c: Any) -> Any:
    """Return the free energies: minus the logarithm of the sum over all hidden states."""
    h = big(np.array(list(product((0.0, 1.0), repeat=len(c)))))
    return -log(exp(v @ W @ h.T + (v @ b)[:, np.newaxis] + h @ c).sum(axis=1))


@TRACK.oracle("memory.rbm.RBM.free_energy", "mpmath, a sum over all hidden states", ALL_STATES)
def _free_energy() -> Any:
    for machine, W, b, c, v in _restricted():
        yield machine.free_energy(v), _free(big(v), W, b, c)


@TRACK.oracle("memory.rbm.RBM.log_likelihood", "mpmath, a sum over all states", ALL_STATES)
def _log_likelihood() -> Any:
    for machine, W, b, c, v in _restricted():
        data = v[[0, -1, -1]]
        z = exp(-_free(big(v), W, b, c)).sum()
        yield machine.log_likelihood(data), -_free(big(data), W, b, c).sum() / 3 - mp.log(z)


def _stepped(v: Any, W: Any, b: Any, c: Any, draws: Any) -> Any:
    h = (big(draws.random((len(v), len(c)))) < sigmoid(big(v) @ W + c)).astype(float)
    return h, (big(draws.random(v.shape)) < sigmoid(big(h) @ W.T + b)).astype(float)


@TRACK.oracle("memory.rbm.RBM.gibbs_step", DIGITS, DRAWN, "exact")
def _gibbs_step() -> Any:
    for machine, W, b, c, v in _restricted():
        yield from zip(machine.gibbs_step(v, rng(5)), _stepped(v, W, b, c, rng(5)), strict=True)


@TRACK.oracle(
    "memory.rbm.RBM.cd1",
    DIGITS,
    Tolerance(1e-9, 1e-12, "means over the rows, which may cancel"),
)
def _cd1() -> Any:
    for machine, W, b, c, v0 in _restricted():
        machine.cd1(v0, 0.25, rng(6))
        v1, n = _stepped(v0, W, b, c, rng(6))[1], len(v0)
        p0, p1 = (sigmoid(big(v) @ W + c) for v in (v0, v1))
        yield machine.W, W + (big(v0).T @ p0 - big(v1).T @ p1) / (4 * n)
        yield machine.b, b + big(v0 - v1).sum(axis=0) / (4 * n)
        yield machine.c, c + (p0 - p1).sum(axis=0) / (4 * n)


def _memories() -> Any:
    for rows, columns in ((1, 3), (4, 1), (6, 3)):
        w = rng(2).uniform(0.05, 1, rows)
        yield rng(0).normal(size=(rows, columns)), rng(1).normal(size=columns), w / w.sum()


def _by_content(M: Any, key: Any, beta: float) -> Any:
    lengths = [mp.sqrt((row * row).sum()) for row in M]
    wanted = mp.sqrt((key * key).sum())
    return softmax(beta * (M @ key) / (np.array(lengths) * wanted))


def _moved(w: Any, s: Any) -> Any:
    """Return what arrives in each row of a circle, sent from each row by -1, 0 and 1."""
    right = 0 * w
    for i, step in product(range(len(w)), (-1, 0, 1)):
        right[(i + step) % len(w)] += s[step + 1] * w[i]
    return right


def _sharp(w: Any, gamma: float) -> Any:
    powers = w**gamma
    return powers / powers.sum()


@TRACK.oracle("memory.ntm.content_weights", DIGITS, COSINES)
def _content_weights() -> Any:
    for M, key, _ in _memories():
        for beta in (0.0, 0.5, 10.0):
            yield ntm.content_weights(M, key, beta), _by_content(big(M), big(key), beta)


@TRACK.oracle("memory.ntm.interpolate", DIGITS, MIXED)
def _interpolate() -> Any:
    for M, _, w in _memories():
        before = rng(3).dirichlet(np.ones(len(M)))
        for g in (0.0, 0.3, 1.0):
            right = mp.mpf(g) * big(w) + (1 - mp.mpf(g)) * big(before)
            yield ntm.interpolate(w, before, g), right


@TRACK.oracle("memory.ntm.shift", "loops, mpmath", MIXED)
def _shift() -> Any:
    for _, _, w in _memories():
        s = rng(4).dirichlet(np.ones(3))
        yield ntm.shift(w, s), _moved(big(w), big(s))


@TRACK.oracle(
    "memory.ntm.sharpen",
    DIGITS,
    Tolerance(1e-9, 1e-12, "powers, divided by their sum"),
    note="the power gamma multiplies the relative error of a rounded quotient by gamma",
)
def _sharpen() -> Any:
    for _, _, w in _memories():
        for gamma in (1.0, 2.0, 3.7, 80.0):
            yield ntm.sharpen(w, gamma), _sharp(big(w), gamma)


@TRACK.oracle("memory.ntm.address", DIGITS, COSINES)
def _address() -> Any:
    for M, key, w in _memories():
        s = rng(4).dirichlet(np.ones(3))
        mixed = mp.mpf(0.3) * _by_content(big(M), big(key), 2.0) + (1 - mp.mpf(0.3)) * big(w)
        right = _sharp(_moved(mixed, big(s)), 3.7)
        yield ntm.address(M, w, key, 2.0, 0.3, s, 3.7), right


@TRACK.oracle("memory.ntm.read", DIGITS, Tolerance(1e-9, 1e-12, "a sum that may cancel"))
def _read() -> Any:
    for M, _, w in _memories():
        yield ntm.read(M, w), big(w) @ big(M)


@TRACK.oracle("memory.ntm.write", DIGITS, MIXED)
def _write() -> Any:
    for M, key, w in _memories():
        erase = rng(5).random(len(key))
        right = [
            [
                mp.mpf(M[i, j]) * (1 - mp.mpf(w[i]) * mp.mpf(erase[j])) + mp.mpf(w[i]) * key[j]
                for j in range(len(key))
            ]
            for i in range(len(w))
        ]
        yield ntm.write(M, w, erase, key), right
