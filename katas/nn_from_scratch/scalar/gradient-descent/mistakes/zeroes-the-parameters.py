"""zero_grad clears the parameters as well as their gradients.

That deletes what the network has learned: a weight of 0.6 is 0 afterwards. And if all weights are
0, all hidden neurons stay equal. Clear only grad; data stays.
"""

base = "variants/train-without-the-parts"


def zero_grad(params):
    for p in params:
        p.grad = 0.0
        p.data = 0.0
