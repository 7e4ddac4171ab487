"""Hidden checks of the kata two-layer-net."""

import hashlib

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
TEST = "32c098e0cff9aab03c7cd8a5804607e9ef5647867607bb613bbe04f8c20a3050"
"""The SHA-256 of the test images and labels of the frozen split."""


def some_weights(rng):
    """Draw parameters of ordinary size with two decimals; the biases are not zero."""
    return {
        name: np.round(rng.uniform(0.2, 1.0, shape) * rng.choice([-1.0, 1.0], shape), 2)
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


def right_gradients(weights, X, y, hidden="tanh"):
    """Compute the gradients of the mean cross-entropy."""
    delta = np.exp(log_probabilities(weights, X, hidden))
    delta[np.arange(len(y)), y] -= 1.0
    delta /= len(y)
    a = hidden_layer(weights, X, hidden)
    back = delta @ weights["W2"].T * (1.0 - a * a if hidden == "tanh" else a > 0.0)
    return {
        "W2": a.T @ delta,
        "b2": delta.sum(axis=0),
        "W1": X.T @ back,
        "b1": back.sum(axis=0),
    }


def after_step(weights, X, y, learning_rate, hidden="tanh"):
    """Compute all parameters after one step."""
    gradients = right_gradients(weights, X, y, hidden)
    return {name: weights[name] - learning_rate * gradients[name] for name in gradients}


def output_layer(parameters):
    """Return only what belongs to the output layer: the hidden layer has checks of its own."""
    return {name: parameters[name] for name in ("W2", "b2")}


def assert_shapes(got, shapes=None):
    """Fail unless `got` is a dictionary of float arrays, one in the shape of each parameter."""
    shapes = shapes or SHAPES
    if type(got) is not dict or set(map(str, got)) != set(shapes):
        raise CheckFailed(f"a dictionary with {', '.join(shapes)} was expected", rung="type")
    for name, shape in shapes.items():
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
    """Compare the gradients of the network with central differences of the loss."""
    measured = {
        name: central_difference(
            lambda v, name=name: exact_loss(weights | {name: v}, X, y, hidden), value
        )
        for name, value in weights.items()
    }
    got = network(solution, weights, hidden).gradients(X, y)
    assert_arrays(got, measured, rtol=1e-6, atol=1e-8)


def test_the_loss_falls(solution, rng):
    """Twenty steps of gradient descent make the loss smaller, for one sample and for 200."""
    # Two pairs of equal samples with different labels: no step can make this loss 0.
    X, y = np.repeat(rng.integers(-2, 3, (2, D)).astype(float), 2, axis=0), rng.permutation(C)
    steps = []
    for n, times in ((1, 1), (4, 50)):
        weights = some_weights(rng)
        net = network(solution, weights)
        trend = solution.probe.loss_trend(net, X[:n], y[:n], times, 0.5, 20)
        assert trend == "the loss falls"
        steps.append((net, weights, n))
    for net, weights, n in steps:  # the module's own loss proves nothing
        trained = {name: getattr(net, name) for name in SHAPES}
        assert_shapes(trained)
        before, after = (exact_loss(found, X[:n], y[:n]) for found in (weights, trained))
        assert after < before, "the loss of the parameters after the steps does not fall"


@points(0)
def test_forward_with_tanh(solution, rng):
    """forward gives softmax(tanh(X @ W1 + b1) @ W2 + b2), one row of probabilities per sample."""
    for n in (1, 6):
        weights, (X, _) = some_weights(rng), some_batch(rng, n)
        got = network(solution, weights).forward(X)
        assert_close(got, np.exp(log_probabilities(weights, X)))


@points(0)
def test_forward_with_relu(solution, rng):
    """With hidden="relu" the hidden layer is max(0, X @ W1 + b1)."""
    for n in (1, 6):
        weights, (X, _) = some_weights(rng), some_batch(rng, n)
        got = network(solution, weights, "relu").forward(X)
        assert_close(got, np.exp(log_probabilities(weights, X, "relu")))


@points(5)
def test_treats_each_row_alone(solution, rng):
    """The probabilities of a sample do not depend on the other samples in the batch."""
    for gap in (10.0, 1000.0, 744.0, 10000.0):
        weights = {
            "W1": np.array([[1.0]]),
            "b1": np.zeros(1),
            "W2": np.array([[gap, gap + 1.0, gap - 2.0]]),
            "b2": np.array([0.0, 1.0, 2.0]) + rng.uniform(-0.4, 0.4, 3),
        }
        net = solution.NeuralNetwork(1, 1, 3, solution.rng(5))
        for name, value in weights.items():
            setattr(net, name, value)
        X = np.array([[0.0], [50.0]])
        assert_close(net.forward(X), np.exp(log_probabilities(weights, X)))


def test_forward_of_an_empty_batch(solution, rng):
    """forward of no samples gives an array of shape (0, C)."""
    weights, (X, _) = some_weights(rng), some_batch(rng, 1)
    for hidden in ("tanh", "relu"):
        net = network(solution, weights, hidden)
        assert_close(net.forward(X), np.exp(log_probabilities(weights, X, hidden)))
        assert_close(net.forward(np.empty((0, D))), np.empty((0, C)))


@points(0)
def test_loss_is_the_mean_over_the_samples(solution, rng):
    """loss is the mean of -log p(label) over the samples."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 6)
    net = network(solution, weights)
    assert_close(net.loss(X[:1], y[:1]), exact_loss(weights, X[:1], y[:1]))
    assert_close(net.loss(X, y), exact_loss(weights, X, y))
    twice = np.repeat(X, 2, axis=0), np.repeat(y, 2)
    assert_close(net.loss(*twice), exact_loss(weights, X, y))


@points(0)
def test_loss_is_finite_however_wrong_the_network_is(solution, rng):
    """Where the probability of a label is rounded to 0, loss is still the right large number."""
    weights, (X, _) = some_weights(rng), some_batch(rng, 1)
    net = network(solution, weights)
    assert_close(net.loss(X, np.array([2])), exact_loss(weights, X, np.array([2])))
    for far in (50.0, 2000.0):
        weights = weights | {"b2": np.array([far, 0.0, 0.0, 0.0])}
        net.b2 = weights["b2"]
        assert_close(net.loss(X, np.array([2])), exact_loss(weights, X, np.array([2])), rtol=1e-7)


@points(0)
def test_gradients_with_tanh_match_central_differences(solution, rng):
    """For a single sample and tanh, each gradient is the measured derivative of the loss."""
    for _ in range(3):
        weights, (X, y) = some_weights(rng), some_batch(rng, 1)
        assert_measured_gradients(solution, weights, X, y, "tanh")


@points(0)
def test_gradients_with_relu_match_central_differences(solution, rng):
    """For a single sample and ReLU, each gradient is the measured derivative of the loss."""
    done = 0
    while done < 3:
        weights, (X, y) = some_weights(rng), some_batch(rng, 1)
        z = X @ weights["W1"] + weights["b1"]
        if abs(z).min() < 0.05 or (z > 0.0).all() or (z < 0.0).all():
            continue  # too near the kink, or not both sides of it
        assert_measured_gradients(solution, weights, X, y, "relu")
        done += 1


def test_gradients_do_not_grow_with_the_batch(solution, rng):
    """gradients gives the same result when every sample is given several times."""
    for n, times in ((1, 10), (3, 2)):
        weights, (X, y) = some_weights(rng), some_batch(rng, n)
        net = network(solution, weights)
        assert solution.probe.gradient_growth(net, X, y, times) == dict.fromkeys(SHAPES, 1.0)
    X, y = some_batch(rng, 7)
    assert solution.probe.batch_gradients(net, X, y) == "the mean over the samples"


@points(5)
def test_output_layer_gradients_of_a_batch(solution, rng):
    """For several samples, the gradients of W2 and b2 are those of the loss."""
    for n in (1, 2, 6):
        weights, (X, y) = some_weights(rng), some_batch(rng, n)
        got = solution.probe.output_layer_gradients(network(solution, weights), X, y)
        assert_arrays(got, output_layer(right_gradients(weights, X, y)))


def test_a_step_does_not_grow_with_the_batch(solution, rng):
    """backward takes the same step when every sample is given several times."""
    for n, times in ((1, 10), (3, 2)):
        weights, (X, y) = some_weights(rng), some_batch(rng, n)
        net = network(solution, weights)
        assert solution.probe.step_growth(net, X, y, times) == dict.fromkeys(SHAPES, 1.0)


@points(4)
def test_output_layer_after_a_step_on_a_batch(solution, rng):
    """For several samples, backward moves W2 and b2 by -learning_rate times their gradients."""
    for n in (1, 2, 6):
        weights, (X, y) = some_weights(rng), some_batch(rng, n)
        step = solution.probe.output_layer_after_forward_and_a_step
        got = step(network(solution, weights), X, y, 0.5)
        assert_arrays(got, output_layer(after_step(weights, X, y, 0.5)))


@points(4)
def test_a_step_takes_all_gradients_from_before_it(solution, rng):
    """backward moves each parameter by -learning_rate times its gradient from before the step."""
    for rate in (1.0, 0.5, 0.1):
        weights, (X, y) = some_weights(rng), some_batch(rng, 1)
        net = network(solution, weights)
        got = net.gradients(X, y)
        assert_shapes(got)
        expected = {name: weights[name] - rate * got[name] for name in ("W2", "b2", "W1", "b1")}
        assert_arrays(solution.probe.after_a_step(net, X, y, rate), expected)


@points(4)
def test_a_step_uses_its_own_samples(solution, rng):
    """backward(X, y, ...) works with X, even when forward has seen other samples since."""
    for rate in (0.5, 0.1):
        weights, (X, y), (other, _) = some_weights(rng), some_batch(rng, 1), some_batch(rng, 1)
        expected = output_layer(after_step(weights, X, y, rate))
        net = network(solution, weights)
        step = solution.probe.output_layer_after_a_look_elsewhere
        assert_arrays(step(net, X, y, rate, other), expected)
        net = network(solution, weights)
        assert_arrays(solution.probe.output_layer_after_a_step(net, X, y, rate), expected)


@points(2)
def test_a_step_uses_the_current_weights(solution, rng):
    """backward works with the current weights, even when they were replaced after forward."""
    for rate in (0.5, 0.1):
        weights, (X, y) = some_weights(rng), some_batch(rng, 1)
        net, weights = network(solution, weights), some_weights(rng)
        step = solution.probe.output_layer_after_new_weights
        expected = output_layer(after_step(weights, X, y, rate))
        assert_arrays(step(net, X, y, rate, weights), expected)


def test_leaves_earlier_results_alone(solution, rng):
    """The array that forward returned is the same after backward has run."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 1)
    net = network(solution, weights)
    probs = net.forward(X)
    assert_close(probs, np.exp(log_probabilities(weights, X)))
    before = probs.copy()
    net.backward(X, y, 0.1)
    expected = output_layer(after_step(weights, X, y, 0.1))
    assert_arrays({"W2": net.W2, "b2": net.b2}, expected)
    assert_unchanged(probs, before, "the array that forward returned")
    probs = net.forward(X)
    before = np.array(probs)
    net.gradients(X, y)
    net.forward(2 * X)
    net.loss(X, y)
    assert_unchanged(probs, before, "the array that forward returned")


@points(0)
def test_leaves_its_arguments_alone(solution, rng):
    """No method changes X or y."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 5)
    copies = X.copy(), y.copy()
    net = network(solution, weights)
    assert_close(net.forward(X), np.exp(log_probabilities(weights, X)))
    net.loss(X, y)
    net.gradients(X, y)
    net.backward(X, y, 0.5)
    assert_unchanged(X, copies[0], "X")
    assert_unchanged(y, copies[1], "y")


@points(0)
def test_starts_with_xavier_for_tanh(solution, rng):
    """A tanh network draws W1 and W2 with xavier_normal, and its biases are zero."""
    expected = dict.fromkeys(("W1", "W2"), "variance 2/(fan_in + fan_out)")
    expected |= dict.fromkeys(("b1", "b2"), "zeros")
    for _ in range(2):
        draws = solution.rng(int(rng.integers(2**31)))
        assert solution.probe.start("tanh", draws) == expected


@points(0)
def test_starts_with_he_for_relu(solution, rng):
    """A ReLU network draws W1 and W2 with he_normal, and its biases are zero."""
    expected = dict.fromkeys(("W1", "W2"), "variance 2/fan_in")
    expected |= dict.fromkeys(("b1", "b2"), "zeros")
    for _ in range(2):
        draws = solution.rng(int(rng.integers(2**31)))
        assert solution.probe.start("relu", draws) == expected


@points(0)
def test_draws_from_rng(solution, rng):
    """W1 and W2 come from the rng that is passed: one seed gives one network."""
    expected = dict.fromkeys(("W1", "W2"), "from rng")
    expected |= {f"the global generator of {whose}": "not used" for whose in ("numpy", "Python")}
    for _ in range(2):
        assert solution.probe.generator_use(int(rng.integers(2**31))) == expected


@points(0)
def test_refuses_an_unknown_activation(solution):
    """NeuralNetwork raises a ValueError when hidden is neither "tanh" nor "relu"."""
    for word in ("relu", "tanh"):
        net = solution.NeuralNetwork(2, 3, 2, solution.rng(0), word)
        net.b1, net.b2 = np.zeros(3), np.zeros(2)
        assert_close(net.forward(np.zeros((1, 2))), np.array([[0.5, 0.5]]))
    for word in ("sigmoid", "linear", ""):
        with raises(ValueError):
            solution.NeuralNetwork(2, 3, 2, solution.rng(0), hidden=word)


@points(0)
def test_refuses_labels_out_of_range(solution, rng):
    """A label below 0 or above C - 1 raises ValueError: numpy would read -1 as the last class."""
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


@points(0)
def test_refuses_labels_of_another_shape(solution, rng):
    """Labels must be N integers: a column, another number of labels and floats are refused."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 3)
    net = network(solution, weights)
    assert_close(net.loss(X[:1], y[:1]), exact_loss(weights, X[:1], y[:1]))
    for wrong in (y[:, np.newaxis], np.eye(C)[y], y[:2], y[:1], y.astype(float)):
        for method in ("loss", "gradients"):
            with raises(ValueError):
                getattr(net, method)(X, wrong)
        with raises(ValueError):
            net.backward(X, wrong, 0.1)


@points(0)
def test_refuses_samples_of_another_shape(solution, rng):
    """X must have two axes and one column per input of the network, otherwise a ValueError."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 3)
    net = network(solution, weights)
    assert_close(net.forward(X), np.exp(log_probabilities(weights, X)))
    # Python shares small whole numbers, so sizes that are compared with `is` need many inputs.
    wide = weights | {"W1": rng.normal(0.0, 0.02, (1100, H))}
    many = rng.normal(size=(2, 1100))
    other = solution.NeuralNetwork(1100, H, C, solution.rng(5))
    for name, value in wide.items():
        setattr(other, name, value)
    assert_close(other.forward(many), np.exp(log_probabilities(wide, many)))
    for wrong in (X[0], X[:, :2], np.ones((3, D + 1)), X[np.newaxis]):
        with raises(ValueError):
            net.forward(wrong)
        with raises(ValueError):
            net.loss(wrong, y)
        with raises(ValueError):
            net.gradients(wrong, y)


@points(0)
def test_refuses_an_empty_batch(solution, rng):
    """Without samples there is no mean: loss, gradients and backward raise a ValueError."""
    weights, (X, y) = some_weights(rng), some_batch(rng, 1)
    net = network(solution, weights)
    assert_close(net.loss(X, y), exact_loss(weights, X, y))
    for method in ("loss", "gradients"):
        with raises(ValueError):
            getattr(net, method)(X[:0], y[:0])
    with raises(ValueError):
        net.backward(X[:0], y[:0], 0.1)


@points(0)
def test_takes_integers_and_lists(solution, rng):
    """Integers in X and lists are converted to float64, and labels may have any integer dtype."""
    weights = some_weights(rng)
    net = network(solution, weights)
    integers, y = rng.integers(-3, 4, (4, D)), rng.integers(0, C, 4)
    expected = np.exp(log_probabilities(weights, integers.astype(float)))
    for X in (integers, integers.tolist()):
        assert_close(net.forward(X), expected)
    one, label = integers[:1], y[:1]
    assert_close(net.loss(one.tolist(), label.tolist()), exact_loss(weights, one, label))
    assert_close(net.loss(one, label.astype(np.uint8)), exact_loss(weights, one, label))


def assert_right_steps(solution, rng):
    """Compare all parameters after each of three steps on a batch with the right ones."""
    for hidden in ("tanh", "relu"):
        weights, (X, y) = some_weights(rng), some_batch(rng, 6)
        net = network(solution, weights, hidden)
        for _ in range(3):
            net.backward(X, y, 0.5)
            weights = after_step(weights, X, y, 0.5, hidden)
            got = {name: getattr(net, name) for name in weights}
            assert_arrays(got, weights, rtol=1e-7, atol=1e-9)


@slow
@points(6)
def test_three_steps_on_a_batch(solution, rng):
    """After each of three steps on six samples, all four parameters are right."""
    assert_right_steps(solution, rng)


@slow
@points(4)
def test_keeps_what_was_right(solution, rng):
    """Everything that was right before the repair is still right after it."""
    assert_right_steps(solution, rng)
    for check in RIGHT_BEFORE:
        if check.__code__.co_argcount == 2:
            check(solution, rng)
        else:
            check(solution)


RIGHT_BEFORE = (
    test_forward_with_tanh,
    test_forward_with_relu,
    test_loss_is_the_mean_over_the_samples,
    test_loss_is_finite_however_wrong_the_network_is,
    test_gradients_with_tanh_match_central_differences,
    test_gradients_with_relu_match_central_differences,
    test_leaves_its_arguments_alone,
    test_starts_with_xavier_for_tanh,
    test_starts_with_he_for_relu,
    test_draws_from_rng,
    test_refuses_an_unknown_activation,
    test_refuses_labels_out_of_range,
    test_refuses_labels_of_another_shape,
    test_refuses_samples_of_another_shape,
    test_refuses_an_empty_batch,
    test_takes_integers_and_lists,
)
"""The checks that the untouched stub passes: alone they earn nothing, together they earn 4."""


@slow
@points(3)
def test_learns_to_read_digits(solution, rng):
    """After 300 steps on all training images at once, more than 92 % of the others are read."""
    X, y = map(np.asarray, solution.probe.digits_test_part())
    if hashlib.sha256(X.tobytes() + y.tobytes()).hexdigest() != TEST:
        raise CheckFailed("the test images are not those of the course")
    labels = rng.permutation(10)  # each digit gets another label, which no table knows
    weights = solution.probe.trained_on_digits(0, 300, labels.tolist())
    sizes = {"W1": (64, 32), "b1": (32,), "W2": (32, 10), "b2": (10,)}
    assert_shapes(weights, sizes)
    assert all(np.isfinite(weights[name]).all() for name in sizes), "some weights are not finite"
    guesses = log_probabilities(weights, X).argmax(axis=1)
    share = float(np.mean(guesses == labels[y]))
    if share <= 0.92:
        raise CheckFailed("too few are read", got=f"{share:.1%}", expected="more than 92 %")
