"""grads is one dict that all layers share.

The gradients of one layer are added to those of the others. A dict in the class body, or as the default of
a parameter, exists only once. Create it in __init__.
"""


class BatchNorm:
    def __init__(self, dim, momentum=0.9, eps=1e-05, grads={}):
        self.params = {"gamma": np.ones(dim), "beta": np.zeros(dim)}
        self.grads = grads
        for name in ("gamma", "beta"):
            if name not in grads or grads[name].shape != (dim,):
                grads[name] = np.zeros(dim)
        self.running_mean = np.zeros(dim)
        self.running_var = np.ones(dim)
        self._momentum = momentum
        self._eps = eps
        self._normalized = None
        self._deviation = np.ones(dim)
