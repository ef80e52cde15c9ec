// What `eniprobe` starts.

import { open } from './door.ts'

await open(process.argv.slice(2))
