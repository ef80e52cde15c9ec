// A report in one of the formats for files. Each is loaded when it is first asked for.

import type { Language, Report } from '@eniprobe/core'
import type { FormatMessages } from '../messages/formats-en.ts'
import type { FormatPage } from './format-page.ts'
import type { Page } from './page.ts'

export const fileFormats = ['markdown', 'html', 'junit', 'prometheus'] as const
export type FileFormat = (typeof fileFormats)[number]

interface FormatOptions {
  readonly language: Language
  readonly quiet: boolean
}

/** Ends in a line feed. The report is rendered as given: its findings speak the language it was diagnosed in. */
export async function renderFormat(report: Report, format: FileFormat, page: Page, options: FormatOptions): Promise<string> {
  const formatPage: FormatPage = { ...page, formats: await loadMessages(options.language), quiet: options.quiet }
  switch (format) {
    case 'markdown':
      return (await import('./markdown/report.ts')).renderMarkdown(report, formatPage)
    case 'html':
      return (await import('./html/report.ts')).renderHtml(report, formatPage)
    case 'junit':
      return (await import('./junit.ts')).renderJunit(report, formatPage)
    case 'prometheus':
      return (await import('./prometheus.ts')).renderPrometheus(report)
  }
}

async function loadMessages(language: Language): Promise<FormatMessages> {
  if (language === 'ja') return (await import('../messages/formats-ja.ts')).formatsJa
  return (await import('../messages/formats-en.ts')).formatsEn
}
