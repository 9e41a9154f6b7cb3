from django.db import migrations

# Emptying the whole table is refused as removing a row is; see migration 0008.
GUARD_SQL = """
CREATE OR REPLACE FUNCTION city_audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('DELETE', 'TRUNCATE')
     AND current_setting('herne.audit_may_forget', true) = 'yes' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the log of the portal is not edited';
END $$;
CREATE TRIGGER city_audit_guard_of_all BEFORE TRUNCATE ON city_auditentry
  FOR EACH STATEMENT EXECUTE FUNCTION city_audit_guard();
"""
UNGUARD_SQL = "DROP TRIGGER city_audit_guard_of_all ON city_auditentry;"


class Migration(migrations.Migration):
    dependencies = [
        ("city", "0012_editors_of_waiting_changes"),
    ]

    operations = [migrations.RunSQL(GUARD_SQL, UNGUARD_SQL)]
