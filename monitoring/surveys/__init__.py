"""The survey calendar: who is asked when and where, and whether that is too often."""
