// The page's script: copy buttons, the search among targets, everything unfolded for print. The page is whole without it.
// It reads the page and writes text only; its words come from attributes of <body>.

export const script = `'use strict'
const words = document.body.dataset
for (const snippet of document.querySelectorAll('.snippet')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = words.copy
  button.setAttribute('aria-label', words.copy + ': ' + snippet.querySelector('.bar span').textContent)
  const said = document.createElement('span')
  said.className = 'said'
  said.setAttribute('role', 'status')
  button.addEventListener('click', async () => {
    const code = snippet.querySelector('code')
    try {
      await navigator.clipboard.writeText(code.textContent)
      said.textContent = words.copied
    } catch {
      getSelection().selectAllChildren(code)
      said.textContent = words.copyByHand
    }
    setTimeout(() => { said.textContent = '' }, 3000)
  })
  snippet.querySelector('.bar').append(said, button)
}
const search = document.querySelector('.search')
if (search) {
  search.hidden = false
  const input = search.querySelector('input')
  const all = [...document.querySelectorAll('[data-text]')]
  const rows = all.filter(one => one.matches('tbody'))
  const empty = document.querySelector('.empty')
  const apply = () => {
    const wanted = input.value.trim().toLowerCase()
    for (const one of all) one.classList.toggle('unmatched', wanted !== '' && !one.dataset.text.includes(wanted))
    // By what hides them: to ask the browser of each of hundreds takes seconds.
    const verdict = document.querySelector('.filter :checked').id.slice('show-'.length)
    empty.hidden = rows.some(one => !one.classList.contains('unmatched') && (verdict === 'all' || one.dataset.verdicts === verdict))
  }
  input.addEventListener('input', apply)
  document.querySelector('.filter').addEventListener('change', apply)
  input.addEventListener('keydown', event => {
    if (event.key === 'Escape') { input.value = ''; apply() }
  })
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || /^(?:INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) return
    event.preventDefault()
    input.focus()
  })
}
let folded = []
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('article details:not([open])')]
  for (const one of folded) one.open = true
})
addEventListener('afterprint', () => { for (const one of folded) one.open = false })
`
