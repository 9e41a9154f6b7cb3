"""What a telephone number in a form may be: the one rule of all forms."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What no telephone number has.
NO_NUMBER = re.compile(r"[^\d\s()+/.\u2010-\u2013-]")


class PhoneForm:
    """For forms of models with a telephone number, before `ModelForm`."""

    phone_refusal = _("Please write the number with digits only, such as 02323 16-0.")

    def clean_phone(self) -> str:
        """A number, as it is dialled; what stands there already may stay."""
        phone = self.cleaned_data["phone"]
        if "phone" in self.changed_data and NO_NUMBER.search(phone):
            raise ValidationError(self.phone_refusal)
        return phone
