from modeltranslation.translator import TranslationOptions, register

from herne_bildung.city.models import Organisation, OrganisationPicture


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "description")


@register(OrganisationPicture)
class OrganisationPictureTranslation(TranslationOptions):
    fields = ("alt",)
