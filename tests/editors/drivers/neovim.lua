-- What a person does in Neovim, 0.7 and later, with a token in a file.

local function covered(diagnostic)
  local line = vim.api.nvim_buf_get_lines(0, diagnostic.lnum, diagnostic.lnum + 1, false)[1] or ''
  return line:sub(diagnostic.col + 1, diagnostic.end_col)
end

local function see(step, more)
  local seen = vim.tbl_extend('error', { step = step, diagnostics = {} }, more or {})
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(seen.diagnostics, { covers = covered(each), severity = each.severity })
  end
  seen.lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SEEN, 'a')
end

local function wait(condition)
  vim.wait(20000, condition, 10)
end

local function wait_for_diagnostics(count)
  wait(function()
    local shown = vim.diagnostic.get(0)
    for _, each in ipairs(shown) do
      if not vim.startswith(covered(each), 'ntn_') then return false end
    end
    return #shown == count
  end)
end

local function first()
  local found = vim.diagnostic.get(0)
  table.sort(found, function(one, other) return one.lnum < other.lnum end)
  return found[1]
end

local function drive()
  vim.cmd('edit ' .. vim.env.FILE)
  wait_for_diagnostics(2)
  see('opened')

  local token = first()
  -- Without the underscore of its prefix it is no token.
  vim.api.nvim_win_set_cursor(0, { token.lnum + 1, token.col + 3 })
  vim.cmd('normal! x')
  wait_for_diagnostics(1)
  see('broken')
  vim.cmd('normal! i_')
  wait_for_diagnostics(2)
  see('completed')

  local titles = {}
  vim.ui.select = function(items, options, choose)
    for number, item in ipairs(items) do
      titles[number] = options.format_item(item)
      if vim.startswith(titles[number], vim.env.TITLE) then choose(item, number) end
    end
  end
  vim.api.nvim_win_set_cursor(0, { token.lnum + 1, token.col + 5 })
  vim.cmd('set nomodified')
  vim.lsp.buf.code_action()
  wait(function() return #vim.fn.getbufinfo({ bufmodified = 1 }) > 0 end)
  see('fixed', { titles = titles })

  vim.cmd('silent wall | silent write')
  -- 0.11 asks for diagnostics after a change, not after saving what they depend on.
  vim.cmd('normal! Gox')
  wait_for_diagnostics(1)
  see('saved')
end

local done, fault = pcall(drive)
if not done then print(fault) end
vim.cmd(done and 'qall!' or 'cquit!')
