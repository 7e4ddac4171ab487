"""Hidden checks of the kata digits-training.

Most checks train twice with one seed: with a learning rate of 0, which shows the weights before
the first step, and with the learning rate of the check. How the steps are taken does not matter.
The check computes what the weights should be, and computes accuracy, loss and gradients from the
weights that came back. It does not rely on what the module reports.

Every module draws its orders in its own way. So the fast checks use runs whose result does not
depend on the order: all samples in one batch, samples that are all alike, or what a probe counts.
The slow checks judge the weights of any run.
"""

from contextlib import suppress

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_object,
    points,
    shown,
    slow,
)
from refnn.digits.data import frozen_split

CLASSES = 10
NAMES = ("W1", "b1", "W2", "b2")
LEARNT = ("samples were learnt", "every sample has its own label")
TINY = 1e-8
"""A learning rate so small that all gradients of an epoch are those at the start."""


def forward(weights, X):
    """Return the probabilities and the hidden activations of a ReLU network."""
    hidden = np.maximum(X @ weights["W1"] + weights["b1"], 0.0)
    logits = hidden @ weights["W2"] + weights["b2"]
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True), hidden


def loss_of(weights, X, y):
    """Return the mean cross-entropy."""
    own = forward(weights, X)[0][np.arange(len(y)), y]
    return float(-np.log(np.maximum(own, 1e-300)).mean())


def share_of(weights, X, y):
    """Return the share of samples that are classified correctly."""
    return float((forward(weights, X)[0].argmax(axis=1) == y).mean())


def gradients_of(weights, X, y):
    """Return the gradients of the mean cross-entropy."""
    probs, hidden = forward(weights, X)
    d = (probs - np.eye(CLASSES)[y]) / len(y)
    back = d @ weights["W2"].T * (hidden > 0)
    return {"W1": X.T @ back, "b1": back.sum(0), "W2": hidden.T @ d, "b2": d.sum(0)}


def descended(weights, X, y, lr, steps):
    """Return the weights before the first step and after each: gradient descent on all samples."""
    path = [weights]
    for _ in range(steps):
        gradients = gradients_of(path[-1], X, y)
        path.append({name: path[-1][name] - lr * gradients[name] for name in NAMES})
    return path


# what came back


def fields(got, names=NAMES):
    """Return what came back, if it is a dict that has these names."""
    if type(got) is not dict or not set(names) <= set(got):
        raise CheckFailed(
            "the result of a training run should have " + ", ".join(names), rung="type",
            got=shown(got), expected="a dict", value=got,
        )  # fmt: skip
    return got


def weights_in(got, inputs, hidden):
    """Return the weights that came back, once their shapes are right and all are finite."""
    got = fields(got)
    shapes = {"W1": (inputs, hidden), "b1": (hidden,), "W2": (hidden, CLASSES), "b2": (CLASSES,)}
    for name, shape in shapes.items():
        if not isinstance(got[name], np.ndarray) or got[name].dtype.kind != "f":
            raise CheckFailed(
                f"{name} should be an array of floats", rung="type", got=shown(got[name]),
                expected=f"an array of shape {shape}", value=got[name],
            )  # fmt: skip
        assert_equal(got[name].shape, shape)
        if not np.isfinite(got[name]).all():
            raise CheckFailed(
                f"{name} is not finite after training", rung="finite", got=shown(got[name]),
                expected="finite numbers", value=got[name],
            )  # fmt: skip
    return {name: got[name] for name in shapes}


def trained(solution, split, inputs, hidden, epochs, size, lr, seed=1):
    """Train twice; return the weights before the first step and those after the last."""
    return [
        weights_in(
            solution.probe.run(split, seed, hidden, epochs, size, rate, "network"), inputs, hidden
        )
        for rate in (0.0, lr)
    ]


def as_number(got, what):
    """Return what came back if it is a finite number."""
    if isinstance(got, bool) or not isinstance(got, int | float | np.integer | np.floating):
        raise CheckFailed(
            f"{what} should be a number", rung="type", got=shown(got), expected="a number",
            value=got,
        )  # fmt: skip
    if not np.isfinite(got):
        raise CheckFailed(
            f"{what} should be finite", rung="finite", got=shown(got), expected="a finite number",
            value=got,
        )  # fmt: skip
    return got


def as_losses(got, epochs):
    """Return what came back as an array, if it is a list, tuple or array of one loss per epoch."""
    if isinstance(got, np.ndarray):
        assert_close(got, np.array(got, dtype=float).reshape(-1), dtype=False)
    if not isinstance(got, list | tuple | np.ndarray):
        raise CheckFailed(
            "losses should be an array or a list of numbers", rung="type", got=shown(got),
            expected="an array or a list of numbers", value=got,
        )  # fmt: skip
    assert_equal(len(got), epochs)
    return np.array([float(as_number(loss, "a loss")) for loss in got])


def assert_weights(got, expected):
    """Compare all weights of a network."""
    for name in NAMES:
        assert_close(got[name], expected[name], atol=1e-12)


def one_of(got, *allowed):
    """Compare with the first of several right answers, unless it is another of them."""
    for answer in map(np.array, allowed[1:]):
        with suppress(AssertionError):
            assert_close(got, answer)
            return
    assert_close(got, np.array(allowed[0]))


# inputs


def known(solution, X, y, hidden, epochs, size, lr, seed=1, best=-1, rng=None):
    """Return a split and the weights before the first step of a training on it and after each.

    The samples are all in one batch or all alike, so that no step depends on the order. The labels
    of the test part are what the network predicts after step `best`: there its accuracy is 1.0.
    """
    X_test = (rng or np.random.default_rng(3)).normal(0, 1, (400, X.shape[1]))
    split = solution.probe.split_of(X, y, X_test, np.zeros(400, dtype=int))
    start = solution.probe.run(split, seed, hidden, epochs, size, 0.0, "network")
    start = weights_in(start, X.shape[1], hidden)
    path = descended(start, X, y, lr, epochs * -(-len(X) // size))
    y_test = forward(path[best], X_test)[0].argmax(axis=1)
    return solution.probe.split_of(X, y, X_test, y_test), path, share_of(path[-1], X_test, y_test)


def known_run(solution, X, y, hidden, epochs, size, lr, part):
    """Train on such a split; return one part of the report, and what the weights should be."""
    split, path, _ = known(solution, X, y, hidden, epochs, size, lr)
    return solution.probe.run(split, 1, hidden, epochs, size, lr, part), path


def task(rng, n=7):
    """Return n samples that all show a 3."""
    return rng.normal(0, 1, (n, 4)), np.full(n, 3)


def alike(rng, n):
    """Return n samples that are all the same."""
    X, y = task(rng, n)
    return np.tile(X[:1], (n, 1)), y


def one_pixel_each(n, m=5):
    """Return n samples that each have a pixel of their own, with labels, and m test samples."""
    labels = np.arange(n) * 7 % CLASSES
    return np.eye(n), labels, np.full((m, n), 0.5), np.arange(m)


def overfitting(solution, rng, epochs, part):
    """Train so that accuracy is best after the first epoch; return a part of the report.

    Also return what the weights and the accuracy should be.
    """
    X, y = task(np.random.default_rng(3), 6)
    lr = float(rng.uniform(0.19, 0.21))
    split, path, share = known(solution, X, y, 5, epochs, 6, lr, best=1, rng=rng)
    return solution.probe.run(split, 1, 5, epochs, 6, lr, part), path[-1], share


def half_right():
    """Return the probabilities of three classes for two samples, and labels: one is right."""
    return np.array([[0.1, 0.7, 0.2], [0.6, 0.3, 0.1]]), np.array([1, 2])


def learnt(start, after, lr):
    """Return how much each sample counted, and with which label, where sample i is pixel i.

    Row i of W1 moves by the gradients of sample i alone. With a tiny learning rate they are those
    at the start: one of ten, times 1/B in a batch of B.
    """
    probs, hidden = forward(start, np.eye(len(start["W1"])))
    moved = (start["W1"] - after["W1"]) / lr
    weights, misfits = [], []
    for own in np.eye(CLASSES):
        gradients = (probs - own) @ start["W2"].T * (hidden > 0)
        weights.append((moved * gradients).sum(axis=1) / (gradients**2).sum(axis=1))
        misfits.append(((moved - weights[-1][:, None] * gradients) ** 2).sum(axis=1))
    labels = np.argmin(misfits, axis=0)
    return np.array(weights)[labels, np.arange(len(labels))], labels


# minibatches


def drawn_order(solution, rng, seed):
    """Let random many numbers be dealt; return their order, once each of them is in it once."""
    n = 8 * int(rng.integers(7, 90))  # no batch is shorter: that is judged elsewhere
    batches = solution.probe.dealt(n, 8, seed)
    assert all(isinstance(batch, np.ndarray) and batch.ndim == 1 for batch in batches)
    order = [int(i) for batch in batches for i in batch]
    assert sorted(order) == list(range(n)), "not every number is in exactly one batch"
    return order


def test_minibatches_deal_every_number_once(solution, rng):
    """Each number from 0 to n - 1 is in exactly one batch; only the last batch may be shorter."""
    for n, size, sizes in (
        (12, 4, [4, 4, 4]), (10, 4, [4, 4, 2]), (9, 4, [4, 4, 1]), (5, 8, [5]), (3, 1, [1, 1, 1]),
    ):  # fmt: skip
        got = solution.probe.dealt_sizes(n, size, 2)
        assert got == {"sizes": sizes, "every number exactly once": True}
    size, full, short = (int(n) for n in rng.integers((10, 2, 1), (30, 9, 9)))
    got = solution.probe.dealt_sizes(size * full + short, size, 2)
    assert got == {"sizes": [size] * full + [short], "every number exactly once": True}


def test_minibatches_come_in_a_new_order_each_time(solution, rng):
    """Each call has an order of its own, which mixes all numbers and not only whole batches."""
    for n, size in ((60, 8), (40, 10)):
        assert solution.probe.orders(n, size) == {
            "in the order of the data": False,
            "the same order again": False,
            "the same neighbours in every batch": False,
        }
    order = drawn_order(solution, rng, 3)
    assert order != sorted(order), "the numbers come in the order of the data"


def test_minibatches_draw_from_the_generator_they_are_given(solution, rng):
    """The order comes from rng alone: equal seeds give equal orders, other seeds give others."""
    for n, size in ((60, 8), (40, 10)):
        assert solution.probe.seeds_matter(n, size) == {
            "equal seeds, equal orders": True,
            "other seeds, other orders": True,
            "the global generators are unchanged": True,
        }
    drawn_order(solution, rng, int(rng.integers(2**31)))


def test_minibatches_refuse_batches_of_nothing(solution, rng):
    """minibatches raises a ValueError for a batch size below 1, when called or when used."""
    n = 2 * int(rng.integers(4, 400))
    assert len(solution.probe.dealt_sizes(n, 2, 2)["sizes"]) == n // 2
    assert solution.probe.outcome_of_minibatches(5, 2) != "ValueError"
    assert solution.probe.outcome_of_minibatches(5, 0) == "ValueError"
    assert solution.probe.outcome_of_minibatches(5, -2) == "ValueError"


# accuracy


def assert_drawn_share(solution, rng):
    """Fail unless accuracy is right for a random number of samples, some of them wrong."""
    n = int(rng.integers(30, 90))
    probs = rng.dirichlet(np.ones(5), n)
    y = probs.argmax(axis=1)
    wrong = int(rng.integers(1, 29))
    y[:wrong] = (y[:wrong] + 1) % 5
    assert_close(solution.probe.accuracy_of(probs, y), (n - wrong) / n)


@points(2)
def test_accuracy_is_the_share_that_is_classified_correctly(solution, rng):
    """accuracy is the share of samples whose most probable class is their label, from 0 to 1."""
    for n, c in ((4, 3), (1, 4), (5, 10)):
        probs = rng.dirichlet(np.ones(c), n)
        y = probs.argmax(axis=1)
        assert_close(solution.probe.accuracy_of(probs, y), 1.0)
        assert_close(solution.probe.accuracy_of(probs, (y + 1) % c), 0.0)
        y[: (n + 2) // 3] = (y[: (n + 2) // 3] + 1) % c
        assert_close(solution.probe.accuracy_of(probs, y), (n - (n + 2) // 3) / n)
    network = solution.need("two-layer-net").NeuralNetwork(4, 5, 10, solution.rng(1), "relu")
    weights = {
        "W1": rng.normal(0, 1, (4, 5)), "b1": rng.normal(0, 0.3, 5),
        "W2": rng.normal(0, 1, (5, CLASSES)), "b2": rng.normal(0, 0.3, CLASSES),
    }  # fmt: skip
    X = rng.normal(0, 1, (20, 4))
    y = forward(weights, X)[0].argmax(axis=1)
    y[:7] = (y[:7] + 1) % CLASSES
    for name in NAMES:
        setattr(network, name, weights[name])
    assert_close(solution.accuracy(network, X, y), 13 / 20)
    assert_drawn_share(solution, rng)


def test_accuracy_refuses_labels_of_another_shape(solution, rng):
    """accuracy raises a ValueError for labels (N, 1), (1, N) or fewer or more than N of them."""
    solution.probe.accuracy_of(*half_right())  # not judged: it shows who computes no share at all
    y = rng.permutation([0, 0, 1, 1, 2, 2])  # all are right; of all pairs, a third agree
    probs = np.eye(3)[y]
    assert solution.probe.outcome_of_accuracy(probs, y) != "ValueError"
    assert_drawn_share(solution, rng)
    for labels in (y[:, None], y[None, :], y[:5], np.append(y, 0), np.tile(y, (6, 1)), y[:1]):
        assert solution.probe.outcome_of_accuracy(probs, labels) == "ValueError"


def test_accuracy_refuses_no_samples(solution, rng):
    """accuracy raises a ValueError when there are no samples to take a share of."""
    probs, y = half_right()
    solution.probe.accuracy_of(probs, y)  # not judged: it shows who computes no share at all
    assert solution.probe.outcome_of_accuracy(probs, y) != "ValueError"
    assert_drawn_share(solution, rng)
    assert solution.probe.outcome_of_accuracy(probs[:0], y[:0]) == "ValueError"


# train_digits


def test_training_gives_a_report(solution, rng):
    """train_digits returns a Report: network, one loss per epoch, initial loss, accuracy."""
    for count, epochs in ((20, 3), (33, 1), (20, int(rng.integers(2, 12)))):
        split = solution.probe.digits(count)
        got = solution.train_digits(split, solution.rng(3), epochs=epochs)
        report = assert_object(got, "Report")
        as_losses(report.losses, epochs)
        assert as_number(report.initial_loss, "initial_loss") > 0.0
        assert 0.0 <= as_number(report.accuracy, "accuracy") <= 1.0
        network = report.network
        assert_equal(network.forward(np.zeros((2, 64))).shape, (2, CLASSES))


@points(2)
def test_initial_loss_is_that_before_the_first_step(solution, rng):
    """initial_loss is the mean training loss of the network as it was before the first step."""
    for n in (2, 7):
        X, y = task(rng, n)
        got, path = known_run(solution, X, y, 5, 2, n, 0.2, "initial_loss")
        assert_close(got, loss_of(path[0], X, y))


@points(5)
def test_steps_follow_the_mean_loss(solution, rng):
    """Each step moves the weights by learning_rate times the gradient of the batch's mean loss."""
    for n, lr in ((2, 0.05), (7, 0.2)):
        X, y = task(rng, n)
        got, path = known_run(solution, X, y, 5, 2, n, lr, "network")
        assert_weights(weights_in(got, 4, 5), path[-1])
    # Samples that are all alike: in whatever order, each batch has the same mean.
    got, path = known_run(solution, *alike(rng, 7), 5, 1, 3, 0.05, "network")  # batches of 3, 3, 1
    assert_weights(weights_in(got, 4, 5), path[-1])


def test_every_sample_takes_part_once_an_epoch(solution, rng):
    """Each epoch uses every training sample exactly once, also those of the last, short batch."""
    drawn = 4 * int(rng.integers(4, 12))
    solution.probe.sizes_if_dealt(10, 4)  # not judged: it shows which function leaves samples out
    for n, size, each in (
        (12, 4, [0.25] * 12), (10, 4, [0.25] * 8 + [0.5] * 2), (5, 1, [1.0] * 5), (5, 9, [0.2] * 5),
        (drawn, 4, [0.25] * drawn),
    ):  # fmt: skip
        split = solution.probe.split_of(*one_pixel_each(n))
        got = solution.probe.taken(split, size)
        expected = {"all samples together": round(sum(each), 3), "samples left out": False}
        assert got == {**expected, "each sample": each}


def test_every_sample_keeps_its_label(solution):
    """However the samples are mixed, each one is learnt with the label that belongs to it."""
    for n, size in ((10, 1), (30, 7), (40, 40)):
        split = solution.probe.split_of(*one_pixel_each(n))
        got = fields(solution.probe.labels_learnt(split, size), LEARNT)
        assert [got[name] for name in LEARNT] == [True, True]


def test_every_epoch_has_an_order_of_its_own(solution):
    """The order of the samples is drawn anew for each epoch."""
    solution.probe.deals_the_same_again()  # not judged: it shows which function fixes the order
    for n, size in ((30, 29), (41, 20)):
        split = solution.probe.split_of(*one_pixel_each(n))
        got = solution.probe.short_batches(split, size, 5)
        assert got == "other samples from epoch to epoch"


def test_a_fresh_network_is_about_as_sure_as_a_blind_guess(solution, rng):
    """Before the first step the loss is near ln 10 = 2.303, that of ten equal chances."""
    found = []
    for seed in (0, 1, 2):
        split = solution.probe.digits(300)
        report = assert_object(
            solution.train_digits(
                split, solution.rng(seed), epochs=1, batch_size=300, learning_rate=0.0
            ),
            "Report",
        )
        found.append(float(as_number(report.initial_loss, "initial_loss")))
    # One start in a thousand or two is farther off, though nothing is wrong with it.
    assert_close(sorted(found)[1], float(np.log(CLASSES)), rtol=0.35)
    X, y = task(rng, 5)
    got, path = known_run(solution, X, y, 5, 1, 5, 0.2, "initial_loss")
    assert_close(got, loss_of(path[0], X, y))


@points(2)
def test_losses_are_the_mean_of_each_epoch(solution, rng):
    """losses has the mean training loss of each epoch, taken while it ran or at its end."""
    X, y = task(rng)
    got, path = known_run(solution, X, y, 5, 3, len(X), 0.1, "losses")
    losses = [loss_of(weights, X, y) for weights in path]
    one_of(got, losses[1:], losses[:-1])

    X, y = alike(rng, 6)
    got, path = known_run(solution, X, y, 5, 2, 3, 0.1, "losses")
    losses = [loss_of(weights, X, y) for weights in path]
    before, after = np.reshape(losses[:-1], (2, 2)), np.reshape(losses[1:], (2, 2))
    one_of(got, after[:, 1], before.mean(axis=1), after.mean(axis=1))


def test_losses_are_those_of_all_samples(solution, rng):
    """Each loss is a mean over all batches: with learning rate 0 all epochs have the same loss."""
    X, _ = task(rng, 30)
    split = solution.probe.split_of(X, np.arange(30) % CLASSES, X[:2], np.arange(2))
    for size in (30, 10, 6):
        epochs = int(rng.integers(3, 12))
        got = solution.probe.losses_at_rest(split, size, epochs)
        assert got == {"epochs": epochs, "equal": True}


@points(2)
def test_accuracy_is_that_of_the_finished_network_on_the_test_part(solution, rng):
    """The report's accuracy is counted on the test part, with the network after its last epoch."""
    for epochs in (1, 5):
        got, _, share = overfitting(solution, rng, epochs, "accuracy")
        assert_close(got, share)


@points(2)
def test_the_network_is_that_of_the_last_epoch(solution, rng):
    """The report's network is the one after the last epoch, whatever its accuracy is."""
    for epochs in (1, 5):
        got, final, _ = overfitting(solution, rng, epochs, "network")
        assert_weights(weights_in(got, 4, 5), final)


def test_the_test_part_is_not_looked_at_before_the_end(solution):
    """No step of the training comes after the network has seen the test part."""
    for epochs, size in ((3, 4), (1, 5)):
        split = solution.probe.split_of(*one_pixel_each(12))
        got = solution.probe.early_looks_at_test(split, epochs, size)
        assert got == {"early looks": 0, "weights moved": True}


def test_training_leaves_the_data_alone(solution):
    """The arrays of the split are the same after training as before."""
    for n, size in ((30, 7), (9, 9)):
        split = solution.probe.split_of(*one_pixel_each(n))
        assert solution.probe.changed(split, 2, size) == {"changed": [], "weights moved": True}


def test_the_same_seed_gives_the_same_report(solution):
    """Weights and orders come from rng alone: equal seeds give equal reports, others do not."""
    for count in (40, 33):
        assert solution.probe.reports_compared(solution.probe.digits(count)) == {
            "equal seeds, equal reports": True,
            "weights moved": True,
            "other seeds, other networks": True,
            "the global generators are unchanged": True,
        }


def test_the_hidden_layer_has_the_size_that_is_asked_for(solution, rng):
    """hidden_size is the number of hidden neurons."""
    for hidden in (7, 12, int(rng.integers(13, 50))):
        got = solution.probe.shapes(solution.probe.digits(20), hidden)
        assert got == {
            "W1": (64, hidden),
            "b1": (hidden,),
            "W2": (hidden, 10),
            "b2": (10,),
            "weights moved": True,
        }


def test_there_are_ten_classes_whatever_the_training_part_shows(solution, rng):
    """The network has ten classes, even where some digits do not occur in the training part."""
    for digits in (4, 7):
        y = np.arange(8) % digits
        m = int(rng.integers(3, 20))
        split = solution.probe.split_of(rng.normal(size=(8, m)), y, rng.normal(size=(2, m)), y[:2])
        got = solution.probe.shapes(split, 5)
        assert got == {"W1": (m, 5), "b1": (5,), "W2": (5, 10), "b2": (10,), "weights moved": True}


def test_settings_that_are_left_out_have_their_defaults(solution):
    """Without settings there are 64 hidden neurons, 60 epochs, batches of 32 and a rate of 0.5."""
    got = solution.probe.same_as_default(solution.probe.digits(33), 64, 60, 32, 0.5)
    assert got == {"the same report": True, "weights moved": True}


def test_the_hidden_layer_has_a_he_start(solution, rng):
    """The weights of the first layer start with variance 2/64, which suits ReLU; biases with 0."""
    for seed in (0, 1):
        split = solution.probe.digits(20)
        hidden = int(rng.integers(60, 90))
        got = solution.probe.run(split, seed, hidden, 1, 20, 0.0, "network")
        start = weights_in(got, 64, hidden)
        variance = float(np.var(start["W1"])) * 64
        assert 1.7 < variance < 2.3, f"the variance of W1, times 64, is {variance:.2f} and not 2"
        assert_close(start["b1"], np.zeros(hidden), dtype=False)
        assert_close(start["b2"], np.zeros(CLASSES), dtype=False)


def test_progress_is_told_after_every_epoch(solution, rng):
    """on_epoch is called after each epoch with its number, from 1 on, and the epoch's loss."""
    for n, epochs in ((4, 1), (7, 3), (4, int(rng.integers(4, 40)))):
        X, y = task(rng, n)
        split, _, _ = known(solution, X, y, 5, epochs, n, 0.1)
        assert solution.probe.told(split, 1, 5, epochs, n, 0.1) == {
            "numbers of arguments": [2] * epochs,
            "epochs": list(range(1, epochs + 1)),
            "losses as reported": True,
            "weights moved": True,
        }


def test_batches_of_one_and_of_more_than_all_work(solution, rng):
    """Training works with batches of one sample, and with a batch size above the sample count."""
    for n, size in ((5, 1), (4, 1000), (1, 1)):
        got, path = known_run(solution, *alike(rng, n), 6, 2, size, 0.02, "network")
        assert_weights(weights_in(got, 4, 6), path[-1])


@points(2)
def test_the_gradients_of_the_trained_network_are_right(solution, rng):
    """After training, loss and gradients of the network (kata two-layer-net) are right."""
    X, y = alike(rng, 8)
    split, path, _ = known(solution, X, y, 6, 2, 8, 0.1, seed=6)
    parts = ("weights", "probabilities", "loss", "gradients", "measured")
    got = fields(solution.probe.gradients_after(split, 2, 0.1), parts)
    weights = weights_in(got["weights"], 4, 6)
    assert_weights(weights, path[-1])
    assert_close(got["probabilities"], forward(weights, X)[0], rtol=1e-7)
    assert_close(got["loss"], loss_of(weights, X, y), rtol=1e-7)
    gradients = gradients_of(weights, X, y)
    by_rule = fields(got["gradients"])
    for name in NAMES:
        assert_close(by_rule[name], gradients[name], rtol=1e-7, atol=1e-12)
    assert_close(got["measured"], gradients["b2"], rtol=1e-4, atol=1e-7)


# any order: the weights show which samples took part


@slow
@points(2)
def test_batches_in_many_sizes(solution, rng):
    """In any size, batches hold each number once, and the sizes are right except for the last."""
    seeds = rng.integers(0, 2**31, 2).tolist()
    for n, size in ((1, 1), (7, 7), (23, 5), (64, 32), (100, 33), (int(rng.integers(101, 300)), 9)):
        orders = []
        for seed in seeds:
            got = solution.probe.dealt(n, size, seed)
            assert all(isinstance(batch, np.ndarray) and batch.ndim == 1 for batch in got)
            full = [size] * (n // size)
            assert [len(batch) for batch in got] == full + [n % size] * (n % size > 0)
            orders.append([int(i) for batch in got for i in batch])
            assert sorted(orders[-1]) == list(range(n))
        if n > 20:
            assert orders[0] != orders[1]
            assert orders[0] != list(range(n))


@slow
@points(8)
def test_each_epoch_is_a_pass_over_all_samples(solution, rng):
    """In the weights, every sample shows once per epoch, with its own label, in a new order."""
    for n, size in ((12, 4), (10, 4), (9, 9), (6, 1), (11, 3)):
        X, y, X_test, y_test = one_pixel_each(n)
        y = rng.permutation(y)
        split = solution.probe.split_of(X, y, X_test, y_test)
        seed = int(rng.integers(0, 2**31))
        start, after = trained(solution, split, n, 40, 1, size, TINY, seed)
        weights, labels = learnt(start, after, TINY)
        assert_equal(labels, y)
        short = n % size
        each = [1 / size] * (n - short) + [1 / (short or 1)] * short
        assert_close(np.sort(weights), np.sort(each), rtol=1e-3)
    for n, size in ((13, 12), (31, 10)):  # one sample is alone in the last batch
        X, y, X_test, y_test = one_pixel_each(n)
        split = solution.probe.split_of(X, y, X_test, y_test)
        start, after = trained(solution, split, n, 40, 8, size, TINY, int(rng.integers(0, 2**31)))
        weights, labels = learnt(start, after, TINY)
        assert_equal(labels, y)
        alone = (weights - 8 / size) / (1 - 1 / size)
        assert_close(alone, np.round(alone), rtol=1e-3, atol=1e-3)
        assert_equal(int(np.round(alone).sum()), 8)
        assert alone.max() < 7.5, "the same sample is in the last batch of all 8 epochs"


@slow
@points(2)
def test_losses_count_every_batch(solution, rng):
    """With learning rate 0, every loss is that of the first weights on all training samples."""
    split = frozen_split()
    rows = rng.permutation(len(split.y_train))[:320]
    X, y = split.X_train[rows], split.y_train[rows]
    for size in (32, 80):
        own, seed = solution.probe.split_of(X, y, X[:5], y[:5]), int(rng.integers(0, 2**31))
        start, _ = trained(solution, own, 64, 12, 3, size, 0.0, seed)
        got = solution.probe.run(own, seed, 12, 3, size, 0.0, "losses")
        assert_close(as_losses(got, 3), np.full(3, loss_of(start, X, y)), rtol=1e-7)


@slow
@points(3)
def test_thirty_two_images_are_learnt_by_heart(solution, rng):
    """A network that is shown 32 images again and again classifies all of them correctly."""
    split = frozen_split()
    for seed in (0, 1):
        rows = rng.permutation(len(split.y_train))[:32]
        X, y = split.X_train[rows], split.y_train[rows]
        mine = solution.probe.split_of(X, y, X, np.zeros(32, dtype=int))
        got = weights_in(solution.probe.run(mine, seed, 64, 60, 32, 0.5, "network"), 64, 64)
        assert share_of(got, X, y) == 1.0


@slow
def test_shuffled_labels_teach_nothing(solution, rng):
    """With shuffled training labels, the test part is classified no better than by guessing."""
    found = []
    for seed in (0, 1, 2):
        X, y, X_test, y_test, split = disguised(solution, rng, shuffled=True)
        start, got = trained(solution, split, 64, 64, 8, 32, 0.5, seed)
        assert loss_of(got, X, y) < loss_of(start, X, y), (
            "the loss of the training part should fall"
        )
        others = loss_of(got, X, rng.permutation(y))
        assert loss_of(got, X, y) < others - 0.02, "other labels are learnt just as well"
        found.append(share_of(got, X_test, y_test))
    assert sum(found) / 3 <= 0.2, "10 in 100 are right by chance, and here more than 20 were"


@slow
@points(8)
def test_the_digits_are_read(solution, rng):
    """Of the test images, 96.5 in 100 are classified correctly, on average over three seeds.

    The check counts with labels of its own, from the weights of the network that came back.
    """
    found = []
    for seed in (0, 1, 2):
        X, y, X_test, y_test, split = disguised(solution, rng)
        got = fields(solution.probe.everything_reported(split, seed), (*NAMES, "losses"))
        weights = weights_in(got, 64, 64)
        found.append(share_of(weights, X_test, y_test))
        last = as_losses(got["losses"], 60)[-1]
        true = loss_of(weights, X, y)
        assert true / 5 < last < true * 5, f"the last loss is {last:.3g}, the network's {true:.3g}"
    assert sum(found) / 3 >= 0.965


def disguised(solution, rng, shuffled=False):
    """Return the digits with the pixels in another order and the classes renamed, and a split.

    The labels of the split's test part are random: the true ones stay here.
    """
    split = frozen_split()
    pixels, classes = rng.permutation(64), rng.permutation(CLASSES)
    X, X_test = split.X_train[:, pixels], split.X_test[:, pixels]
    y, y_test = classes[split.y_train], classes[split.y_test]
    if shuffled:
        y = rng.permutation(y)
    decoys = rng.integers(0, CLASSES, len(y_test))
    return X, y, X_test, y_test, solution.probe.split_of(X, y, X_test, decoys)
