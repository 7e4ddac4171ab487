"""Hidden checks of the kata gradient-descent.

A check makes all its calls before it compares anything. Most of them train a network that the
probes build from Values, so that the learner's MLP cannot fail them; the last ones train that MLP.
"""

import random

import numpy as np

from nnkata.testing import (
    CheckFailed,
    Handle,
    assert_close,
    assert_equal,
    assert_object,
    assert_unchanged,
    points,
    shown,
    slow,
)

XOR_X = [(0, 0), (0, 1), (1, 0), (1, 1)]
XOR_Y = [-1, 1, 1, -1]
SIZES = [2, 3, 1]  # inputs, hidden neurons, output
MANY = 1100
"""More samples than Python has shared whole numbers."""


def draw(rng, n):
    """Return the 13 weights of a 2-3-1 network, n samples and n targets, all random.

    The targets are ones that the network cannot reach, so the loss stays above 0.25.
    """
    weights = rng.uniform(-1, 1, 13).tolist()
    targets = rng.choice([-1.0, 1.0], n) * rng.uniform(1.5, 2.5, n)
    return weights, rng.normal(0, 1, (n, 2)).tolist(), targets.tolist()


def forward(weights, xs):
    """Return the outputs and the hidden activations of a 2-3-1 network of tanh neurons."""
    weights, xs = np.asarray(weights), np.asarray(xs, dtype=float)
    hidden = weights[:9].reshape(3, 3)
    h = np.tanh(xs @ hidden[:, :2].T + hidden[:, 2])
    return np.tanh(h @ weights[9:12] + weights[12]), h


def loss_of(weights, xs, ys):
    """Return the mean squared error of a 2-3-1 network."""
    return float(((forward(weights, xs)[0] - np.asarray(ys)) ** 2).mean())


def gradient_of(weights, xs, ys):
    """Return the gradient of the mean squared error, in the order of the weights."""
    out, h = forward(weights, xs)
    xs = np.asarray(xs, dtype=float)
    d_out = 2 / len(xs) * (out - np.asarray(ys)) * (1 - out**2)
    d_h = np.outer(d_out, np.asarray(weights)[9:12]) * (1 - h**2)
    hidden = np.column_stack([d_h.T @ xs, d_h.sum(axis=0)])
    return np.concatenate([hidden.ravel(), d_out @ h, [d_out.sum()]])


def walked(weights, xs, ys, steps, lr):
    """Return the weights after some steps of gradient descent."""
    weights = np.array(weights)
    for _ in range(steps):
        weights = weights - lr * gradient_of(weights, xs, ys)
    return weights


def as_numbers(losses):
    """Return the result of train if it is a list of plain numbers, and fail if it is not."""
    if not isinstance(losses, list) or any(isinstance(loss, Handle) for loss in losses):
        raise CheckFailed(
            "train should return a list of plain numbers", rung="type", got=shown(losses),
            expected="a list of numbers", value=losses,
        )  # fmt: skip
    return losses


def assert_value_error(found, what):
    """Fail unless the probe saw a ValueError."""
    if found != "ValueError":
        raise CheckFailed(f"{what}: {shown(found)}", got=shown(found), expected="ValueError")


@points(2)
def test_loss_is_the_mean_of_the_squared_errors(solution, rng):
    """mse_loss is the mean of (model(x) - y)² over the samples, however many there are."""
    answers = [(solution.probe.line_loss(1.0, 0.0, [[2.0], [3.0]], [1.0, 5.0]), 2.5)]
    for n in (3, 1, 4):
        weights, xs, ys = draw(rng, n)
        answers.append((solution.probe.loss(weights, xs, ys), loss_of(weights, xs, ys)))
    # Python shares small whole numbers, so lengths that are compared with `is` need a long list.
    (w, b), x, y = rng.uniform(1, 2, 2), rng.normal(0, 1, MANY), rng.normal(0, 1, MANY)
    got = solution.probe.line_loss(float(w), float(b), x[:, np.newaxis].tolist(), y.tolist())
    answers.append((got, float(((w * x + b - y) ** 2).mean())))
    for loss, expected in answers:
        assert_close(assert_object(loss, "Value").data, expected)


@points(2)
def test_loss_leads_back_to_the_parameters(solution, rng):
    """backward() on the loss gives every parameter of the network the right gradient."""
    answers = []
    for n in (1, 5):
        weights, xs, ys = draw(rng, n)
        kind, got = solution.probe.loss_gradients(weights, xs, ys)
        answers.append((kind, got, gradient_of(weights, xs, ys)))
    for kind, got, expected in answers:
        if kind != "Value":
            raise CheckFailed(rung="type", got=f"a {kind}", expected="a Value")
        assert_close(got, expected, atol=1e-14)


@points(2)
def test_a_step_moves_against_the_gradient(solution, rng):
    """sgd_step lowers the data of each parameter by lr times its gradient, in the same Value."""
    solution.probe.reads_the_gradient("sgd_step")  # not judged: it tells a wrong try from no try
    answers = [(solution.probe.after_step([1.0], [4.0], 0.1), np.array([0.6]))]
    for lr in (0.4, 0.003, 2.0):
        data, grads = rng.uniform(-1, 1, 9), rng.uniform(-2, 2, 9)
        got = solution.probe.after_step(data.tolist(), grads.tolist(), lr)
        answers.append((got, data - lr * grads))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-12, atol=1e-14)


def test_a_step_leaves_the_gradients_as_they_are(solution, rng):
    """sgd_step changes data only: the gradients are still there afterwards."""
    answers = []
    for n in (1, 4):
        grads = rng.uniform(1, 2, n)
        got = solution.probe.gradients_after_step([0.5] * n, grads.tolist(), 0.1)
        answers.append((got, grads))
    looks = solution.probe.reads_the_gradient("sgd_step")
    for got, grads in answers:
        assert_equal(got, grads)
    assert looks is True, "sgd_step does not look at the gradient at all"


def test_zero_grad_clears_the_gradients(solution, rng):
    """zero_grad sets the grad of every parameter to 0 and leaves its data alone."""
    solution.probe.reads_the_gradient("zero_grad")  # not judged: it tells a wrong try from no try
    answers = []
    for n in (1, 5):
        data, grads = rng.uniform(-1, 1, n).tolist(), rng.uniform(1, 2, n).tolist()
        answers.append((*solution.probe.after_zero_grad(data, grads), data))
    for grads, kept, data in answers:
        assert_close(grads, [0.0] * len(data))
        assert_equal(kept, data)


@points(3)
def test_training_works_with_any_model(solution, rng):
    """train needs of a model only that it can be called and lists its parameters."""
    solution.probe.what_train_does()  # not judged: it tells apart why a train stands still
    one = solution.probe.line_after(1.0, 0.0, [[2.0]], [1.0], 1, 0.1)
    w, b = 0.5, -1.0
    for _ in range(3):  # the mean of the errors times x, and of the errors
        errors = [w * x + b - y for x, y in ((1, 2), (-1, 0), (3, 1))]
        slope = 2 * (errors[0] - errors[1] + 3 * errors[2]) / 3
        w, b = w - 0.05 * slope, b - 0.05 * 2 * sum(errors) / 3
    got = solution.probe.line_after(0.5, -1.0, [[1.0], [-1.0], [3.0]], [2.0, 0.0, 1.0], 3, 0.05)
    x, y = float(rng.uniform(1.0, 2.0)), float(rng.uniform(3.0, 4.0))
    drawn = solution.probe.line_after(1.0, 0.0, [[x]], [y], 1, 0.1)
    assert_close(drawn, np.array([1.0 - 0.2 * (x - y) * x, -0.2 * (x - y)]), atol=1e-14)
    assert_close(one, np.array([0.6, -0.2]), atol=1e-14)
    assert_close(got, np.array([w, b]), atol=1e-14)


@points(5)
def test_the_second_step_uses_a_fresh_gradient(solution, rng):
    """The second step of train uses the gradient at the weights that the first one has reached."""
    solution.probe.idle_parts()  # not judged: it tells a wrong train from one with idle parts
    solution.probe.what_train_does()
    answers = []
    for n in (1, 5):
        weights, xs, ys = draw(rng, n)
        for steps in (1, 2):
            got = solution.probe.weights_after(weights, xs, ys, [steps], 0.3)
            answers.append((got, walked(weights, xs, ys, steps, 0.3)))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-9, atol=1e-12)


@points(6)
def test_training_follows_fresh_gradients(solution, rng):
    """Each step of train moves the weights against the gradient at the weights of that moment."""
    solution.probe.idle_parts()  # not judged: it tells a wrong train from one with idle parts
    solution.probe.what_train_does()
    answers = []
    for n, calls, lr in ((5, [5], 0.3), (1, [2, 3], 0.1)):
        weights, xs, ys = draw(rng, n)
        got = solution.probe.weights_after(weights, xs, ys, calls, lr)
        answers.append((got, walked(weights, xs, ys, 5, lr)))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-9, atol=1e-12)


@points(2)
def test_training_reports_the_loss_before_each_step(solution, rng):
    """train returns one number per step: the loss before the update of that step."""
    answers = []
    for n, steps, learned in ((3, 4, False), (1, 0, False), (2, 3, True)):
        weights, xs, ys = draw(rng, n)
        if learned:  # almost nothing is left to learn, and the steps are made all the same
            ys = (forward(weights, xs)[0] + 1e-3).tolist()
        # Where the learner's own steps lead, so that a wrong step does not fail here too.
        path = [solution.probe.weights_after(weights, xs, ys, [done], 0.2) for done in range(steps)]
        losses = solution.probe.losses(weights, xs, ys, steps, 0.2)
        answers.append((losses, path, xs, ys))
    for losses, path, xs, ys in answers:
        for weights in path:
            assert_close(weights, np.zeros(13), atol=np.inf)
        assert_close(as_numbers(losses), [loss_of(w, xs, ys) for w in path])


def test_a_learning_rate_of_zero_changes_nothing(solution, rng):
    """With lr = 0, train leaves every weight exactly as it was; the data it never changes."""
    answers = []
    for steps in (1, 4):
        weights, xs, ys = draw(rng, 3)
        still = solution.probe.weights_after(weights, xs, ys, [steps], 0.0)
        before = [list(x) for x in xs], list(ys)
        moved = solution.probe.weights_after(weights, xs, ys, [steps], 0.5)
        answers.append((still, moved, np.array(weights), (xs, ys), before))
    for still, moved, weights, given, before in answers:
        assert_equal(still, weights)
        assert_unchanged(given, before, "the data you were given")
        assert_close(moved, weights, atol=np.inf)
        assert not np.array_equal(moved, weights), "with lr = 0.5 nothing changes either"


def assert_right_loss(solution, weights, xs, ys):
    """Fail unless the loss on these samples is a Value that holds the right number."""
    loss = assert_object(solution.probe.loss(weights, xs, ys), "Value")
    assert_close(loss.data, loss_of(weights, xs, ys))


def test_loss_refuses_no_samples(solution, rng):
    """mse_loss raises a ValueError when there are no samples to take a mean over."""
    weights, xs, ys = draw(rng, 2)
    assert_equal(solution.probe.outcome(weights, xs, ys), "a Value")
    assert_right_loss(solution, weights, xs, ys)
    assert_value_error(solution.probe.outcome(weights, [], []), "with no samples")


def test_loss_refuses_lists_of_different_lengths(solution, rng):
    """mse_loss raises a ValueError when there are more samples than targets, or fewer."""
    weights, xs, ys = draw(rng, 4)
    assert_equal(solution.probe.outcome(weights, xs, ys), "a Value")
    assert_right_loss(solution, weights, xs, ys)
    more_samples, more_targets = (
        solution.probe.outcome(weights, x, y) for x, y in ((xs, ys[:3]), (xs[:3], ys))
    )
    assert_value_error(more_samples, "with 4 samples and 3 targets")
    assert_value_error(more_targets, "with 3 samples and 4 targets")


def test_loss_gives_no_number_for_several_outputs(solution, rng):
    """mse_loss raises an error, of any class, when the model gives more than one output."""
    weights, xs, ys = draw(rng, 2)
    assert_equal(solution.probe.outcome(weights, xs, ys), "a Value")
    assert_right_loss(solution, weights, xs, ys)
    several = solution.probe.outcome_with_two_outputs(weights, xs, ys)
    assert isinstance(several, str), f"with two outputs the loss was {shown(several)}"


def test_leaves_the_global_generators_alone(solution, rng):
    """mse_loss and train use no random numbers: the global generators are not touched."""
    weights, xs, ys = draw(rng, 4)
    steps = (1, 3)
    seed = int(rng.integers(2**31))
    got = [solution.probe.next_global_numbers(weights, xs, ys, n, 0.1, seed) for n in steps]
    expected = [random.Random(seed).random(), float(np.random.RandomState(seed).random_sample())]
    for found, moved in got:
        assert_close(moved, np.array(weights), atol=np.inf)
        assert not np.array_equal(moved, weights), "train does not change any weight"
        assert_close(found, found, atol=np.inf)
        assert found == expected, (
            f"after train, Python's and numpy's global generators draw {found}, "
            f"where {expected} would have come"
        )


@points(2)
def test_trains_an_mlp(solution, rng):
    """train moves all weights of an MLP of the kata before as it moves those of other models."""
    answers = []
    for n in (1, 4):
        weights, xs, ys = draw(rng, n)
        got = solution.probe.mlp_after(SIZES, weights, xs, ys, 3, 0.2)
        answers.append((got, walked(weights, xs, ys, 3, 0.2)))
    for got, expected in answers:
        assert_close(got, expected, rtol=1e-9, atol=1e-12)


@slow
@points(2)
def test_four_hidden_neurons_learn_xor(solution):
    """Four hidden neurons learn XOR in 500 steps of 0.4, from three different starts."""
    answers = []
    for seed in (0, 10, 18):  # from the last two, gradients that are never cleared do not learn it
        weights = np.random.default_rng(seed).uniform(-1, 1, 17).tolist()
        model = solution.probe.network([2, 4, 1], weights)
        losses = solution.train(model, XOR_X, XOR_Y, 500, 0.4)
        outputs = [assert_object(model(x), "Value").data for x in XOR_X]
        answers.append((losses, outputs))
    for losses, outputs in answers:
        assert_close(as_numbers(losses)[-1:], [0.0], atol=0.05)
        assert_close(outputs, [float(y) for y in XOR_Y], atol=0.5)
