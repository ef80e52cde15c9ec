// Adding to a policy that stands there already. The command saves it, shows what to add, and writes the file back: pasted whole,
// it changes nothing. Terraform adds to the saved file. CloudFormation cannot: its document holds a marked place for what stands there.

import type { Fix } from '../../model/finding.ts'
import { printable, sh } from './shell.ts'
import { cloudFormation, Expression, terraform, type Value } from './templates.ts'

type Statement = { readonly [name: string]: Value }

export interface Merge {
  readonly file: string
  readonly read: string
  readonly write: string
  readonly statements: readonly Statement[]
  readonly actions: readonly string[]
  readonly isExplicit: boolean
  readonly hint?: string
  readonly note?: string
  readonly terraform?: { readonly type: string; readonly has: Statement }
  readonly cloudformation?: { readonly type: string; readonly has: Statement; readonly document: string; readonly name: string }
}

export function addTo(merge: Merge): Fix['snippets'] {
  const { file, read, write, statements, isExplicit, actions, hint, note } = merge
  const say = (text: string) => `# ${printable(text)}`
  const todo = isExplicit
    ? [
        say(
          `In ${file}, narrow the Deny so that it leaves out ${actions.join(', ')}: no Allow outweighs it${hint ? `; ${hint}` : ''}.`,
        ),
      ]
    : [
        ...(note ? [say(note)] : []),
        ...(hint ? [say(`In ${file}, look at its Deny statements first: ${hint}.`)] : []),
        say(`Add to "Statement" in ${file}:`),
        ...statements.map(each => say(JSON.stringify(each))),
      ]
  const cli = [`${read} > ${sh`${file}`}`, ...todo, write].join('\n')
  if (isExplicit || merge.terraform === undefined || merge.cloudformation === undefined) return { cli }
  return { cli, terraform: inTerraform(merge, merge.terraform), cloudformation: inCloudFormation(merge, merge.cloudformation) }
}

function inTerraform({ file, statements, note }: Merge, { type, has }: NonNullable<Merge['terraform']>): string {
  const policy = new Expression('data.aws_iam_policy_document.with_statement.json')
  const blocks = statements.map(block).join('')
  return `# ${file}: the policy as it stands, saved by the first of the commands.\n${note ? `# ${note}\n` : ''}data "aws_iam_policy_document" "with_statement" {\n  source_policy_documents = [file("\${path.module}/${file}")]\n${blocks}}\n\n${terraform([{ type, name: 'with_statement', has: { ...has, policy } }])}`
}

function block({ Principal, Action, Resource, Condition }: Statement): string {
  const text = (value: Value | undefined) => terraformList(value)
  const who =
    Principal === undefined
      ? ''
      : Principal === '*'
        ? '\n    principals {\n      type        = "*"\n      identifiers = ["*"]\n    }\n'
        : `\n    principals {\n      type        = "AWS"\n      identifiers = ${text((Principal as Statement).AWS)}\n    }\n`
  const conditions = Object.entries((Condition ?? {}) as Statement).flatMap(([test, keys]) =>
    Object.entries(keys as Statement).map(
      ([variable, values]) =>
        `\n    condition {\n      test     = "${test}"\n      variable = "${variable}"\n      values   = ${text(values)}\n    }\n`,
    ),
  )
  return `\n  statement {\n    actions   = ${text(Action)}\n    resources = ${text(Resource)}\n${who}${conditions.join('')}  }\n`
}

function terraformList(value: Value | undefined): string {
  const items = (Array.isArray(value) ? value : [value]) as readonly string[]
  return `[${items
    .map(item =>
      JSON.stringify(printable(String(item)))
        .replaceAll('${', '$${')
        .replaceAll('%{', '%%{'),
    )
    .join(', ')}]`
}

function inCloudFormation(
  { file, statements, note }: Merge,
  { type, has, document, name }: NonNullable<Merge['cloudformation']>,
): string {
  return cloudFormation([
    {
      type,
      name,
      note: `In the resource that holds this policy: the last ${statements.length === 1 ? 'statement is' : `${statements.length} statements are`} new.\nWhat stands there already (${file} of the first command) comes before; without it, this would replace it.${note ? `\n${note}` : ''}`,
      has: {
        ...has,
        [document]: { Version: '2012-10-17', Statement: ['<statements-that-stand-there-already>', ...statements] },
      },
    },
  ])
}
