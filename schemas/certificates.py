"""The certificate authorities of RDS, as a table.

Source: Amazon Aurora User Guide, "Using SSL/TLS to encrypt a connection to a DB cluster". One that the table does not
know may be newer, so nobody is refused for it.
"""

from typing import Final

KNOWN: Final = ("rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1")

EXPIRED: Final = {"rds-ca-2015": "March 2020", "rds-ca-2019": "August 2024"}
"""Those that no client trusts any more, each with the month in which it expired."""
