"""Grade submissions: read them and their archives, apply policies, fill in gradebooks."""
