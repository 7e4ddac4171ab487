"""train_digits reports the accuracy on the training set.

The network has seen these images 60 times and gets about 100 % there, even if it has learned
nothing that helps with new images. Evaluate on X_test and y_test.
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
            network.backward(X[batch], y[batch], learning_rate)
        losses[epoch] = network.loss(X, y)
        if on_epoch is not None:
            on_epoch(epoch + 1, float(losses[epoch]))
    return Report(network, losses, initial_loss, _share(network, X, y))
