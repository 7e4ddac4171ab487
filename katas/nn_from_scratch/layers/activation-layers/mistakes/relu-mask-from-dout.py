"""ReLU lets dout through where dout is positive, not where the input was.

The derivative depends on the inputs of the forward pass only. A negative gradient at an active unit
is deleted here, and a positive one passes a unit that was silent.
"""


base = "variants/own-classes"


class ReLU(Layer):
    def go_back(self, dout, mask):
        return np.where(dout > 0, dout, dout.dtype.type(0))
