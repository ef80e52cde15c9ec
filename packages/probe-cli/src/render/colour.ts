// Colours, on a terminal only and only where wanted. Five of them, none that vanishes on a dark or a light background.

import { styleText } from 'node:util'

type Style = (text: string) => string

export interface Paint {
  readonly bold: Style
  readonly dim: Style
  readonly red: Style
  readonly green: Style
  readonly yellow: Style
}

const plain: Style = text => text
const styled =
  (format: Parameters<typeof styleText>[0]): Style =>
  text =>
    text === '' ? '' : styleText(format, text, { validateStream: false })

export const noPaint: Paint = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain }
export const colourPaint: Paint = {
  bold: styled('bold'),
  dim: styled('dim'),
  red: styled(['bold', 'red']),
  green: styled('green'),
  yellow: styled('yellow'),
}

/** --no-color, then FORCE_COLOR, then NO_COLOR (no-color.org), then whether a person is looking. */
export function wantsColour(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>, noColor: boolean): boolean {
  if (noColor) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  return isTerminal && env.TERM !== 'dumb'
}
