import http from "k6/http";

const token = __ENV.NOTION_KEY || "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";
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
export default () => http.get("https://api.notion.com/v1/users", { headers: { token } });
