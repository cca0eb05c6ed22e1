from dataclasses import dataclass


@dataclass
class Settings:
    token: str = "ntn_A26154358857VsJbjSwXGYlwU2x1eqf44FRBkJ1LzvA8tx"
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token


@dataclass
class Page:
    token: str = "ntn_A26154358857VsJbjSwXGYlwU2x1eqf44FRBkJ1LzvA8tx"
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
