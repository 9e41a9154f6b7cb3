"""What the history of the monitoring holds (herne_bildung.city.versions)."""

from monitoring.surveys import versioned  # noqa: F401  it registers itself
