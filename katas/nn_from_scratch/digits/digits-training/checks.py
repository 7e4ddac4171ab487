"""Hidden checks of the kata digits-training.

Training draws random numbers in an order of its own, so the fast checks compare only what does not
hang on it: runs that start from planted weights and take all samples (or samples that are all
alike) in each step, and facts that the probes find out.
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

CLASSES = 10
NAMES = ("W1", "b1", "W2", "b2")


def start_of(rng, inputs, hidden):
    """Draw weights for a network to start from."""
    return {
        "W1": rng.normal(0, 1, (inputs, hidden)),
        "b1": rng.normal(0, 0.3, hidden),
        "W2": rng.normal(0, 1, (hidden, CLASSES)),
        "b2": rng.normal(0, 0.3, CLASSES),
    }


def forward(weights, X):
    """Return the probabilities and the hidden activations of a ReLU network."""
    hidden = np.maximum(X @ weights["W1"] + weights["b1"], 0.0)
    logits = hidden @ weights["W2"] + weights["b2"]
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True), hidden


def loss_of(weights, X, y):
    """Return the mean cross-entropy."""
    return float(-np.log(forward(weights, X)[0][np.arange(len(y)), y]).mean())


def share_of(weights, X, y):
    """Return the share of samples that are read rightly."""
    return float((forward(weights, X)[0].argmax(axis=1) == y).mean())


def walked(weights, X, y, lr, steps):
    """Return the weights before the first step and after each: gradient descent on all samples."""
    path = [weights]
    for _ in range(steps):
        weights = path[-1]
        probs, hidden = forward(weights, X)
        d = (probs - np.eye(CLASSES)[y]) / len(y)
        back = d @ weights["W2"].T * (hidden > 0)
        slopes = {"W1": X.T @ back, "b1": back.sum(0), "W2": hidden.T @ d, "b2": d.sum(0)}
        path.append({name: weights[name] - lr * slopes[name] for name in NAMES})
    return path


def task(rng, n=7, m=4):
    """Draw a start, n training samples that all show a 3, and m test samples."""
    weights = start_of(rng, 4, 5)
    X, X_test = rng.normal(0, 1, (n, 4)), rng.normal(0, 1, (m, 4))
    return weights, X, np.full(n, 3), X_test, rng.integers(0, CLASSES, m)


def overfitting():
    """Return a start and data whose test accuracy is 1.0 after epoch 1 and falls from there on."""
    rng = np.random.default_rng(3)
    weights, X, y, X_test, _ = task(rng, n=6, m=40)
    after_one = walked(weights, X, y, 0.3, 1)[1]
    return weights, X, y, X_test, forward(after_one, X_test)[0].argmax(axis=1)


def one_pixel_each(n, m=5):
    """Return n samples that each have a pixel of their own, with labels, and m test samples."""
    labels = np.arange(n) * 7 % CLASSES
    return np.eye(n), labels, np.full((m, n), 0.5), np.arange(m)


def half_right():
    """Return the probabilities of three classes for two samples, and labels: one is right."""
    return np.array([[0.1, 0.7, 0.2], [0.6, 0.3, 0.1]]), np.array([1, 2])


def as_number(got, what):
    """Return what came back if it is a number."""
    if isinstance(got, bool) or not isinstance(got, int | float | np.integer | np.floating):
        raise CheckFailed(
            f"{what} should be a number", rung="type", got=shown(got), expected="a number",
            value=got,
        )  # fmt: skip
    return got


def as_losses(got):
    """Return as an array what came back if it is a list, a tuple or an array of numbers."""
    if isinstance(got, np.ndarray):
        assert_close(got, np.array(got, dtype=float).reshape(-1), dtype=False)
    if not isinstance(got, list | tuple | np.ndarray):
        raise CheckFailed(
            "losses should be an array or a list of numbers", rung="type", got=shown(got),
            expected="an array or a list of numbers", value=got,
        )  # fmt: skip
    return np.array([float(as_number(loss, "a loss")) for loss in got])


# minibatches


@points(2)
def test_minibatches_deal_every_number_once(solution):
    """Each number from 0 to n - 1 is dealt exactly once, batch_size at a time, the rest at last."""
    for n, size, sizes in (
        (12, 4, [4, 4, 4]), (10, 4, [4, 4, 2]), (9, 4, [4, 4, 1]), (5, 8, [5]), (3, 1, [1, 1, 1]),
    ):  # fmt: skip
        got = solution.probe.dealt(n, size, 2)
        assert got == {"sizes": sizes, "every number exactly once": True}


@points(2)
def test_minibatches_come_in_a_new_order_each_time(solution):
    """Each deal has an order of its own, which mixes all numbers and not only whole batches."""
    for n, size in ((60, 8), (50, 50)):
        got = solution.probe.orders(n, size)
        assert got["in the order of the data"] is False
        assert got["the same order again"] is False
    for n, size in ((60, 8), (40, 10)):
        assert solution.probe.orders(n, size)["the same neighbours in every batch"] is False


def test_minibatches_draw_from_the_generator_they_are_given(solution):
    """The order comes from rng alone: equal seeds give equal orders, other seeds others."""
    for n, size in ((60, 8), (50, 50)):
        got = solution.probe.seeds_matter(n, size)
        assert got["equal seeds, equal orders"] is True
        assert got["other seeds, other orders"] is True
        assert got["the global generators are left alone"] is True


def test_minibatches_refuse_batches_of_nothing(solution):
    """minibatches raises a ValueError for a batch size below 1, at the latest when it is used."""
    assert solution.probe.outcome_of_minibatches(5, 2) != "ValueError"
    assert solution.probe.outcome_of_minibatches(5, 0) == "ValueError"
    assert solution.probe.outcome_of_minibatches(5, -2) == "ValueError"


# accuracy


@points(2)
def test_accuracy_is_the_share_that_is_read_rightly(solution, rng):
    """accuracy is the share of samples whose most probable class is their label, from 0 to 1."""
    for n, c in ((8, 3), (1, 4), (5, 10)):
        probs = rng.dirichlet(np.ones(c), n)
        y = probs.argmax(axis=1)
        assert_close(solution.probe.accuracy_of(probs, y), 1.0)
        assert_close(solution.probe.accuracy_of(probs, (y + 1) % c), 0.0)
        y[: (n + 2) // 3] = (y[: (n + 2) // 3] + 1) % c
        assert_close(solution.probe.accuracy_of(probs, y), (n - (n + 2) // 3) / n)
    network = solution.need("two-layer-net").NeuralNetwork(4, 5, 10, solution.rng(1), "relu")
    weights, _, _, X, y = task(rng, m=20)
    for name in NAMES:
        setattr(network, name, weights[name])
    assert_close(solution.accuracy(network, X, y), share_of(weights, X, y))


def test_accuracy_refuses_labels_of_another_shape(solution, rng):
    """accuracy raises a ValueError for labels (N, 1), (1, N) or fewer or more than N of them."""
    solution.probe.accuracy_of(*half_right())  # not judged: it tells who does not count at all
    y = rng.permutation([0, 0, 1, 1, 2, 2])  # all read rightly; of all pairs, a third agree
    probs = np.eye(3)[y]
    assert solution.probe.outcome_of_accuracy(probs, y) != "ValueError"
    for labels in (y[:, None], y[None, :], y[:5], np.append(y, 0), np.tile(y, (6, 1)), y[:1]):
        assert solution.probe.outcome_of_accuracy(probs, labels) == "ValueError"


def test_accuracy_refuses_no_samples(solution):
    """accuracy raises a ValueError when there are no samples to take a share of."""
    probs, y = half_right()
    solution.probe.accuracy_of(probs, y)  # not judged: it tells who does not count at all
    assert solution.probe.outcome_of_accuracy(probs, y) != "ValueError"
    assert solution.probe.outcome_of_accuracy(probs[:0], y[:0]) == "ValueError"


# train_digits


def test_training_gives_a_report(solution):
    """train_digits returns a Report: a loss an epoch, the first loss, the accuracy, the network."""
    for count, epochs in ((20, 3), (33, 1)):
        split = solution.probe.digits(count)
        got = solution.train_digits(split, solution.rng(3), epochs=epochs)
        report = assert_object(got, "Report")
        assert_equal(len(as_losses(report.losses)), epochs)
        assert as_number(report.initial_loss, "initial_loss") > 0.0
        assert 0.0 <= as_number(report.accuracy, "accuracy") <= 1.0
        network = report.network
        assert_equal(network.forward(np.zeros((2, 64))).shape, (2, CLASSES))


@points(3)
def test_steps_follow_the_mean_loss(solution, rng):
    """Each step moves the weights by learning_rate times the gradient of the batch's mean loss."""
    for n, lr in ((7, 0.2), (2, 0.05)):
        weights, X, y, X_test, y_test = task(rng, n)
        split = solution.probe.split_of(X, y, X_test, y_test)
        got = solution.probe.trained(split, weights, 1, n, lr)
        expected = walked(weights, X, y, lr, 1)[-1]
        for name in NAMES:
            assert_close(got[name], expected[name], atol=1e-12)
    # Samples that are all alike: in whatever order, each batch has the same mean.
    weights, X, y, X_test, y_test = task(rng, 7)
    X = np.tile(X[:1], (7, 1))
    split = solution.probe.split_of(X, y, X_test, y_test)
    got = solution.probe.trained(split, weights, 1, 3, 0.05)  # batches of 3, 3 and 1
    expected = walked(weights, X, y, 0.05, 3)[-1]
    for name in NAMES:
        assert_close(got[name], expected[name], atol=1e-12)


@points(2)
def test_every_sample_takes_part_once_an_epoch(solution):
    """Each epoch goes through every training sample exactly once, the last short batch included."""
    for n, size, sizes in ((12, 4, [4, 4, 4]), (10, 4, [4, 4, 2]), (5, 1, [1] * 5), (5, 9, [5])):
        split = solution.probe.split_of(*one_pixel_each(n))
        got = solution.probe.steps(split, 2, size)
        assert got == {"sizes": sizes * 2, "every sample once an epoch": True}


@points(2)
def test_every_sample_keeps_its_label(solution):
    """However the samples are mixed, each one comes with the label that belongs to it."""
    for n, size in ((30, 7), (40, 40)):
        split = solution.probe.split_of(*one_pixel_each(n))
        got = solution.probe.pairs(split, 2, size)
        assert got == {"steps were seen": True, "every sample has its own label": True}


def test_every_epoch_has_an_order_of_its_own(solution):
    """The order of the samples is drawn anew for each epoch."""
    solution.probe.deals_the_same_again()  # not judged: it tells whose fault a fixed order is
    for n, size in ((30, 7), (40, 4)):
        split = solution.probe.split_of(*one_pixel_each(n))
        got = solution.probe.epoch_orders(split, size)
        assert got["samples seen"] > 0
        assert got["in the order of the data"] is False
        assert got["the same order again"] is False


@points(2)
def test_initial_loss_is_that_before_the_first_step(solution, rng):
    """initial_loss is the mean training loss of the network as it was before the first step."""
    for n in (7, 2):
        weights, X, y, X_test, y_test = task(rng, n)
        split = solution.probe.split_of(X, y, X_test, y_test)
        got = solution.probe.initial_loss(split, weights, 2, n, 0.2)
        assert_close(got, loss_of(weights, X, y))


def test_a_fresh_network_is_about_as_sure_as_a_blind_guess(solution):
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


@points(2)
def test_losses_are_the_mean_of_each_epoch(solution, rng):
    """losses has the mean training loss of each epoch, taken while it ran or at its end."""
    weights, X, y, X_test, y_test = task(rng)
    split = solution.probe.split_of(X, y, X_test, y_test)
    losses = [loss_of(w, X, y) for w in walked(weights, X, y, 0.1, 3)]
    one_of(solution.probe.losses(split, weights, 3, len(X), 0.1), losses[1:], losses[:-1])

    X, y = np.tile(X[:1], (6, 1)), y[:6]  # samples that are all alike, in batches of 3
    split = solution.probe.split_of(X, y, X_test, y_test)
    losses = [loss_of(w, X, y) for w in walked(weights, X, y, 0.02, 4)]
    before, after = np.reshape(losses[:-1], (2, 2)), np.reshape(losses[1:], (2, 2))
    got = solution.probe.losses(split, weights, 2, 3, 0.02)
    one_of(got, after[:, 1], before.mean(axis=1), after.mean(axis=1))


def one_of(got, *allowed):
    """Compare with the first of several right answers, unless it is another of them."""
    for answer in map(np.array, allowed[1:]):
        with suppress(AssertionError):
            assert_close(got, answer)
            return
    assert_close(got, np.array(allowed[0]))


@points(2)
def test_accuracy_is_that_of_the_finished_network_on_the_test_part(solution):
    """The report's accuracy is counted on the test part, with the network after its last epoch."""
    weights, X, y, X_test, y_test = overfitting()
    for epochs in (1, 5):
        split = solution.probe.split_of(X, y, X_test, y_test)
        got = solution.probe.share(split, weights, epochs, len(X), 0.3)
        final = walked(weights, X, y, 0.3, epochs)[-1]
        assert_close(got, share_of(final, X_test, y_test))


def test_the_network_is_that_of_the_last_epoch(solution):
    """The report's network is the one after the last epoch, whatever the test part says of it."""
    weights, X, y, X_test, y_test = overfitting()
    for epochs in (1, 5):
        split = solution.probe.split_of(X, y, X_test, y_test)
        got = solution.probe.trained(split, weights, epochs, len(X), 0.3)
        final = walked(weights, X, y, 0.3, epochs)[-1]
        for name in NAMES:
            assert_close(got[name], final[name], atol=1e-12)


@points(2)
def test_the_test_part_is_not_looked_at_before_the_end(solution):
    """No step of the training comes after the network has seen the test part."""
    for epochs, size in ((3, 4), (1, 5)):
        split = solution.probe.split_of(*one_pixel_each(12))
        assert solution.probe.first_look_at_test(split, epochs, size) == []


def test_training_leaves_the_data_alone(solution):
    """The arrays of the split are the same after training as before."""
    for n, size in ((30, 7), (9, 9)):
        split = solution.probe.split_of(*one_pixel_each(n))
        assert solution.probe.changed(split, 2, size) == []


@points(2)
def test_the_same_seed_gives_the_same_report(solution):
    """Weights and orders come from rng alone: equal seeds give equal reports, others others."""
    for count in (40, 33):
        got = solution.probe.reports_compared(solution.probe.digits(count))
        assert got["equal seeds, equal reports"] is True
        assert got["other seeds, other networks"] is True
        assert got["the global generators are left alone"] is True


def test_the_hidden_layer_has_the_size_that_is_asked_for(solution):
    """hidden_size is the number of hidden neurons."""
    for hidden in (7, 12):
        got = solution.probe.shapes(solution.probe.digits(20), hidden)
        assert got == {"W1": (64, hidden), "b1": (hidden,), "W2": (hidden, 10), "b2": (10,)}


def test_there_are_ten_classes_whatever_the_training_part_shows(solution, rng):
    """The network has ten classes, also where some digits do not occur in the training part."""
    for shown_digits in (4, 7):
        y = np.arange(8) % shown_digits
        split = solution.probe.split_of(rng.normal(size=(8, 3)), y, rng.normal(size=(2, 3)), y[:2])
        got = solution.probe.shapes(split, 5)
        assert got == {"W1": (3, 5), "b1": (5,), "W2": (5, 10), "b2": (10,)}


def test_settings_that_are_left_out_have_their_defaults(solution):
    """Without settings there are 64 hidden neurons, 60 epochs, batches of 32 and a rate of 0.5."""
    split = solution.probe.digits(33)
    assert solution.probe.same_as_default(split, 64, 60, 32, 0.5) is True


def test_the_hidden_layer_has_a_he_start(solution):
    """The first layer starts with weights of variance 2/64, which suits ReLU."""
    for count in (20, 40):
        split = solution.probe.digits(count)
        got = solution.probe.start_variance(split)
        assert got == 2, "the variance of its weights, times 64, should be about 2"


def test_progress_is_told_after_every_epoch(solution, rng):
    """on_epoch is called after each epoch with its number, from 1 on, and the epoch's loss."""
    for n, epochs in ((7, 3), (4, 1)):
        weights, X, y, X_test, y_test = task(rng, n)
        split = solution.probe.split_of(X, y, X_test, y_test)
        told = solution.probe.told(split, weights, epochs, n, 0.1)
        kept = solution.probe.losses(split, weights, epochs, n, 0.1)
        assert_close([news[0] for news in told], list(range(1, epochs + 1)))
        assert [len(news) for news in told] == [2] * epochs
        assert_close(np.array([float(as_number(news[1], "the loss")) for news in told]), kept)


def test_batches_of_one_and_of_more_than_all_work(solution):
    """Training works with batches of one sample, with one left over, and with a single batch."""
    for count, size in ((20, 1), (21, 4), (20, 1000), (1, 1)):
        assert solution.probe.finite(solution.probe.digits(count), size) is True


@points(2)
def test_the_gradients_of_the_trained_network_are_right(solution):
    """After training, all gradients of the whole network agree with the measured slopes."""
    got = solution.probe.gradients_agree(solution.probe.digits(40))
    assert got == dict.fromkeys(NAMES, True)


@slow
def test_thirty_two_images_are_learnt_by_heart(solution):
    """A network that is shown 32 images again and again reads all of them rightly."""
    for seed in (0, 1):
        split = solution.probe.digits(32)
        report = assert_object(solution.train_digits(split, solution.rng(seed)), "Report")
        assert as_number(report.accuracy, "accuracy") == 1.0


@slow
def test_shuffled_labels_teach_nothing(solution):
    """With the training labels shuffled the test part is read no better than by guessing."""
    found = []
    for seed in (0, 1, 2):
        split = solution.probe.with_shuffled_labels(seed)
        report = assert_object(solution.train_digits(split, solution.rng(seed), epochs=8), "Report")
        found.append(float(as_number(report.accuracy, "accuracy")))
    assert sum(found) / 3 <= 0.2, "10 in 100 are right by chance, and here more than 20 were"


@slow
@points(4)
def test_the_digits_are_read(solution):
    """From three seeds, at least 96.5 in 100 digits of the frozen test part are read rightly."""
    split = solution.probe.everything()
    X, y = split.X_test, split.y_test
    for seed in (0, 1, 2):
        report = assert_object(solution.train_digits(split, solution.rng(seed)), "Report")
        share = as_number(report.accuracy, "accuracy")
        assert share >= 0.965
        assert_close(solution.accuracy(report.network, X, y), share)
