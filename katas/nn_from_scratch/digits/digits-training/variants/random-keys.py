"""Orders by sorting random keys; the step is taken here, from the network's gradients."""

import numpy as np

from ..init.schemes import he_normal
from ..layers.two_layer import NeuralNetwork
from .report import Report


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    X, y, X_test, y_test = split.X_train, split.y_train, split.X_test, split.y_test
    network = NeuralNetwork(X.shape[1], hidden_size, 10, rng, hidden="relu")
    network.W2 = he_normal(hidden_size, 10, rng)
    network.W1 = he_normal(X.shape[1], hidden_size, rng)
    report = [network.loss(X, y)]
    for epoch in range(epochs):
        for batch in minibatches(len(y), batch_size, rng):
            slopes = network.gradients(X[batch], y[batch])
            for name, slope in slopes.items():
                setattr(network, name, getattr(network, name) - learning_rate * slope)
        report.append(network.loss(X, y))
        if on_epoch is not None:
            on_epoch(epoch + 1, report[-1])
    return Report(network, np.array(report[1:]), report[0], accuracy(network, X_test, y_test))


def accuracy(network, X, y):
    probs = network.forward(X)
    if np.shape(y) != (len(probs),) or not len(probs):
        raise ValueError(f"labels of shape {np.shape(y)} for {len(probs)} samples")
    right = sum(int(p.argmax()) == int(label) for p, label in zip(probs, y, strict=True))
    return right / len(probs)


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = np.argsort(rng.random(n))
    while len(order):
        yield order[:batch_size]
        order = order[batch_size:]
