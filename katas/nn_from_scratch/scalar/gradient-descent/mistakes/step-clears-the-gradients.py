"""sgd_step sets the gradients to 0 after it has used them.

The weights are right, but code that reads the gradients after a step finds 0 where there was a 4.
A step changes data and nothing else; zero_grad clears.
"""

base = "variants/train-without-the-parts"


def sgd_step(params, lr):
    for p in params:
        p.data -= lr * p.grad
        p.grad = 0.0
