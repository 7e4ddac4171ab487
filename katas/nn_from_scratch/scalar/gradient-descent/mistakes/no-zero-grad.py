"""train never clears the gradients, so every step uses the sum of all gradients so far.

backward adds to what the parameters hold. In the lesson's example the second step should use a
gradient of 0.8 and reach w = 0.52; with the 4 of the first step it uses 4.8 and reaches 0.12. Many
networks learn all the same (eleven of twelve on XOR), so the final loss does not show it. Clear
the gradients in every step.
"""

base = "variants/train-without-the-parts"


def train(model, xs, ys, steps, lr):
    losses = []
    for _ in range(steps):
        loss = _mean_squared_error(model, xs, ys)
        losses.append(loss.data)
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad
    return losses
