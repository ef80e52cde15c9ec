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
  const empty = document.querySelector('.empty')
  const apply = () => {
    const wanted = input.value.trim().toLowerCase()
    for (const one of all) one.classList.toggle('unmatched', wanted !== '' && !one.dataset.text.includes(wanted))
    empty.hidden = [...document.querySelectorAll('tbody[data-text]')].some(one => getComputedStyle(one).display !== 'none')
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
