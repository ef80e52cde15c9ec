// The name that stands apart from the error about it: in the command somebody typed, or among the properties of a dumped error.

/** What somebody typed, in a pasted session: these programs do not repeat the name in every error. */
const typed =
  /^\s{0,8}(?:\S{0,80} ?\S{0,80}[$#>%+])\s{1,4}(?:sudo )?(?:curl|wget|openssl s_client) .{0,2000}?(https?:\/\/[^\s'"]{1,2000}|(?<=-connect )[\w.-]{1,253}:\d{1,5})/
const typedDoor =
  /^\s{0,8}(?:\S{0,80} ?\S{0,80}[$#>%+])\s{1,4}(?:sudo )?(?:telnet|nc|ncat|netcat)(?: -\w{1,8}(?: \d{1,4}(?= ))?){0,6} ([\w.-]{1,253}) (\d{1,5})\s{0,4}$/

/** What was asked for at a prompt, or as PowerShell's test shows it. */
export function findTyped(line: string): string | undefined {
  if (/(?:curl|wget|s_client) /.test(line)) {
    const asked = typed.exec(line)?.[1]
    return asked === undefined || asked.includes('://') ? asked : `https://${asked}`
  }
  const door = /(?:telnet|nc|ncat|netcat) /.test(line) ? typedDoor.exec(line) : null
  return door === null ? undefined : `tcp://${door[1]}:${door[2]}`
}

/** The name, where an error's properties are told one by one; an instance's own name is none that was called. */
const dumped =
  /^(?:\s{1,40}'?hostname'?: '([\w-]{1,63}\.(?!(?:ec2|[\w-]{1,30}\.compute)\.internal')[\w.-]{1,190})',?|\s{1,40}'([\w.-]{1,253}:\d{1,5})' => \[?ServerDescription.{0,200}|;([\w.-]{1,253})\.\s{1,20}IN\s{1,20}(?:A|AAAA)\s{0,8}|\+ (?:Invoke-(?:WebRequest|RestMethod)|iwr|irm) .{0,200}?https?:\/\/([\w.-]{1,253}).{0,600}|.{0,200}retrieve the URL: <a href="https?:\/\/([\w.-]{1,253})\/.{0,600})$/

export function findDumpedHost(line: string): string | undefined {
  return dumped
    .exec(line)
    ?.slice(1)
    .find(text => text !== undefined)
}
