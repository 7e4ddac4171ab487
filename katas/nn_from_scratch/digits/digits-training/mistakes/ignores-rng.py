"""train_digits makes its own generator with a fixed seed and ignores rng.

Every run then gives the same result, and nobody sees how much of an accuracy is luck: over twelve
seeds it was between 97.5 and 98.6 %. Draw the weights and the orders from rng.
"""

base = "variants/share-apart"


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    rng = np.random.default_rng(0)
    X, y = split.X_train, split.y_train
    network = NeuralNetwork(X.shape[1], hidden_size, 10, rng, hidden="relu")
    initial_loss = network.loss(X, y)
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            network.backward(X[batch], y[batch], learning_rate)
        losses[epoch] = network.loss(X, y)
        if on_epoch is not None:
            on_epoch(epoch + 1, float(losses[epoch]))
    return Report(network, losses, initial_loss, _share(network, split.X_test, split.y_test))
