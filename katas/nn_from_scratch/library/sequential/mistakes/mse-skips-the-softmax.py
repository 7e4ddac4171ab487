"""The last Softmax is left out for every loss, including "mse".

Only the cross-entropy contains the softmax. The squared error would compare logits, which may
be 7 or -30, with targets between 0 and 1. With "mse", the Softmax is a layer like any other.
"""


class Sequential:
    def _layers_of_the_loss(self):
        return self.layers[:-1] if isinstance(self.layers[-1], Softmax) else self.layers
