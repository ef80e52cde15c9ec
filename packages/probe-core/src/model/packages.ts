// Where a package manager of this machine would really fetch from, as its own configuration says it. No secret is ever here.

export type PackageRole =
  | 'index' // simple index of Python (PEP 503, PEP 691)
  | 'find-links' // a page, or a file, that pip is pointed at
  | 'registry' // npm
  | 'channel' // conda
  | 'repository' // dnf, yum: a folder with repodata/
  | 'mirror-list' // dnf, yum: a file that lists repositories
  | 'release' // apt: the signed list of one suite
  | 'image-registry' // docker
  | 'files' // a host that an index, registry or mirror list names for its files
  | 'tokens' // docker: who gives tokens for a registry

/** What a package manager gets at a target, and which setting sent it there. */
export interface PackageUse {
  /** `pip`, `uv`, `poetry`, `npm`, `yarn`, `pnpm`, `conda`, `dnf`, `apt`, `docker`. */
  readonly manager: string
  readonly role: PackageRole
  /** The setting and its file or variable, e.g. `index-url of [global], /etc/pip.conf`. */
  readonly configuredBy: string
  /** Nobody configured it: the manager's own default. */
  readonly isDefault?: true
  /** Where the manager would take credentials for it: `url`, or names of what may hold some. Absent: nowhere that is known. */
  readonly credentials?: string
  /** The expiry that the CodeArtifact token in use carries in the clear. */
  readonly tokenExpiresAt?: string
  /** The manager is set not to verify this host's certificate. */
  readonly isUnchecked?: true
  /** A proxy that the manager's own configuration names, without credentials; and the setting. */
  readonly proxy?: { readonly url: string; readonly from: string }
  /** Id of the target whose answer named this host. */
  readonly foundBy?: string
}

/** One place of the configuration, not yet a target. `{region}` and `{dnsSuffix}` in the URL stand for those of the run. */
export interface PackageSource extends PackageUse {
  /** Without user information, query and fragment. */
  readonly url: string
  readonly note?: string
}

export interface PackageSettings {
  readonly sources: readonly PackageSource[]
  /** One line each: what the configuration says that is no place in the network, or cannot be read. */
  readonly notes: readonly string[]
}

/** What the answer of an index said, read as its manager reads it. */
export interface IndexSeen {
  readonly form: 'html' | 'json' | 'mirror-list' | 'repodata' | 'registry' | 'other'
  /** Links or entries that were read, of the part of the answer that was read. */
  readonly entries?: number
  /** Hosts that they lead to, the index's own left out. */
  readonly hosts?: readonly string[]
  /** `sent`: those of the manager's URL went with the request. `withheld`: it has some, and they were not sent (in the clear). */
  readonly credentials: 'sent' | 'withheld' | 'none'
}
