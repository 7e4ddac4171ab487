"""gradients returns the arrays in which the layers add up their gradients.

The next call sets these arrays to zero and fills them again, so that gradients that were kept, to compare or
to average them, change behind one's back. Return copies.
"""


class CharModel:
    def _loss_and_gradients(self, ids):
        inputs, targets = self._inputs_and_targets(ids)
        logits = self._forward(inputs, training=True).reshape(len(targets), len(self._vocab))
        for layer in self._layers.values():
            layer.zero_grad()
        d_x = self._head.backward(softmax_cross_entropy_grad(logits, targets))
        d_x = d_x.reshape(*inputs.shape, self._embedding.shape[1])
        for layer in reversed(self._body.values()):
            d_x = layer.backward(d_x)
        d_embedding = np.zeros_like(self._embedding)
        np.add.at(d_embedding, inputs, d_x)
        gradients = {"embedding": d_embedding} | {
            f"{name}.{key}": array
            for name, layer in self._layers.items()
            for key, array in layer.grads.items()
        }
        return softmax_cross_entropy(logits, targets), gradients
