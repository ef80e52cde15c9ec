// Facts that many rules ask for again and again: found once for what they are about. Of a run with ten thousand targets every rule
// asks, for every target, something about all the others.

/** The same fact, found when first asked for and kept as long as what it is about. `find` must depend on that alone. */
export function remember<K extends object, T>(find: (about: K) => T): (about: K) => T {
  const found = new WeakMap<K, T>()
  return about => {
    const known = found.get(about)
    if (known !== undefined || found.has(about)) return known as T
    const fact = find(about)
    found.set(about, fact)
    return fact
  }
}

/** The first but `except`, of what others found for all: without a copy of the list for each who asks. */
export function firstBut<T>(all: Iterable<T>, except: T | undefined): T | undefined {
  for (const each of all) if (each !== except) return each
  return undefined
}
