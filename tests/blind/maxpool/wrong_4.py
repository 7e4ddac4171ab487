import numpy as np


def to_float(a):
    a = np.asarray(a)
    if np.issubdtype(a.dtype, np.floating):
        return a
    return a.astype(np.float64)


class Pool:
    def __init__(self, size, stride=None):
        self.size = size
        self.stride = stride
        if stride is None:
            self.stride = size
        self.params = {}
        self.grads = {}
        self.cache = None

    def check(self, x):
        x = to_float(x)
        if x.ndim != 4:
            raise ValueError("expected N, C, H, W")
        N, C, H, W = x.shape
        if H < self.size or W < self.size:
            raise ValueError("window too large")
        Ho = (H - self.size) // self.stride + 1
        Wo = (W - self.size) // self.stride + 1
        return x, (N, C, Ho, Wo)

    def check_back(self, dout):
        if self.cache is None:
            raise RuntimeError("no training forward yet")
        dout = to_float(dout)
        if dout.shape != self.cache[1]:
            raise ValueError("wrong shape of dout")
        return dout

    def zero_grad(self):
        pass


class MaxPool2D(Pool):
    def forward(self, x, training=False):
        x, shape = self.check(x)
        out = np.zeros(shape, dtype=x.dtype)
        arg = np.zeros(shape + (2,), dtype=int)
        s, k = self.stride, self.size
        for n in range(shape[0]):
            for c in range(shape[1]):
                for i in range(shape[2]):
                    for j in range(shape[3]):
                        w = x[n, c, i * s : i * s + k, j * s : j * s + k]
                        a, b = np.unravel_index(np.argmax(w), w.shape)
                        out[n, c, i, j] = w[a, b]
                        arg[n, c, i, j] = np.unravel_index(np.argmax(w), x.shape[2:])
        if training:
            self.cache = (x.shape, shape, arg)
        return out

    def backward(self, dout):
        dout = self.check_back(dout)
        xshape, shape, arg = self.cache
        dx = np.zeros(xshape, dtype=dout.dtype)
        for n in range(shape[0]):
            for c in range(shape[1]):
                for i in range(shape[2]):
                    for j in range(shape[3]):
                        a, b = arg[n, c, i, j]
                        dx[n, c, a, b] += dout[n, c, i, j]
        return dx


class AvgPool2D(Pool):
    def forward(self, x, training=False):
        x, shape = self.check(x)
        out = np.zeros(shape, dtype=x.dtype)
        s, k = self.stride, self.size
        for i in range(shape[2]):
            for j in range(shape[3]):
                out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].mean(axis=(2, 3))
        if training:
            self.cache = (x.shape, shape)
        return out

    def backward(self, dout):
        dout = self.check_back(dout)
        xshape, shape = self.cache
        dx = np.zeros(xshape, dtype=dout.dtype)
        s, k = self.stride, self.size
        for i in range(shape[2]):
            for j in range(shape[3]):
                dx[:, :, i * s : i * s + k, j * s : j * s + k] += (
                    dout[:, :, i, j][:, :, None, None] / (k * k)
                )
        return dx


class Flatten:
    def __init__(self):
        self.params = {}
        self.grads = {}
        self.shape = None

    def forward(self, x, training=False):
        x = np.asarray(x)
        if training:
            self.shape = x.shape
        D = 1
        for n in x.shape[1:]:
            D *= n
        return x.reshape(x.shape[0], D)

    def backward(self, dout):
        if self.shape is None:
            raise RuntimeError("no training forward yet")
        dout = np.asarray(dout)
        D = 1
        for n in self.shape[1:]:
            D *= n
        if dout.shape != (self.shape[0], D):
            raise ValueError("wrong shape of dout")
        return dout.reshape(self.shape)

    def zero_grad(self):
        pass
