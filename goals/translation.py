from modeltranslation.translator import TranslationOptions, register

from goals.models import (
    Body,
    BodyDate,
    BodyDocument,
    BodyMember,
    Challenge,
    Conference,
    CouncilPaper,
    EvaluationRound,
    Evidence,
    Goal,
    GoalLink,
    GoalVerdict,
    Mandate,
    Measure,
    Milestone,
    MissionSentence,
    NewsItem,
    NewsLink,
    OrganisationRole,
    Period,
    ProgrammeItem,
    Progress,
    StatusChange,
    WorkArea,
)


@register(OrganisationRole)
class OrganisationRoleTranslation(TranslationOptions):
    fields = ("title",)


@register(MissionSentence)
class MissionSentenceTranslation(TranslationOptions):
    fields = ("heading", "short")


@register(Period)
class PeriodTranslation(TranslationOptions):
    fields = ("about",)


@register(WorkArea)
class WorkAreaTranslation(TranslationOptions):
    fields = ("name",)


@register(Goal)
class GoalTranslation(TranslationOptions):
    fields = ("title", "short", "success_criterion")


@register(GoalLink)
class GoalLinkTranslation(TranslationOptions):
    fields = ("reason",)


@register(Measure)
class MeasureTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(StatusChange)
class StatusChangeTranslation(TranslationOptions):
    fields = ("reason",)


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("title", "text")


@register(Progress)
class ProgressTranslation(TranslationOptions):
    fields = ("text",)


@register(Challenge)
class ChallengeTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Conference)
class ConferenceTranslation(TranslationOptions):
    fields = ("title", "about")


@register(ProgrammeItem)
class ProgrammeItemTranslation(TranslationOptions):
    fields = ("title",)


@register(CouncilPaper)
class CouncilPaperTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Mandate)
class MandateTranslation(TranslationOptions):
    fields = ("task", "outcome")


@register(Body)
class BodyTranslation(TranslationOptions):
    fields = ("name", "task")


@register(BodyMember)
class BodyMemberTranslation(TranslationOptions):
    fields = ("name", "role")


@register(BodyDate)
class BodyDateTranslation(TranslationOptions):
    fields = ("title",)


@register(BodyDocument)
class BodyDocumentTranslation(TranslationOptions):
    fields = ("title", "text")


@register(EvaluationRound)
class EvaluationRoundTranslation(TranslationOptions):
    fields = ("title", "about")


@register(GoalVerdict)
class GoalVerdictTranslation(TranslationOptions):
    fields = ("reasons", "what_follows")


@register(Evidence)
class EvidenceTranslation(TranslationOptions):
    fields = ("text",)


@register(NewsItem)
class NewsItemTranslation(TranslationOptions):
    fields = ("title", "summary", "text")


@register(NewsLink)
class NewsLinkTranslation(TranslationOptions):
    fields = ("title",)
