from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("community", "0005_private_words_and_kinds_by_hand"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="tried_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="unsure_since",
            field=models.DateTimeField(null=True),
        ),
    ]
