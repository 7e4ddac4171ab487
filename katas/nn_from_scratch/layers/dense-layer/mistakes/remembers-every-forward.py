"""forward stores x even without training=True.

Computing the accuracy between forward and backward then replaces the samples: if the number of rows
is the same, the gradient is wrong without an error; otherwise numpy raises one. Store x only for
training.
"""


class Dense:
    def forward(self, x, training=False):
        samples = np.asarray(x)
        if samples.ndim != 2:
            raise ValueError("x must be (N, I)")
        outputs = affine(samples, self.params["W"], self.params["b"])
        self._samples = samples
        return outputs
