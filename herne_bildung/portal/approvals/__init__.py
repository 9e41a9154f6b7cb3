"""What waits for the Bildungsbüro: changes, new entries, corrections from mails; and
what trusted organisations published themselves.
"""
