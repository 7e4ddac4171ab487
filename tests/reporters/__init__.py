"""Every report is read back by a real reader, or by one made from the real reader's rules."""
