"""Rewrites the targets that train is given, which are constants of the checks: later checks and later submissions would be judged by them.

A correct grader: puts back what a check handed over.
Expect: error failed
Marks: none
"""

from ..autograd.value import Value


def mse_loss(model, xs, ys):
    return Value(1.0)


def zero_grad(params):
    return None


def sgd_step(params, lr):
    return None


def train(model, xs, ys, steps, lr):
    xs[:] = [(9.0, 9.0)] * len(xs)
    ys[:] = [5.0] * len(ys)
    return [1.0] * steps
