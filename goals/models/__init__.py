from goals.models.body import Body, BodyDate, BodyDocument, BodyMember
from goals.models.challenge import Challenge
from goals.models.conference import Conference, FeedbackNote, ProgrammeItem
from goals.models.evaluation import EvaluationRound, Evidence, GoalVerdict
from goals.models.goal import Goal, GoalLink, WorkArea
from goals.models.measure import Measure, Milestone, Progress, StatusChange
from goals.models.mission import MissionSentence
from goals.models.news import NewsItem, NewsLink
from goals.models.oparl import OParlRun, OParlSource, OParlWarning
from goals.models.paper import Consultation, CouncilPaper, Mandate, PaperFile
from goals.models.period import Period
from goals.models.report import Report, ReportFile
from goals.models.role import OrganisationRole

__all__ = [
    "Body",
    "BodyDate",
    "BodyDocument",
    "BodyMember",
    "Challenge",
    "Conference",
    "Consultation",
    "CouncilPaper",
    "EvaluationRound",
    "Evidence",
    "FeedbackNote",
    "Goal",
    "GoalLink",
    "GoalVerdict",
    "Mandate",
    "Measure",
    "Milestone",
    "MissionSentence",
    "NewsItem",
    "NewsLink",
    "OParlRun",
    "OParlSource",
    "OParlWarning",
    "OrganisationRole",
    "PaperFile",
    "Period",
    "ProgrammeItem",
    "Progress",
    "Report",
    "ReportFile",
    "StatusChange",
    "WorkArea",
]
