"""The positions are not added to the embedding.

Attention treats what it sees as a set: "12+7" and "71+2" look the same to the last character. Add a row of
sinusoidal_positions to each token.
"""


class CharModel:
    def _forward(self, ids, training=False):
        batch, time = ids.shape
        d = self._embedding.shape[1]
        x = self._embedding[ids]
        for name, layer in self._layers.items():
            x = layer.forward(x.reshape(-1, d) if name == "head" else x, training)
        return x.reshape(batch, time, -1)
