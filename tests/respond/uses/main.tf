variable "notion_token" {
          ^^^^^^^^^^^^ reads
  type = string
}
output "a" {
  value = var.notion_token
              ^^^^^^^^^^^^ reads
}
environment {
  NOTION_TOKEN = local.other
  ^^^^^^^^^^^^ sets
}
