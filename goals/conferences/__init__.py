"""Conferences: programme, posters that people write on with their phones, moderation,
the view for the projector.
"""
