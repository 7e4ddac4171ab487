"""The eps of the layer is ignored: 1e-5 is always used.

Store the argument, and use it both in training and at inference.
"""


class BatchNorm:
    def __init__(self, dim, momentum=0.9, eps=1e-05):
        self.params = {"gamma": np.ones(dim), "beta": np.zeros(dim)}
        self.grads = {"gamma": np.zeros(dim), "beta": np.zeros(dim)}
        self.running_mean = np.zeros(dim)
        self.running_var = np.ones(dim)
        self._momentum = momentum
        self._eps = 1e-5
        self._normalized = None
        self._deviation = np.ones(dim)
