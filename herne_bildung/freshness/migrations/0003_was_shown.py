from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("freshness", "0002_care"),
    ]

    operations = [
        migrations.AddField(
            model_name="maintainedentry",
            name="was_shown",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
