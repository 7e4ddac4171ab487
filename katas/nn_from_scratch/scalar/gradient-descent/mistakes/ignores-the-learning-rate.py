"""sgd_step subtracts the whole gradient, without the learning rate.

That is a learning rate of 1: a weight of 1 with a gradient of 4 and lr = 0.1 should become 0.6 and
becomes -3. Multiply the gradient by lr.
"""

base = "variants/train-without-the-parts"


def sgd_step(params, lr):
    for p in params:
        p.data -= p.grad
