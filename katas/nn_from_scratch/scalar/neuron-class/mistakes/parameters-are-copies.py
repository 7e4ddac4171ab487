"""parameters() lists new Values with the same numbers, not the neuron's own.

Training then changes the copies, and reads gradients of 0.0 from them, because nothing was
computed from them. List the same objects that __call__ uses.
"""

base = "variants/bias-drawn-first"


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"a neuron with {len(self.w)} weights was given {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x, strict=True)), start=self.b)
        return net_input.tanh()

    def parameters(self):
        return [Value(p.data) for p in (*self.w, self.b)]
