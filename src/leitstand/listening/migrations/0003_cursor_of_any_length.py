from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("listening", "0002_one_page_told_twice"),
    ]

    operations = [
        migrations.AlterField(
            model_name="channelcursor",
            name="cursor",
            field=models.TextField(blank=True, default=""),
        ),
    ]
