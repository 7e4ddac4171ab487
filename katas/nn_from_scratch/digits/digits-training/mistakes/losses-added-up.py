"""train_digits adds the losses of an epoch's batches and does not divide by their number.

With 1438 images in batches of 32 the sum is 45 times the mean: a loss of 2.3 becomes 103, and a
different number with a different batch size. Return the mean over the epoch.
"""

base = "variants/share-apart"


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    X, y = split.X_train, split.y_train
    network = NeuralNetwork(X.shape[1], hidden_size, 10, rng, hidden="relu")
    initial_loss = network.loss(X, y)
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            losses[epoch] += network.loss(X[batch], y[batch])
            network.backward(X[batch], y[batch], learning_rate)
        if on_epoch is not None:
            on_epoch(epoch + 1, float(losses[epoch]))
    return Report(network, losses, initial_loss, _share(network, split.X_test, split.y_test))
