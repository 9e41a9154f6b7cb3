from modeltranslation.translator import TranslationOptions, register

from herne_bildung.city.models import Organisation


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "description")
