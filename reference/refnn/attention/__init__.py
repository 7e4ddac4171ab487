"""Attention: tokens that look at each other, and what they need for it."""
