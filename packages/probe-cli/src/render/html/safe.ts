// HTML and SVG put together so that nothing gets in unescaped: whatever is filled into the template is text, unless it was
// made by the template itself.

export class Safe {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Filling = string | number | Safe | readonly (Safe | string)[] | null | undefined | false

/** Holds for content, and for attribute values in double quotes; never fill in a name, a URL's scheme, a style or a script. */
export function html(pieces: TemplateStringsArray, ...fillings: readonly Filling[]): Safe {
  return new Safe(pieces.map((piece, index) => piece + textOf(fillings[index])).join(''))
}

/** Only for text that is part of the program. */
export function trusted(text: string): Safe {
  return new Safe(text)
}

function textOf(filling: Filling): string {
  if (filling === null || filling === undefined || filling === false) return ''
  if (filling instanceof Safe) return filling.text
  if (typeof filling === 'object') return filling.map(textOf).join('')
  return escapeHtml(String(filling))
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, letter => entities[letter] ?? '').replaceAll(/\p{Cs}/gu, '\ufffd')
}
