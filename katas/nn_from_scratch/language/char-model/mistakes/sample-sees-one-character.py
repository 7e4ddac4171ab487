"""sample shows the model only the last character.

It then writes like a table of bigrams: after "=" it cannot know which numbers were added. Give it as many
characters as the context allows.
"""


class CharModel:
    def sample(self, prompt, n, rng, temperature=1.0):
        if not prompt or temperature < 0:
            raise ValueError("a prompt, and a temperature of at least 0, are needed")
        ids = self.encode(prompt).tolist()
        for _ in range(n):
            seen = np.array([ids[-1:]])
            logits = self._forward(seen)[0, -1]
            if temperature == 0:
                ids.append(int(logits.argmax()))
            else:
                probabilities = softmax(logits / temperature)
                ids.append(int(rng.choice(len(probabilities), p=probabilities)))
        return "".join((self._vocab[number] for number in ids[len(prompt) :]))
