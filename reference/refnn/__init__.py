"""The reference network that every kata is a hole in: numpy and the standard library only."""
