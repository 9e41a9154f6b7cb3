"""Getting data in and out: tables of offers, organisations and places."""
