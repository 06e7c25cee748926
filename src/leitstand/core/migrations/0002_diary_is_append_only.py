"""The database itself refuses to change or delete diary entries; only sealing may happen, once."""

from django.db import migrations

GUARD = """
CREATE FUNCTION core_diary_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.position IS NOT NULL
       AND (OLD.id, OLD.at, OLD.name, OLD.data, OLD.actor_name) = (NEW.id, NEW.at, NEW.name, NEW.data, NEW.actor_name)
       AND OLD.actor_id IS NOT DISTINCT FROM NEW.actor_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the diary is append-only';
END $$;
CREATE TRIGGER diary_is_append_only BEFORE UPDATE OR DELETE ON core_diaryentry
FOR EACH ROW EXECUTE FUNCTION core_diary_is_append_only();
"""
CACHE = """
CREATE TABLE core_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX core_cache_expires ON core_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_people_company_diary_and_notifications")]
    operations = [
        migrations.RunSQL(GUARD, "DROP FUNCTION core_diary_is_append_only CASCADE"),
        migrations.RunSQL(CACHE, "DROP TABLE core_cache"),
    ]
