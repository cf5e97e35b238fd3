/** What the table of standards shows. */
import type { Stage, StandardGroup, StandardRule, StandardStage, StandardVerdict } from '@/ipc'

export const STAGES: { stage: Stage; label: string }[] = [
  { stage: 'baseline', label: '改造前' },
  { stage: 'proposed', label: '方案' },
  { stage: 'asBuilt', label: '竣工' },
]

export const VERDICTS: { verdict: StandardVerdict; label: string; tag: string }[] = [
  { verdict: 'unmet', label: '不达标', tag: 'error' },
  { verdict: 'unknown', label: '缺数据', tag: 'warning' },
  { verdict: 'met', label: '达标', tag: 'good' },
  { verdict: 'void', label: '不涉及', tag: '' },
]

export const tagOf = (verdict: StandardVerdict): string => VERDICTS.find((one) => one.verdict === verdict)?.tag ?? ''

export const at = (rule: StandardRule, stage: Stage): StandardStage | undefined =>
  rule.stages.find((one) => one.stage === stage)

/** How many rules say so at a stage. */
export function count(groups: readonly StandardGroup[], stage: Stage, verdict: StandardVerdict): number {
  return groups.flatMap((group) => group.rules).filter((rule) => at(rule, stage)?.verdict === verdict).length
}

/** Rules that were asked and say so at one of the stages; all that were asked without a verdict. */
export function shown(groups: readonly StandardGroup[], verdict: StandardVerdict | null, stage: Stage): StandardGroup[] {
  return groups
    .map((group) => ({
      ...group,
      rules: group.rules.filter(
        (rule) => rule.stages.length > 0 && (verdict === null || at(rule, stage)?.verdict === verdict),
      ),
    }))
    .filter((group) => group.rules.length > 0)
}

/** Rules that were not asked: switched off, or of another place. */
export function resting(groups: readonly StandardGroup[]): StandardRule[] {
  return groups.flatMap((group) => group.rules).filter((rule) => rule.stages.length === 0)
}
