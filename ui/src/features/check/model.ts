/** Going from finding to finding. */
import type { CheckFinding, CheckSummary } from '@/ipc'

/** What tells findings of one rule apart. */
export function keyOf(finding: CheckFinding): string {
  return `${finding.record.kind} ${finding.record.id} ${finding.field}`
}

/**
 * The finding after the one that was opened: the next in the list, or, when the opened one was
 * mended and is gone, the one that moved up into its place.
 */
export function following(findings: readonly CheckFinding[], opened: string | null, place: number): number {
  const at = findings.findIndex((finding) => keyOf(finding) === opened)
  return at < 0 ? place : at + 1
}

/** The rule after this one that found something; none when it was the last. */
export function ruleAfter(summary: CheckSummary, code: string | null): string | null {
  const codes = summary.groups.flatMap((group) => group.rules.map((rule) => rule.code))
  return codes[codes.indexOf(code ?? '') + 1] ?? null
}
