"""`kata verify`: prove that a kata is done."""
