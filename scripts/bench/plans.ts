import type pg from 'pg'
import { z } from 'zod'

/** A query as the service asked it. */
export interface Asked {
  text: string
  values: unknown[]
}

const call = z.tuple([z.looseObject({ text: z.string() }), z.array(z.unknown()).optional()]).rest(z.unknown())

/** Notes every query that goes through a pool from now on, in transactions too. */
export function listen(pool: pg.Pool): Asked[] {
  const asked: Asked[] = []
  const known = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => {
    if (known.has(client)) return
    known.add(client)
    const query = client.query
    client.query = function (this: pg.PoolClient, ...args: unknown[]) {
      const noted = call.safeParse(args)
      if (noted.success) asked.push({ text: noted.data[0].text, values: noted.data[1] ?? [] })
      return Reflect.apply(query, this, args)
    } as typeof query
  })
  return asked
}

interface Node {
  'Node Type': string
  'Index Name'?: string | undefined
  'Relation Name'?: string | undefined
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number | undefined
  'Rows Removed by Index Recheck'?: number | undefined
  Plans?: Node[] | undefined
}
const node: z.ZodType<Node> = z.object({
  'Node Type': z.string(),
  'Index Name': z.string().optional(),
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().optional(),
  'Rows Removed by Index Recheck': z.number().optional(),
  get Plans() {
    return z.array(node).optional()
  },
})
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: node })]) })])

/** How a query is answered: the shape of its plan, the rows its scans touched, and large tables read from end to end. */
export interface Plan {
  shape: string[]
  touched: number
  scanned: string[]
}

/** Runs a query under EXPLAIN ANALYZE. `large`: tables that must not be read from end to end. */
export async function planOf(client: pg.ClientBase, asked: Asked, large: RegExp): Promise<Plan> {
  const { rows } = await client.query(
    `explain (analyze, timing off, format json) ${asked.text}`,
    asked.values,
  )
  const nodes = flat(explained.parse(rows)[0]['QUERY PLAN'][0].Plan, 0)
  const scans = nodes.filter(({ node }) => node['Relation Name'] !== undefined)
  return {
    shape: nodes.map(({ node, depth }) =>
      `${'  '.repeat(depth)}${node['Node Type']} ${node['Index Name'] ?? node['Relation Name'] ?? ''}`.trimEnd(),
    ),
    touched: Math.round(scans.reduce((sum, { node }) => sum + touchedBy(node), 0)),
    scanned: scans.flatMap(({ node }) =>
      node['Node Type'].endsWith('Seq Scan') && large.test(node['Relation Name'] ?? '') && touchedBy(node) > 0
        ? [node['Relation Name'] ?? '']
        : [],
    ),
  }
}

function touchedBy(node: Node): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return (node['Actual Rows'] + removed) * node['Actual Loops']
}

function flat(of: Node, depth: number): { node: Node; depth: number }[] {
  return [{ node: of, depth }, ...(of.Plans ?? []).flatMap((child) => flat(child, depth + 1))]
}
