"""Random tables, protected and attacked: proof that the protection holds."""
