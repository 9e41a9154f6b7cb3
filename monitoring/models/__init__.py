from monitoring.models.area import Area
from monitoring.models.finding import (
    Decision,
    Discussion,
    Figure,
    Finding,
)
from monitoring.models.indicator import (
    Category,
    Dimension,
    Indicator,
    IndicatorDimension,
    IndicatorRelation,
    SeriesBreak,
    Theme,
)
from monitoring.models.observation import Observation
from monitoring.models.raw import ImportRun, RawValue
from monitoring.models.release import (
    ProtectionRule,
    ProtectionRun,
    Release,
    TableSet,
)
from monitoring.models.survey import AskedGroup, Instrument, Wave
from monitoring.models.warning import WarningHit, WarningRule

__all__ = [
    "Area",
    "AskedGroup",
    "Category",
    "Decision",
    "Dimension",
    "Discussion",
    "Figure",
    "Finding",
    "ImportRun",
    "Indicator",
    "IndicatorDimension",
    "IndicatorRelation",
    "Instrument",
    "Observation",
    "ProtectionRule",
    "ProtectionRun",
    "RawValue",
    "Release",
    "SeriesBreak",
    "TableSet",
    "Theme",
    "WarningHit",
    "WarningRule",
    "Wave",
]
