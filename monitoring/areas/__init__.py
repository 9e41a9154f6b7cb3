"""Pictures of districts: what is known of a part of the city, as page and PDF."""
