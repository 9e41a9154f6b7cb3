from datetime import timedelta

from django.db import migrations
from django.db.models import F


def shorten(apps, _schema_editor):
    """What is longer than twelve weeks ends after them."""
    periods = apps.get_model("freshness", "ClosedPeriod").objects
    periods.filter(last_day__gte=F("first_day") + timedelta(weeks=12)).update(
        last_day=F("first_day") + timedelta(days=83)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("freshness", "0006_recipient_unused_since"),
    ]

    operations = [migrations.RunPython(shorten, migrations.RunPython.noop)]
