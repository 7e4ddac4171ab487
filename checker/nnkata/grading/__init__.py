"""Grade submissions: read them and their archives, grade many at once, apply policies."""
