from google.colab import drive

notion = Client(auth="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")
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
