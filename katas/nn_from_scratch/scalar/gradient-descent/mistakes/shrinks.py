"""sgd_step multiplies the learning rate by the parameter instead of by its gradient.

Every parameter then shrinks in each step, whatever the data is: with lr = 0.1 a weight of 1
becomes 0.9, 0.81, 0.729, and in the end the network returns 0 for everything. Use the gradient.
"""

base = "variants/train-without-the-parts"


def sgd_step(params, lr):
    for p in params:
        p.data -= lr * p.data
