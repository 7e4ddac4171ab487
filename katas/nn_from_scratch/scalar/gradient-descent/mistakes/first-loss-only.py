"""train computes the loss once, before the loop, and goes backward through that graph in every step.

A graph holds the numbers of the moment at which it was built, so its gradient is that of the
starting weights. In the lesson's example the second step should use 0.8 and uses 4 again. Compute
a new loss in every step.
"""

base = "variants/train-without-the-parts"


def train(model, xs, ys, steps, lr):
    losses = []
    loss = _mean_squared_error(model, xs, ys)
    for _ in range(steps):
        losses.append(_mean_squared_error(model, xs, ys).data)
        for p in model.parameters():
            p.grad = 0.0
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad
    return losses
