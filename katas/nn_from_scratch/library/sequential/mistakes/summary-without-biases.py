"""summary counts the weights and forgets the biases.

A dense layer from 64 to 10 has 640 weights and 10 biases: 650 parameters. Count the elements of
all arrays in params.
"""


class Sequential:
    def summary(self):
        rows = [
            (type(layer).__name__, sum(v.size for v in layer.params.values() if v.ndim == 2))
            for layer in self.layers
        ]
        rows.append(("total", sum(count for _, count in rows)))
        return "\n".join(f"{name:<16}{count:>10}" for name, count in rows)
