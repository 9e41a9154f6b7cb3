"""Writes of the freshness engine, one module for each topic."""

from herne_bildung.freshness.actions.outbox import put_in_outbox

__all__ = ["put_in_outbox"]
