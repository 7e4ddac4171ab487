"""train never clears the gradients, so every step uses the sum of all gradients so far.

backward adds to what the parameters hold. In the lesson's example the second step should use a
gradient of 0.8 and reach w = 0.52; with the 4 of the first step it uses 4.8 and reaches 0.12. Many
networks learn all the same (eleven of twelve on XOR), so the final loss does not show it. Clear
the gradients in every step.
"""

from ..autograd.value import Value


def mse_loss(model, xs, ys):
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} samples, but {len(ys)} targets")
    if len(xs) == 0:
        raise ValueError("the mean over no samples is not defined")
    return _mean_squared_error(model, xs, ys)


def zero_grad(params):
    for p in params:
        p.grad = 0.0


def sgd_step(params, lr):
    for p in params:
        p.data -= lr * p.grad


def train(model, xs, ys, steps, lr):
    losses = []
    for _ in range(steps):
        loss = _mean_squared_error(model, xs, ys)
        losses.append(loss.data)
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad
    return losses


def _mean_squared_error(model, xs, ys):
    total = Value(0.0)
    for x, y in zip(xs, ys, strict=True):
        output = model(x)
        if isinstance(output, list):
            raise ValueError(f"expected one output per sample, got {len(output)}")
        total = total + (output - y) ** 2
    return total / len(xs)
