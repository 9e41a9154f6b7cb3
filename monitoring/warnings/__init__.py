"""Early warnings: rules of staff, of which hits become drafts of findings."""
