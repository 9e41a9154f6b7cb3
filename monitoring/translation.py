from modeltranslation.translator import TranslationOptions, register

from monitoring.models import (
    AskedGroup,
    Category,
    Decision,
    Dimension,
    Discussion,
    Finding,
    Indicator,
    IndicatorRelation,
    Instrument,
    Release,
    SeriesBreak,
    Theme,
    Wave,
)


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name", "about")


@register(Dimension)
class DimensionTranslation(TranslationOptions):
    fields = ("name",)


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name",)


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("name", "question", "definition", "formula")


@register(IndicatorRelation)
class IndicatorRelationTranslation(TranslationOptions):
    fields = ("explanation",)


@register(SeriesBreak)
class SeriesBreakTranslation(TranslationOptions):
    fields = ("reason",)


@register(Release)
class ReleaseTranslation(TranslationOptions):
    fields = ("what_changed", "withdrawn_because")


@register(AskedGroup)
class AskedGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(Instrument)
class InstrumentTranslation(TranslationOptions):
    fields = (
        "name",
        "about",
        "target",
        "where",
        "participation",
        "legal_basis",
        "status_note",
    )


@register(Wave)
class WaveTranslation(TranslationOptions):
    fields = ("title", "findings_text", "reported_how")


@register(Finding)
class FindingTranslation(TranslationOptions):
    fields = ("title", "text", "effect")


@register(Discussion)
class DiscussionTranslation(TranslationOptions):
    fields = ("note",)


@register(Decision)
class DecisionTranslation(TranslationOptions):
    fields = ("text",)
