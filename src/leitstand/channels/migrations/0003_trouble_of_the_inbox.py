from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0002_limits_of_its_server'),
    ]

    operations = [
        migrations.AddField(
            model_name='channel',
            name='inbox_trouble',
            field=models.JSONField(null=True),
        ),
    ]
