/** Which fields of an effect matter for which asset. */
import type { KindCode, WorkItemRow } from '@/ipc'

export type Action = 'create' | 'alter' | 'quantity'

export interface Asset {
  kind: KindCode
  /** As the field “对象类别” lists it. */
  label: string
  create: string[]
  alter: string[]
}

/** What standards are checked by, of what a plan makes or changes. */
const CHECKED: Partial<Record<KindCode, string[]>> = {
  parkingArea: ['degrees', 'bayWidth', 'bayLength', 'aisleWidth', 'sideAisle', 'slope', 'onFireLane'],
  cycleShed: ['groupSize', 'dwellingGap', 'indoors', 'withGarage', 'shades'],
  greenSpace: ['width', 'sunlit', 'trees', 'wallGap', 'roadGap', 'onRoof'],
  facility: ['rise', 'run', 'clearWidth', 'handrails', 'platformDepth', 'restPlatforms', 'serviceRadius', 'certified'],
  road: [
    'width',
    'clearHeight',
    'mainRoad',
    'slope',
    'wallGap',
    'deadEnd',
    'turningSide',
    'turningRadius',
    'highRise',
    'heavyEngines',
    'accessible',
    'crowded',
    'grateHole',
    'headGuard',
  ],
  pipeSegment: ['manholes'],
  outbuilding: ['shades', 'onFireLane'],
}

/** Assets that take ground: a plan says whose. */
const TAKES_GROUND: KindCode[] = ['parkingArea', 'cycleShed', 'greenSpace', 'activityArea', 'outbuilding']

/** The fields of each asset that a plan may set, in form order. */
export const ASSETS: Asset[] = [
  {
    kind: 'parkingArea',
    label: '停车区',
    create: ['subkind', 'spaces', 'accessibleSpaces', 'chargers', 'area'],
    alter: ['spaces', 'accessibleSpaces', 'chargers', 'area'],
  },
  {
    kind: 'cycleShed',
    label: '车棚',
    create: ['places', 'chargingPlaces', 'area'],
    alter: ['places', 'chargingPlaces', 'area'],
  },
  { kind: 'greenSpace', label: '绿地', create: ['subkind', 'area', 'concentrated'], alter: ['area', 'concentrated'] },
  { kind: 'activityArea', label: '活动场地', create: ['subkind', 'area'], alter: ['area'] },
  { kind: 'facility', label: '设施', create: ['subkind', 'pieces'], alter: ['pieces'] },
  {
    kind: 'road',
    label: '道路',
    create: ['length', 'area', 'fireLane', 'clearWidth', 'open'],
    alter: ['fireLane', 'clearWidth', 'open', 'damagedArea', 'length', 'area'],
  },
  { kind: 'pipeSegment', label: '管线', create: ['subkind', 'length', 'meteredHouseholds'], alter: ['restored', 'length', 'meteredHouseholds'] },
  { kind: 'outbuilding', label: '附属房与违建', create: ['subkind', 'rooms', 'area'], alter: ['rooms', 'area'] },
]

export const ACTIONS: Record<Action, string> = { create: '新增', alter: '改变', quantity: '工程量' }

/** The form of an effect: fields to fill, and what is known already. */
export function effectForm(action: Action, asset: Asset, workItem: string) {
  const known = { workItem, action: ACTIONS[action] }
  if (action === 'quantity') {
    return {
      title: '添加工程量',
      only: ['statistic', 'quantity', 'completedOn', 'remark'],
      initial: known,
    }
  }
  const object = action === 'create' ? 'name' : asset.kind
  const ground = action === 'create' && TAKES_GROUND.includes(asset.kind) ? ['ground'] : []
  return {
    title: `${ACTIONS[action]}${asset.label}`,
    only: [object, ...asset[action], ...ground, ...(CHECKED[asset.kind] ?? []), 'completedOn', 'remark'],
    initial: { ...known, assetKind: asset.label },
  }
}

const VERBS = ['拆', '建', '添', '改', '修']

export interface VerbGroup {
  verb: string
  items: WorkItemRow[]
  /** Estimate in 元, in hundredths. */
  estimate: number
}

/** Hundredths of a yuan in a text such as `120,000.50`; nothing counts as none. */
export function fen(text: string): number {
  const found = /^(\d[\d,]*)(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!found) return 0
  return Number(found[1]?.replaceAll(',', '')) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}

/** `812.40` 万元 of an amount in hundredths of a yuan. */
export function inTenThousands(amount: number): string {
  return (amount / 1_000_000).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

/** Work items by verb in the order people say it. */
export function byVerb(items: readonly WorkItemRow[]): VerbGroup[] {
  const verbs = [...VERBS, ...new Set(items.map((item) => item.verb).filter((verb) => !VERBS.includes(verb)))]
  return verbs.flatMap((verb) => {
    const some = items.filter((item) => item.verb === verb)
    return some.length === 0
      ? []
      : [{ verb, items: some, estimate: some.reduce((sum, item) => sum + fen(item.estimate), 0) }]
  })
}
