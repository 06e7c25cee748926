from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import CombinedSearchVector, SearchConfig, SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models import Case, F, Func, TextField, Value, When

ACCENTS = "(?<![aouAOU])\u0308|[\u0300-\u0307\u0309-\u036f]"
ACCENTED = "[À-ÃÅ-ÕØ-ÛÝà-ãå-õø-ûý-ɏḀ-ỿ]"


def bare(name):
    parted = Func(F(name), template="normalize(%(expressions)s, NFD)")
    bare = Func(parted, Value(ACCENTS), Value(""), Value("g"), function="regexp_replace")
    composed = Func(bare, template="normalize(%(expressions)s, NFC)")
    return Case(When(**{f"{name}__regex": ACCENTED}, then=composed), default=F(name), output_field=TextField())


def stemmed(config):
    return SearchVector(bare("title"), bare("text"), config=config)


class Migration(migrations.Migration):

    dependencies = [
        ("listening", "0006_one_page_spelled_twice"),
    ]

    # What is generated cannot be changed: it is taken away and made anew, for all that is stored.
    operations = [
        migrations.RemoveIndex(model_name="mention", name="mention_words"),
        migrations.RemoveField(model_name="mention", name="words"),
        migrations.AddField(
            model_name="mention",
            name="words",
            field=models.GeneratedField(
                db_persist=True,
                expression=CombinedSearchVector(
                    stemmed("german"), "||", stemmed("english"), SearchConfig("german")
                ),
                output_field=SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=GinIndex(fields=["words"], name="mention_words"),
        ),
    ]
