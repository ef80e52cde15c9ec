// What a text rendering is written on: how wide, in which colours, in whose words.

import type { Messages } from '../messages/en.ts'
import type { Paint } from './colour.ts'

export interface Page {
  readonly columns: number
  readonly paint: Paint
  readonly messages: Messages
  readonly verbose: boolean
}
