from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("listening", "0004_stored_mentions_are_searched_in_jobs"),
    ]

    operations = [
        migrations.AddField(
            model_name="mention",
            name="is_private",
            field=models.BooleanField(default=False),
        ),
    ]
