import http from "k6/http";

export default function () {
  http.get("https://api.notion.com/v1/users", {
    headers: { Authorization: "Bearer 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" },
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
  });
}
