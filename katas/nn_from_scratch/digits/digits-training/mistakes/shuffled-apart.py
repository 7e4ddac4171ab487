"""train_digits shuffles the images in one order and the labels in another.

An image of a 7 gets the label 2, and a different label in the next epoch. The network can learn
only how often each label occurs, and its accuracy is near 10 %. Draw one order, and select the rows
of X and of y with it.
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
        mixed_X, mixed_y = X[rng.permutation(len(X))], y[rng.permutation(len(X))]
        for start in range(0, len(X), batch_size):
            end = start + batch_size
            network.backward(mixed_X[start:end], mixed_y[start:end], learning_rate)
        losses[epoch] = network.loss(X, y)
        if on_epoch is not None:
            on_epoch(epoch + 1, float(losses[epoch]))
    return Report(network, losses, initial_loss, _share(network, split.X_test, split.y_test))
