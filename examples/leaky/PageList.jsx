import { useEffect, useState } from 'react';
import { NotionProvider } from './NotionProvider';

export function PageList() {
  const [pages, setPages] = useState([]);

  useEffect(() => {
    fetch('/api/notion/search', {
      headers: { Authorization: `Bearer @OTHER_TOKEN@` },
    })
      .then((response) => response.json())
      .then((found) => setPages(found.results));
  }, []);

  return (
    <NotionProvider token="@OTHER_TOKEN@">
      <ul>{pages.map((page) => <li key={page.id}>{page.url}</li>)}</ul>
    </NotionProvider>
  );
}
