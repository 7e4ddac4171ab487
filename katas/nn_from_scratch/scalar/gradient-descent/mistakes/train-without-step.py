"""train computes the loss and the gradients in every step, but never updates a parameter.

The gradient is there (4 in the lesson's example), and w stays 1 instead of becoming 0.6; all losses
are equal. Call sgd_step at the end of every step.
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
    return losses
