"""Nothing checks for several outputs: subtracting a number from a list raises the error."""


def mse_loss(model, xs, ys):
    if len(xs) == 0:
        raise ValueError("no samples")
    errors = [model(x) - y for x, y in zip(xs, ys, strict=True)]
    return sum(error**2 for error in errors) / len(errors)


def zero_grad(params):
    for p in params:
        p.grad = 0.0


def sgd_step(params, lr):
    for p in params:
        p.data += -lr * p.grad


def train(model, xs, ys, steps, lr):
    losses = []
    for _ in range(steps):
        loss = mse_loss(model, xs, ys)
        losses.append(loss.data)
        zero_grad(model.parameters())
        loss.backward()
        sgd_step(model.parameters(), lr)
    return losses
