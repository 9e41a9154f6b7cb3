from herne_bildung.freshness.admin.mails import OutgoingMailAdmin

__all__ = ["OutgoingMailAdmin"]
