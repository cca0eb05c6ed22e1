-- What a person does in Neovim, 0.11 and later, about a token that has leaked.

local function wait(condition)
  assert(vim.wait(60000, condition, 10), 'waited for nothing')
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

local function see(step, more)
  local seen = vim.tbl_extend('error', { step = step, lines = lines() }, more)
  vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SEEN, 'a')
end

local asked, wanted = {}, ''

-- Neovim shows the entries of a menu, and the answers to a question, in the same way.
vim.ui.select = function(items, options, choose)
  if options.kind ~= 'codeaction' then
    table.insert(asked, options.prompt)
    return choose(items[1], 1)
  end
  for number, item in ipairs(items) do
    if vim.startswith(options.format_item(item), wanted) then return choose(item, number) end
  end
  error('no entry ' .. wanted)
end

local function choose(title)
  asked, wanted = {}, title
  vim.lsp.buf.code_action()
end

local function wait_for_message(text)
  wait(function() return vim.fn.execute('messages'):find(text, 1, true) ~= nil end)
end

local function drive()
  vim.cmd('edit ' .. vim.env.FILE)
  wait(function() return #vim.diagnostic.get(0) > 0 end)
  local file = vim.api.nvim_get_current_buf()
  vim.fn.cursor(3, 40)

  choose('Ask Notion whether it is live')
  wait_for_message('rotate it.')
  see('notion', { asked = asked })

  choose('My token leaked: what now?')
  wait(function() return vim.api.nvim_get_current_buf() ~= file end)
  wait(function() return vim.startswith(lines()[1], '# Notion') end)
  see('guide', {})
  vim.cmd('buffer ' .. file)

  vim.fn.cursor(3, 40)
  choose('Put it into CyberArk Conjur and read it from there')
  wait_for_message('The token is in CyberArk Conjur')
  wait(function() return table.concat(lines(), '\n'):find('auth=conjur_secret', 1, true) ~= nil end)
  see('kept', { asked = asked })
end

local done, fault = pcall(drive)
if not done then print(fault) end
vim.cmd(done and 'qall!' or 'cquit!')
