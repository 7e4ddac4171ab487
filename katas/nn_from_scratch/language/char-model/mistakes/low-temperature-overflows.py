"""A low temperature turns the probabilities into nan: their exponentials overflow.

Divided by 1/10 000, logits that are 3 apart are 30 000 apart, and exp(30 000) is infinite. Subtract the
largest logit first, or import softmax: then the largest exponential is 1.
"""


class CharModel:
    def sample(self, prompt, n, rng, temperature=1.0):
        if not prompt or temperature < 0:
            raise ValueError("a prompt, and a temperature of at least 0, are needed")
        ids = self.encode(prompt).tolist()
        for _ in range(n):
            seen = np.array([ids[-self._context :]])
            logits = self._forward(seen)[0, -1]
            if temperature == 0:
                ids.append(int(logits.argmax()))
            else:
                with np.errstate(over="ignore", invalid="ignore"):
                    exponentials = np.exp((logits - logits.mean()) / temperature)
                    probabilities = exponentials / exponentials.sum()
                ids.append(int(rng.choice(len(probabilities), p=probabilities)))
        return "".join(self._vocab[number] for number in ids[len(prompt) :])
