"""train makes one update per sample instead of one for all samples together.

With 4 samples that is 4 updates instead of 1, and later samples use weights that earlier ones have
changed. That is a different method (stochastic gradient descent). Here a step uses the mean over
all samples.
"""

base = "variants/train-without-the-parts"


def train(model, xs, ys, steps, lr):
    losses = []
    for _ in range(steps):
        losses.append(_mean_squared_error(model, xs, ys).data)
        for x, y in zip(xs, ys, strict=True):
            loss = _mean_squared_error(model, [x], [y])
            for p in model.parameters():
                p.grad = 0.0
            loss.backward()
            for p in model.parameters():
                p.data -= lr * p.grad
    return losses
