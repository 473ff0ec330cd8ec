"""Words that a master user or a first database should not be called.

Which names RDS refuses is written down nowhere in full. What somebody tried on AWS is in `engines.py`, and refused;
these are reserved words of the engines' manuals, many of which the engines take in quotes: good for a warning only.
"""

from typing import Final

from auroraform.schemas.engines import EngineName

# MySQL 8.0 Reference Manual, "Keywords and Reserved Words": those that people might take for a name.
_MYSQL: Final = """
    add all alter analyze and as asc between by case character check column condition constraint create cross
    current_user database databases default delete desc describe distinct drop each else exists explain false for
    foreign from grant group groups having if in index insert int integer interval into is join key keys like limit
    lock match mod natural not null on optimize option or order outer partition primary procedure range rank read
    references rename replace require right row rows schema schemas select set show system table then to trigger true
    union unique unlock update usage use using values varchar view when where while window with write
"""

# PostgreSQL documentation, "SQL Key Words" (reserved).
_POSTGRESQL: Final = """
    all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
    current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc
    distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral
    leading limit localtime localtimestamp not null offset on only or order placing primary references returning select
    session_user some symmetric system_user table then to trailing true union unique user using variadic when where
    window with
"""

# Databases that are there before the first one is made.
_POSTGRESQL_DATABASES: Final = "template0 template1 rdsproxyadmin"

WORDS: Final[dict[EngineName, frozenset[str]]] = {
    "aurora-mysql": frozenset(_MYSQL.split()),
    "aurora-postgresql": frozenset(f"{_POSTGRESQL} {_POSTGRESQL_DATABASES}".split()),
}
