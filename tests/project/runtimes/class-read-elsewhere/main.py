from settings import Page, Settings

print(Settings.token, Page().token)
