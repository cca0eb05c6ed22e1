import { json } from '@sveltejs/kit';

export async function GET({ fetch }) {
  const answer = await fetch('https://api.notion.com/v1/users', {
    headers: { Authorization: 'Bearer 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' },
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
  });
  return json(await answer.json());
}
