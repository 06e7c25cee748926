"""What is planned for a goal gets its proper name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("strategy", "0001_goals_readings_and_reviews")]

    operations = [
        migrations.RenameModel("GoalService", "GoalPlan"),
        migrations.AlterField(
            "goalplan",
            "goal",
            models.OneToOneField(on_delete=models.CASCADE, related_name="plan", to="strategy.goal"),
        ),
    ]
