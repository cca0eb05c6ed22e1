" What a person does in Vim with ALE, with a token in a file.

func s:See(step, ...) abort
  let l:seen = {'step': a:step, 'diagnostics': [], 'lines': getline(1, '$')}
  let l:seen.titles = get(a:000, 0, [])
  for l:each in ale#engine#GetLoclist(bufnr(''))
    call add(l:seen.diagnostics, {
    \ 'covers': getline(l:each.lnum)[l:each.col - 1 : l:each.end_col - 1],
    \ 'severity': l:each.type})
  endfor
  call writefile([json_encode(l:seen)], $SEEN, 'a')
endfunc

func s:Wait(condition) abort
  let l:start = reltime()
  while !a:condition() && reltimefloat(reltime(l:start)) < 20
    sleep 10m
  endwhile
endfunc

func s:Covered() abort
  return map(copy(ale#engine#GetLoclist(bufnr(''))),
  \ {_, each -> getline(each.lnum)[each.col - 1 : each.col + 2]})
endfunc

func s:WaitForDiagnostics(count) abort
  call s:Wait({-> s:Covered() ==# repeat(['ntn_'], a:count)})
endfunc

func s:Drive() abort
  execute 'edit' $FILE
  " Vim has no command loop here, which tells ALE that a file was opened or typed in.
  call ale#Queue(0, 'lint_file')
  call s:WaitForDiagnostics(2)
  call s:See('opened')

  " Without the underscore of its prefix it is no token.
  call cursor(1, 1)
  let [l:line, l:column] = searchpos('"\zsntn_')
  call cursor(l:line, l:column + 3)
  normal! x
  call ale#Queue(0)
  call s:WaitForDiagnostics(1)
  call s:See('broken')
  normal! i_
  call ale#Queue(0)
  call s:WaitForDiagnostics(2)
  call s:See('completed')

  call cursor(l:line, l:column + 5)
  silent write
  runtime autoload/ale/util.vim
  let s:titles = []
  func! ale#util#Input(message, value, ...) abort
    let s:titles = split(a:message, "\n")
    let l:chosen = filter(copy(s:titles), {_, title -> stridx(title, $TITLE) > 0})
    return matchstr(get(l:chosen, 0, ''), '\d\+')
  endfunc
  ALECodeAction
  call s:Wait({-> &modified})
  call s:See('fixed', s:titles)

  silent wall
  call ale#Queue(0, 'lint_file')
  call s:WaitForDiagnostics(1)
  call s:See('saved')
endfunc

try
  call s:Drive()
catch
  verbose echo v:exception v:throwpoint
  cquit!
endtry
qall!
