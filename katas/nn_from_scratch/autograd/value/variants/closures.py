"""Each result stores a closure that pushes; the rest is built from these."""


class Value:
    def __init__(self, data, parents=(), op="", slopes=()):
        self.data = float(data)
        self.grad = 0.0
        self.parents = tuple(parents)
        self.op = op
        self.slopes = tuple(slopes)
        self._push = self._push_slopes

    def _push_slopes(self):
        if len(self.slopes) < len(self.parents):
            raise IndexError("a parent without a slope")
        for parent, slope in zip(self.parents, self.slopes, strict=False):
            parent.grad += slope * self.grad

    def push(self):
        self._push()

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def push():
            self.grad += out.grad
            other.grad += out.grad

        out._push = push
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def push():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._push = push
        return out

    def __pow__(self, k):
        if isinstance(k, Value):
            raise TypeError("the exponent is a plain number")
        out = Value(self.data**k, (self,), f"**{k}")

        def push():
            if k:
                self.grad += k * self.data ** (k - 1) * out.grad

        out._push = push
        return out

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -Value(other))

    def __rsub__(self, other):
        return other + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data / other.data, (self, other), "/")

        def push():
            self.grad += out.grad / other.data
            other.grad -= out.data * out.grad / other.data

        out._push = push
        return out

    def __rtruediv__(self, other):
        return Value(other) / self

    def __repr__(self):
        return f"<{self.op or 'leaf'} data={self.data:.4f}>"

    def backward(self):
        from .backward import backward

        backward(self)

    def tanh(self):
        from .tanh import tanh

        return tanh(self)

    def exp(self):
        from .elementary import exp

        return exp(self)

    def log(self):
        from .elementary import log

        return log(self)

    def relu(self):
        from .elementary import relu

        return relu(self)

    def sigmoid(self):
        from .elementary import sigmoid

        return sigmoid(self)
