"""Routes: from where one is, and with which result so far, to what is possible next."""
