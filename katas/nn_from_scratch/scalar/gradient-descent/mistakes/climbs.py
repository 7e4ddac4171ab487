"""sgd_step adds lr times the gradient instead of subtracting it.

The gradient points to where the loss grows fastest, so this goes uphill. With a weight of 1, a
gradient of 4 and lr = 0.1 the weight should become 0.6 and becomes 1.4. Change the sign.
"""

base = "variants/train-without-the-parts"


def sgd_step(params, lr):
    for p in params:
        p.data += lr * p.grad
