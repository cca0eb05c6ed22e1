import Soup from "gi://Soup";

const token = "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";
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token

export const session = new Soup.Session();
