"""backward computes the derivative at the output of the layer, f'(f(x)), instead of f'(x).

The function is applied once too often. For tanh at x = 1, the derivative is 0.420, and at the output
0.762 it would be 0.588. ReLU does not show this, because its output is positive where its input is.
"""


class Activation:
    def forward(self, x, training=False):
        out = self._f(_floats(x))
        if training:
            self._slopes = self._f_grad(out)
        return out
