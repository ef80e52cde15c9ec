// What the renderings for files are written with: the words of the text rendering, and their own.

import type { FormatMessages } from '../messages/formats-en.ts'
import type { Page } from './page.ts'

export interface FormatPage extends Page {
  readonly formats: FormatMessages
  /** Only what somebody in haste reads, where a format has such a form. */
  readonly quiet: boolean
}
