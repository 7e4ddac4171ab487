"""The gradient of the embedding stays zero.

The characters keep their initial random rows. The model still learns, with the rest of its
parameters, so that only a comparison with the numerical gradient shows it.
"""


class CharModel:
    def _loss_and_gradients(self, ids):
        inputs, targets = self._inputs_and_targets(ids)
        logits = self._forward(inputs, training=True).reshape(-1, len(self._vocab))
        for layer in self._layers.values():
            layer.zero_grad()
        d_x = self._head.backward(softmax_cross_entropy_grad(logits, targets))
        d_x = d_x.reshape(*inputs.shape, -1)
        for name, layer in reversed(self._layers.items()):
            if name != "head":
                d_x = layer.backward(d_x)
        d_embedding = np.zeros_like(self._embedding)
        gradients = {"embedding": d_embedding} | {
            f"{name}.{key}": array.copy()
            for name, layer in self._layers.items()
            for key, array in layer.grads.items()
        }
        return (softmax_cross_entropy(logits, targets), gradients)
