from modeltranslation.translator import TranslationOptions, register

from offerings.models import Offering, Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name",)


@register(Offering)
class OfferingTranslation(TranslationOptions):
    fields = ("title", "summary", "description", "next_step")
