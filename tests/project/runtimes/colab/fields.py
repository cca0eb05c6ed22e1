from dataclasses import dataclass

from google.colab import userdata
from pydantic import BaseModel


@dataclass
class Client:
    token: str = "ntn_n339976380280KSlSRsK2lLb41aJdOfY6aZu9iJoN3BbwZ"
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token


class Model(BaseModel):
    token: str = "ntn_n339976380280KSlSRsK2lLb41aJdOfY6aZu9iJoN3BbwZ"
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
