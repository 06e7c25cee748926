from django.db import migrations, models


def keep_the_newest_draft(apps, schema_editor):
    """Two people who opened the page at once made two drafts."""
    drafts = apps.get_model("rules", "Guideline").objects.filter(number=None)
    newest = drafts.order_by("-pk").first()
    if newest:
        drafts.exclude(pk=newest.pk).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("rules", "0001_guideline_switches_and_waivers"),
    ]

    operations = [
        migrations.RunPython(keep_the_newest_draft, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.UniqueConstraint(
                models.Value(1), condition=models.Q(("number__isnull", True)), name="one_draft_of_the_guideline"
            ),
        ),
    ]
