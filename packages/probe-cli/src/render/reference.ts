// Which addresses a rendering may make a link of: those our own fixes refer to, whatever a report says.

export function isReference(url: string): boolean {
  return /^https:\/\/(?:docs\.aws\.amazon\.com|man7\.org)\/[\w./#-]+$/.test(url)
}
