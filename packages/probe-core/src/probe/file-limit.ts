// How many sockets this process may have: on small runtimes fewer than a run over many targets would use.

/** From the text of /proc/self/limits: the soft limit of open files. Undefined: none, or not told. */
export function findFileLimit(limits: string | undefined): number | undefined {
  const [, soft] = /^Max open files\s+(\d+)\s/m.exec(limits ?? '') ?? []
  return soft === undefined ? undefined : Number(soft)
}
