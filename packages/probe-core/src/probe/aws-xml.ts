// The one way in which XML of AWS is read: names without prefix, every value as text, nothing expanded, no deeper than is asked for.

import { XMLParser } from 'fast-xml-parser'

/** `deepest`: an answer nested deeper is refused. Entities stay as they are written. */
export function makeXmlReader(deepest: number): XMLParser {
  return new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    processEntities: false,
    removeNSPrefix: true,
    maxNestedTags: deepest,
  })
}
