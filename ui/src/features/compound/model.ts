/** Figures of the street overview. */
import type { CompoundRow } from '@/ipc'

/** Stages of a renovation, 0 to 11. */
export const STAGES = 12

/** How many compounds stand at each stage; `labels` are those of the field, in order. */
export function byStage(rows: readonly CompoundRow[], labels: readonly string[]): { label: string; count: number }[] {
  return labels.map((label, index) => ({ label, count: rows.filter((row) => row.stageIndex === index).length }))
}

export function sums(rows: readonly CompoundRow[]) {
  const sum = (of: (row: CompoundRow) => number) => rows.reduce((all, row) => all + of(row), 0)
  const figure = (label: string, value: number, unit: string) => ({ label, value: value.toLocaleString('zh-CN'), unit })
  return [
    figure('小区', rows.length, '个'),
    figure('楼栋', sum((row) => row.buildings), '栋'),
    figure('房屋', sum((row) => row.dwellings), '套'),
    figure('住户', sum((row) => row.households), '户'),
    figure('人口', sum((row) => row.people), '人'),
    figure('待拆附属房与违建', sum((row) => row.outbuildingRooms), '间'),
  ]
}

/** Rows whose name, community, stage or responsible person contains what was typed. */
export function matching(rows: readonly CompoundRow[], text: string, stage: string): CompoundRow[] {
  const wanted = text.trim()
  return rows.filter(
    (row) =>
      (stage === '' || row.stage === stage) &&
      (wanted === '' || [row.name, row.community, row.stage, row.responsible].some((word) => word.includes(wanted))),
  )
}

/** How far a compound is, in percent; none when its stage is not set. */
export function progress(stageIndex: number | null): number | null {
  return stageIndex === null ? null : Math.round(((stageIndex + 1) / STAGES) * 100)
}

export function count(value: number): string {
  return value.toLocaleString('zh-CN')
}
