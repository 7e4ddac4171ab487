"""zero_grad resets the gradient of W and not that of b.

The gradient of the bias then grows with every step of the training. Reset every array in grads.
"""


class Dense:
    def zero_grad(self):
        self.grads["W"][...] = 0.0
