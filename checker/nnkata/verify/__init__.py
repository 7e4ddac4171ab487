"""`kata verify`: verify that katas are complete."""
