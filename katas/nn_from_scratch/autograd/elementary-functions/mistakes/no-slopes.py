"""The new nodes have their parent but no local derivative.

push() multiplies the gradient by one entry of `slopes` per parent, and here there are 0 entries
for 1 parent. Compute the derivative together with the result in all four functions, and pass it to
the Value after the name of the operation.
"""


def exp(x):
    return Value(math.exp(x.data), (x,), "exp")


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log")


def relu(x):
    return Value(max(0.0, x.data), (x,), "relu")


def sigmoid(x):
    if x.data >= 0.0:
        return Value(1.0 / (1.0 + math.exp(-x.data)), (x,), "sigmoid")
    e = math.exp(x.data)
    return Value(e / (1.0 + e), (x,), "sigmoid")
