"""Evaluation of the goals of a period: verdicts, what they rest on, what follows."""
