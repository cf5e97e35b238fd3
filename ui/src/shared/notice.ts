/** The one place where people are told what happened. */
import { ElMessageBox, ElNotification } from 'element-plus'
import { h } from 'vue'

interface Refusal {
  code: string
  title: string
  message: string
  nextStep: string
}

interface Action {
  label: string
  run: () => void
}

let last = ''

/** A refusal with its next step. A dialog that was closed tells nothing; the same words are told once. */
export function tellRefusal(refusal: Refusal): void {
  if (refusal.code === 'cancelled') return
  const words = refusal.title + refusal.message
  if (words === last) return
  last = words
  ElNotification({
    title: refusal.title,
    type: 'error',
    duration: 9000,
    position: 'bottom-right',
    customClass: 'notice',
    message: h('div', [
      h('div', refusal.message),
      refusal.nextStep ? h('div', { class: 'notice-next' }, refusal.nextStep) : null,
    ]),
    onClose: () => {
      last = ''
    },
  })
}

/** The notice about what was done last: a newer one takes its place, so that they never pile up. */
let done: { close: () => void } | null = null

/** What was done, with one thing that may be done about it. */
export function tellDone(sentence: string, action?: Action): void {
  if (sentence === '') return
  done?.close()
  const notification = ElNotification({
    title: '',
    type: 'success',
    duration: action ? 8000 : 4000,
    position: 'bottom-right',
    customClass: 'notice notice-done',
    message: h('div', { role: 'status' }, [
      h('span', sentence),
      action
        ? h(
            'button',
            {
              type: 'button',
              class: 'notice-action',
              onClick: () => {
                notification.close()
                action.run()
              },
            },
            action.label,
          )
        : null,
    ]),
  })
  done = notification
}

/** Asks before something that matters. */
export async function confirm(title: string, lines: string[], agree: string): Promise<boolean> {
  try {
    await ElMessageBox.confirm(
      h(
        'div',
        { class: 'confirm-lines' },
        lines.map((line) => h('p', line)),
      ),
      title,
      { confirmButtonText: agree, cancelButtonText: '取消', type: 'warning', autofocus: true },
    )
    return true
  } catch {
    return false
  }
}

/** Asks for something that must not be read over the shoulder; null when the person gives up. */
export async function askSecret(title: string, lines: string[], agree: string): Promise<string | null> {
  try {
    const { value } = await ElMessageBox.prompt(
      h(
        'div',
        { class: 'confirm-lines' },
        lines.map((line) => h('p', line)),
      ),
      title,
      { confirmButtonText: agree, cancelButtonText: '取消', inputType: 'password', inputPlaceholder: '密码' },
    )
    return value
  } catch {
    return null
  }
}
