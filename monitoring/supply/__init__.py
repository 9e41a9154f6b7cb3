"""Need beside supply: offers for each 1,000 children, where these are known."""
