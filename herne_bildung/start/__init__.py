"""Starts the portal: set-up, servers, supervisor. Standard library first."""
