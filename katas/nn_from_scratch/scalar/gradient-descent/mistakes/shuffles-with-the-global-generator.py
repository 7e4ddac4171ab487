"""train shuffles the samples with Python's global generator.

All samples take part in every step, so their order does not matter; but every other part of a
program that uses random then draws different numbers, and its results change. Use the samples in the
order given.
"""

base = "variants/train-without-the-parts"

import random


def train(model, xs, ys, steps, lr):
    losses = []
    for _ in range(steps):
        order = list(range(len(xs)))
        random.shuffle(order)
        loss = _mean_squared_error(model, [xs[i] for i in order], [ys[i] for i in order])
        losses.append(loss.data)
        for p in model.parameters():
            p.grad = 0.0
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad
    return losses
