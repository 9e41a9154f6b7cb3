"""What the gap finder is asked for."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from monitoring.supply.offers import AGE_GROUPS, CHILDREN, AgeGroup, Supply
from monitoring.supply.overview import OverviewForm

AGES = {group.key: group for group in (CHILDREN, *AGE_GROUPS)}
ALL = "all"


class GapsForm(OverviewForm):
    """Which districts, ages and topics, and what stands beside them."""

    age = forms.ChoiceField(label=gettext_lazy("Age"), initial=CHILDREN.key)
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic"),
        required=False,
        help_text=gettext_lazy("With a topic, all ages stand side by side."),
    )

    def __init__(self, data: QueryDict, supply: Supply) -> None:
        super().__init__(data)
        self.topics = supply.catalogue.topics
        self.fields["age"].choices = [
            (ALL, _("all ages")),
            *((group.key, group.label) for group in AGES.values()),
        ]
        self.fields["topic"].choices = [
            ("", _("all topics")),
            *(
                (key, "– " * bool(node.parent) + str(node.names[DEFAULT_LANGUAGE]))
                for key, node in self.topics.by_key.items()
            ),
        ]
        self.order_fields(["level", "age", "topic", "indicators"])

    @property
    def age_chosen(self) -> AgeGroup | None:
        """None for all ages; without a choice all children."""
        return AGES.get(self.chosen("age")[-1])

    @property
    def topic_chosen(self) -> str:
        return next(reversed(self.chosen("topic")), "")
