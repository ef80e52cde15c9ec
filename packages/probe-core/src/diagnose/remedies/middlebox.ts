// Remedies for what stands on the path: firewalls, inspectors, gateways, proxies; and for TLS and HTTP that are not the service's.

import type { CauseCode } from '../../model/cause.ts'
import { proxyFrom, proxyName } from '../proxied.ts'
import type { Remedy } from '../rule.ts'
import { hosts, unique } from './ids.ts'
import { plain } from './plain.ts'

const firewall = 'https://docs.aws.amazon.com/network-firewall/latest/developerguide'

export const middleboxRemedies = {
  'firewall-drops-name': plain((_ids, targets) => ({
    fix: `Allow ${hosts(targets)} in the firewall that filters by server name (or send the traffic through a VPC endpoint, past it).`,
    steps: [
      'Ask the network team which domain list or SNI rule the path crosses; add the name.',
      'Where the service has an interface endpoint, that path does not cross the firewall.',
    ],
    docs: `${firewall}/stateful-rule-groups-domain-names.html`,
    next: 'The firewall’s alert log names the rule. To show it again:',
    ask: `openssl s_client -connect ${targets[0]?.target.host ?? '<host>'}:443 -servername ${targets[0]?.target.host ?? '<host>'} </dev/null; openssl s_client -connect ${targets[0]?.target.host ?? '<host>'}:443 -servername example.com </dev/null`,
  })),
  'firewall-drops-large-hello': plain((_ids, targets) => ({
    fix: 'Let the firewall read a ClientHello that spans two segments, or make clients send a small one.',
    steps: [
      'Update or reconfigure the firewall: it must reassemble the stream before it looks for the server name.',
      'Until then, turn off the post-quantum key share in clients: Go: GODEBUG=tlsmlkem=0 (before 1.24: tlskyber=0); OpenSSL 3.5: Groups = X25519:P-256 in openssl.cnf.',
    ],
    cli: 'export GODEBUG=tlsmlkem=0',
    docs: `${firewall}/troubleshooting.html`,
    next: 'The same host with and without the post-quantum group (OpenSSL 3.5 or newer):',
    ask: `openssl s_client -connect ${targets[0]?.target.host ?? '<host>'}:443 -groups X25519MLKEM768 </dev/null; openssl s_client -connect ${targets[0]?.target.host ?? '<host>'}:443 -groups X25519 </dev/null`,
  })),
  'tls-inspected': plain((_ids, targets) => ({
    fix: 'Trust the inspecting CA in every client, or exempt AWS names from inspection.',
    steps: [
      'Best: exempt *.amazonaws.com (or use VPC endpoints, which are not on that path): inspection that rewrites headers breaks signatures too.',
      'Else give each client the CA: AWS_CA_BUNDLE (boto3, AWS CLI), NODE_EXTRA_CA_CERTS (Node), REQUESTS_CA_BUNDLE, SSL_CERT_FILE, pip config set global.cert, the Java trust store.',
    ],
    cli: 'export AWS_CA_BUNDLE=/path/to/ca.pem NODE_EXTRA_CA_CERTS=/path/to/ca.pem REQUESTS_CA_BUNDLE=/path/to/ca.pem',
    docs: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html',
    next: 'The issuers that are shown here, to compare with Amazon’s:',
    ask: `openssl s_client -connect ${targets[0]?.target.host ?? '<host>'}:443 -servername ${targets[0]?.target.host ?? '<host>'} -showcerts </dev/null | openssl x509 -noout -issuer -subject -dates`,
  })),
  'web-gateway-blocks': plain((_ids, targets) => ({
    fix: `Have ${hosts(targets)} allowed in the web gateway, or take a path that does not cross it.`,
    steps: [
      'Show the network team the page that answered: it often names the rule.',
      'Where the service has a VPC endpoint, use it: its traffic does not cross the gateway.',
    ],
    docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
    next: 'Read the whole page that answers:',
    ask: `curl -sv --max-time 10 https://${targets[0]?.target.host ?? '<host>'}/`,
  })),
  'proxy-unreachable': plain((_ids, targets, network) => ({
    fix: `Correct or remove the proxy setting ${proxyFrom(network, targets[0])} (${proxyName(network, targets[0])}), or open the way to it.`,
    steps: [
      'If the proxy is right: own egress, route and the proxy’s security group must allow its port.',
      'If AWS goes by VPC endpoints: exempt it, NO_PROXY=169.254.169.254,169.254.170.2,.amazonaws.com.',
    ],
    cli: 'export NO_PROXY=169.254.169.254,169.254.170.2,.amazonaws.com',
    docs: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html',
    next: 'Is the proxy reachable at all, and is the target without it?',
    ask: `curl -sv --max-time 5 --noproxy '*' https://${targets[0]?.target.host ?? '<host>'}/ -o /dev/null`,
  })),
  'proxy-refuses': plain((_ids, targets, network) => ({
    fix: `Have the proxy ${proxyName(network, targets[0])} allow ${hosts(targets)}, or exempt these names with NO_PROXY.`,
    steps: [
      '403: the proxy’s rules. 407: it wants credentials. 502, 503, 504: it cannot reach or resolve the name itself.',
      'Where a VPC endpoint serves the name, exempt it: the proxy may stand outside the VPC and not see the endpoint.',
    ],
    cli: `export NO_PROXY=169.254.169.254,169.254.170.2,${unique(targets.map(t => t.target.host)).join(',')}`,
    docs: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html',
    next: 'The proxy’s own words:',
    ask: `curl -sv --max-time 10 https://${targets[0]?.target.host ?? '<host>'}/ -o /dev/null`,
  })),
  'proxy-captures-metadata': plain((_ids, _targets, network) => ({
    fix: 'Exempt the link-local addresses from the proxy: NO_PROXY must name 169.254.169.254, 169.254.170.2 and 169.254.170.23.',
    steps: [
      `Add them to NO_PROXY and no_proxy beside ${network.vantage.proxy?.from ?? 'HTTPS_PROXY'}; not every tool understands ranges, so name each address.`,
    ],
    cli: 'export NO_PROXY="$NO_PROXY,169.254.169.254,169.254.170.2,169.254.170.23" no_proxy="$NO_PROXY,169.254.169.254,169.254.170.2,169.254.170.23"',
    docs: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html',
    next: 'Metadata asked past the proxy:',
    ask: "curl -s --noproxy '*' --max-time 2 -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' >/dev/null && echo reachable",
  })),
  'certificate-expired': plain((_ids, targets) => ({
    fix: `Renew the certificate of ${hosts(targets)}.`,
    steps: ['The server shows a certificate outside its dates, and our clock agrees with the network’s.'],
    docs: 'https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html',
    next: 'Is our clock right?',
    ask: "date -u; curl -sI --max-time 5 http://169.254.169.254/ | grep -i '^date'; chronyc tracking",
  })),
  'certificate-other-host': plain((_ids, targets) => ({
    fix: `Correct where ${hosts(targets)} leads: another server answers there.`,
    steps: [
      'Look for a private hosted zone record, a hosts entry or a load balancer that points this name at another endpoint.',
      'An endpoint’s own vpce-… name needs the service’s name in Host and SNI, or a client that is told the endpoint URL.',
    ],
    docs: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html',
    next: 'Who answers, and who holds that address:',
    ask: `getent ahosts ${targets[0]?.target.host ?? '<host>'}; openssl s_client -connect ${targets[0]?.target.host ?? '<host>'}:443 -servername ${targets[0]?.target.host ?? '<host>'} </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName`,
  })),
  'not-tls': plain((_ids, targets) => ({
    fix: `${targets.map(t => `${t.target.host}:${t.target.port}`).join(', ')} does not speak TLS: correct the port or the scheme.`,
    steps: [
      'Databases start TLS inside their own protocol: probe them as tcp://HOST:PORT.',
      'Plain HTTP on the port: use http://, or put TLS in front.',
    ],
    docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html',
    next: 'What the port says in the clear:',
    ask: `curl -sv --max-time 5 http://${targets[0]?.target.host ?? '<host>'}:${targets[0]?.target.port ?? ''}/ -o /dev/null`,
  })),
  'http-silent': plain((_ids, targets) => ({
    fix: `${hosts(targets)} takes the connection and never answers: look at the server behind it.`,
    steps: [
      'A load balancer or proxy whose backend hangs, or a middlebox that lets the handshake through and holds the request.',
    ],
    docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    next: 'The same request, with all the time it wants:',
    ask: `curl -sv --max-time 120 https://${targets[0]?.target.host ?? '<host>'}/ -o /dev/null`,
  })),
  'answered-by-other': plain((_ids, targets) => ({
    fix: `Something else answers for ${hosts(targets)}: correct the name’s address or remove what stands in between.`,
    steps: [
      'Compare the address with the endpoint’s, or with what AWS’s DNS says outside; look for private zones, hosts entries, load balancers.',
    ],
    docs: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html',
    next: 'Who answers there:',
    ask: `curl -skv --max-time 10 https://${targets[0]?.target.host ?? '<host>'}/ 2>&1 | head -40`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>
