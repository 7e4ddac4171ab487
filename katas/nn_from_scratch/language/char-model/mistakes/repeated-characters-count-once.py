"""If a character occurs several times, only one of its gradients reaches the embedding.

d_embedding[ids] += d_x does this: if a character occurs five times in a batch, numpy writes its row
five times, and only the last of the five gradients is left. In texts of sums with 13 characters,
nearly all gradients are lost. All have to be added.
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
        d_embedding[inputs] += d_x
        gradients = {"embedding": d_embedding} | {
            f"{name}.{key}": array.copy()
            for name, layer in self._layers.items()
            for key, array in layer.grads.items()
        }
        return (softmax_cross_entropy(logits, targets), gradients)
