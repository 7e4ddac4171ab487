"""Unknown characters get the id -1.

str.find returns -1 for them, and numpy reads -1 as the last row: the model treats every unknown
character as the last one of the vocabulary. Raise a ValueError.
"""


class CharModel:
    def encode(self, text):
        return np.array([self._vocab.find(character) for character in text], dtype=np.int64)
