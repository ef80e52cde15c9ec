// Makes text from strangers safe to keep and to print: no control characters, no secrets, a known length.
// It is not a redactor of account ids or addresses: that is the report's work, on request.

/** Longer input is cut before anything looks at it, so that a giant body costs nothing. */
const longestReadLength = 65_536

/**
 * One line of printable text, at most `maxLength` code points. Escape sequences, control, bidirectional and invisible
 * characters are dropped, white space runs become one space, and secrets are replaced (see {@link withoutSecrets}).
 */
export function safeText(text: string, maxLength: number): string {
  const printable = text
    .slice(0, longestReadLength)
    // CSI and OSC escape sequences go as a whole, so that their parameters do not stay behind as text.
    .replace(/\x1b\[[0-9;:?]{0,32}[ -/]{0,4}[@-~]|\x1b\][^\x07\x1b]{0,256}(?:\x07|\x1b\\)?/g, '')
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .trim()
  // Secrets are looked for after the stripping, or a control character inside one would hide it; and before the cutting.
  const points = [...withoutSecrets(printable)]
  return points.length <= maxLength ? points.join('') : `${points.slice(0, Math.max(0, maxLength - 1)).join('')}…`
}

const hidden = '****'

/** What to look for, and what stays of it. Every expression is linear in the length of the text. */
const secretForms: readonly (readonly [RegExp, string])[] = [
  // Fields that hold a credential, as header, query, JSON or XML.
  [
    /((?:x-amz-(?:security-token|signature|credential)|x-aws-ec2-metadata-token|aws_?secret_?access_?key|secret_?access_?key|session_?token|security_?token|access_?token|refresh_?token|id_?token|client_?secret|password|passwd|auth_?token|_auth|api_?key|private_?token)["']?\s{0,4}(?:=|%3d|:|%3a|>|&gt;)\s{0,4}["']?)[^\s"'&<>,;]+/gi,
    `$1${hidden}`,
  ],
  // What a query calls a token or a key, whatever is meant.
  [/([?&][\w.-]{0,30}(?:token|key|secret|sig|password|auth)=)[^\s&"'<>]+/gi, `$1${hidden}`],
  // Header echoes: all to the end of the value.
  [/\b((?:proxy-)?authorization["']?\s{0,4}[:=]\s{0,4}["']?)[^"'<>\n]+/gi, `$1${hidden}`],
  [/\b((?:set-)?cookie["']?\s{0,4}[:=]\s{0,4}["']?)[^"'<>\n]+/gi, `$1${hidden}`],
  [/\b(AWS4-[A-Z0-9-]{4,40})\s+Credential=[^\s"'<>]+/g, `$1 ${hidden}`],
  [/\b(Signature(?:=|%3D|["']?\s?:\s?["']?))[0-9a-fA-F+/%=]{16,}/g, `$1${hidden}`],
  [
    /<(StringToSign|StringToSignBytes|CanonicalRequest|CanonicalRequestBytes|SignatureProvided|Token-\d+)>[^<]*/g,
    `<$1>${hidden}`,
  ],
  [/\b(Bearer|Basic|Negotiate|NTLM)\s+[A-Za-z0-9+/_.~-]{8,}=*(?![A-Za-z0-9+/_.~="-])/gi, `$1 ${hidden}`],
  // user:password@ of a URL.
  [/(\b[a-z][a-z0-9+.-]{1,12}:\/\/)[^\s/@"'<>]{1,256}@/gi, `$1${hidden}@`],
  // The same without a scheme, as proxies are written; an image's digest stands behind an @ too.
  [/\b[\w.~%+-]{1,64}:[^\s/@:"'<>]{3,256}@(?!sha256:)(?=[A-Za-z0-9[])/g, `${hidden}@`],
  // Bare forms: access key ids (the first four letters tell static from temporary keys), tokens, JWTs.
  [/\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}/g, `$1${hidden}`],
  [/\b(?:(?:npm|gh[oprsu])_|github_pat_|glpat-|pypi-Ag|hf_)[A-Za-z0-9_-]{16,}/g, hidden],
  [/\beyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g, hidden],
  [/[A-Za-z0-9+/_%=-]{100,}/g, hidden],
]

/**
 * The text with AWS keys, signatures, session tokens, authorization and cookie headers, URL passwords and other long
 * opaque tokens replaced by `****`. It errs towards hiding: any unbroken run of 100 token characters goes.
 */
export function withoutSecrets(text: string): string {
  return secretForms.reduce((rest, [form, kept]) => rest.replace(form, kept), text)
}
