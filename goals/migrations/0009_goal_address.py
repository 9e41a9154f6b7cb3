from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0008_news"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", "auswertung"), _negated=True),
                name="goal_slug_is_free",
                violation_error_message="This address is taken already.",
            ),
        ),
    ]
