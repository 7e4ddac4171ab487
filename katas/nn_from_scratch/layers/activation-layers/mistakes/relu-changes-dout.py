"""ReLU writes its zeros into the array dout.

It belongs to the caller, who may still need it: in a residual network, the same gradient also flows
along a second path. Compute a new array.
"""


base = "variants/own-classes"


class ReLU(Layer):
    def go_back(self, dout, mask):
        dout[~mask] = 0
        return dout.copy()
