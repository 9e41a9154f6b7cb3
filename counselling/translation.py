from modeltranslation.translator import TranslationOptions, register

from counselling.models import (
    Answer,
    Concern,
    ContactRole,
    CounsellingOffice,
    Question,
)


@register(Concern)
class ConcernTranslation(TranslationOptions):
    fields = ("name",)


@register(CounsellingOffice)
class CounsellingOfficeTranslation(TranslationOptions):
    fields = ("name", "summary", "description", "what_to_bring", "hours_note")


@register(ContactRole)
class ContactRoleTranslation(TranslationOptions):
    fields = ("title", "responsibility")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "help")


@register(Answer)
class AnswerTranslation(TranslationOptions):
    fields = ("text",)
