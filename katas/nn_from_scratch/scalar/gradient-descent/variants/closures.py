"""Written with functions that take functions; no loop appends to a list."""

from functools import reduce

from ..autograd.value import Value


def mse_loss(model, xs, ys):
    if not len(xs) == len(ys) > 0:
        raise ValueError("as many targets as samples are needed, and at least one")
    outputs = [model(x) for x in xs]
    if not all(isinstance(output, Value) for output in outputs):
        raise ValueError("the model must have one output")
    squares = [(y - output) ** 2 for output, y in zip(outputs, ys, strict=True)]
    return reduce(lambda a, b: a + b, squares) * (1 / len(squares))


def zero_grad(params):
    _each(params, lambda p: setattr(p, "grad", 0.0))


def sgd_step(params, lr):
    _each(params, lambda p: setattr(p, "data", p.data + -lr * p.grad))


def train(model, xs, ys, steps, lr):
    def step(_):
        zero_grad(model.parameters())
        loss = mse_loss(model, xs, ys)
        loss.backward()
        sgd_step(model.parameters(), lr)
        return loss.data

    return list(map(step, range(steps)))


def _each(params, change):
    for p in params:
        change(p)
