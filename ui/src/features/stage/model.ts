/** Where a condition of a gate is mended. */

export interface Mending {
  label: string
  /** A screen, or a record to open in the panel. */
  to?: string
  field?: string
  planRecord?: boolean
}

const SCREENS: Record<string, string> = {
  plan: '改造方案',
  check: '数据体检',
  visits: '入户走访',
  survey: '问卷调查',
  ballots: '业主表决',
  standard: '规范检查',
}

const LEDGERS: Record<string, string> = {
  building: '楼栋',
  problem: '问题清单',
  opinion: '方案意见',
  fund: '资金',
  outbuilding: '附属房与违建',
}

/** `plan`, `ledger:opinion`, `compound:feeRate`, `planRecord` as a link. */
export function mending(code: string, compound: string): Mending {
  const [what, which = ''] = code.split(':')
  if (what === 'compound') return { label: '填小区情况', field: which }
  if (what === 'planRecord') return { label: '填公示日期', planRecord: true }
  if (what === 'ledger') return { label: `去${LEDGERS[which] ?? '台账'}`, to: `/compound/${compound}/ledger/${which}` }
  return { label: `去${SCREENS[what ?? ''] ?? '办'}`, to: `/compound/${compound}/${what}` }
}
