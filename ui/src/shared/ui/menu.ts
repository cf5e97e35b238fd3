/** A line of a menu; null draws a rule. */
export type MenuLine = { code: string; label: string; keys?: string; off?: boolean } | null
