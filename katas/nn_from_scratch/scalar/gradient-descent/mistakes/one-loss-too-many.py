"""train measures the loss once more at the end, so there is one loss more than there are steps.

For 500 steps it returns 501 losses, and a plot of losses over steps has two lists of different
lengths. Each step has one loss, the one before its update.
"""

base = "variants/train-without-the-parts"


def train(model, xs, ys, steps, lr):
    losses = []
    for _ in range(steps):
        loss = _mean_squared_error(model, xs, ys)
        losses.append(loss.data)
        for p in model.parameters():
            p.grad = 0.0
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad
    losses.append(_mean_squared_error(model, xs, ys).data)
    return losses
