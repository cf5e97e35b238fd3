import type { Severity } from '@/ipc'

export const severityWords: Record<Severity, string> = { error: '错误', warning: '注意', note: '提示' }
