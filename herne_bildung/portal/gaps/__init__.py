"""The gap finder: offers by district, age and topic beside what is known of need."""
