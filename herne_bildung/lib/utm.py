"""From the metres of official German maps (ETRS89 / UTM, EPSG:25832) to degrees.

ETRS89 and WGS 84 differ by less than a metre, so the result is used as WGS 84.
Formulas: Krüger's series in the third flattening, exact to a millimetre in a zone.
"""

from math import atan2, atanh, cos, cosh, degrees, radians, sin, sinh, sqrt

from herne_bildung.lib.geo import Point

EQUATORIAL_RADIUS = 6_378_137.0
FLATTENING = 1 / 298.257222101
SCALE = 0.9996
FALSE_EAST = 500_000.0
# Longitude of the middle of zone 32, in degrees.
ZONE_32 = 9.0

_N = FLATTENING / (2 - FLATTENING)
_A = EQUATORIAL_RADIUS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BETA = (
    _N / 2 - 2 / 3 * _N**2 + 37 / 96 * _N**3,
    _N**2 / 48 + _N**3 / 15,
    17 / 480 * _N**3,
)
_E2 = FLATTENING * (2 - FLATTENING)
_ROUNDS = 4


def to_degrees(east: float, north: float, middle: float = ZONE_32) -> Point:
    """The point for east and north values in metres (northern half of the Earth)."""
    xi = north / (SCALE * _A)
    eta = (east - FALSE_EAST) / (SCALE * _A)
    xi_sphere, eta_sphere = xi, eta
    for order, beta in enumerate(_BETA, start=1):
        xi_sphere -= beta * sin(2 * order * xi) * cosh(2 * order * eta)
        eta_sphere -= beta * cos(2 * order * xi) * sinh(2 * order * eta)
    longitude = radians(middle) + atan2(sinh(eta_sphere), cos(xi_sphere))
    tan_conformal = sin(xi_sphere) / sqrt(sinh(eta_sphere) ** 2 + cos(xi_sphere) ** 2)
    return Point(degrees(_geodetic(tan_conformal)), degrees(longitude))


def is_plausible(east: float, north: float) -> bool:
    """Whether two numbers can be metres of zone 32 in or near Germany."""
    return 100_000 <= east <= 950_000 and 5_200_000 <= north <= 6_150_000


def _geodetic(tan_conformal: float) -> float:
    """Latitude from the tangent of the conformal latitude, by Newton's method."""
    e = sqrt(_E2)
    found = tan_conformal
    for _ in range(_ROUNDS):
        root = sqrt(1 + found**2)
        sigma = sinh(e * atanh(e * found / root))
        step = found * sqrt(1 + sigma**2) - sigma * root
        slope = (
            (1 - _E2)
            * sqrt((1 + step**2) * (1 + found**2))
            / (1 + (1 - _E2) * found**2)
        )
        found += (tan_conformal - step) / slope
    return atan2(found, 1)
