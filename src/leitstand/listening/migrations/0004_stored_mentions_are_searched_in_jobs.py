from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("listening", "0003_cursor_of_any_length"),
    ]

    operations = [
        migrations.AddField(
            model_name="query",
            name="search_below",
            field=models.BigIntegerField(editable=False, null=True),
        ),
    ]
