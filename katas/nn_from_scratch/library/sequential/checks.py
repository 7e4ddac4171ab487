"""Hidden checks of the kata sequential.

The models of the checks are dense layers with ReLU between them, and sometimes Softmax behind them.
The checks compute outputs, losses, gradients and steps themselves, and compare them with the
weights that the layers have after training.
"""

import itertools

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    central_difference,
    points,
    shown,
    slow,
)
from refnn.digits.data import frozen_split

CROSS_ENTROPY = "categorical_crossentropy"
SIZES = ((3, 4), (4, 5, 3), (2, 6, 5, 4))
"""Inputs, hidden neurons and outputs of the models."""


# what the results should be


def drawn(rng, sizes):
    """Draw a weight matrix and biases for each dense layer."""
    return [
        (rng.normal(0, 1.2 / np.sqrt(i), (i, o)), rng.normal(0, 0.4, o))
        for i, o in itertools.pairwise(sizes)
    ]


def activations(weights, X):
    """Return the inputs of each dense layer, and the outputs of the last one."""
    found = [np.asarray(X, dtype=float)]
    for number, (W, b) in enumerate(weights):
        z = found[-1] @ W + b
        found.append(np.maximum(z, 0.0) if number < len(weights) - 1 else z)
    return found


def scores_of(weights, X):
    """Return the outputs of the last dense layer."""
    return activations(weights, X)[-1]


def log_softmax(z):
    """Return the logarithms of the probabilities."""
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def loss_of(weights, X, P, loss=CROSS_ENTROPY):
    """Return the mean loss for targets P in the shape of the outputs."""
    z = scores_of(weights, X)
    if loss == "mse":
        return float(((z - P) ** 2).mean())
    return float(-(P * log_softmax(z)).sum(axis=1).mean())


def gradients_of(weights, X, P, loss=CROSS_ENTROPY):
    """Return the gradients of the mean loss with respect to all weights and biases."""
    found = activations(weights, X)
    if loss == "mse":
        d = 2 * (found[-1] - P) / P.size
    else:
        d = (np.exp(log_softmax(found[-1])) - P) / len(P)
    return back(weights, found, d)[1]


def back(weights, found, d):
    """Return d(loss)/dX and the gradients, for the gradient d with respect to the outputs."""
    gradients = []
    for number in reversed(range(len(weights))):
        gradients.insert(0, (found[number].T @ d, d.sum(axis=0)))
        d = d @ weights[number][0].T
        if number:
            d = d * (found[number] > 0)
    return d, gradients


def stepped(weights, gradients, lr):
    """Return the weights after one step of gradient descent."""
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(weights, gradients, strict=True)]


def descended(weights, X, P, batches, lr, loss=CROSS_ENTROPY):
    """Return the weights after one step per batch, and the mean loss of all samples on the way."""
    total = 0.0
    for rows in batches:
        total += len(rows) * loss_of(weights, X[rows], P[rows], loss)
        weights = stepped(weights, gradients_of(weights, X[rows], P[rows], loss), lr)
    return weights, total / sum(map(len, batches))


def in_order(n, size):
    """Return the rows of the batches, without mixing."""
    return [np.arange(start, min(start + size, n)) for start in range(0, n, size)]


def one_hot(y, classes):
    """Return one-hot rows."""
    return np.eye(classes)[y]


# models, and what came back from them


def layers_of(solution, weights, softmax=False):
    """Make dense layers with these weights and ReLU between them."""
    layers = solution.probe.made([list(pair) for pair in weights], softmax)
    if not isinstance(layers, list) or len(layers) != 2 * len(weights) - 1 + softmax:
        raise CheckFailed("layers were expected", rung="type", got=shown(layers))
    return layers


def compiled(solution, weights, lr=0.1, softmax=False, loss=CROSS_ENTROPY, metrics=()):
    """Return a model that learns by plain gradient descent, and its layers."""
    layers = layers_of(solution, weights, softmax)
    model = solution.Sequential(layers)
    model.compile(loss, solution.need("sgd-momentum").SGD(lr), list(metrics))
    return model, layers


def task(rng, sizes, n):
    """Draw weights, samples and labels for a model of these sizes."""
    labels = rng.permutation(np.arange(n) % sizes[-1])
    return drawn(rng, sizes), rng.normal(size=(n, sizes[0])), labels


def weights_in(solution, layers):
    """Return [W, b] of each dense layer."""
    got = solution.probe.weights_in(layers)
    if not isinstance(got, list) or not all(isinstance(two, list) and len(two) == 2 for two in got):
        raise CheckFailed("W and b of each layer were expected", rung="type", got=shown(got))
    return got


def assert_weights(solution, layers, expected):
    """Compare the arrays in the dense layers with what they should be."""
    got = weights_in(solution, layers)
    assert_equal(len(got), len(expected))
    for two, (W, b) in zip(got, expected, strict=True):
        assert_close(two[0], W, rtol=1e-8, atol=1e-10)
        assert_close(two[1], b, rtol=1e-8, atol=1e-10)


def entry(named, name):
    """Return one entry of what should be a dict."""
    if type(named) is not dict or name not in named:
        raise CheckFailed(
            f'a dict with "{name}" was expected', rung="type", got=shown(named),
            expected="a dict", value=named,
        )  # fmt: skip
    return named[name]


def numbers_in(got):
    """Return what should be a list, tuple or array of numbers, as a list of floats."""
    numbers = got.tolist() if isinstance(got, np.ndarray) else got
    kinds = int | float | np.integer | np.floating
    if not isinstance(numbers, list | tuple) or not all(
        isinstance(number, kinds) and type(number) is not bool for number in numbers
    ):
        raise CheckFailed(
            "a list or tuple of numbers was expected", rung="type", got=shown(got),
            expected="numbers", value=got,
        )  # fmt: skip
    return [float(number) for number in numbers]


def assert_numbers(got, expected):
    """Compare a list, tuple or array of numbers."""
    assert_close(numbers_in(got), [float(number) for number in expected], rtol=1e-8, atol=1e-10)


def list_in(got, kind):
    """Return what should be a list of objects of one kind."""
    if not isinstance(got, list | tuple) or not all(isinstance(item, kind) for item in got):
        raise CheckFailed("a list was expected", rung="type", got=shown(got), value=got)
    return list(got)


def assert_history(got, **expected):
    """Compare a history: the same names, and a list of numbers for each."""
    for name, numbers in expected.items():
        assert_numbers(entry(got, name), numbers)
    if set(got) != set(expected):
        raise CheckFailed(
            "the history has other names", got=shown(sorted(map(str, got))),
            expected=shown(sorted(expected)), value=sorted(map(str, got)),
        )  # fmt: skip


# the checks


def test_a_small_model_by_hand(solution):
    """A model of two dense layers and a ReLU computes what its layers compute one by one."""
    weights = [
        (np.array([[1.0, -1.0]]), np.array([0.0, 1.0])), (np.array([[2.0], [3.0]]), np.array([1.0]))
    ]  # fmt: skip
    model = solution.Sequential(layers_of(solution, weights))
    assert_close(model.forward(np.array([[2.0], [-3.0]])), np.array([[5.0], [13.0]]))
    assert_close(model.predict(np.array([[2.0], [-3.0]])), np.array([[5.0], [13.0]]))


@points(2)
def test_forward_passes_through_all_layers(solution, rng):
    """forward calls the layers in order, for any number of samples, in training or not."""
    for sizes in SIZES:
        weights = drawn(rng, sizes)
        model = solution.Sequential(layers_of(solution, weights))
        for n in (7, 1, 0):
            X = rng.normal(size=(n, sizes[0]))
            assert_close(model.forward(X), scores_of(weights, X), atol=1e-12)
            assert_close(model.forward(X, training=True), scores_of(weights, X), atol=1e-12)


def test_add_appends_a_layer(solution, rng):
    """add appends a layer at the end; two models do not share their layers."""
    for sizes in SIZES[1:]:
        weights = drawn(rng, sizes)
        layers = layers_of(solution, weights)
        model, other = solution.Sequential(), solution.Sequential(layers[:1])
        for layer in layers:
            model.add(layer)
        X = rng.normal(size=(4, sizes[0]))
        assert_close(model.forward(X), scores_of(weights, X), atol=1e-12)
        assert_close(other.forward(X), scores_of(weights[:1], X), atol=1e-12)
        found = model.layers
        assert type(found) is list, "layers should be a list"
        assert len(found) == len(layers)
        assert all(a is b for a, b in zip(found, layers, strict=True)), "layers has other layers"


@points(2)
def test_predict_keeps_the_order_of_the_samples(solution, rng):
    """predict returns the outputs for all samples in their order, in batches of any size."""
    for sizes in SIZES:
        weights = drawn(rng, sizes)
        for softmax in (True, False):
            model = solution.Sequential(layers_of(solution, weights, softmax))
            for n, size in ((7, 3), (6, 2), (4, 9), (1, 1), (0, 5)):
                X = rng.normal(size=(n, sizes[0]))
                z = scores_of(weights, X)
                expected = np.exp(log_softmax(z)) if softmax and n else z
                assert_close(model.predict(X, size), expected, atol=1e-12)
            X = rng.normal(size=(40, sizes[0]))
            z = scores_of(weights, X)
            assert_close(model.predict(X), np.exp(log_softmax(z)) if softmax else z, atol=1e-12)


@points(2)
def test_params_and_grads_are_the_arrays_of_the_layers(solution, rng):
    """params and grads have "0.W" for the array W of layers[0], and so on, and not copies."""
    for sizes in SIZES:
        weights, X, _ = task(rng, sizes, 5)
        layers = layers_of(solution, weights)
        model = solution.Sequential(layers)
        assert_close(model.forward(X, training=True), scores_of(weights, X), atol=1e-12)
        model.backward(np.ones((5, sizes[-1])))
        names = [f"{2 * k}.{name}" for k in range(len(weights)) for name in ("W", "b")]
        params, grads = model.params, model.grads
        gradients = back(weights, activations(weights, X), np.ones((5, sizes[-1])))[1]
        for k, (pair, d_pair) in enumerate(zip(weights, gradients, strict=True)):
            for j, name in enumerate(("W", "b")):
                assert_close(entry(params, f"{2 * k}.{name}"), pair[j])
                assert_close(entry(grads, f"{2 * k}.{name}"), d_pair[j], rtol=1e-8, atol=1e-10)
        assert_equal(sorted(map(str, params)), sorted(names))
        assert_equal(sorted(map(str, grads)), sorted(names))
        got = solution.probe.held(model, layers)
        assert got == {name: [True, True] for name in names}


@points(3)
def test_backward_passes_through_all_layers(solution, rng):
    """backward returns d(loss)/dx, and the layers add to their gradients, for any upstream."""
    for sizes in SIZES:
        for n in (6, 1):
            weights, X, _ = task(rng, sizes, n)
            layers = layers_of(solution, weights)
            model = solution.Sequential(layers)
            dout = rng.normal(size=(n, sizes[-1]))
            assert_close(model.forward(X, training=True), scores_of(weights, X), atol=1e-12)
            d_x, gradients = back(weights, activations(weights, X), dout)
            for times in (1, 2):
                assert_close(model.backward(dout), d_x, rtol=1e-8, atol=1e-10)
                for layer, (dW, db) in zip(layers[::2], gradients, strict=True):
                    assert_close(layer.grads["W"], times * dW, rtol=1e-8, atol=1e-10)
                    assert_close(layer.grads["b"], times * db, rtol=1e-8, atol=1e-10)
    measured = central_difference(lambda v: float((scores_of(weights, v) * dout).sum()), X, 1e-6)
    assert_close(model.backward(dout), measured, rtol=1e-5, atol=1e-7)


def test_zero_grad_reaches_all_layers(solution, rng):
    """zero_grad sets the gradients of all layers to zero."""
    for sizes in SIZES:
        weights, X, _ = task(rng, sizes, 5)
        layers = layers_of(solution, weights)
        model = solution.Sequential(layers)
        dout = rng.normal(size=(5, sizes[-1]))
        assert_close(model.forward(X, training=True), scores_of(weights, X), atol=1e-12)
        assert_close(
            model.backward(dout), back(weights, activations(weights, X), dout)[0], atol=1e-10
        )
        model.zero_grad()
        for layer, (W, b) in zip(layers[::2], weights, strict=True):
            assert_close(layer.grads["W"], np.zeros_like(W))
            assert_close(layer.grads["b"], np.zeros_like(b))


@points(5)
def test_a_step_follows_the_cross_entropy(solution, rng):
    """A step with all samples moves all weights against the gradient of the mean cross-entropy."""
    for sizes in SIZES:
        for softmax in (True, False):
            weights, X, y = task(rng, sizes, 7)
            lr = float(rng.uniform(0.1, 0.3))
            model, layers = compiled(solution, weights, lr, softmax)
            model.fit(X, y, epochs=1, batch_size=7)
            P = one_hot(y, sizes[-1])
            assert_weights(solution, layers, stepped(weights, gradients_of(weights, X, P), lr))


@points(2)
def test_targets_can_be_probabilities(solution, rng):
    """For the cross-entropy, targets can be one-hot rows or other probabilities, (N, C)."""
    for sizes in SIZES[1:]:
        weights, X, y = task(rng, sizes, 6)
        for P in (one_hot(y, sizes[-1]), rng.dirichlet(np.ones(sizes[-1]), 6)):
            model, layers = compiled(solution, weights, 0.2, True)
            assert_numbers(model.evaluate(X, P), [loss_of(weights, X, P)])
            model.fit(X, P, epochs=1, batch_size=6)
            assert_weights(solution, layers, stepped(weights, gradients_of(weights, X, P), 0.2))


@points(3)
def test_large_scores_do_not_stop_the_training(solution, rng):
    """With logits of 1000, loss and step stay right: a probability of 0 is not a problem."""
    for size in (400.0, 1000.0):
        X = np.eye(3)
        W = np.diag(size * rng.uniform(1.0, 2.0, 3))
        y = np.array([1, 2, 0])
        weights = [(W, np.zeros(3))]
        P = one_hot(y, 3)
        for softmax in (True, False):
            model, layers = compiled(solution, weights, 0.5, softmax)
            assert_numbers(model.evaluate(X, y), [loss_of(weights, X, P)])
            model.fit(X, y)
            assert_weights(solution, layers, stepped(weights, gradients_of(weights, X, P), 0.5))


@points(2)
def test_a_step_follows_the_squared_error(solution, rng):
    """With "mse", a step moves the weights against the gradient of the mean squared error."""
    for sizes in SIZES:
        weights, X, _ = task(rng, sizes, 5)
        Y = rng.normal(size=(5, sizes[-1]))
        model, layers = compiled(solution, weights, 0.2, loss="mse")
        assert_numbers(model.evaluate(X, Y), [loss_of(weights, X, Y, "mse")])
        model.fit(X, Y)
        assert_weights(solution, layers, stepped(weights, gradients_of(weights, X, Y, "mse"), 0.2))


@points(2)
def test_the_squared_error_takes_the_outputs_of_softmax(solution, rng):
    """With "mse", a Softmax at the end is a layer like any other: its outputs are compared."""
    for sizes in SIZES:
        weights, X, _ = task(rng, sizes, 6)
        Y = rng.dirichlet(np.ones(sizes[-1]), 6)
        model, layers = compiled(solution, weights, 0.4, True, "mse")
        found = activations(weights, X)
        p = np.exp(log_softmax(found[-1]))
        assert_numbers(model.evaluate(X, Y), [float(((p - Y) ** 2).mean())])
        d = 2 * (p - Y) / p.size
        d = p * (d - (p * d).sum(axis=1, keepdims=True))
        history = model.fit(X, Y)
        assert_history(history, loss=[((p - Y) ** 2).mean()])
        assert_weights(solution, layers, stepped(weights, back(weights, found, d)[1], 0.4))


@points(3)
def test_every_step_starts_with_zero_gradients(solution, rng):
    """The gradients of one step do not contain those of the steps before."""
    for sizes in SIZES[:2]:
        weights, X, y = task(rng, sizes, 6)
        P, rows = one_hot(y, sizes[-1]), [np.arange(6)]
        model, layers = compiled(solution, weights, 0.2, True)
        path = weights
        for epochs in (1, 2, 3):
            model.fit(X, y, epochs=epochs, batch_size=6)
            path = descended(path, X, P, rows * epochs, 0.2)[0]
            assert_weights(solution, layers, path)


def test_the_first_step_starts_with_zero_gradients(solution, rng):
    """Gradients that were computed before fit do not take part in its first step."""
    for sizes in SIZES[:2]:
        weights, X, y = task(rng, sizes, 6)
        P = one_hot(y, sizes[-1])
        model, layers = compiled(solution, weights, 0.2)
        model.fit(X, y)
        path = stepped(weights, gradients_of(weights, X, P), 0.2)
        assert_weights(solution, layers, path)
        dout = rng.normal(size=(6, sizes[-1]))
        assert_close(model.forward(X, training=True), scores_of(path, X), rtol=1e-8, atol=1e-10)
        model.backward(dout)
        model.fit(X, y)
        assert_weights(solution, layers, stepped(path, gradients_of(path, X, P), 0.2))


@points(3)
def test_one_step_per_batch(solution, rng):
    """Without rng, the batches are taken in order, with a step for each, even for a short one."""
    for n, size in ((7, 3), (9, 4), (5, 1), (6, 10)):
        sizes = SIZES[n % 3]
        weights, X, y = task(rng, sizes, n)
        P = one_hot(y, sizes[-1])
        for epochs in (1, 2):
            model, layers = compiled(solution, weights, 0.1, True)
            model.fit(X, y, epochs=epochs, batch_size=size)
            path = descended(weights, X, P, in_order(n, size) * epochs, 0.1)[0]
            assert_weights(solution, layers, path)
    weights, X, y = task(rng, SIZES[1], 40)
    model, layers = compiled(solution, weights, 0.1, True)
    model.fit(X, y)
    path = descended(weights, X, one_hot(y, SIZES[1][-1]), in_order(40, 32), 0.1)[0]
    assert_weights(solution, layers, path)


def recorded(solution, rng, n, size, epochs, seed, metrics=()):
    """Fit with rng=default_rng(seed); return the batches per epoch, and the history.

    The weights are compared with those that the steps for these batches give.
    """
    sizes = SIZES[1]
    weights, X, y = task(rng, sizes, n)
    layers = layers_of(solution, weights, True)
    optimizer = solution.need("sgd-momentum").SGD(0.1)
    got = solution.probe.fit_and_record(
        layers, [CROSS_ENTROPY, optimizer, list(metrics)], X, y, seed, epochs, size
    )
    epochs_got = [
        [numbers_in(batch) for batch in list_in(epoch, list)]
        for epoch in list_in(entry(got, "batches"), list)
    ]
    assert_equal(
        [[len(batch) for batch in epoch] for epoch in epochs_got],
        [[len(rows) for rows in in_order(n, size)]] * epochs,
    )
    for epoch in epochs_got:
        rows = [row for batch in epoch for row in batch]
        assert sorted(rows) == list(range(n)), "not every sample is in exactly one batch"
    path, losses = weights, []
    for epoch in epochs_got:
        batches = [np.array(batch, dtype=int) for batch in epoch]
        path, loss = descended(path, X, one_hot(y, sizes[-1]), batches, 0.1)
        losses.append(loss)
    assert_weights(solution, layers, path)
    assert_history(entry(got, "history"), loss=losses)
    assert entry(got, "global generators") is False, "a global generator was used"
    return [[row for batch in epoch for row in batch] for epoch in epochs_got]


@points(4)
def test_samples_keep_their_targets_in_a_new_order(solution, rng):
    """With rng, each epoch has a new order, every sample once, each with its own target."""
    for n, size in ((23, 5), (30, 30), (24, 8)):
        orders = recorded(solution, rng, n, size, 3, int(rng.integers(2**31)))
        assert orders[0] != list(range(n)), "the samples come in the order of X"
        assert orders[0] != orders[1], "two epochs have the same order"
        assert orders[1] != orders[2], "two epochs have the same order"


@points(2)
def test_the_order_comes_from_rng(solution, rng):
    """Equal states of rng give equal orders, and other states give others."""
    for n, size in ((20, 6), (25, 25)):
        seed = int(rng.integers(2**31))
        first, again, other = (
            recorded(solution, rng, n, size, 2, s) for s in (seed, seed, seed + 1)
        )
        assert first == again, "equal seeds give other orders"
        assert first != other, "another seed gives the same order"


@points(2)
def test_the_optimizer_gets_every_parameter_once(solution, rng):
    """Each step passes every array of every layer exactly once, with its gradient beside it."""
    for sizes in SIZES:
        n = 4 * int(rng.integers(1, 6)) + int(rng.integers(1, 4))
        weights, X, y = task(rng, sizes, n)
        layers = layers_of(solution, weights, True)
        steps = solution.probe.steps_seen(layers, X, y, 2, 4)
        steps = [list_in(seen, list) for seen in list_in(steps, list)]
        assert_equal(len(steps), 2 * -(-n // 4))
        for seen in steps:
            assert_equal(
                sorted(seen, key=str), [[number, True] for number in range(2 * len(weights))]
            )
        assert all(seen == steps[0] for seen in steps), "the order of the arrays changes"


@points(2)
def test_the_optimizer_remembers_from_step_to_step(solution, rng):
    """The same optimizer object takes all steps, even in a second call of fit."""
    for sizes in SIZES[:2]:
        weights, X, y = task(rng, sizes, 6)
        P = one_hot(y, sizes[-1])
        layers = layers_of(solution, weights, True)
        model = solution.Sequential(layers)
        model.compile(CROSS_ENTROPY, solution.need("sgd-momentum").SGD(0.1, 0.8))
        velocity = [(0.0 * W, 0.0 * b) for W, b in weights]
        for epochs in (2, 1, 1):
            model.fit(X, y, epochs=epochs)
            for _ in range(epochs):
                velocity = [
                    tuple(0.8 * v + g for v, g in zip(pair, d_pair, strict=True))
                    for pair, d_pair in zip(velocity, gradients_of(weights, X, P), strict=True)
                ]
                weights = stepped(weights, velocity, 0.1)
            assert_weights(solution, layers, weights)


def adam_path(weights, X, P, steps, folded=False):
    """Return the weights after some steps of Adam with its usual constants.

    The corrections divide both means, or they are folded into the learning rate: then eps is added
    to a root that is not corrected. The kata adam accepts both.
    """
    m = [(0.0 * W, 0.0 * b) for W, b in weights]
    v = m
    for t in range(1, steps + 1):
        g = gradients_of(weights, X, P)
        m = [tuple(0.9 * a + 0.1 * x for a, x in zip(*two, strict=True)) for two in zip(m, g)]  # noqa: B905
        v = [
            tuple(0.999 * a + 0.001 * x * x for a, x in zip(*two, strict=True))
            for two in zip(v, g, strict=True)
        ]
        root = np.sqrt(1 - 0.999**t)
        eps = 1e-8 / root if folded else 1e-8
        weights = [
            tuple(
                w - 0.001 * (a / (1 - 0.9**t)) / (np.sqrt(c) / root + eps)
                for w, a, c in zip(*three, strict=True)
            )
            for three in zip(weights, m, v, strict=True)
        ]
    return weights


def distance(got, weights):
    """Return how far the arrays in the dense layers are from the expected ones, in all."""
    return sum(
        np.nansum(np.abs(array - w))
        for arrays, two in zip(got, weights, strict=False)
        for array, w in zip(arrays, two, strict=True)
        if np.shape(array) == w.shape
    )


@points(2)
def test_optimizers_by_name(solution, rng):
    """ "sgd" is SGD(lr=0.01), "adam" is Adam(), and without a word it is "sgd"."""
    for sizes in SIZES[:2]:
        weights, X, y = task(rng, sizes, 6)
        P = one_hot(y, sizes[-1])
        for words in (["sgd"], ["adam"], []):
            layers = layers_of(solution, weights)
            model = solution.Sequential(layers)
            model.compile(CROSS_ENTROPY, *words)
            model.fit(X, y, epochs=3)
            if words == ["adam"]:
                ways = [adam_path(weights, X, P, 3, folded) for folded in (False, True)]
                got = weights_in(solution, layers)
                nearest = min(ways, key=lambda way: distance(got, way))
                assert_weights(solution, layers, nearest)
            else:
                assert_weights(
                    solution, layers, descended(weights, X, P, [np.arange(6)] * 3, 0.01)[0]
                )


@points(4)
def test_evaluate_weighs_each_batch_by_its_size(solution, rng):
    """evaluate gives the mean over all samples: with any batch size the same number."""
    # 64 samples with the loss 1, and one with the loss 10.
    X = np.concatenate([np.full((64, 1), np.log(np.e - 1)), [[np.log(np.exp(10) - 1)]]])
    weights = [(np.array([[-1.0, 0.0]]), np.zeros(2))]
    model, _ = compiled(solution, weights, loss=CROSS_ENTROPY)
    y = np.zeros(65, dtype=int)
    assert_numbers(model.evaluate(X, y), [74 / 65])
    for n, size in ((7, 3), (9, 4), (5, 2)):
        sizes = SIZES[n % 3]
        weights, X, y = task(rng, sizes, n)
        P = one_hot(y, sizes[-1])
        for softmax in (True, False):
            model, layers = compiled(solution, weights, softmax=softmax)
            assert_numbers(model.evaluate(X, y, size), [loss_of(weights, X, P)])
            assert_numbers(model.evaluate(X, y, batch_size=n), [loss_of(weights, X, P)])
            assert_weights(solution, layers, weights)


def share_of(weights, X, y):
    """Return the share of samples whose largest output is that of their label."""
    return float((scores_of(weights, X).argmax(axis=1) == y).mean())


@points(2)
def test_evaluate_measures_accuracy(solution, rng):
    """With the metric "accuracy", evaluate gives loss and share, for labels and one-hot rows."""
    for n, size in ((11, 4), (7, 7), (12, 5)):
        sizes = SIZES[n % 3]
        weights, X, _ = task(rng, sizes, n)
        y = scores_of(weights, X).argmax(axis=1)
        y[: n // 3] = (y[: n // 3] + 1) % sizes[-1]
        P = one_hot(y, sizes[-1])
        expected = [loss_of(weights, X, P), share_of(weights, X, y)]
        for softmax in (True, False):
            model, _ = compiled(solution, weights, softmax=softmax, metrics=["accuracy"])
            assert_numbers(model.evaluate(X, y, size), expected)
            assert_numbers(model.evaluate(X, P, size), expected)


@points(3)
def test_history_has_the_mean_loss_of_each_epoch(solution, rng):
    """history["loss"] is a mean over all samples, measured on each batch before its step."""
    for n, size, epochs in ((7, 7, 3), (7, 3, 3), (9, 4, 2), (5, 2, 1)):
        sizes = SIZES[n % 3]
        weights, X, y = task(rng, sizes, n)
        P = one_hot(y, sizes[-1])
        for softmax in (True, False):
            model, _ = compiled(solution, weights, 0.3, softmax)
            got = model.fit(X, y, epochs=epochs, batch_size=size)
            path, losses = weights, []
            for _ in range(epochs):
                path, loss = descended(path, X, P, in_order(n, size), 0.3)
                losses.append(loss)
            assert_history(got, loss=losses)


@points(2)
def test_history_has_the_accuracy_of_each_epoch(solution, rng):
    """With the metric "accuracy", the history has the share of each epoch, measured likewise."""
    for n, size, epochs in ((8, 8, 3), (11, 4, 2)):
        sizes = SIZES[n % 3]
        weights, X, _ = task(rng, sizes, n)
        y = scores_of(weights, X).argmax(axis=1)
        y[::3] = (y[::3] + 1) % sizes[-1]
        P = one_hot(y, sizes[-1])
        model, _ = compiled(solution, weights, 0.3, True, metrics=["accuracy"])
        got = model.fit(X, y, epochs=epochs, batch_size=size)
        path, losses, shares = weights, [], []
        for _ in range(epochs):
            total = hits = 0.0
            for rows in in_order(n, size):
                hits += len(rows) * share_of(path, X[rows], y[rows])
                path, loss = descended(path, X, P, [rows], 0.3)[0], loss_of(path, X[rows], P[rows])
                total += len(rows) * loss
            losses.append(total / n)
            shares.append(hits / n)
        assert_history(got, loss=losses, accuracy=shares)


@points(3)
def test_validation_data_is_evaluated_after_each_epoch(solution, rng):
    """val_loss and val_accuracy belong to the end of each epoch; nothing is learnt from them."""
    for n, size, epochs in ((6, 6, 2), (7, 3, 3)):
        sizes = SIZES[n % 3]
        weights, X, y = task(rng, sizes, n)
        _, X_val, y_val = task(rng, sizes, 6)
        P, P_val = one_hot(y, sizes[-1]), one_hot(y_val, sizes[-1])
        model, layers = compiled(solution, weights, 0.3, True, metrics=["accuracy"])
        got = model.fit(X, y, epochs, size, (X_val, y_val))
        path, losses, shares = weights, [], []
        for _ in range(epochs):
            path = descended(path, X, P, in_order(n, size), 0.3)[0]
            losses.append(loss_of(path, X_val, P_val))
            shares.append(share_of(path, X_val, y_val))
        assert_weights(solution, layers, path)
        assert_numbers(entry(got, "val_loss"), losses)
        assert_numbers(entry(got, "val_accuracy"), shares)
        assert_equal(sorted(got), ["accuracy", "loss", "val_accuracy", "val_loss"])
    model, _ = compiled(solution, path, 0.3)
    got = model.fit(X, y, batch_size=7, validation_data=(X_val, y_val))
    path = descended(path, X, P, in_order(7, 7), 0.3)[0]
    assert_numbers(entry(got, "val_loss"), [loss_of(path, X_val, P_val)])
    assert_equal(sorted(got), ["loss", "val_loss"])


def test_no_epochs_teach_nothing(solution, rng):
    """With epochs=0, the history is empty and the weights stay; one epoch is the default."""
    for sizes in SIZES[:2]:
        weights, X, y = task(rng, sizes, 6)
        model, layers = compiled(solution, weights, 0.2)
        assert_history(model.fit(X, y, epochs=0), loss=[])
        assert_weights(solution, layers, weights)
        assert_history(model.fit(X, y), loss=[loss_of(weights, X, one_hot(y, sizes[-1]))])


@points(4)
def test_layers_know_whether_this_is_training(solution, rng):
    """fit calls the layers with training=True; evaluate, predict and validation do not."""
    for sizes in SIZES[:2]:
        weights, X, y = task(rng, sizes, 5)
        P = one_hot(y, sizes[-1])
        got = solution.probe.train_doubled(layers_of(solution, weights, True), X, y, CROSS_ENTROPY)
        z, twice = (np.exp(log_softmax(scores_of(weights, v))) for v in (X, 2 * X))
        loss = loss_of(weights, X, P)
        assert_history(entry(got, "history"), loss=[loss_of(weights, 2 * X, P)], val_loss=[loss])
        assert_numbers(entry(got, "evaluate"), [loss])
        assert_close(entry(got, "predict"), z, atol=1e-12)
        assert_close(entry(got, "forward"), z, atol=1e-12)
        assert_close(entry(got, "forward in training"), twice, atol=1e-12)


def assert_errors(solution, rng, fine, **expected):
    """Compare the classes of exceptions, with calls between them that are right."""
    n = int(rng.integers(4, 9))
    weights, X, y = task(rng, SIZES[1], n)
    model, layers = compiled(solution, weights, 0.2)
    model.fit(X, y, batch_size=n)
    P = one_hot(y, SIZES[1][-1])
    assert_weights(solution, layers, descended(weights, X, P, [np.arange(n)], 0.2)[0])
    for what in fine:
        assert_equal(solution.probe.kind_of_error(layers, X, y, what), "none")
    for name, kind in expected.items():
        what = name.replace("_", " ").replace("nb epoch", "nb_epoch")
        assert_equal(solution.probe.kind_of_error(layers, X, y, what), kind)


def test_training_needs_a_compile(solution, rng):
    """fit and evaluate before compile raise a RuntimeError."""
    assert_errors(
        solution, rng, ("fit", "evaluate"), fit_before_compile="RuntimeError",
        evaluate_before_compile="RuntimeError",
    )  # fmt: skip


def test_refuses_unknown_words(solution, rng):
    """Another loss, optimizer or metric raises a ValueError in compile."""
    assert_errors(
        solution, rng, ("fit",), another_loss="ValueError", another_optimizer="ValueError",
        another_metric="ValueError",
    )  # fmt: skip


def test_refuses_data_that_does_not_fit(solution, rng):
    """Samples and targets of different lengths, or none at all, raise a ValueError."""
    assert_errors(
        solution, rng, ("fit", "evaluate"), fit_with_a_label_less="ValueError",
        fit_with_a_sample_less="ValueError", evaluate_with_a_label_less="ValueError",
        evaluate_with_a_sample_less="ValueError", fit_without_samples="ValueError",
        evaluate_without_samples="ValueError",
    )  # fmt: skip


def test_refuses_batches_of_nothing(solution, rng):
    """A batch size below 1 raises a ValueError in fit, evaluate and predict."""
    assert_errors(
        solution, rng, ("fit", "evaluate"), fit_in_batches_of_0="ValueError",
        evaluate_in_batches_of_0="ValueError", predict_in_batches_of_0="ValueError",
    )  # fmt: skip


def test_refuses_unknown_keywords(solution, rng):
    """A keyword that does not exist, such as nb_epoch, raises a TypeError and is not ignored."""
    assert_errors(
        solution, rng, ("fit",), fit_with_nb_epoch="TypeError", compile_with_lr="TypeError"
    )


def test_progress_is_told_after_each_epoch(solution, rng):
    """on_epoch gets the number of the epoch, from 1, and the newest values of the history."""
    for epochs in (1, 3, int(rng.integers(4, 12))):
        weights, X, y = task(rng, SIZES[1], 6)
        got = solution.probe.epochs_told(layers_of(solution, weights), X, y, epochs)
        assert_equal(entry(got, "arguments"), [2] * epochs)
        assert_equal(entry(got, "epochs"), list(range(1, epochs + 1)))
        history, news = entry(got, "history"), list_in(entry(got, "news"), dict)
        path, losses = weights, []
        for _ in range(epochs):
            path, loss = descended(path, X, one_hot(y, SIZES[1][-1]), [np.arange(6)], 0.01)
            losses.append(loss)
        assert_numbers([entry(values, "loss") for values in news], losses)
        for name in ("accuracy", "val_loss", "val_accuracy"):
            newest = numbers_in([entry(values, name) for values in news])
            assert_equal(len(newest), epochs)
            assert_numbers(entry(history, name), newest)


def test_summary_counts_the_parameters(solution, rng):
    """summary has a line per layer with its class and its number of parameters, and a total."""
    for _ in range(3):
        sizes = [int(n) for n in rng.integers(3, 60, 3)]
        weights = drawn(rng, sizes)
        text = solution.Sequential(layers_of(solution, weights, True)).summary()
        if type(text) is not str:
            raise CheckFailed(
                "a text was expected", rung="type", got=shown(text), expected="a str", value=text
            )
        counts = [W.size + b.size for W, b in weights]
        expected = [
            ("Dense", counts[0]), ("ReLU", 0), ("Dense", counts[1]), ("Softmax", 0)
        ]  # fmt: skip
        lines = [line for line in text.splitlines() if line.strip()]
        for name, count in expected:
            while lines and name not in lines[0]:
                lines.pop(0)
            if not lines or str(count) not in lines[0].split():
                raise CheckFailed(
                    f"a line with {name} and {count} is missing, in the order of the layers",
                    got=shown(text), expected=f"{name} … {count}", value=text,
                )  # fmt: skip
            lines.pop(0)
        if not lines or str(sum(counts)) not in lines[-1].split():
            raise CheckFailed(
                "the last line does not have the total", got=shown(text),
                expected=str(sum(counts)), value=text,
            )  # fmt: skip


def test_leaves_the_data_alone(solution, rng):
    """Samples and targets are the same after training, evaluation and prediction."""
    for n in (7, 4):
        weights, X, y = task(rng, SIZES[1], n)
        layers = layers_of(solution, weights)
        P = one_hot(y, SIZES[1][-1])
        for Y in (y, P):
            model, own = compiled(solution, weights, 0.2)
            model.fit(X, Y)
            assert_weights(solution, own, descended(weights, X, P, [np.arange(n)], 0.2)[0])
            got = solution.probe.changes(layers, X, Y, int(rng.integers(2**31)))
            assert_equal(got[0], X)
            assert_equal(got[1], Y)


@slow
@points(3)
def test_reads_digits(solution, rng):
    """A model of two dense layers learns to read nine in ten digits, in ten epochs."""
    split = frozen_split()
    for softmax in (True, False):
        pixels, classes = rng.permutation(64), rng.permutation(10)
        X, X_test = split.X_train[:, pixels], split.X_test[:, pixels]
        y, y_test = classes[split.y_train], classes[split.y_test]
        weights = drawn(rng, (64, 40, 10))
        layers = layers_of(solution, weights, softmax)
        model = solution.Sequential(layers)
        model.compile(CROSS_ENTROPY, solution.need("adam").Adam(0.005), ["accuracy"])
        model.fit(X, y, epochs=10, rng=solution.rng(3))
        learnt = weights_in(solution, layers)
        share = share_of(learnt, X_test, y_test)
        assert share >= 0.9, f"only {share:.1%} of the test images were read"
        assert_numbers(
            model.evaluate(X_test, y_test), [loss_of(learnt, X_test, one_hot(y_test, 10)), share]
        )
