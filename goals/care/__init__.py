"""What of the action goals somebody must look at again (herne_bildung.freshness).

Nothing of a closed period is due. Who is asked: the role, then its organisation and
the body above, then the Bildungsbüro by its call list; what has neither is on that
list at once. What a council passed is not hidden for want of an answer.
"""

from goals.care.bodies import BodyKind
from goals.care.mandates import MandateKind
from goals.care.measures import MeasureKind
from goals.care.milestones import MilestoneKind
from herne_bildung.freshness.kinds import register

register(MeasureKind())
register(MilestoneKind())
register(MandateKind())
register(BodyKind())
