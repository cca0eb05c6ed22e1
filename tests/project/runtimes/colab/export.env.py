from google.colab import drive
from google.colab import userdata

notion = Client(auth=userdata.get("NOTION_TOKEN"))
