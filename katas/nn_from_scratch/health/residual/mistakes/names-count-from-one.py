"""The layers are numbered from 1.

In Python and in this course, counting starts at 0: "0.W" is the array "W" of layers[0].
"""


class Residual:
    def _named(self):
        named = [(str(number), layer) for number, layer in enumerate(self.layers, 1)]
        return named if self.projection is None else [*named, ("projection", self.projection)]
