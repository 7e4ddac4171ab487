"""train stops as soon as the loss is small, and makes fewer steps than it was asked for.

With steps = 3 and a loss that is already small, it returns 1 loss instead of 3, and the weights do
not change. Make all the steps; the caller of train decides how many.
"""

base = "variants/train-without-the-parts"


def train(model, xs, ys, steps, lr):
    losses = []
    for _ in range(steps):
        loss = _mean_squared_error(model, xs, ys)
        losses.append(loss.data)
        if loss.data < 1e-3:
            break
        for p in model.parameters():
            p.grad = 0.0
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad
    return losses
