// Results of reachability tests that stand in several lines: PowerShell's Test-NetConnection and dig.

import { readLine, type Said } from './read-line.ts'

export interface TestReader {
  /** To be told every line that holds no error of its own, in order; a failed result when the line ends one. */
  next(line: string): Said | undefined
}

const field = /^(ComputerName|RemotePort|TcpTestSucceeded)\s{1,20}: (\S{1,253})\s{0,8}$/

export function createTestReader(): TestReader {
  let host: string | undefined
  let port: string | undefined
  return {
    next(line) {
      const [, name, value] = field.exec(line) ?? []
      if (name === 'ComputerName') [host, port] = [value, undefined]
      if (name === 'RemotePort') port = value
      if (name !== 'TcpTestSucceeded' || value !== 'False' || host === undefined || port === undefined) return undefined
      const said = readLine(`Failed to connect to ${host} port ${port}`)
      return said === undefined ? undefined : { ...said, text: `TcpTestSucceeded : False (${host} ${port})` }
    },
  }
}
