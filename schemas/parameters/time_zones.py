"""The time zones that Aurora documents, as a list with a date.

Source: Amazon Aurora User Guide, "Local time zone for Amazon Aurora DB clusters", as of June 2023. RDS holds Aurora
MySQL to such a list; Aurora PostgreSQL takes every zone that PostgreSQL knows.
"""

from typing import Final

AS_OF: Final = "2023-06"

_TEXT: Final = """
Africa/Harare Africa/Monrovia Africa/Nairobi Africa/Windhoek America/Bogota America/Caracas America/Chihuahua
America/Cuiaba America/Denver America/Fortaleza America/Guatemala America/Halifax America/Manaus America/Matamoros
America/Monterrey America/Montevideo America/Phoenix America/Tijuana Asia/Ashgabat Asia/Baghdad Asia/Baku Asia/Bangkok
Asia/Beirut Asia/Calcutta Asia/Kabul Asia/Karachi Asia/Kathmandu Asia/Muscat Asia/Riyadh Asia/Seoul Asia/Shanghai
Asia/Singapore Asia/Taipei Asia/Tehran Asia/Tokyo Asia/Ulaanbaatar Atlantic/Azores Australia/Adelaide
Australia/Brisbane Australia/Darwin Australia/Hobart Australia/Perth Australia/Sydney Brazil/East Canada/Saskatchewan
Europe/Amsterdam Europe/Athens Europe/Dublin Europe/Helsinki Europe/Paris Europe/Prague Europe/Sarajevo
Pacific/Auckland Pacific/Guam Pacific/Honolulu Pacific/Samoa US/Alaska US/Central US/Eastern US/East-Indiana
US/Pacific UTC
"""
DOCUMENTED: Final = frozenset(_TEXT.split())

PATTERN: Final = r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9][A-Za-z0-9_+-]*){0,2}"
"""The shape of the name of a zone in the tz database."""

_SPELLINGS: Final = {zone.lower(): zone for zone in DOCUMENTED}


def spelled(zone: str) -> str:
    """A zone as RDS spells it; Terraform would show another case as a change in every plan."""
    return _SPELLINGS.get(zone.lower(), zone)
