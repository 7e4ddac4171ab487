"""train_digits computes the initial loss on the test set.

It is near ln 10 = 2.303 there too, but it cannot be compared with the losses of the epochs, which
are those of the training set. It also uses the test set before the end. Compute it on X_train and
y_train.
"""

base = "variants/share-apart"


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    X, y = split.X_train, split.y_train
    network = NeuralNetwork(X.shape[1], hidden_size, 10, rng, hidden="relu")
    initial_loss = network.loss(split.X_test, split.y_test)
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
