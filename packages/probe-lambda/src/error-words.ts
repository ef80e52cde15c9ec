// What an error of the AWS SDK says, fit for a log and an answer. AWS repeats in it what it was sent, when a signature does not match;
// so may whoever stands in its place.

const mostLetters = 300
const secretVariables = ['AWS_SESSION_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'] as const

/** Its first line: what AWS repeats stands below. Without this function's own credentials and signatures. */
export function wordsOf(message: string, env: NodeJS.ProcessEnv = process.env): string {
  let words = (message.trim().split('\n', 1)[0] ?? '')
    .slice(0, 64 * 1024)
    .replace(/AWS4-[A-Z0-9-]{1,40} Credential.*/, '[removed]')
  for (const variable of secretVariables) {
    const value = env[variable]
    if (value) words = words.replaceAll(value, '[removed]').replaceAll(encodeURIComponent(value), '[removed]')
  }
  return words.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, mostLetters)
}
