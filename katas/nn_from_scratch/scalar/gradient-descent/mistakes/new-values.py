"""sgd_step makes new Values, and the network keeps the old ones.

Assigning a new object to a name inside the function changes only the name. A weight of 1 with a
gradient of 4 and lr = 0.1 should be 0.6 afterwards and is 1. Change the number inside the Value.
"""

base = "variants/train-without-the-parts"


def sgd_step(params, lr):
    for p in params:
        p = Value(p.data - lr * p.grad)
