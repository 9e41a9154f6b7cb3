from django.db import migrations

from herne_bildung.lib.sealing import SIGN, seal

# Where django-allauth keeps what codes are made from; the last one is a list.
SECRETS = ("secret", "seed", "migrated_codes")


def seal_what_is_open(apps, schema_editor) -> None:
    """Second factors of before there were seals."""
    factors = apps.get_model("mfa", "Authenticator").objects.select_for_update()
    for factor in factors.exclude(type="webauthn"):
        sealed = {
            name: _sealed(factor.data[name]) for name in SECRETS if name in factor.data
        }
        if sealed != {name: factor.data[name] for name in sealed}:
            factor.data = {**factor.data, **sealed}
            factor.save(update_fields=["data"])


def _sealed(kept):
    if isinstance(kept, list):
        return [_sealed(one) for one in kept]
    return kept if kept.startswith(SIGN) else seal(kept)


class Migration(migrations.Migration):
    dependencies = [
        ("mfa", "0003_authenticator_type_uniq"),
        ("portal", "0002_exchange"),
    ]

    # What is sealed can be read by every version that knows seals.
    operations = [
        migrations.RunPython(seal_what_is_open, migrations.RunPython.noop),
    ]
