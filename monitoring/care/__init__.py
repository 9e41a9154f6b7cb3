"""What of the monitoring somebody must look at again (herne_bildung.freshness).

Who is asked: the role, then its organisation and the body above, then the Bildungsbüro
by its call list. Figures stay on the site whether somebody answers or not.
"""

from herne_bildung.freshness.kinds import register
from monitoring.care.indicators import IndicatorKind
from monitoring.care.instruments import InstrumentKind

register(IndicatorKind())
register(InstrumentKind())
