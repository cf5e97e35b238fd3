/** Whose work a screen is about as a whole; the commands below decide about each step. */
import type { Task } from '@/ipc'

const TASKS: Partial<Record<string, Task>> = {
  plan: 'plan',
  scenarios: 'plan',
  stage: 'arrange',
  questionnaires: 'arrange',
  questionnaire: 'arrange',
  forms: 'rule',
  form: 'rule',
  standard: 'rule',
  parameters: 'rule',
  erasure: 'keep',
}

/** The task of a screen by its name; none where several are done. */
export function taskOfScreen(name: string): Task | undefined {
  return TASKS[name]
}
