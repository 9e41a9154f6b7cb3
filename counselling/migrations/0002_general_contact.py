from django.db import migrations

# At the end of a transaction every office that is still there has its one general
# contact; that there are not two is a unique index.
CREATE = """
CREATE FUNCTION counselling_check_general_contact() RETURNS trigger AS $$
DECLARE
  checked bigint;
BEGIN
  IF TG_TABLE_NAME = 'counselling_counsellingoffice' THEN
    checked := NEW.id;
  ELSE
    checked := OLD.office_id;
  END IF;
  IF EXISTS (SELECT 1 FROM counselling_counsellingoffice WHERE id = checked)
     AND NOT EXISTS (
       SELECT 1 FROM counselling_contactrole
       WHERE office_id = checked AND is_general
     )
  THEN
    RAISE EXCEPTION 'office % has no general contact', checked
      USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'office_has_a_general_contact';
  END IF;
  RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE CONSTRAINT TRIGGER office_has_a_general_contact
  AFTER INSERT ON counselling_counsellingoffice
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION counselling_check_general_contact();

CREATE CONSTRAINT TRIGGER role_leaves_a_general_contact
  AFTER UPDATE OR DELETE ON counselling_contactrole
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION counselling_check_general_contact();
"""

REMOVE = """
DROP TRIGGER role_leaves_a_general_contact ON counselling_contactrole;
DROP TRIGGER office_has_a_general_contact ON counselling_counsellingoffice;
DROP FUNCTION counselling_check_general_contact();
"""


class Migration(migrations.Migration):
    dependencies = [("counselling", "0001_offices")]

    operations = [migrations.RunSQL(CREATE, REMOVE)]
