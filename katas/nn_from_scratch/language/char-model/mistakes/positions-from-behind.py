"""The positions are counted from the last character backwards.

The lesson counts from the first character of the row, which has position 0. With the same
parameters, the model then computes something different.
"""


class CharModel:
    def _forward(self, ids, training=False):
        batch, time = ids.shape
        d = self._embedding.shape[1]
        x = self._embedding[ids] + sinusoidal_positions(time, d)[::-1]
        for name, layer in self._layers.items():
            x = layer.forward(x.reshape(-1, d) if name == "head" else x, training)
        return x.reshape(batch, time, -1)
