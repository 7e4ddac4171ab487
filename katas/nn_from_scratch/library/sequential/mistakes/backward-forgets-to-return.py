"""backward returns the gradient that it got, not the one with respect to the samples.

In a network that contains this model as a layer, the layers before it then learn from a wrong
gradient, or get one of a different shape. Return what the first layer's backward returns.
"""


class Sequential:
    def backward(self, dout):
        _backward(self.layers, dout)
        return np.array(dout)
