from modeltranslation.translator import TranslationOptions, register

from offerings.models import (
    FamilyCentre,
    Offering,
    OfferingFlyer,
    OfferingPicture,
    Topic,
)


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name",)


@register(Offering)
class OfferingTranslation(TranslationOptions):
    fields = ("title", "summary", "description", "next_step")


@register(OfferingPicture)
class OfferingPictureTranslation(TranslationOptions):
    fields = ("alt",)


@register(OfferingFlyer)
class OfferingFlyerTranslation(TranslationOptions):
    fields = ("title",)


@register(FamilyCentre)
class FamilyCentreTranslation(TranslationOptions):
    fields = ("consultation_note",)
