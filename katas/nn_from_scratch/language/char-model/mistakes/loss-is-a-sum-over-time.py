"""The cross-entropy is averaged over the rows, but summed over the positions.

A row of 12 predictions then has twelve times the loss and twelve times the gradient, and a
different length needs a different learning rate. Average over all predictions.
"""


class CharModel:
    def loss(self, ids):
        inputs, targets = self._inputs_and_targets(ids)
        logits = self._forward(inputs)
        return inputs.shape[1] * softmax_cross_entropy(
            logits.reshape(-1, len(self._vocab)), targets
        )

    def _loss_and_gradients(self, ids):
        inputs, targets = self._inputs_and_targets(ids)
        logits = self._forward(inputs, training=True).reshape(-1, len(self._vocab))
        for layer in self._layers.values():
            layer.zero_grad()
        d_x = self._head.backward(inputs.shape[1] * softmax_cross_entropy_grad(logits, targets))
        d_x = d_x.reshape(*inputs.shape, -1)
        for name, layer in reversed(self._layers.items()):
            if name != "head":
                d_x = layer.backward(d_x)
        d_embedding = np.zeros_like(self._embedding)
        np.add.at(d_embedding, inputs, d_x)
        gradients = {"embedding": d_embedding} | {
            f"{name}.{key}": array.copy()
            for name, layer in self._layers.items()
            for key, array in layer.grads.items()
        }
        return (inputs.shape[1] * softmax_cross_entropy(logits, targets), gradients)
