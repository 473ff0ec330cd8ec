from typing import Final

SHARED: Final = "shared"
