-- What a person sees in Neovim, 0.7 and later, who asks where a token and its variable are used.

local function wait(condition)
  assert(vim.wait(60000, condition, 10), 'waited for nothing')
end

local function see(step, more)
  local seen = vim.tbl_extend('error', { step = step }, more)
  vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SEEN, 'a')
end

local function attached()
  local get = vim.lsp.get_clients -- 0.10 and later
  return not vim.tbl_isempty(get and get({ bufnr = 0 }) or vim.lsp.buf_get_clients(0))
end

-- The list that Neovim opens below the text, as it stands there.
local function listed()
  vim.fn.setqflist({})
  vim.lsp.buf.references()
  wait(function() return #vim.fn.getqflist() > 0 and vim.bo.buftype == 'quickfix' end)
  local places = {}
  for _, each in ipairs(vim.fn.getqflist()) do
    local name = vim.fn.fnamemodify(vim.fn.bufname(each.bufnr), ':t')
    table.insert(places, name .. ':' .. each.lnum .. ':' .. each.col)
  end
  vim.cmd('cclose')
  return places
end

local function drive()
  vim.cmd('edit ' .. vim.env.FILE)
  wait(function() return #vim.diagnostic.get(0) > 0 end)
  vim.fn.cursor(3, 40)
  see('token', { places = listed() })
  vim.cmd('edit ' .. vim.env.READING)
  wait(attached)
  vim.fn.cursor(2, 20)
  see('variable', { places = listed() })
end

local done, fault = pcall(drive)
if not done then print(fault) end
vim.cmd(done and 'qall!' or 'cquit!')
