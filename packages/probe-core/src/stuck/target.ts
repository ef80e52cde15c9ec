// Which target of the command line stands for a connection that hangs: the whole service where its name is known, else the bare
// address.

import { defaultHost, findService, readHost } from '../catalog/index.ts'
import type { StuckConnection } from '../model/stuck.ts'
import { isOwnAddress } from '../observe/stuck/known-addresses.ts'
import { bracketed } from '../plan/addresses.ts'
import type { Here } from './candidates.ts'

/** Asked of a DNS server that leaves questions open: AWS's own name that every client uses. */
const anyService = 'sts'

/** Null: from another network namespace, or without a name to ask a silent DNS server for. */
export function targetOf(connection: StuckConnection, { region }: Here): string | null {
  const { kind, address, port, names, namespaceOf } = connection
  if (namespaceOf !== undefined) return null
  if (kind === 'dns-question') return region === null ? null : anyService
  // A guess is good enough to look at: the run itself tells whether that service can be reached.
  const [name] = names
  if (name === undefined || isOwnAddress(address) || name.from === 'link-local' || name.from === 'resolver')
    return `tcp://${bracketed(address)}:${port}`
  if (name.service !== null && name.from !== 'dns' && name.from !== 'hosts-file')
    return port === 443 ? name.service : bare(address, port)
  if (name.from === 'reverse-dns' || name.from === 'proxy') return bare(address, port)
  const service = name.service === null ? undefined : findService(name.service)
  if (service !== undefined && region !== null && port === 443 && defaultHost(service, region) === name.host) return service.id
  if (port === 443) return readHost(name.host) === undefined ? `tls://${name.host}` : `https://${name.host}`
  return `tcp://${name.host}:${port}`
}

function bare(address: string, port: number): string {
  return `tcp://${bracketed(address)}:${port}`
}
