"""train_digits takes the number of classes from the distinct labels of the training set.

On the frozen split this gives ten. If the training set has only the digits 3 and 9, the network
has two outputs, and 3 and 9 are not among its classes: its loss raises an error. Always make ten
outputs.
"""


def train_digits(
    split: Split,
    rng: np.random.Generator,
    hidden_size: int = 64,
    epochs: int = 60,
    batch_size: int = 32,
    learning_rate: float = 0.5,
    on_epoch: Callable[[int, float], None] | None = None,
) -> Report:
    """Train a new network on the training set of a split by mini-batch gradient descent.

    The network has a ReLU hidden layer, He initialization and ten classes. Each epoch uses every
    training sample exactly once, in a new order. The test set is used only after the last step,
    and nothing in the training depends on it.

    Args:
        split: ``X_train`` (N, D), ``y_train`` (N,), ``X_test`` (M, D), ``y_test`` (M,), the
            pixels scaled to 0..1, the labels 0 to 9. Not changed.
        rng: draws the initial weights and the orders; the same state gives the same report.
        hidden_size: the number of hidden neurons.
        epochs: the number of passes over the training set.
        batch_size: the number of samples per step; the last batch of an epoch may be shorter.
        learning_rate: the factor of the gradient of a batch's mean loss; 0 is allowed, and leaves
            the weights as they were drawn.
        on_epoch: called after each epoch with its number, from 1, and its loss, to show progress.

    Returns:
        A Report: the network after the last epoch, the mean training loss of each epoch, the
        training loss before the first step, and the accuracy on the test set.
    """
    X, y = split.X_train, split.y_train
    network = NeuralNetwork(X.shape[1], hidden_size, len(np.unique(y)), rng, hidden="relu")
    initial_loss = network.loss(X, y)
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        for batch in minibatches(len(X), batch_size, rng):
            network.backward(X[batch], y[batch], learning_rate)
        losses[epoch] = network.loss(X, y)
        if on_epoch is not None:
            on_epoch(epoch + 1, float(losses[epoch]))
    return Report(network, losses, initial_loss, accuracy(network, split.X_test, split.y_test))
