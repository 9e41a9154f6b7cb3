"""Council papers as the public reads them, and the mandates in their resolutions."""
