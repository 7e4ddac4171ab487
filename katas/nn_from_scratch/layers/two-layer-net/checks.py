"""Hidden checks of the kata two-layer-net."""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_unchanged,
    central_difference,
    points,
    raises,
    slow,
)

D, H, C = 3, 5, 4
SHAPES = {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}


def some_weights(rng):
    """Draw parameters of ordinary size, the biases not zero."""
    return {
        name: rng.uniform(0.2, 1.0, shape) * rng.choice([-1.0, 1.0], shape)
        for name, shape in SHAPES.items()
    }


def some_batch(rng, n):
    """Draw n samples and their labels."""
    return rng.normal(size=(n, D)), rng.integers(0, C, n)


def network(solution, weights, hidden="tanh"):
    """Make a network with these parameters."""
    net = solution.NeuralNetwork(D, H, C, solution.rng(5), hidden=hidden)
    for name, value in weights.items():
        setattr(net, name, value)
    return net


def hidden_layer(weights, X, hidden="tanh"):
    """Compute the hidden activations."""
    z = X @ weights["W1"] + weights["b1"]
    return np.tanh(z) if hidden == "tanh" else np.maximum(z, 0.0)


def log_probabilities(weights, X, hidden="tanh"):
    """Compute the logarithm of each probability, row by row."""
    scores = hidden_layer(weights, X, hidden) @ weights["W2"] + weights["b2"]
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def exact_loss(weights, X, y, hidden="tanh"):
    """Compute the mean cross-entropy."""
    return -float(log_probabilities(weights, X, hidden)[np.arange(len(y)), y].mean())


def output_layer_after(weights, X, y, learning_rate):
    """Compute W2 and b2 after one step."""
    delta = np.exp(log_probabilities(weights, X))
    delta[np.arange(len(y)), y] -= 1.0
    delta /= len(y)
    a = hidden_layer(weights, X)
    return {
        "W2": weights["W2"] - learning_rate * (a.T @ delta),
        "b2": weights["b2"] - learning_rate * delta.sum(axis=0),
    }


def assert_shapes(got):
    """Fail unless `got` is a dictionary of float arrays, one in the shape of each parameter."""
    if type(got) is not dict or set(map(str, got)) != set(SHAPES):
        raise CheckFailed(f"a dictionary with {', '.join(SHAPES)} was expected", rung="type")
    for name, shape in SHAPES.items():
        array = got[name]
        if not isinstance(array, np.ndarray) or array.shape != shape or array.dtype.kind != "f":
            raise CheckFailed(f"{name}: floats of the shape {shape} were expected", rung="shape")


def assert_arrays(got, expected, rtol=1e-9, atol=1e-12):
    """Compare a dictionary of arrays, in the order of `expected`."""
    if type(got) is not dict or set(map(str, got)) != set(expected):
        raise CheckFailed(f"a dictionary with {', '.join(expected)} was expected", rung="type")
    for name, array in expected.items():
        try:
            assert_close(got[name], array, rtol=rtol, atol=atol)
        except CheckFailed as failed:
            words = f"{name}: {failed}" if str(failed) else f"{name} is wrong"
            raise CheckFailed(
                words, rung=failed.rung, got=failed.got, expected=failed.expected
            ) from None


def assert_measured_gradients(solution, weights, X, y, hidden):
    """Compare the network's gradients with slopes that are measured by central differences."""
    measured = {
        name: central_difference(
            lambda v, name=name: exact_loss(weights | {name: v}, X, y, hidden), value
        )
        for name, value in weights.items()
    }
    got = network(solution, weights, hidden).gradients(X, y)
    assert_arrays(got, measured, rtol=1e-6, atol=1e-8)


@points(2)
def test_forward_with_tanh(solution, rng):
    """forward gives softmax(tanh(X @ W1 + b1) @ W2 + b2), a row of probabilities a sample."""
    for n in (6, 1):
        weights, (X, _) = some_weights(rng), some_batch(rng, n)
        got = network(solution, weights).forward(X)
        assert_close(got, np.exp(log_probabilities(weights, X)))


def test_forward_with_relu(solution, rng):
    """With hidden="relu" the hidden layer is max(0, X @ W1 + b1)."""
    for n in (6, 1):
        weights, (X, _) = some_weights(rng), some_batch(rng, n)
        got = network(solution, weights, "relu").forward(X)
        assert_close(got, np.exp(log_probabilities(weights, X, "relu")))


@points(2)
def test_treats_each_row_alone(solution):
    """A sample's probabilities do not depend on the other samples, however far their scores are."""
    for gap in (10.0, 1000.0, 744.0, 10000.0):
        weights = {
            "W1": np.array([[1.0]]),
            "b1": np.zeros(1),
            "W2": np.array([[gap, gap + 1.0, gap - 2.0]]),
            "b2": np.array([0.0, 1.0, 2.0]),
        }
        net = solution.NeuralNetwork(1, 1, 3, solution.rng(5))
        for name, value in weights.items():
            setattr(net, name, value)
        X = np.array([[0.0], [50.0]])
        assert_close(net.forward(X), np.exp(log_probabilities(weights, X)))


@points(2)
def test_loss_is_the_mean_over_the_samples(solution, rng):
    """loss is the mean of -log p(label): giving every sample twice changes nothing."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 6)
    net = network(solution, weights)
    assert_close(net.loss(X[:1], y[:1]), exact_loss(weights, X[:1], y[:1]))
    assert_close(net.loss(X, y), exact_loss(weights, X, y))
    twice = np.repeat(X, 2, axis=0), np.repeat(y, 2)
    assert_close(net.loss(*twice), exact_loss(weights, X, y))


def test_loss_is_finite_however_wrong_the_network_is(solution, rng):
    """Where the probability of a label is rounded to 0, loss is still the large number it is."""
    weights, (X, _) = some_weights(rng), some_batch(rng, 1)
    net = network(solution, weights)
    assert_close(net.loss(X, np.array([2])), exact_loss(weights, X, np.array([2])))
    for far in (50.0, 2000.0):
        weights = weights | {"b2": np.array([far, 0.0, 0.0, 0.0])}
        net.b2 = weights["b2"]
        assert_close(net.loss(X, np.array([2])), exact_loss(weights, X, np.array([2])), rtol=1e-7)


@points(2)
def test_gradients_with_tanh_are_those_that_are_measured(solution, rng):
    """For a single sample, each gradient is the measured slope of the loss, with tanh inside."""
    for _ in range(3):
        weights, (X, y) = some_weights(rng), some_batch(rng, 1)
        assert_measured_gradients(solution, weights, X, y, "tanh")


@points(2)
def test_gradients_with_relu_are_those_that_are_measured(solution, rng):
    """For a single sample, each gradient is the measured slope of the loss, with ReLU inside."""
    done = 0
    while done < 3:
        weights, (X, y) = some_weights(rng), some_batch(rng, 1)
        z = X @ weights["W1"] + weights["b1"]
        if abs(z).min() < 0.05 or (z > 0.0).all() or (z < 0.0).all():
            continue  # too near the kink, or not both sides of it
        assert_measured_gradients(solution, weights, X, y, "relu")
        done += 1


@points(3)
def test_gradients_are_those_of_the_mean_loss(solution, rng):
    """gradients averages over the samples: giving every sample again and again changes nothing."""
    for n, times in ((1, 10), (3, 2)):
        weights, (X, y) = some_weights(rng), some_batch(rng, n)
        net = network(solution, weights)
        assert solution.probe.gradient_growth(net, X, y, times) == dict.fromkeys(SHAPES, 1.0)
    X, y = some_batch(rng, 7)
    assert solution.probe.batch_gradients(net, X, y) == "the mean over the samples"


@points(2)
def test_a_step_does_not_grow_with_the_batch(solution, rng):
    """backward takes the same step when every sample is given again and again."""
    for n, times in ((1, 10), (3, 2)):
        weights, (X, y) = some_weights(rng), some_batch(rng, n)
        net = network(solution, weights)
        assert solution.probe.step_growth(net, X, y, times) == dict.fromkeys(SHAPES, 1.0)


@points(3)
def test_a_step_takes_all_gradients_from_before_it(solution, rng):
    """backward moves each parameter by -learning_rate times its gradient from before the step."""
    for rate in (0.5, 0.1, 1.0):
        weights, (X, y) = some_weights(rng), some_batch(rng, 1)
        net = network(solution, weights)
        got = net.gradients(X, y)
        assert_shapes(got)
        expected = {name: weights[name] - rate * got[name] for name in ("W2", "b2", "W1", "b1")}
        assert_arrays(solution.probe.after_a_step(net, X, y, rate), expected)


@points(3)
def test_a_step_uses_its_own_samples(solution, rng):
    """backward(X, y, ...) works with X, also when forward has looked at other samples since."""
    for rate in (0.5, 0.1):
        weights, (X, y), (other, _) = some_weights(rng), some_batch(rng, 1), some_batch(rng, 1)
        expected = output_layer_after(weights, X, y, rate)
        net = network(solution, weights)
        step = solution.probe.output_layer_after_a_look_elsewhere
        assert_arrays(step(net, X, y, rate, other), expected)
        net = network(solution, weights)
        assert_arrays(solution.probe.output_layer_after_a_step(net, X, y, rate), expected)


@points(2)
def test_a_step_uses_the_weights_of_that_moment(solution, rng):
    """backward works with the weights as they are, also when they were replaced after forward."""
    for rate in (0.5, 0.1):
        weights, (X, y) = some_weights(rng), some_batch(rng, 1)
        net, weights = network(solution, weights), some_weights(rng)
        step = solution.probe.output_layer_after_new_weights
        expected = output_layer_after(weights, X, y, rate)
        assert_arrays(step(net, X, y, rate, weights), expected)


@points(0)
def test_leaves_earlier_results_alone(solution, rng):
    """The probabilities that forward gave out are the same after backward has run."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 1)
    net = network(solution, weights)
    probs = net.forward(X)
    assert_close(probs, np.exp(log_probabilities(weights, X)))
    before = probs.copy()
    net.backward(X, y, 0.1)
    assert_unchanged(probs, before, "the array that forward returned")
    probs = net.forward(X)
    before = np.array(probs)
    net.gradients(X, y)
    net.forward(2 * X)
    net.loss(X, y)
    assert_unchanged(probs, before, "the array that forward returned")


def test_leaves_the_old_arrays_alone(solution, rng):
    """backward sets the attributes to new arrays; those that held the parameters stay the same."""
    for n in (4, 1):
        weights, (X, y) = some_weights(rng), some_batch(rng, n)
        net = network(solution, weights)
        assert solution.probe.old_arrays_after_a_step(net, X, y) == "the same"


def test_leaves_its_arguments_alone(solution, rng):
    """No method changes X or y."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 5)
    kept = X.copy(), y.copy()
    net = network(solution, weights)
    assert_close(net.forward(X), np.exp(log_probabilities(weights, X)))
    net.loss(X, y)
    net.gradients(X, y)
    net.backward(X, y, 0.5)
    assert_unchanged(X, kept[0], "X")
    assert_unchanged(y, kept[1], "y")


@points(2)
def test_starts_with_xavier_for_tanh(solution, rng):
    """A tanh network draws W1 and W2 by xavier_normal, and its biases are zero."""
    expected = dict.fromkeys(("W1", "W2"), "variance 2/(fan_in + fan_out)")
    expected |= dict.fromkeys(("b1", "b2"), "zeros")
    for _ in range(2):
        draws = solution.rng(int(rng.integers(2**31)))
        assert solution.probe.start("tanh", draws) == expected


@points(2)
def test_starts_with_he_for_relu(solution, rng):
    """A ReLU network draws W1 and W2 by he_normal, and its biases are zero."""
    expected = dict.fromkeys(("W1", "W2"), "variance 2/fan_in")
    expected |= dict.fromkeys(("b1", "b2"), "zeros")
    for _ in range(2):
        draws = solution.rng(int(rng.integers(2**31)))
        assert solution.probe.start("relu", draws) == expected


def test_draws_from_rng(solution, rng):
    """The first weights come from the rng that is passed: one seed, one network."""
    for _ in range(2):
        used = solution.probe.generator_use(int(rng.integers(2**31)))
        assert used == "the generator that is passed, and no other"


def test_refuses_an_unknown_activation(solution):
    """NeuralNetwork raises a ValueError when hidden is neither "tanh" nor "relu"."""
    for word in ("relu", "tanh"):
        net = solution.NeuralNetwork(2, 3, 2, solution.rng(0), word)
        net.b1, net.b2 = np.zeros(3), np.zeros(2)
        assert_close(net.forward(np.zeros((1, 2))), np.array([[0.5, 0.5]]))
    for word in ("sigmoid", "linear", ""):
        with raises(ValueError):
            solution.NeuralNetwork(2, 3, 2, solution.rng(0), hidden=word)


def test_refuses_labels_that_are_no_class(solution, rng):
    """A label below 0 or above C - 1 is a ValueError: numpy would count -1 from the end."""
    weights, (X, _) = some_weights(rng), some_batch(rng, 3)
    net = network(solution, weights)
    for fine in (np.array([0]), np.array([C - 1])):
        assert_close(net.loss(X[:1], fine), exact_loss(weights, X[:1], fine))
    for y in (np.array([0, 1, -1]), np.array([0, 1, C]), np.array([C + 2, 1, 0])):
        for method in ("loss", "gradients"):
            with raises(ValueError):
                getattr(net, method)(X, y)
        with raises(ValueError):
            net.backward(X, y, 0.1)


def test_refuses_labels_of_another_shape(solution, rng):
    """Labels must be N whole numbers: a column, another number of them or floats are refused."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 3)
    net = network(solution, weights)
    assert_close(net.loss(X[:1], y[:1]), exact_loss(weights, X[:1], y[:1]))
    for wrong in (y[:, np.newaxis], np.eye(C)[y], y[:2], y[:1], y.astype(float)):
        for method in ("loss", "gradients"):
            with raises(ValueError):
                getattr(net, method)(X, wrong)
        with raises(ValueError):
            net.backward(X, wrong, 0.1)


def test_refuses_samples_of_another_shape(solution, rng):
    """X must have two axes and as many columns as the network has inputs, else a ValueError."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 3)
    net = network(solution, weights)
    assert_close(net.forward(X), np.exp(log_probabilities(weights, X)))
    for wrong in (X[0], X[:, :2], np.ones((3, D + 1)), X[np.newaxis]):
        with raises(ValueError):
            net.forward(wrong)
        with raises(ValueError):
            net.loss(wrong, y)
        with raises(ValueError):
            net.gradients(wrong, y)


def test_a_batch_of_none_has_no_probabilities(solution, rng):
    """forward of no samples gives an array of no rows."""
    weights, (X, _) = some_weights(rng), some_batch(rng, 1)
    for hidden in ("tanh", "relu"):
        net = network(solution, weights, hidden)
        assert_close(net.forward(X), np.exp(log_probabilities(weights, X, hidden)))
        assert_close(net.forward(np.empty((0, D))), np.empty((0, C)))


def test_a_batch_of_none_has_no_loss(solution, rng):
    """Without samples there is no mean: loss, gradients and backward raise a ValueError."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 1)
    net = network(solution, weights)
    assert_close(net.loss(X, y), exact_loss(weights, X, y))
    for method in ("loss", "gradients"):
        with raises(ValueError):
            getattr(net, method)(X[:0], y[:0])
    with raises(ValueError):
        net.backward(X[:0], y[:0], 0.1)


def test_takes_every_kind_of_numbers(solution, rng):
    """Whole numbers and lists are computed in float64; float32 all through stays float32."""
    weights = some_weights(rng)
    net = network(solution, weights)
    whole, y = rng.integers(-3, 4, (4, D)), rng.integers(0, C, 4)
    expected = np.exp(log_probabilities(weights, whole.astype(float)))
    for X in (whole, whole.tolist(), whole.astype(np.float32)):
        assert_close(net.forward(X), expected)
    one, label = whole[:1], y[:1]
    assert_close(net.loss(one.tolist(), label.tolist()), exact_loss(weights, one, label))
    assert_close(net.loss(one, label.astype(np.uint8)), exact_loss(weights, one, label))
    single = {name: value.astype(np.float32) for name, value in weights.items()}
    got = network(solution, single).forward(whole.astype(np.float32))
    assert_close(got, expected.astype(np.float32), rtol=1e-3)


@slow
@points(3)
def test_learns_to_read_digits(solution):
    """After 300 steps on all training images at once, more than 92 % of the others are read."""
    assert solution.probe.reads_digits(0, 300) == "more than 92 %"
