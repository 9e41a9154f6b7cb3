from modeltranslation.translator import TranslationOptions, register

from counselling.models import (
    Answer,
    Concern,
    ContactRole,
    CounsellingOffice,
    Question,
    Route,
    RouteDate,
    RouteNode,
    RouteResult,
    RouteStep,
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


@register(RouteResult)
class RouteResultTranslation(TranslationOptions):
    fields = ("name",)


@register(Route)
class RouteTranslation(TranslationOptions):
    fields = ("title", "lead")


@register(RouteNode)
class RouteNodeTranslation(TranslationOptions):
    fields = ("title", "text", "needs", "leads_to")


@register(RouteStep)
class RouteStepTranslation(TranslationOptions):
    fields = ("condition",)


@register(RouteDate)
class RouteDateTranslation(TranslationOptions):
    fields = ("title",)
