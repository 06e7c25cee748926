from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("community", "0006_since_when_an_answer_is_tried"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="lost_at",
            field=models.DateTimeField(null=True),
        ),
    ]
