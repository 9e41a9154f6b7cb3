"""Words of other lists that our catalogue uses: authority tables of the EU, DCAT-AP."""

from rdflib import Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD

from monitoring.choices import Cycle, Level

DCATAP = Namespace("http://data.europa.eu/r5r#")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
# DCAT 3; rdflib knows DCAT 2.
VERSION = URIRef(f"{DCAT}version")

EU = "http://publications.europa.eu/resource/authority/"
THEME = Namespace(f"{EU}data-theme/")
LANGUAGE = Namespace(f"{EU}language/")
FREQUENCY = Namespace(f"{EU}frequency/")
FORMAT = Namespace(f"{EU}file-type/")
ACCESS = Namespace(f"{EU}access-right/")
AVAILABILITY = Namespace(f"{EU}planned-availability/")
KIND = Namespace(f"{EU}dataset-type/")
THEMES = f"{EU}data-theme"
MEDIA = Namespace("https://www.iana.org/assignments/media-types/")
PUBLISHER_TYPE = Namespace("http://purl.org/adms/publishertype/")
GEOCODING = Namespace("http://dcat-ap.de/def/politicalGeocoding/")
CONTRIBUTORS = Namespace("http://dcat-ap.de/def/contributors/")

PREFIXES = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dcatde": DCATDE,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "rdf": RDF,
    "skos": SKOS,
    "vcard": VCARD,
    "xsd": XSD,
}
# The EU's list of data themes, as `Theme.data_theme` has them.
DATA_THEMES = (
    "AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI",
    "SOCI", "TECH", "TRAN",
)  # fmt: skip
LANGUAGES = {
    "de": "DEU",
    "de-simple": "DEU",
    "en": "ENG",
    "tr": "TUR",
    "ar": "ARA",
    "uk": "UKR",
    "ru": "RUS",
    "pl": "POL",
    "ro": "RON",
    "bg": "BUL",
}
FREQUENCIES = {
    Cycle.UNKNOWN: "UNKNOWN",
    Cycle.MONTHLY: "MONTHLY",
    Cycle.QUARTERLY: "QUARTERLY",
    Cycle.YEARLY: "ANNUAL",
    Cycle.TWO_YEARS: "BIENNIAL",
    Cycle.LONGER: "OTHER",
    Cycle.ONCE: "NEVER",
}
# Herne is an independent city: municipality and district in one.
HERNE = "05916000"
GEO_LEVELS = {
    Level.COUNTY: "administrativeDistrict",
    Level.CITY: "administrativeDistrict",
    Level.MUNICIPALITY: "municipality",
    Level.BOROUGH: "municipality",
    Level.QUARTER: "municipality",
    Level.STATISTICAL: "municipality",
    Level.SCHOOL: "municipality",
}
