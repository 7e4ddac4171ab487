"""The tokens go from the last block straight into the head.

Every block has added to them, so their size grows with the number of blocks, and with it that of the
logits. norm comes before head, and its parameters otherwise never get a gradient.
"""


class CharModel:
    def _forward(self, ids, training=False):
        batch, time = ids.shape
        d = self._embedding.shape[1]
        x = self._embedding[ids] + sinusoidal_positions(time, d)
        for name, layer in self._layers.items():
            if name != "norm":
                x = layer.forward(x.reshape(-1, d) if name == "head" else x, training)
        return x.reshape(batch, time, -1)

    def _loss_and_gradients(self, ids):
        inputs, targets = self._inputs_and_targets(ids)
        logits = self._forward(inputs, training=True).reshape(-1, len(self._vocab))
        for layer in self._layers.values():
            layer.zero_grad()
        d_x = self._head.backward(softmax_cross_entropy_grad(logits, targets))
        d_x = d_x.reshape(*inputs.shape, -1)
        for name, layer in reversed(self._layers.items()):
            if name not in ("head", "norm"):
                d_x = layer.backward(d_x)
        d_embedding = np.zeros_like(self._embedding)
        np.add.at(d_embedding, inputs, d_x)
        gradients = {"embedding": d_embedding} | {
            f"{name}.{key}": array.copy()
            for name, layer in self._layers.items()
            for key, array in layer.grads.items()
        }
        return (softmax_cross_entropy(logits, targets), gradients)
