"""Family centres: their pages, frames for their own websites, certificate, coverage."""
