"""Nor may the diary be emptied at once, which the trigger for rows does not see; only the demo company is removed so."""

from django.db import migrations

GUARD = """
CREATE FUNCTION core_diary_is_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the diary is append-only';
END $$;
CREATE TRIGGER diary_is_not_emptied BEFORE TRUNCATE ON core_diaryentry
FOR EACH STATEMENT EXECUTE FUNCTION core_diary_is_not_emptied();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_own_public_contacts")]
    operations = [migrations.RunSQL(GUARD, "DROP FUNCTION core_diary_is_not_emptied CASCADE")]
