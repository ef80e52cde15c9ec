// Our own account, told by whoever learns it first: the task's metadata or STS. It may never be told, so nobody waits without a bound.

interface AccountPromise {
  readonly done: Promise<string | undefined>
  /** The first word stands; undefined: nobody will tell any more. */
  tell(account: string | undefined): void
}

export function makeAccount(known: string | null): AccountPromise {
  let tell = (_account: string | undefined) => {}
  const done = new Promise<string | undefined>(resolve => {
    tell = resolve
  })
  if (known !== null) tell(known)
  return { done, tell }
}
