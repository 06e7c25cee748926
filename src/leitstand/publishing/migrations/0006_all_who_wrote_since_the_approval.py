from django.conf import settings
from django.db import migrations, models


def keep_who_revised_last(apps, schema_editor):
    """The others were not kept; the author counts anyway."""
    post = apps.get_model("publishing", "Post")
    revised = post.objects.exclude(revised_by=None).values_list("pk", "revised_by_id")
    writer = post.writers.through
    writer.objects.bulk_create([writer(post_id=pk, person_id=by) for pk, by in revised], batch_size=1_000)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0005_versions_taken_out_and_late_minutes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="writers",
            field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(keep_who_revised_last, migrations.RunPython.noop),
        migrations.RemoveField(model_name="post", name="revised_by"),
    ]
