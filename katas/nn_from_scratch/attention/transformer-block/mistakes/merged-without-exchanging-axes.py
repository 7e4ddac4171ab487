"""The parts of the heads, (B, H, T, dk), are put together with a reshape alone.

The numbers are still sorted by heads: with T = 2, d = 4 and two heads, the first token gets what the
first head computed for both tokens. All shapes match. Swap the axes of heads and tokens first.
"""


class MultiHeadAttention:
    def _merge(self, parts):
        batch, _, time, _ = parts.shape
        return parts.reshape(batch * time, self._d_model)
