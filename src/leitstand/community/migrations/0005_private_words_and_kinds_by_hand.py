from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ("community", "0004_why_an_answer_failed"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="kind_by_hand",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="conversation",
            name="is_private",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="is_private",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(condition=~Q(remote_id=""), fields=["remote_id"], name="message_answered"),
        ),
    ]
