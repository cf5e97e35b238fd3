/** 分工: asks who sits down and for the PIN, from wherever that is needed. */
import { shallowRef } from 'vue'

import type { Duty, LedgerStatus } from '@/ipc'

/** What people call the duties. */
export const DUTY_LABELS: Record<Duty, string> = { planner: '规划员', recorder: '记录员', reader: '查看员' }

/** How people know what a duty is about. */
export const DUTY_WORK: Record<Duty, string> = {
  planner: '管这本账，什么都能做',
  recorder: '摸底、走访、录问卷、录票、照片',
  reader: '只看、导出和打印，姓名、电话和原话隐去',
}

/** Every duty, as people choose among them. */
export const DUTIES: Duty[] = ['planner', 'recorder', 'reader']

interface Question {
  /** A ledger waits to be opened; otherwise the open one goes on with another duty. */
  opening: boolean
  answer: (status: LedgerStatus | null) => void
}

/** The question that the dialog shows. */
export const question = shallowRef<Question | null>(null)

/** Asks until the PIN is right or the person gives up. */
export function askDuty(opening: boolean): Promise<LedgerStatus | null> {
  question.value?.answer(null)
  return new Promise((resolve) => {
    question.value = {
      opening,
      answer: (status) => {
        question.value = null
        resolve(status)
      },
    }
  })
}

/** A PIN as it may be typed: 4 to 8 digits, wide or narrow. */
export function isPin(typed: string): boolean {
  return /^[0-9０-９]{4,8}$/.test(typed.trim())
}
