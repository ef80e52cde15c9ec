// Makes the message of an AWS error fit to be shown: short, printable, and without any secret that AWS echoed back.

/** An error's envelope is not longer. */
const longestRead = 64 * 1024
/** Long enough for the whole sentence of a denial with its ARNs. */
const defaultLength = 2000

/** Every expression is linear in the length of the text: a part that can begin anew inside itself has an end. */
const secrets: readonly [RegExp, string][] = [
  [
    /\b(Authorization(?: header)?\s*[=:]\s*)['"]?(?:AWS4-HMAC-SHA256|AWS4-ECDSA-P256-SHA256|AWS |Bearer |Basic )[^\n]*/gi,
    '$1[removed]',
  ],
  [/AWS4-[A-Z0-9-]{1,40}\s+Credential[^\n]*/g, '[removed]'],
  [
    /\b(Signature|X-Amz-Signature|X-Amz-Security-Token|X-Amz-Credential|Session_?Token|Security_?Token|Token-\d|Secret_?Access_?Key|Password)(["']?\s{0,4}[=:]\s{0,4}["']?)[^\s&'",;]+/gi,
    '$1$2[removed]',
  ],
  [/\b((?:Set-)?Cookie\s{0,4}[=:])[^\n]*/gi, '$1 [removed]'],
  [/(\b[a-z][a-z0-9+.-]{1,12}:\/\/)[^\s/@"'<>]{1,256}@/gi, '$1[removed]@'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/g, '$1 [removed]'],
  [/(The (?:Canonical String|String-to-Sign) .*)$/gis, ''],
  [/\beyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g, '[removed]'],
  // A session token. Not shorter, and without the signs of names: role sessions and object keys are long too, and they matter.
  [/[A-Za-z0-9+/=]{180,}/g, '[removed]'],
  // Four letters say static (AKIA) or temporary (ASIA); the rest is nobody's business.
  [/\b(A[A-Z]{3})[A-Z0-9]{12,124}\b/g, '$1…'],
]

/** The encoded message of a denial is left out and flagged: it is long, and only sts:DecodeAuthorizationMessage reads it. */
export function cleanMessage(raw: string, length = defaultLength): { message: string; encodedMessage: boolean } {
  // Cut before anything is looked for: whoever answers may send a body of nothing but blanks.
  const read = raw.slice(0, longestRead)
  const at = read.search(/Encoded authorization failure message:/i)
  const encodedMessage = at >= 0
  let message = encodedMessage ? withoutEncoded(read, at) : read
  for (const [form, instead] of secrets) message = message.replace(form, instead)
  message = message.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]+/g, ' ').trim()
  return { message: message.length > length ? `${message.slice(0, length - 1)}…` : message, encodedMessage }
}

/** Its sentence ends where the sentence about it began. */
function withoutEncoded(text: string, at: number): string {
  const before = text.slice(0, at).trimEnd().replace(/\.$/, '')
  return `${before}.${text.slice(at).replace(/^Encoded authorization failure message:\s*\S*/i, '')}`
}
