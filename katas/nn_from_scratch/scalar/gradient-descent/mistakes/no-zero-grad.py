"""train never clears the gradients, so every step uses the sum of all gradients so far.

backward adds to what the parameters already hold. With model(x) = w x, one sample x = 2, y = 1,
w = 1 and lr = 0.1, the second step should use a gradient of 0.8 and land on w = 0.52; with the 4
of the first step still in it, it uses 4.8 and lands on 0.12. Many networks learn all the same:
eleven of twelve XOR networks did when we tried, which is why only the path of the weights shows it.
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
            raise ValueError(f"expected one output for each sample, got {len(output)}")
        total = total + (output - y) ** 2
    return total / len(xs)
