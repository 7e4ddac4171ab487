"""A class does the work, stores the list of parameters, and clears the gradients after its step."""


class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.lr = lr
        self.parameters = list(model.parameters())

    def step(self, xs, ys):
        loss = mse_loss(self.model, xs, ys)
        loss.backward()
        sgd_step(self.parameters, self.lr)
        zero_grad(self.parameters)
        return float(loss.data)


def mse_loss(model, xs, ys):
    if len(xs) == 0:
        raise ValueError("no samples")
    errors = []
    for x, y in zip(xs, ys, strict=True):
        output = model(x)
        if type(output) is list:
            raise ValueError(f"{len(output)} outputs")
        errors.append(output - y)
    return sum(error * error for error in errors) / len(errors)


def zero_grad(params):
    for p in params:
        p.grad = 0


def sgd_step(params, lr):
    for p in params:
        p.data = p.data - lr * p.grad


def train(model, xs, ys, steps, lr):
    trainer = Trainer(model, lr)
    return [trainer.step(xs, ys) for _ in range(steps)]
