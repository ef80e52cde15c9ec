// How programs word what their network did to them, as a table: the first form that fits names the class, the special ones first.
// Wording was taken from the programs themselves and from public threads; the tests name tool and source of each.

import type { WhyErrorClass } from '../model/why.ts'

/** In lower case, as the line is when they are tried. Every expression is linear. */
const forms: readonly (readonly [WhyErrorClass, RegExp])[] = [
  // A database, a broker or a cluster that says no has been reached.
  [
    'server-refused',
    /(?:port \d{1,5}|socket "[^"]{1,200}") failed: fatal: |psqlexception: fatal: |operationalerror[):]{1,2} fatal: |psql: (?:error: )?fatal: |no pg_hba\.conf entry for host|password authentication failed for user|pam authentication failed for user|is not allowed to connect to this (?:mysql|mariadb) server|connections using insecure transport are prohibited|\b1040\b.{0,20}too many connections|\b1045\b.{0,20}access denied for user|sqlexception: access denied for user|is blocked because of many connection errors|mongoservererror: authentication failed|access denied by server while mounting |\bnoauth authentication required|\bwrongpass invalid|saslauthenticationexception|'security_exception', 'no permissions for|you must be logged in to the server|unable to register node with api server" err="unauthorized"|"message"\s{0,4}:\s{0,4}"missing authentication token"/,
  ],
  // SageMaker and Glue on what their own network interfaces in the user's subnet could not do.
  [
    'connect-failed',
    /ensure that an s3 vpc endpoint exists|has a route to an s3 vpc endpoint|unable to execute request to s3\b|vpc s3 endpoint validation failed|could not find s3 endpoint or nat gateway/,
  ],
  ['denied', /ensure that there is an object located at the url and that the role passed/],
  ['service-error', /at least one security group must open all ingress ports/],
  // The program holds all the connections it may have: nothing is told of the network.
  ['timeout', /acquire operation took longer than the configured maximum time/],
  [
    'proxy',
    /failed to connect to proxy url|cannot connect to proxy|unable to connect to proxy|proxyconnectionerror|tunnel connection failed|proxyconnect tcp|connect tunnel failed|from proxy after connect|tunneling socket could not be established|tunnel through proxy|proxy returns "http|request send failed, (?:post|get|head|put) "https:[^" ]{1,500}": (?:forbidden|proxy authentication required|bad gateway)$|: error: the requested url could not be retrieved|<title>error: the requested url could not be retrieved|proxy authentication required|could not resolve proxy|proxyerror\(/,
  ],
  [
    'tls-expired',
    /certificate (?:has|is) expired|cert_has_expired|certificateexpiredexception|certificate is not yet valid|nottimevalid|invalid peer certificate: expired/,
  ],
  [
    'tls-name',
    /hostname mismatch|hostname '[^']{1,253}' doesn't match|err_tls_cert_altname_invalid|no alternative certificate subject name|x509: certificate is valid for|x509: certificate is not valid for any names|no subject alternative (?:dns )?names?|remotecertificatenamemismatch|does not match the certificate subject|doesn't match any of the subject alternative names|notvalidforname/,
  ],
  [
    'tls-untrusted',
    /certificate_verify_failed|ssl validation failed|self[- ]signed certificate|unable to get (?:local )?issuer certificate|unable_to_(?:get_issuer|verify)|self_signed_cert|signed by unknown authority|pkix path (?:building|validation) failed|ssl certificate problem|remotecertificatechainerrors|partialchain|untrustedroot|unknownissuer|cannot verify [^ ]{1,253}'s certificate|certificate verify failed|server certificate verification failed/,
  ],
  [
    'tls-failed',
    /tls handshake timeout|ssl connection timeout|handshake operation timed out|ssl_error_syscall|eof occurred in violation of protocol|unexpected_eof_while_reading|terminated the handshake|handshake_failure|wrong version number|wrong_version_number|record overflow|ssl connection could not be established|remote error: tls|sslhandshakeexception|before secure tls connection was established|tls: first record does not look like|\b(?:tlsv1[0-3]?|tlsv13|sslv3)[ _]alert[ _]|received fatal alert: /,
  ],
  [
    'dns-timeout',
    /lookup [^ ]{1,253} on [^ ]{1,64}: (?:read|write|dial) udp |lookup [^ :]{1,253}: i\/o timeout|temporary failure in name resolution|temporary failure resolving|eai_again|resolving timed out|resolution timed out|server misbehaving|no servers could be reached|servfail|communications error to [^ ]{1,64}#53: timed out|dns request timed out|resolve call failed: all attempts to contact name servers|no answer from dns server|plugin\/errors: \d{1,2} [^ ]{1,253} [a-z]{1,10}: .{0,200}read udp [^ ]{1,100}: i\/o timeout|dns resolution timed out|dns lookup timed out|server can't find [^ ]{1,253}: refused|(?:timeout while contacting|could not contact) dns servers/,
  ],
  [
    'dns-not-found',
    /no such host|could(?:n't| not) resolve host|name or service not known|nodename nor servname|\benotfound\b|nxdomain|unknownhost(?:exception)?|could not translate host name|unknown (?:mysql|mariadb) server host|no such host is known|nameresolutionerror|failed to resolve ['"]|bad address '|could not resolve address for |getaddrinfo\(host='[^']{1,253}', err=\d{1,3}\): (?:domain name not found|dns server returned answer with no data)|failed to lookup address|unable to resolve host|remote name could not be resolved|getaddrinfo failed|no address associated with|reverse dns resolution of ip|hostname resolving error|inaccessible host: |: non-existent domain|dns name does not exist|resolve call failed: '[^']{1,253}' (?:not found|does not have any rr)|requested name is valid, but no data|couldn't resolve server |no resolvable bootstrap urls|unknown host [a-z0-9][\w-]{0,62}\.[\w.-]{1,190}|リモート名を解決できませんでした|をアドレスに変換できませんでした|ホストアドレス .{1,260} を解決できませんでした|名前またはサービスが不明です|そのようなホストは不明です/,
  ],
  [
    'unreachable',
    /network is unreachable|no route to host|enetunreach|ehostunreach|host is down|ehostdown|unreachable network|noroutetohost|network unreachable/,
  ],
  [
    'refused',
    /connection refused|econnrefused|actively refused|\(refused\)|connect: refused|connection to [^ ]{1,253} refused|brokerconnection .{1,300} returned error 111\b|接続を?拒否されました|対象のコンピューターによって拒否された/,
  ],
  [
    'connect-timeout',
    /socket did not establish a connection with the server within|without establishing a connection within|timeout connecting to |timeout during connection attempt|connect to [^ ]{1,253} port \d{1,5} \(tcp\) timed out|\bconnect call failed .{1,200}timed out|brokerconnection .{1,300} returned error 110\b|with ssl: timed out|lost connection to mysql server at 'reading initial communication packet', system error: 110\b|接続がタイムアウトしました|正しく応答しなかったため、接続できませんでした|while waiting for connection|net::opentimeout|failed to open tcp connection to [^ ]{1,300} \(execution expired\)|socket connection setup timeout|(?:socket|connection) timeout calling |mount error\((?:110|115)\)|failed: timed out, (?:giving up|retrying)|mount\.nfs4?: (?:connection )?timed out/,
  ],
  [
    'read-timeout',
    /request socket timed out after \d{1,9} ms of inactivity|upstream timed out \(110: [^)]{1,60}\) while reading|read timeout on endpoint|read timed out|readtimeout|awaiting headers|esockettimedout|read tcp [^ ]{1,100}: i\/o timeout|read: connection timed out|kind: "http read|headers_timeout|body_timeout|operation timed out after \d+ milliseconds with|api call attempt timed out|operation too slow/,
  ],
  [
    'connect-timeout',
    /connect timeout on endpoint|connecttimeout|connect(?:ion|ing)? ?(?:to [^ ]{1,300} )?timed ?out|(?<!_)connect(?:ion)? timeout|dial tcp:? ?[^ ]{0,100}: (?:i\/o timeout|connect: connection timed out|connect: operation timed out)|dial tcp: i\/o timeout|dial i\/o timeout|waiting for connection|timeout was reached|curl: \(28\)|(?:connect|read) etimedout|\betimedout|errno 110|winerror 10060|\(10060\)|did not properly respond after a period|connect_timeout|kind: "http connect|timeout expired|\(110\)|the network adapter could not establish|connection attempt (?:timed out|failed)/,
  ],
  [
    'reset',
    /reset by peer|econnreset|connection reset|connectionreset|forcibly closed|connection was closed before we received|remotedisconnected|remote end closed connection|socket hang up|incompletemessage|unexpected eof|closed the connection unexpectedly|connection closed (?:by|before)|connection aborted|\bepipe\b|broken pipe|serverhungup|failed to respond|https?:\/\/[^ ]{1,2000}:? eof$|http2 stream .{1,40} was not closed cleanly|end of file|terminated during authentication|write:errno=104|incompleteread\(\d{1,15} bytes read|connection was closed: an unexpected error occurred on a (?:send|receive)|curl: \(52\) empty reply from server/,
  ],
  [
    'connect-failed',
    /could not connect to the endpoint url|endpointconnectionerror|failed to connect to|could(?:n't| not) connect|failed to fetch: |failed to establish a new connection|unable to connect to|can't connect to (?:mysql|mariadb) server|communications link failure|dispatchfailure|send request failed|unable to execute http request|networkingerror|fetch failed|connection to server at "|is the server running on host "|error connecting to redis on|connection failed for url|error sending request for url|connectorerror|could not communicate|connect:errno=|an attempt to connect|failed to open tcp connection to |connection to node -?\d{1,10} .{0,400}could not be established|bootstrap broker [^ ]{1,300} \(id: [^)]{1,80}\) disconnected|no suitable servers found|exception opening socket|error fetching https?:\/\/|unable to load the service index for source|can't reach database server at |cannot connect to host [^ ]{1,253}:\d{1,5} ssl:|nobrokersavailable|could not create connection to database server|could not open a connection to sql server|webexception with status connectfailure|lost connection to mysql server at 'reading initial communication packet'|aws error network_connection|tcp connect to \([^ ]{1,253} : \d{1,5}\) failed|could not reach host |dispatch failure|サーバーへの接続に失敗しました|connection issue between the task and|max retries exceeded|error when performing the request to https?:|unable to resolve package source|\bwarning: ignoring https?:\/\/[^ ]{1,300}: temporary error/,
  ],
  [
    'timeout',
    /task timed out after|context deadline exceeded|deadline_exceeded|request context canceled|client\.timeout exceeded|i\/o timeout|received a timeout error|timed ?out\b|(?:reaches timeout|times out)\b|timedouterror|timeouterror|socket\.timeout|requestcanceled|operation was canceled/,
  ],
]

/** Wrappers that tell where it happened and not what: used when nothing more special stands beside them. */
const wrappers: readonly (readonly [WhyErrorClass, RegExp])[] = [
  ['resource-init', /ResourceInitializationError/],
  [
    'image-pull',
    /CannotPull(?:Container|ImageManifest|ECRContainer)\w{0,20}|ErrImagePull|ImagePullBackOff|Failed to pull image|failed to pull and unpack|failed to resolve reference|error pulling image/i,
  ],
]

const statuses =
  /Status code: ([45]\d\d) for|HTTP Error ([45]\d\d)|returned error: ([45]\d\d)|Server returned (?:HTTP response code|non-2xx)[^\d]{0,20}([45]\d\d)|\b([45]\d\d) (?:Client|Server) Error|unexpected status(?: code)?(?: from [^:]{1,80} request to [^ ]{1,500}| https?:\/\/[^ ]{1,500})?:? ([45]\d\d)|ERROR ([45]\d\d): |npm (?:ERR!|error) code E([45]\d\d)|HTTP status (?:server|client) error \(([45]\d\d)|HTTP ([45]\d\d) [A-Z ]{3,30} for url|requested URL returned error: ([45]\d\d)|status code ([45]\d\d)\b|status code: ([45]\d\d), reason phrase|([45]\d\d) Error, Credentials not correct for|indicate success: ([45]\d\d) |^HTTPError: ([45]\d\d) |failed with status code \[[^\]]{1,300}\]: ([45]\d\d)|failed with status: ([45]\d\d) |error=received: ([45]\d\d) |status code: ([45]\d\d), request id:|^< HTTP\/[\d.]{1,3} ([45]\d\d)\b|resulted in a `([45]\d\d) /i

/** The registry answered: there is no such image. */
const imageMissing = /\/[\w./-]{1,300}(?::[\w.-]{1,128}|@sha256:[0-9a-f]{64})?"?: not found\b|manifest unknown|\bname unknown: /

const registryLogin = /Unable to authenticate, (?:your authentication token seems to be invalid|need: )/

const ssoExpired = /Token has expired and refresh failed|SSO session associated with this profile has expired/

const credentials =
  /Unable to locate credentials|NoCredentialsError|NoCredentialProviders|no valid providers in chain|no providers in chain provided credentials|Could not load credentials|Unable to load (?:AWS )?credentials|CredentialsProviderError|failed to (?:retrieve|refresh cached) credentials|NoAuthWithAWSException|No AWS Credentials provided|Unable to contact EC2 metadata service|no EC2 (?:IMDS role|instance role) found|Unable to get IAM security credentials|CredentialsNotLoaded|No valid credential sources|no basic auth credentials|CredentialRetrievalError|Partial credentials found|Missing credentials in config|failed to load credentials|CredentialsError|failed fetching WebIdentity token|unable to read file at \S{1,300}serviceaccount\/token|Permission denied: '\S{1,300}serviceaccount\/token'/i

const noRegion =
  /You must specify a region|NoRegionError|Missing region in config|MissingRegion|Region is missing|Unable to find a region|could not find region configuration|Unable to load region|No RegionEndpoint or ServiceURL|Invalid Configuration: Missing Region|an AWS region is required|must provide a region|lookup [a-z0-9-]{1,60}\.\.amazonaws|Invalid endpoint: https?:\/\/[a-z0-9.-]{1,60}\.\.amazonaws|https?:\/\/[a-z0-9.-]{1,60}\.(?:None|undefined|null)\.amazonaws\.com/i

interface NetworkError {
  readonly errorClass: WhyErrorClass
  readonly status?: number
}

/** The class of what the line says; undefined when it says nothing of the kind. */
export function findNetworkError(line: string): NetworkError | undefined {
  if (noRegion.test(line)) return { errorClass: 'region-unset' }
  const lower = line.toLowerCase()
  const found = forms.find(([, form]) => form.test(lower))?.[0]
  // "Could not load credentials … connect ETIMEDOUT 169.254.169.254" is about the connection.
  if (found !== undefined && found !== 'timeout') return withStatus(found, line)
  if (ssoExpired.test(line)) return { errorClass: 'expired-credentials' }
  if (credentials.test(line)) return { errorClass: 'no-credentials' }
  const status = statusIn(line)
  if (status !== undefined && found === undefined) return { errorClass: 'http-status', status }
  if (found !== undefined) return { errorClass: found }
  if (registryLogin.test(line)) return { errorClass: 'http-status', status: 401 }
  const wrapper = wrappers.find(([, form]) => form.test(line))?.[0]
  if ((wrapper === 'image-pull' || /^Error response from daemon: /.test(line)) && imageMissing.test(line))
    return { errorClass: 'not-found' }
  return wrapper === undefined ? undefined : { errorClass: wrapper }
}

function withStatus(errorClass: WhyErrorClass, line: string): NetworkError {
  const status = errorClass === 'proxy' ? Number(/(?:response|failed:|code) (\d{3})\b/.exec(line)?.[1] ?? Number.NaN) : Number.NaN
  return Number.isNaN(status) ? { errorClass } : { errorClass, status }
}

function statusIn(line: string): number | undefined {
  const found = statuses
    .exec(line)
    ?.slice(1)
    .find(digits => digits !== undefined)
  return found === undefined ? undefined : Number(found)
}
