// Cause: a firewall on the path drops or resets connections by the server name in the ClientHello (SNI or domain filter).
// Shows as: TCP connects, the ClientHello with this name gets silence or a reset, another name on the same address gets a TLS answer.
// Looks like, but is not: `firewall-drops-large-hello` (size decides, not the name), `path-mtu`.

import { exchange } from '../exchange.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'

export const firewallDropsName: Rule = {
  cause: 'firewall-drops-name',
  severity: 'error',
  shows: ['tls-silent', 'tls-cut'],
  judge(target, network) {
    const seen = exchange(target)
    const host = target.target.host
    if (seen.smallHello === 'answered') return excluded(says(target, 'tls', 'hello.smallAnswered', { host }))
    if (seen.smallAnswer === 'answered') return excluded(says(target, 'tls', 'mtu.smallAnswer', { host }))
    const proof = says(target, 'tls', target.tls?.outcome === 'silent' ? 'tls.silent' : 'tls.cut', { host })
    // AWS's own endpoints answer any name; another server may itself be the one that minds it.
    if (seen.otherName === 'answered')
      return fits(target.isApi ? 'strong' : 'plain', [
        says(target, 'tcp', 'tcp.connects', { host }),
        proof,
        says(target, 'tls', 'sni.otherAnswered', { host }),
      ])
    if (seen.otherName !== undefined) {
      // A firewall that passes listed names only drops any other name too. What it lists gets through on the same way.
      const listed = network.publicThatAnswer(target).find(t => t.isPublic === target.isPublic && t.answered('tls'))
      const passes = listed && says(listed, 'tls', 'tls.completes', { host: listed.target.host })
      return fits(passes ? 'plain' : 'weak', [proof, passes], [says(target, 'tls', 'sni.otherSilent', { host })])
    }
    return fits('weak', [says(target, 'tcp', 'tcp.connects', { host }), proof])
  },
}
