from django.contrib.postgres.indexes import HashIndex
from django.db import migrations, models

from leitstand.listening.links import page_of


def name_the_pages(apps, schema_editor):
    """What is stored is compared with what comes in."""
    mentions = apps.get_model("listening", "Mention").objects
    lot = []
    for mention in mentions.exclude(url="").only("url").iterator(1_000):
        mention.page = page_of(mention.url)
        lot.append(mention)
        if len(lot) == 1_000:
            mentions.bulk_update(lot, ["page"])
            lot.clear()
    mentions.bulk_update(lot, ["page"])


class Migration(migrations.Migration):

    dependencies = [
        ("listening", "0005_private_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="mention",
            name="page",
            field=models.CharField(blank=True, default="", max_length=1000),
        ),
        migrations.RunPython(name_the_pages, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="mention", name="mention_url"),
        migrations.AddIndex(
            model_name="mention",
            index=HashIndex(fields=["page"], name="mention_page"),
        ),
    ]
