"""Of several open links to one address, which clicks at the same moment made, the newest stays."""

import django.utils.timezone
from django.db import migrations, models

OLDER = """
DELETE FROM core_invitation older USING core_invitation newer
WHERE older.email = newer.email AND older.used_at IS NULL AND newer.used_at IS NULL AND older.id < newer.id
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_diary_is_not_emptied")]
    operations = [
        migrations.RunSQL(OLDER, migrations.RunSQL.noop),
        migrations.AlterField("invitation", "created_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AddConstraint(
            "invitation",
            models.UniqueConstraint(
                fields=["email"], condition=models.Q(("used_at", None)), name="invitation_open_once"
            ),
        ),
    ]
