"""push does not use the slopes that were given to the constructor.

Value(0.5, (x,), "tanh", (0.75,)) makes a node of a function that this class does not know, and
the slopes say all that push needs: with grad = 2, x should get 1.5 and gets nothing. Later katas
build tanh and exp in exactly this way. Store the slopes and use them in push.
"""


class Value:
    def push(self) -> None:
        if len(self.slopes) < len(self.parents):
            raise IndexError("a slope is missing")
        known = self.op in ("+", "-", "*", "/", "**", "neg")
        for i, parent in enumerate(self.parents):
            parent.grad += (self.slopes[i] if known else 0.0) * self.grad
