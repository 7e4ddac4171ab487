"""Hidden checks of the kata rnn-bptt.

The digits are read by layers of the learner's choice: the check gets their weights, and computes
the predictions. The columns of the images are permuted and their classes renamed, so that weights
from elsewhere are useless.
"""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_close,
    assert_draws_from_generator,
    assert_gradient,
    points,
    raises,
    shown,
    slow,
)
from refnn.digits.data import frozen_split

CLOSE = {"rtol": 1e-9, "atol": 1e-11}
SIZES = ((1, 2, 3, 2), (4, 5, 2, 3), (2, 3, 4, 6))
"""N, T, I and H."""
CLASSES = 10
SPLIT = frozen_split()


def states_of(x, Wx, Wh, b, h0=None):
    """Return the states before the first step and after each step, (N, T + 1, H)."""
    states = [np.zeros((len(x), len(b))) if h0 is None else h0]
    for t in range(x.shape[1]):
        states.append(np.tanh(x[:, t] @ Wx + states[-1] @ Wh + b))
    return np.stack(states, axis=1)


def gradients(dhs, x, Wx, Wh, b, h0=None):
    """Return the gradients of x, Wx, Wh and b."""
    h = states_of(x, Wx, Wh, b, h0)
    dx, dWx, dWh, db = (np.zeros_like(a, float) for a in (x, Wx, Wh, b))
    d = np.zeros_like(h[:, 0])
    for t in range(x.shape[1] - 1, -1, -1):
        dz = (d + dhs[:, t]) / np.cosh(np.arctanh(h[:, t + 1])) ** 2
        dx[:, t], d = dz @ Wx.T, dz @ Wh.T
        dWx, dWh, db = dWx + x[:, t].T @ dz, dWh + h[:, t].T @ dz, db + dz.sum(axis=0)
    return {"x": dx, "Wx": dWx, "Wh": dWh, "b": db}


def new_layer(solution, rng, size):
    """Make a layer with random parameters; return it, x, dhs and the parameters."""
    n, steps, n_in, n_hidden = size
    layer = solution.RNN(n_in, n_hidden, solution.rng(5))
    params = (
        rng.normal(size=(n_in, n_hidden)) * 0.7,
        rng.normal(size=(n_hidden, n_hidden)) * 0.7,
        rng.normal(size=n_hidden) * 0.3,
    )
    solution.probe.write_params(layer, *params)
    x, dhs = rng.normal(size=(n, steps, n_in)), rng.normal(size=(n, steps, n_hidden))
    return layer, x, dhs, params


def entry(named, name):
    """Return one entry of params or grads."""
    if type(named) is not dict or set(map(str, named)) != {"Wx", "Wh", "b"}:
        raise CheckFailed("a dictionary with Wx, Wh and b was expected", rung="type")
    return named[name]


def seed_of(rng):
    """Draw the seed of a generator."""
    return int(rng.integers(2**31))


def test_the_example(solution, rng):
    """For one unit and the inputs 1, 0: the states and gradients of the lesson's example."""
    layer = solution.RNN(1, 1, solution.rng(0))
    solution.probe.write_params(layer, np.ones((1, 1)), np.full((1, 1), 0.5), np.zeros(1))
    h_1 = np.tanh(1.0)
    h_2 = np.tanh(0.5 * h_1)
    hs = layer.forward(np.array([[[1.0], [0.0]]]), training=True)
    assert_close(hs, np.array([[[h_1], [h_2]]]))
    dx = layer.backward(np.array([[[0.0], [1.0]]]))
    second = 1 - h_2**2
    first = 0.5 * second * (1 - h_1**2)
    assert_close(entry(layer.grads, "Wx"), np.array([[first]]))
    assert_close(entry(layer.grads, "Wh"), np.array([[h_1 * second]]))
    assert_close(entry(layer.grads, "b"), np.array([first + second]))
    assert_close(dx, np.array([[[first], [second]]]))
    x = rng.normal(size=(1, 1, 1))
    assert_close(layer.forward(x), np.tanh(x))


@points(2)
def test_one_step(solution, rng):
    """For sequences of one step, the states are tanh(x @ Wx + b)."""
    for n, _, n_in, n_hidden in SIZES:
        layer, x, _, (Wx, _, b) = new_layer(solution, rng, (n, 1, n_in, n_hidden))
        assert_close(layer.forward(x), np.tanh(x @ Wx + b), **CLOSE)


@points(3)
def test_states_of_sequences(solution, rng):
    """forward gives the state after every step, also for no sequences and for integers."""
    for size in SIZES:
        layer, x, _, params = new_layer(solution, rng, size)
        expected = states_of(x, *params)[:, 1:]
        assert_close(layer.forward(x), expected, **CLOSE)
        assert_close(layer.forward(x, training=True), expected, **CLOSE)
        assert_close(layer.forward(x[:0]), expected[:0])
        integers = rng.integers(-2, 3, x.shape)
        assert_close(layer.forward(integers), states_of(integers, *params)[:, 1:], **CLOSE)


def test_each_call_starts_anew(solution, rng):
    """Without h0, a call begins with states of zeros: nothing is left from earlier sequences."""
    for size in SIZES:
        layer, x, _, params = new_layer(solution, rng, size)
        for training in (False, True, False):
            x = rng.normal(size=x.shape)
            expected = states_of(x, *params)[:, 1:]
            assert_close(layer.forward(x, training=training), expected, **CLOSE)


@points(2)
def test_continues_from_a_given_state(solution, rng):
    """With h0, the first step continues from it: two halves of a sequence are the whole."""
    for size in SIZES:
        layer, x, _, params = new_layer(solution, rng, size)
        h0 = rng.uniform(-0.9, 0.9, (size[0], size[3]))
        states = states_of(x, *params, h0)
        middle = size[1] // 2
        first = layer.forward(x[:, :middle], h0=h0)
        assert_close(first, states[:, 1 : middle + 1], **CLOSE)
        second = layer.forward(x[:, middle:], h0=states[:, middle])
        assert_close(second, states[:, middle + 1 :], **CLOSE)


def assert_gradients(solution, rng, size, names, start=False):
    """Go forward and backward, and compare some of the gradients."""
    layer, x, dhs, params = new_layer(solution, rng, size)
    h0 = rng.uniform(-0.9, 0.9, (size[0], size[3])) if start else None
    if start:
        layer.forward(x, training=True, h0=h0)
    else:
        layer.forward(x, training=True)
    dx = layer.backward(dhs)
    expected = gradients(dhs, x, *params, h0)
    for name in names:
        got = dx if name == "x" else entry(layer.grads, name)
        assert_close(got, expected[name], **CLOSE)


@points(2)
def test_gradients_of_one_step(solution, rng):
    """For one step, the gradients are those of a dense layer with tanh."""
    for n, _, n_in, n_hidden in SIZES:
        assert_gradients(solution, rng, (n, 1, n_in, n_hidden), ("Wx", "b", "x"))


@points(4)
def test_input_gradient(solution, rng):
    """dx of a step contains the gradients of this state and of all later ones."""
    for size in SIZES:
        assert_gradients(solution, rng, size, ("x",))


@points(4)
def test_gradients_of_input_weights_and_biases(solution, rng):
    """The gradients of Wx and b are sums over all steps."""
    for size in SIZES:
        assert_gradients(solution, rng, size, ("b", "Wx"))


@points(5)
def test_gradient_of_the_state_weights(solution, rng):
    """The gradient of Wh is the sum over all steps of the state before, times dz."""
    for size in SIZES:
        assert_gradients(solution, rng, size, ("Wh",))


@points(2)
def test_gradients_after_a_given_state(solution, rng):
    """If forward began with h0, the first step contributes to the gradient of Wh too."""
    for size in SIZES:
        assert_gradients(solution, rng, size, ("Wh", "x"), start=True)


@points(4)
def test_gradients_match_central_differences(solution, rng):
    """All gradients are the measured ones, for random upstream gradients at all steps."""
    for size in SIZES[:2]:
        layer, x, dhs, (Wx, Wh, b) = new_layer(solution, rng, size)
        layer.forward(x, training=True)
        dx = layer.backward(dhs)

        def loss(x, Wx, Wh, b, dhs=dhs):
            return float((states_of(x, Wx, Wh, b)[:, 1:] * dhs).sum())

        grads = layer.grads
        near = 1e-5
        assert_gradient(
            entry(grads, "b"), lambda v, a=(x, Wx, Wh), f=loss: f(*a, v), b, tolerance=near
        )
        assert_gradient(
            entry(grads, "Wh"), lambda v, a=(x, Wx), c=b, f=loss: f(*a, v, c), Wh, tolerance=near
        )
        assert_gradient(dx, lambda v, a=(Wx, Wh, b), f=loss: f(v, *a), x, tolerance=near)


@points(2)
def test_gradients_add_up(solution, rng):
    """Each backward adds to grads: several calls give the sums, and an empty batch adds 0."""
    layer, _, _, params = new_layer(solution, rng, SIZES[1])
    total = np.zeros(params[2].shape)
    for n, steps in ((4, 3), (4, 3), (4, 1), (0, 2)):
        x, dhs = rng.normal(size=(n, steps, 2)), rng.normal(size=(n, steps, 3))
        layer.forward(x, training=True)
        for _ in range(2):
            layer.backward(dhs)
            total = total + gradients(dhs, x, *params)["b"]
            assert_close(entry(layer.grads, "b"), total, **CLOSE)


def test_zero_grad(solution, rng):
    """Gradients are zero at first, and zero_grad writes zeros into the arrays of grads."""
    for size in SIZES[:2]:
        layer, x, dhs, params = new_layer(solution, rng, size)
        for name, array in zip(("Wx", "Wh", "b"), params, strict=True):
            assert_close(entry(layer.grads, name), np.zeros(array.shape))
        assert_close(layer.forward(x, training=True), states_of(x, *params)[:, 1:], **CLOSE)
        layer.backward(dhs)
        same = solution.probe.zeros_in_the_same_arrays(layer)
        assert same == {"Wx": True, "Wh": True, "b": True}


@points(2)
def test_starts_with_lecun_weights(solution, rng):
    """Wx and then Wh are what lecun_normal draws from rng, and b is zero."""
    for n_in, n_hidden in ((2, 3), (5, 4)):
        seed = seed_of(rng)
        params = solution.RNN(n_in, n_hidden, solution.rng(seed)).params
        Wx, Wh = solution.probe.drawn(n_in, n_hidden, seed)
        assert_close(entry(params, "b"), np.zeros(n_hidden))
        assert_close(entry(params, "Wx"), Wx)
        assert_close(entry(params, "Wh"), Wh)
    assert_draws_from_generator(
        solution, lambda g: solution.RNN(2, 3, g).params["Wx"], seed_of(rng)
    )


@points(2)
def test_other_forward_calls_do_not_disturb(solution, rng):
    """A forward without training, between forward and backward, changes no gradient."""
    for size in SIZES[1:]:
        layer, x, dhs, params = new_layer(solution, rng, size)
        layer.forward(x, training=True)
        other = rng.normal(size=x.shape)
        assert_close(layer.forward(other), states_of(other, *params)[:, 1:], **CLOSE)
        layer.backward(dhs[:, :])
        last = gradients(dhs, x, *params)
        assert_close(entry(layer.grads, "b"), last["b"], **CLOSE)
        assert_close(entry(layer.grads, "Wx"), last["Wx"], **CLOSE)


def test_backward_needs_a_forward(solution, rng):
    """backward without a forward for training raises a RuntimeError."""
    for measured_before in (True, False):
        layer, x, dhs, params = new_layer(solution, rng, SIZES[1])
        if measured_before:
            assert_close(layer.forward(x), states_of(x, *params)[:, 1:], **CLOSE)
        with raises(RuntimeError):
            layer.backward(dhs)


@points(2)
def test_refuses_shapes_that_do_not_fit(solution, rng):
    """Other shapes of x, h0 and dhs raise a ValueError, and grads stay as they are."""
    layer, x, dhs, params = new_layer(solution, rng, SIZES[1])
    assert_close(layer.forward(x, training=True), states_of(x, *params)[:, 1:], **CLOSE)
    for wrong in (x[0], x[..., :1], x[..., 0], x[np.newaxis], np.tile(x, 2)):
        with raises(ValueError):
            layer.forward(wrong)
    h0 = rng.normal(size=(4, 3))
    for wrong in (h0[:1], h0[0], h0[:, :1], h0[np.newaxis], h0.T, np.tile(h0, (4, 1, 1))):
        with raises(ValueError):
            layer.forward(x, h0=wrong)
    longer = np.tile(dhs, (1, 2, 1))
    for wrong in (
        dhs[:1], dhs[:, -1], dhs[:, :1], dhs[..., :1], dhs[0], np.float64(1.0), longer,
    ):  # fmt: skip
        with raises(ValueError):
            layer.backward(wrong)
    for name, array in zip(("Wx", "Wh", "b"), params, strict=True):
        assert_close(entry(layer.grads, name), np.zeros(array.shape))


def test_leaves_its_arguments_alone(solution, rng):
    """x, h0, dhs and the states that forward returned do not change."""
    for size in SIZES[:2]:
        layer, x, dhs, params = new_layer(solution, rng, size)
        h0 = rng.uniform(-0.9, 0.9, (size[0], size[3]))
        hs = layer.forward(x, training=True, h0=h0)
        assert_close(hs, states_of(x, *params, h0)[:, 1:], **CLOSE)
        layer.backward(dhs)
        assert_arguments_unchanged(x=x, h0=h0, dhs=dhs, hs=hs)


# train_on_rows


def disguised(rng):
    """Return the split with the columns of its images permuted, and its classes renamed."""
    split = SPLIT
    columns, classes = rng.permutation(8), rng.permutation(CLASSES)

    def moved(X):
        return X.reshape(-1, 8, 8)[:, :, columns].reshape(-1, 64).copy()

    return (
        moved(split.X_train), classes[split.y_train],
        moved(split.X_test), classes[split.y_test],
    )  # fmt: skip


def few(rng, n):
    """Return n images that all differ, and their labels."""
    rows = rng.choice(len(SPLIT.X_train), n, replace=False)
    return SPLIT.X_train[rows], rng.permutation(CLASSES)[SPLIT.y_train[rows]]


def layers_in(got):
    """Return Wx, Wh, b and the W and b of the dense layer, once they fit together."""
    if not isinstance(got, list | tuple) or len(got) != 2:
        raise CheckFailed("an RNN and a Dense were expected", rung="type", got=shown(got))
    found = []
    for layer, name, keys in zip(
        got, ("RNN", "Dense"), (("Wx", "Wh", "b"), ("W", "b")), strict=True
    ):
        if not isinstance(layer, list | tuple) or len(layer) != 2 or type(layer[1]) is not dict:
            raise CheckFailed("a layer was expected", rung="type", got=shown(layer))
        if set(layer[1]) != set(keys):
            raise CheckFailed(f"the layer {name} was expected", rung="type", got=shown(layer[0]))
        for key in keys:
            array = layer[1][key]
            if not isinstance(array, np.ndarray) or array.dtype.kind != "f":
                raise CheckFailed("an array of floats was expected", rung="type", got=shown(array))
            if not np.isfinite(array).all():
                raise CheckFailed("a weight is not finite", rung="finite")
            found.append(array)
    n_hidden = found[2].size
    shapes = ((8, n_hidden), (n_hidden, n_hidden), (n_hidden,), (n_hidden, CLASSES), (CLASSES,))
    for array, shape in zip(found, shapes, strict=True):
        if array.shape != shape:
            raise CheckFailed(f"a shape {shape} was expected", rung="shape", got=str(array.shape))
    return found


def logits(layers, X):
    """Return the logits for images that are read row by row."""
    return states_of(X.reshape(-1, 8, 8), *layers[:3])[:, -1] @ layers[3] + layers[4]


@points(3)
def test_every_epoch_reads_all_images_row_by_row(solution, rng):
    """In each epoch, each image is read once row by row, and the loss is one of its last state."""
    for low, epochs in ((34, 3), (50, 4)):
        n = low + int(rng.integers(12))
        assert solution.probe.sequences_used(*few(rng, n), seed_of(rng), epochs) == {
            "images by their number of uses": {epochs: n},
            "other sequences": False,
            "gradients of the last state only": True,
            "gradients are zero before each backward": True,
            "all images in each epoch": True,
            "in the order of X": False,
            "one order for all epochs": False,
        }


@points(2)
def test_training_depends_on_the_seed_only(solution, rng):
    """All random numbers of train_on_rows come from rng, and X and y are not changed."""
    for _ in range(2):
        n, seed = int(rng.integers(20, 40)), seed_of(rng)
        repeats = rng.permutation([0, 1, 2]).tolist()
        seeds = [seed, *(seed + more for more in repeats)]
        assert solution.probe.trainings_compared(*few(rng, n), seeds, 2) == {
            "images": n,
            "as the first": [True, *(more == 0 for more in repeats)],
            "global generators": False,
            "arguments changed": False,
        }


@points(3)
def test_both_layers_come_back(solution, rng):
    """train_on_rows returns an RNN and a Dense that fit together: new, or changed by each epoch."""
    for n in (int(rng.integers(20, 40)), int(rng.integers(40, 60))):
        X, y = few(rng, n)
        assert solution.probe.layers_returned(X, y, seed_of(rng)) == {
            "images": n,
            "layers": ["RNN", "Dense"],
            "they fit together": True,
            "0 epochs: the biases are zero": True,
            "1 epoch: all parameters have changed": True,
            "the first gradient is that of the mean cross-entropy": True,
        }


NEEDS_NO_TRAINING = [
    test_every_epoch_reads_all_images_row_by_row, test_states_of_sequences,
    test_each_call_starts_anew, test_input_gradient, test_gradients_of_input_weights_and_biases,
    test_gradient_of_the_state_weights, test_gradients_add_up, test_zero_grad,
    test_starts_with_lecun_weights,
]  # fmt: skip


@slow
@points(9)
def test_the_digits_are_read(solution, rng):
    """After training, at least 96.0 % of the test images are read correctly."""
    # What is already known to be wrong need not be trained.
    for check in NEEDS_NO_TRAINING:
        check(solution, rng)
    found = []
    for seed in (0, 1):
        X, y, X_test, y_test = disguised(rng)
        layers = layers_in(solution.probe.trained(X, y, seed))
        found.append(float((logits(layers, X_test).argmax(axis=1) == y_test).mean()))
        if found[-1] >= 0.96:
            return
    told = " and ".join(f"{share:.2%}" for share in found)
    raise CheckFailed(f"two trainings read {told} of the test images; 96.0 % was expected")
