"""train clears the gradients after backward has computed them, and before the step uses them.

Every step then changes each parameter by lr times 0, and after 500 steps the loss is the same as
before the first. Clear the gradients of the last step, before backward.
"""

base = "variants/train-without-the-parts"


def train(model, xs, ys, steps, lr):
    losses = []
    for _ in range(steps):
        loss = _mean_squared_error(model, xs, ys)
        losses.append(loss.data)
        loss.backward()
        for p in model.parameters():
            p.grad = 0.0
        for p in model.parameters():
            p.data -= lr * p.grad
    return losses
