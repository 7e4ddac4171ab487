"""The columns are divided among the heads with a single reshape to (B, H, T, dk).

A reshape keeps the order of the numbers. With T = 2, d = 4 and two heads, the first head then gets both
halves of the first token as if they were two tokens, and nothing of the second one. All shapes match. Make
(B, T, H, dk) first, and then swap two axes.
"""


class MultiHeadAttention:
    def _split(self, rows, batch, time):
        dk = self._d_model // self._heads
        return rows.reshape(batch, self._heads, time, dk)

    def _merge(self, parts):
        batch, _, time, _ = parts.shape
        return parts.reshape(batch * time, self._d_model)
