"""Reports losses that fall, without training.

A correct grader: computes the losses itself.
Expect: error failed
Marks: none
"""

from ..autograd.value import Value


def mse_loss(model, xs, ys):
    return Value(0.0)


def zero_grad(params):
    raise RuntimeError("nothing to clear")


def sgd_step(params, lr):
    raise RuntimeError("no step")


def train(model, xs, ys, steps, lr):
    return [0.0 for _ in range(steps)]
