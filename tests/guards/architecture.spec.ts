import { expect, test } from '@playwright/test'
import { helpersReach, strayEnv, unclassifiedRoutes, unguardedPages, unwrappedActions } from './doors'
import { browserBreaches, importBreaches } from './imports'
import { strangeDoors } from './staff-doors'
import { projectTree } from './tree'

type Guard = (tree: ReadonlyMap<string, string>) => string[]

const breach = (file: string, text: string) => new Map([...projectTree(), [file, text]])

const guards: readonly {
  name: string
  guard: Guard
  breaches: readonly (readonly [file: string, text: string])[]
}[] = [
  {
    name: 'imports run one way',
    guard: importBreaches,
    breaches: [
      ['lib/units/money.ts', "import { db } from '@/db/client'"],
      ['db/client.ts', "import { record } from '@/lib/audit/record'"],
      ['lib/session/gate.ts', "import { block } from '@/lib/access/commands'"],
      ['lib/readings/commands.ts', "import { grantAccess } from '../access/commands'"],
      ['lib/access/queries.ts', "import { blockUser } from './commands'"],
      ['lib/access/commands.ts', "export { block } from './actions'"],
      ['lib/access/rules.ts', "import { accountsOf } from '@/lib/accounts/queries'"],
      ['lib/access/rules.ts', "import { eq } from 'drizzle-orm'"],
      ['lib/exchange/commands.ts', "const page = await import('@/app/page')"],
      ['lib/unknown/thing.ts', "import { env } from '@/lib/env'"],
    ],
  },
  {
    name: 'browser code stays small and knows no server',
    guard: browserBreaches,
    breaches: [
      ['app/_ui/field.tsx', "'use client'\nimport { db } from '@/db/client'"],
      ['app/_ui/form.tsx', "'use client'\nimport { blockUser } from '@/lib/access/commands'"],
      ['app/_ui/button.tsx', "import { env } from '@/lib/env'"],
    ],
  },
  {
    name: 'every server action is wrapped',
    guard: unwrappedActions,
    breaches: [
      ['lib/access/actions.ts', "'use server'\nexport async function wipe() {}"],
      ['lib/access/actions.ts', "'use server'\nexport const wipe = async () => undefined"],
      ['lib/access/commands.ts', "'use server'\nexport const wipe = staffAction(schema, work)"],
      [
        'app/personal/page.tsx',
        "export default function Page() {\n  async function wipe() {\n    'use server'\n  }\n}",
      ],
    ],
  },
  {
    name: 'every address is classified',
    guard: unclassifiedRoutes,
    breaches: [
      ['app/personal/(cabinet)/secrets/page.tsx', 'export default function Page() {}'],
      ['app/api/leak/route.ts', 'export function GET() {}'],
    ],
  },
  {
    name: 'every page behind a door asks who came',
    guard: unguardedPages,
    breaches: [
      ['app/admin/people/page.tsx', 'export default function Page() {}'],
      ['app/personal/(cabinet)/ledger/page.tsx', 'export default function Page() {}'],
      ['app/admin/exchange/upload/route.ts', 'export function POST() {}'],
    ],
  },
  {
    name: 'every door of the office asks for the permission written down',
    guard: strangeDoors,
    breaches: [
      ['lib/access/actions.ts', "export const wipe = staffAction('people.block', schema, work)"],
      [
        'lib/requests/actions.ts',
        "export const approve = staffAction(\n  'requests.see',\n  schema, work, { fresh: true })",
      ],
      [
        'lib/requests/actions.ts',
        "export const approve = staffAction(\n  'requests.decide',\n  schema, work)",
      ],
      ['lib/access/actions.ts', 'export const block = staffAction(permission, schema, work)'],
      ['app/admin/secrets/page.tsx', "const staff = await requireStaff('office.enter')"],
      ['app/admin/audit/page.tsx', "const staff = await requireStaff('office.enter')"],
      ['app/admin/exchange/upload/route.ts', "if (session.kind !== 'live') return nothingHere()"],
    ],
  },
  {
    name: 'a helper comes near meters only',
    guard: helpersReach,
    breaches: [['lib/ledger/queries.ts', "import { helpedBy } from '@/lib/readings/helpers'"]],
  },
  {
    name: 'process.env is read in one place',
    guard: strayEnv,
    breaches: [['lib/log.ts', 'const level = process.env.LOG_LEVEL']],
  },
]

for (const { name, guard, breaches } of guards) {
  test(name, () => {
    expect(guard(projectTree())).toEqual([])
  })
  for (const [file, text] of breaches) {
    test(`${name}: a breach in ${file} is seen (${text.slice(0, 60).replaceAll('\n', ' ')})`, () => {
      expect(guard(breach(file, text)).join('\n')).toContain(file)
    })
  }
}
