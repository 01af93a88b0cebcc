-- The language server as Neovim's own client meets it. Started by scripts/editors.mjs in a repository of its own.
local file = 'docs/INVESTIGATION-INV-001-rows.md'

local function check(holds, what)
  if not holds then error(what) end
  io.stdout:write('ok    Neovim: ' .. what .. '\n')
end

local function wait(what, holds)
  if not vim.wait(20000, holds, 20) then error('nothing came of it: ' .. what) end
end

local function codes()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do table.insert(found, one.code or (one.user_data and one.user_data.lsp and one.user_data.lsp.code)) end
  table.sort(found)
  return table.concat(found, ' ')
end

local function lines() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') end

local function gone_to(text, offset)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local start = line:find(text, 1, true)
    if start then
      vim.api.nvim_win_set_cursor(0, { number, start - 1 + (offset or 0) })
      return number
    end
  end
  error('the document does not hold ' .. text)
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000)
  for _, answer in pairs(answers or {}) do
    if answer.error then error(method .. ': ' .. answer.error.message) end
    return answer.result
  end
end

local function run()
  -- The lines that the handbook shows.
  dofile(vim.env.INQUEST_SETUP)
  vim.cmd('filetype on')
  vim.cmd('edit ' .. file)
  local client
  wait('a client', function()
    for _, one in pairs(vim.lsp.buf_get_clients(0)) do client = one.id end
    return client ~= nil
  end)
  check(client ~= nil, 'the server starts')
  wait('findings', function() return codes() == 'verdict-missing' end)
  check(true, 'a hypothesis without a verdict is shown')

  gone_to('against H2', 9)
  local hover = ask('textDocument/hover', vim.lsp.util.make_position_params())
  check(hover.contents.value:find('Rows that cannot be encoded', 1, true) ~= nil, 'hovering over an id tells its hypothesis')

  gone_to('### Hypothesis Verdicts')
  local chosen
  vim.ui.select = function(items, options, choose)
    for index, item in ipairs(items) do
      local text = options.format_item and options.format_item(item) or item.title
      if text:find('Add a verdict row for H2', 1, true) then
        chosen = text
        choose(item, index)
        return
      end
    end
  end
  vim.lsp.buf.code_action()
  wait('the action', function() return chosen ~= nil and lines():find('| H2 | [Confirmed/Refuted/Inconclusive] |', 1, true) ~= nil end)
  check(true, 'a code action adds the row of the verdict')

  gone_to('[Confirmed/Refuted/Inconclusive]')
  vim.cmd('substitute/\\[Confirmed.Refuted.Inconclusive\\]/**REFUTED**/')
  vim.cmd('substitute/\\[The rows that decide it\\]/The encoder stops/')
  vim.cmd('substitute/\\[High.Medium.Low\\]/High/')
  wait('a clean document', function() return codes() == '' end)
  check(true, 'with a verdict in it nothing is found any more')

  gone_to('**H2**', 3)
  vim.lsp.buf.rename('H5')
  wait('the new id', function() return lines():find('against H5', 1, true) ~= nil end)
  check(lines():find('%f[%w]H2%f[%W]') == nil and lines():find('| H5 | **REFUTED**', 1, true) ~= nil, 'renaming a hypothesis renames it everywhere')

  gone_to('**H5**', 3)
  local defined = ask('textDocument/definition', vim.lsp.util.make_position_params())
  check(#defined == 1, 'a definition is found')

  vim.lsp.stop_client(client)
  wait('the end of the server', function() return vim.lsp.client_is_stopped(client) end)
  check(true, 'the server ends when it is told to')
end

local fine, fault = pcall(run)
if not fine then io.stdout:write('FAIL  Neovim: ' .. tostring(fault) .. '\n') end
vim.cmd(fine and 'qall!' or 'cquit!')
