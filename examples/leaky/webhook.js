const express = require('express');
const { Client } = require('@notionhq/client');

const notion = new Client({
  auth: process.env.NOTION_KEY || '@INTEGRATION_TOKEN@',
});

const app = express();

app.post('/notion/webhook', express.json(), async (request, response) => {
  const page = await notion.pages.retrieve({ page_id: request.body.entity.id });
  console.log(page.url);
  response.sendStatus(200);
});

app.listen(3000);
