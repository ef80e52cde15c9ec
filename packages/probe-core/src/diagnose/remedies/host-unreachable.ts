// Remedy for a host that cannot be reached: an address that nobody holds any more, or one of another network that no route leads to.

import type { Said } from '../../model/language.ts'
import { isNamedByDns, silentBeyond } from '../beyond.ts'
import { placeOf } from '../path/place.ts'
import { routeTableOf } from '../path/route.ts'
import type { Remedy } from '../rule.ts'
import type { NetworkView, TargetView } from '../view.ts'
import { addressOf, addressOr, hosts, type Ids, idOr, inWords, services, unique } from './ids.ts'
import { plain } from './plain.ts'
import { sh } from './shell.ts'
import { endpointsHere } from './told-ids.ts'

const vpcGuide = 'https://docs.aws.amazon.com/vpc/latest/userguide'

export const hostUnreachable: Remedy = plain((ids, targets, network) => {
  if (lieBeyond(targets)) return beyond(ids, targets, network)
  return {
    fix: {
      en: `${hosts(targets)} cannot be reached: its address is not in use, has no route, or this machine refuses to send.`,
      ja: `${hosts(targets)} に届きません。そのアドレスが使われていないか、ルートがないか、このマシン自身が送信を拒否しています。`,
    },
    steps: [
      {
        en: 'In the own subnet: the address is held by nobody; the name is stale (a deleted endpoint or instance, an old private zone record or hosts entry).',
        ja: '自分のサブネットの中なら、そのアドレスの持ち主がいません。名前が古くなっています（削除したエンドポイントやインスタンス、プライベートホストゾーンや hosts の古いレコード）。',
      },
      {
        en: 'EPERM or EACCES: this machine’s own firewall (iptables, nftables, seccomp).',
        ja: 'EPERM または EACCES なら、このマシン自身のファイアウォールです（iptables、nftables、seccomp）。',
      },
    ],
    docs: `${vpcGuide}/VPC_Route_Tables.html`,
    next: { en: 'Who holds that address:', ja: 'そのアドレスの持ち主を調べます。' },
    ask: sh`aws ec2 describe-network-interfaces --region ${ids.region} --filters Name=addresses.private-ip-address,Values=${addressOf(targets)}`,
  }
})

/** Whether every one of them is silent at addresses outside of the VPC alone. */
export function lieBeyond(targets: readonly TargetView[]): boolean {
  return targets.length > 0 && targets.every(t => silentBeyond(t).length > 0)
}

/** For a group over there, which looks the same from here: what is to be done is the same but for what comes first. */
export function admitBeyond(ids: Ids, targets: readonly TargetView[], network: NetworkView) {
  const where = inWords(unique(targets.flatMap(t => silentBeyond(t).flatMap(a => addressOr(a.address, undefined) ?? []))))
  const ports = inWords(unique(targets.map(t => t.target.port)))
  return {
    ...beyond(ids, targets, network),
    fix: {
      en: `Admit tcp/${ports} from ${ids.ownCidr} in the security group of ${where}, which is outside of this VPC, and see that a route leads there and back.`,
      ja: `この VPC の外にある ${where} のセキュリティグループで、${ids.ownCidr} からの TCP ${ports} を許可し、往復のルートがあることも確かめてください。`,
    },
  }
}

function beyond(ids: Ids, targets: readonly TargetView[], network: NetworkView) {
  const addresses = unique(targets.flatMap(t => silentBeyond(t).flatMap(a => addressOr(a.address, undefined) ?? [])))
  const where = inWords(addresses)
  const table = tableOf(network)
  const isApi = targets.some(isNamedByDns)
  const here = unique(targets.filter(t => t.isApi).flatMap(endpointsHere))
  const lead: Said = {
    en: `If ${where} is right: add a route to it in ${table ?? 'the route table of this subnet'} (transit gateway or peering), and see that the other side has a route back and admits ${ids.ownCidr} in its security groups and network ACLs.`,
    ja: `${where} が正しいなら、${table ?? 'このサブネットのルートテーブル'} に Transit Gateway またはピアリングへのルートを追加します。相手側にも、このサブネットへの戻りのルートと、${ids.ownCidr} を許可するセキュリティグループとネットワーク ACL が必要です。`,
  }
  const record: Said = isApi
    ? {
        en: `If this VPC was meant to serve ${services(targets)} itself: private DNS of its own endpoint never gives an address outside of the VPC, so a private hosted zone (or a Route 53 Profile, a resolver rule) gives this one. Remove or correct that record${here.length > 0 ? `; the endpoint here is ${inWords(here)}` : ''}.`,
        ja: `この VPC 自身のエンドポイントを使うはずなら、レコードを直すか削除します。VPC のエンドポイントのプライベート DNS が VPC の外のアドレスを返すことはないので、${services(targets)} のこのアドレスは、プライベートホストゾーン（または Route 53 Profile、リゾルバールール）が返しています${here.length > 0 ? `（この VPC のエンドポイントは ${inWords(here)}）` : ''}。`,
      }
    : {
        en: 'If it moved: correct the record that still gives the old address.',
        ja: '移転したのなら、古いアドレスを返しているレコードを直します。',
      }
  return {
    fix: {
      en: `Add a route to ${where}, or correct the record by which ${hosts(targets)} has that address: it is outside of this VPC.`,
      ja: `${where} へのルートを用意するか、${hosts(targets)} にこのアドレスを与えているレコードを直してください。この VPC の外のアドレスです。`,
    },
    steps: isApi ? [record, lead] : [lead, record],
    docs: `${vpcGuide}/VPC_Route_Tables.html`,
    next: {
      en: 'A route that is missing and a filter in the other network look the same from inside. The route table of this subnet tells (no association listed: look at the main table):',
      ja: '「ルートがない」と「相手側のネットワークで遮断されている」は、内側からは区別できません。このサブネットのルートテーブルを見れば分かります（関連付けが一つも出ないときは、メインルートテーブルを見てください）。',
    },
    ask: sh`aws ec2 describe-route-tables --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'RouteTables[].Routes[]'`,
  }
}

function tableOf(network: NetworkView): string | undefined {
  const told = network.report.controlPlane
  const own = placeOf(network)
  return told && own && idOr(routeTableOf(told, own.subnet, own.vpc)?.id, undefined)
}
