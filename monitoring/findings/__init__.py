"""From data to action: findings, the figures they rest on, and what came of them."""
