// What the lowest failing layer of a target shows, in one word. A symptom says nothing about the cause: it is the
// common ground on which the rules of look-alike causes compete.

export type Symptom =
  | 'dns-silent' // the system's resolvers answered nothing
  | 'dns-flaky' // answered, but not every time
  | 'dns-failed' // SERVFAIL, REFUSED, or bytes that are no answer
  | 'dns-negative' // NXDOMAIN or NODATA
  | 'no-usable-address' // addresses, but none of a family this machine has
  | 'tcp-silent' // every address tried stayed silent
  | 'tcp-partly-silent' // some addresses answer, some stay silent or fail
  | 'tcp-flaky' // one address answers some tries and not others
  | 'tcp-refused' // RST
  | 'tcp-unreachable' // ICMP or no route
  | 'tls-silent' // nothing came after the ClientHello
  | 'tls-cut' // reset or closed after the ClientHello
  | 'tls-alert'
  | 'large-hello-fails' // the large ClientHello fails, a small one is answered
  | 'not-tls'
  | 'tls-untrusted'
  | 'certificate-dates'
  | 'certificate-name'
  | 'http-silent'
  | 'http-cut'
  | 'http-foreign' // an HTTP answer without a mark of AWS, for an AWS name
  | 'index-refuses' // a package index refuses what its manager would send, or that nothing is sent
  | 'http-status' // an answer of a host that is not AWS's which no user would call well
  | 'aws-silent'
  | 'aws-no-credentials'
  | 'aws-credentials' // AWS refuses who we say we are
  | 'aws-clock'
  | 'aws-region'
  | 'aws-denied'
  | 'aws-throttled'
  | 'aws-not-found'
  | 'aws-error'
  | 'not-running' // the API answers, and says that what the user named does not run
  | 'proxy-silent'
  | 'proxy-refuses'
  | 'region-unset'
