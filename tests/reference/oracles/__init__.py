"""For each function of the reference: an independent oracle, and how far the two are apart."""
