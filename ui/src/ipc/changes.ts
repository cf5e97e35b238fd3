/** What must be read again after a write: the only place that turns scopes into invalidations. */
import type { QueryClient, QueryKey } from '@tanstack/vue-query'

import type { Changed, KindCode } from './bindings'

/** First words of query keys. */
export const scope = {
  status: 'status',
  settings: 'settings',
  kinds: 'kinds',
  recent: 'recent',
  problem: 'problem',
  support: 'support',
  printing: 'printing',
  records: 'records',
  record: 'record',
  options: 'options',
  search: 'search',
  history: 'history',
  recycle: 'recycle',
  backups: 'backups',
  overview: 'overview',
  compound: 'compound',
  planItems: 'planItems',
  comparison: 'comparison',
  scenario: 'scenario',
  chart: 'chart',
  report: 'report',
  check: 'check',
  standard: 'standard',
  forms: 'forms',
  voice: 'voice',
  survey: 'survey',
  ballots: 'ballots',
  parameters: 'parameters',
  attachments: 'attachments',
} as const

/** Read anew with every write: they tell about the ledger as a whole. */
const ALWAYS: QueryKey[] = [
  [scope.status],
  [scope.history],
  [scope.recycle],
  [scope.overview],
  [scope.compound],
  [scope.comparison],
  [scope.scenario],
  [scope.search],
  [scope.record],
  [scope.report],
  [scope.check],
  [scope.standard],
  [scope.forms],
  [scope.voice],
  [scope.survey],
  [scope.ballots],
  [scope.parameters],
  [scope.attachments],
]

const PLAN: KindCode[] = ['plan', 'workItem', 'effect', 'dependency', 'problem', 'wish', 'opinion', 'fund', 'price']

/** Kinds without influence on the figures of a comparison. */
const NO_FIGURES: KindCode[] = ['workUnit', 'owner', 'ownership', 'waiver', 'visit']

/** Kinds whose rows show the labels of a changed kind, besides itself. */
const SHOWN_IN: Partial<Record<KindCode, KindCode[]>> = {
  workUnit: ['building', 'dwelling', 'owner', 'compound'],
  building: ['entrance', 'dwelling', 'household', 'ownership', 'outbuilding', 'visit', 'wish', 'problem'],
  entrance: ['dwelling', 'household', 'ownership', 'outbuilding', 'visit', 'wish'],
  dwelling: ['household', 'ownership', 'outbuilding', 'visit', 'wish'],
  household: ['visit', 'wish', 'opinion'],
  owner: ['ownership'],
  plan: ['plan', 'workItem', 'effect', 'wish', 'problem', 'opinion', 'fund'],
  workItem: ['effect', 'dependency', 'wish', 'problem', 'opinion', 'fund'],
}

/** The keys to read again after changes of these kinds; what changes no kind may still be logged. */
export function staleKeys(scopes: readonly KindCode[], logged = false): QueryKey[] {
  if (scopes.length === 0) return logged ? ALWAYS : []
  const kinds = new Set<KindCode>(scopes)
  for (const kind of scopes) for (const shown of SHOWN_IN[kind] ?? []) kinds.add(shown)
  const keys: QueryKey[] = [...ALWAYS]
  for (const kind of kinds) keys.push([scope.records, kind], [scope.options, kind])
  if (scopes.some((kind) => PLAN.includes(kind) || !NO_FIGURES.includes(kind))) {
    keys.push([scope.planItems], [scope.chart])
  }
  return keys
}

/** Makes everything that a write touched be read again. */
export async function applyChange(
  client: QueryClient,
  changed: Pick<Changed<unknown>, 'scopes'> & Partial<Pick<Changed<unknown>, 'transaction'>>,
): Promise<void> {
  await Promise.all(
    staleKeys(changed.scopes, changed.transaction != null).map((queryKey) => client.invalidateQueries({ queryKey })),
  )
}

/** Another ledger stands open: nothing that was read before holds. */
export async function applyOtherLedger(client: QueryClient): Promise<void> {
  await client.resetQueries({ predicate: (query) => query.queryKey[0] !== scope.status })
}
