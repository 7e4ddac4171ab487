"""Hidden checks of the kata gradient-descent."""

import numpy as np

from nnkata.testing import Handle
from nnkata.testing import (
    CheckFailed,
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


def draw(rng, n):
    """Draw the 13 weights of a 2-3-1 network, n samples and n targets."""
    weights = rng.uniform(-1, 1, 13).tolist()
    return weights, rng.normal(0, 1, (n, 2)).tolist(), rng.uniform(-1, 1, n).tolist()


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
    """Return what train handed back if it is a list that holds no objects of the learner's."""
    if not isinstance(losses, list) or any(isinstance(loss, Handle) for loss in losses):
        raise CheckFailed(
            "train should hand back a list of plain numbers", rung="type", got=shown(losses),
            expected="a list of numbers", value=losses,
        )  # fmt: skip
    return losses


@points(2)
def test_loss_is_the_mean_of_the_squared_errors(solution, rng):
    """mse_loss is the mean of (model(x) - y)² over the samples, however many there are."""
    for n in (3, 1, 4):  # 3 first: it is neither the number of inputs nor half of it
        weights, xs, ys = draw(rng, n)
        model = solution.probe.network(SIZES, weights)
        loss = assert_object(solution.mse_loss(model, xs, ys), "Value")
        assert_close(loss.data, loss_of(weights, xs, ys))


@points(2)
def test_loss_leads_back_to_the_parameters(solution, rng):
    """backward on the loss gives every parameter of the network a gradient, and the right one."""
    for n in (5, 1):
        weights, xs, ys = draw(rng, n)
        model = solution.probe.network(SIZES, weights)
        loss = assert_object(solution.mse_loss(model, xs, ys), "Value")
        loss.backward()
        assert_close(solution.probe.gradients(model), gradient_of(weights, xs, ys), atol=1e-14)


def test_loss_refuses_no_samples(solution, rng):
    """mse_loss raises a ValueError when there are no samples to take a mean over."""
    weights, xs, ys = draw(rng, 2)
    model = solution.probe.network(SIZES, weights)
    assert solution.probe.outcome(model, xs, ys) != "ValueError"
    assert solution.probe.outcome(model, [], []) == "ValueError"


def test_loss_refuses_lists_of_different_lengths(solution, rng):
    """mse_loss raises a ValueError when there are more samples than targets, or fewer."""
    weights, xs, ys = draw(rng, 4)
    model = solution.probe.network(SIZES, weights)
    assert solution.probe.outcome(model, xs, ys) != "ValueError"
    assert solution.probe.outcome(model, xs, ys[:3]) == "ValueError"
    assert solution.probe.outcome(model, xs[:3], ys) == "ValueError"


def test_loss_refuses_several_outputs(solution, rng):
    """mse_loss raises a ValueError when the model gives more than one output."""
    weights, xs, ys = draw(rng, 2)
    narrow = solution.probe.network(SIZES, weights)
    assert solution.probe.outcome(narrow, xs, ys) != "ValueError"
    wide = solution.probe.network([2, 2], weights[:6])
    assert solution.probe.outcome(wide, xs, ys) == "ValueError"


def test_zero_grad_clears_the_gradients(solution, rng):
    """zero_grad sets the grad of every parameter to 0 and leaves its data alone."""
    solution.probe.reads_the_gradient("zero_grad")  # not judged: it tells a wrong try from no try
    for n in (1, 5):
        data, grads = rng.uniform(-1, 1, n).tolist(), rng.uniform(1, 2, n).tolist()
        got, kept = solution.probe.after_zero_grad(data, grads)
        assert_close(got, [0.0] * n)
        assert_equal(kept, data)


@points(2)
def test_a_step_moves_against_the_gradient(solution, rng):
    """sgd_step lowers the data of each parameter by lr times its gradient, in the same Value."""
    solution.probe.reads_the_gradient("sgd_step")  # not judged: it tells a wrong try from no try
    assert_close(solution.probe.after_step([1.0], [4.0], 0.1), np.array([0.6]), rtol=1e-12)
    for lr in (0.4, 0.003, 2.0):
        data, grads = rng.uniform(-1, 1, 9), rng.uniform(-2, 2, 9)
        got = solution.probe.after_step(data.tolist(), grads.tolist(), lr)
        assert_close(got, data - lr * grads, rtol=1e-12, atol=1e-14)


def test_a_step_leaves_the_gradients_as_they_are(solution, rng):
    """sgd_step changes data only: the gradients are still there afterwards."""
    for n in (1, 4):
        grads = rng.uniform(1, 2, n)
        got = solution.probe.gradients_after_step([0.5] * n, grads.tolist(), 0.1)
        assert_equal(got, grads)
    looks = solution.probe.reads_the_gradient("sgd_step")
    assert looks is True, "sgd_step does not look at the gradient at all"


def test_training_works_with_any_model(solution):
    """train needs no more of a model than that it can be called and lists its parameters."""
    got = solution.probe.line_after(1.0, 0.0, [[2.0]], [1.0], 1, 0.1)
    assert_close(got, np.array([0.6, -0.2]), atol=1e-14)
    w, b = 0.5, -1.0
    for _ in range(3):  # the mean of the errors times x, and of the errors
        errors = [w * x + b - y for x, y in ((1, 2), (-1, 0), (3, 1))]
        slope = 2 * (errors[0] - errors[1] + 3 * errors[2]) / 3
        w, b = w - 0.05 * slope, b - 0.05 * 2 * sum(errors) / 3
    got = solution.probe.line_after(0.5, -1.0, [[1.0], [-1.0], [3.0]], [2.0, 0.0, 1.0], 3, 0.05)
    assert_close(got, np.array([w, b]), atol=1e-14)


@points(3)
def test_training_follows_fresh_gradients(solution, rng):
    """Each step of train moves the weights against the gradient at the weights of that moment."""
    # Not judged here: it tells a train that stands still from one whose parts do.
    solution.probe.idle_parts()
    weights, xs, ys = draw(rng, 5)
    for steps in (1, 2, 5):
        got = solution.probe.weights_after(SIZES, weights, xs, ys, [steps], 0.3)
        assert_close(got, walked(weights, xs, ys, steps, 0.3), rtol=1e-9, atol=1e-12)
    weights, xs, ys = draw(rng, 1)
    got = solution.probe.weights_after(SIZES, weights, xs, ys, [2, 3], 0.1)
    assert_close(got, walked(weights, xs, ys, 5, 0.1), rtol=1e-9, atol=1e-12)


@points(2)
def test_training_reports_the_loss_before_each_step(solution, rng):
    """train returns one number for each step: the loss before the update of that step."""
    for n, steps, learnt in ((1, 0, False), (3, 4, False), (2, 3, True)):
        weights, xs, ys = draw(rng, n)
        if learnt:  # nothing much is left to learn, and the steps are taken all the same
            ys = (forward(weights, xs)[0] + 1e-3).tolist()
        # Where the learner's own steps lead, so that a wrong step does not fail here too.
        path = [
            solution.probe.weights_after(SIZES, weights, xs, ys, [done], 0.2)
            for done in range(steps)
        ]
        losses = solution.train(solution.probe.network(SIZES, weights), xs, ys, steps, 0.2)
        assert_close(as_numbers(losses), [loss_of(w, xs, ys) for w in path])


def test_a_learning_rate_of_zero_changes_nothing(solution, rng):
    """With lr = 0, train leaves every weight exactly as it was; the data it never changes."""
    for steps in (1, 4):
        weights, xs, ys = draw(rng, 3)
        got = solution.probe.weights_after(SIZES, weights, xs, ys, [steps], 0.0)
        assert_equal(got, np.array(weights))
        before = [list(x) for x in xs], list(ys)
        solution.train(solution.probe.network(SIZES, weights), xs, ys, steps, 0.0)
        assert_unchanged((xs, ys), before, "the data you were given")
        moved = solution.probe.weights_after(SIZES, weights, xs, ys, [steps], 0.5)
        assert_close(moved, np.array(weights), atol=np.inf)
        assert not np.array_equal(moved, weights), "with lr = 0.5 nothing changes either"


@slow
@points(2)
def test_four_hidden_neurons_learn_xor(solution):
    """Four hidden neurons learn XOR in 500 steps of 0.4, from three different starts."""
    for seed in (0, 1, 2):
        weights = np.random.default_rng(seed).uniform(-1, 1, 17).tolist()
        model = solution.probe.network([2, 4, 1], weights)
        losses = as_numbers(solution.train(model, XOR_X, XOR_Y, 500, 0.4))
        assert_close(losses[-1:], [0.0], atol=0.05)
        for x, y in zip(XOR_X, XOR_Y, strict=True):
            assert_close(assert_object(model(x), "Value").data, float(y), atol=0.5)
