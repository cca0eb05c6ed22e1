import { NotionPage } from './NotionPage';

export default async function PageList() {
  const response = await fetch('https://api.notion.com/v1/search', {
    method: 'POST',
    headers: { Authorization: `Bearer @OTHER_TOKEN@`, 'Notion-Version': '2022-06-28' },
  });
  const { results } = await response.json();

  return (
    <ul>
      {results.map((page) => (
        <li key={page.id}>
          <NotionPage id={page.id} token="@OTHER_TOKEN@" />
        </li>
      ))}
    </ul>
  );
}
