import { env } from '$env/dynamic/private';

const url = env.NOTION_URL;
export const load = () => ask(url, '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');
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
