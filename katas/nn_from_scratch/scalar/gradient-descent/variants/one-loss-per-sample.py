"""train goes backward through one small graph per sample; the gradients add up."""

import numpy as np


def mse_loss(model, xs, ys):
    _look_over(model, xs, ys)
    total = (model(xs[0]) - ys[0]) ** 2
    for i in range(1, len(xs)):
        total += (model(xs[i]) - ys[i]) ** 2
    return total / len(xs)


def zero_grad(params):
    for p in params:
        p.grad = 0.0


def sgd_step(params, lr):
    params = list(params)
    new = np.array([p.data for p in params]) - lr * np.array([p.grad for p in params])
    for p, number in zip(params, new, strict=True):
        p.data = float(number)


def train(model, xs, ys, steps, lr):
    _look_over(model, xs, ys)
    losses = []
    while len(losses) < steps:
        zero_grad(model.parameters())
        loss = np.float64(0.0)
        for x, y in zip(xs, ys, strict=True):
            part = (model(x) - y) ** 2 / len(xs)
            part.backward()
            loss += part.data
        sgd_step(model.parameters(), lr)
        losses.append(loss)
    return losses


def _look_over(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError("xs and ys differ in length")
    if not len(xs):
        raise ValueError("there are no samples")
    if isinstance(model(xs[0]), list):
        raise ValueError("the model has several outputs")
