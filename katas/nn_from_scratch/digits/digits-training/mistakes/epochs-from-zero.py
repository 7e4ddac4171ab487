"""train_digits calls on_epoch with epoch numbers that start from 0.

The first epoch is number 1, so the last of 60 is 60. A program that prints every tenth epoch would
print 0, 10, ... 50, and never the last one. Pass the number plus one.
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
            on_epoch(epoch, float(losses[epoch]))
    return Report(network, losses, initial_loss, _share(network, split.X_test, split.y_test))
