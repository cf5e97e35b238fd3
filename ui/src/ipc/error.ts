/** What a command refused, in people's words. */
export class AppError extends Error {
  constructor(
    readonly code: string,
    readonly title: string,
    message: string,
    readonly nextStep: string,
  ) {
    super(message)
    this.name = 'AppError'
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Turns whatever was thrown into words for people; unknown causes never reach the screen. */
export function toAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  if (typeof cause === 'object' && cause !== null && 'code' in cause && 'title' in cause) {
    const { code, title, message, nextStep } = cause as Record<string, unknown>
    return new AppError(text(code), text(title), text(message), text(nextStep))
  }
  return new AppError(
    'internal',
    '操作没有完成',
    '程序内部出了问题，刚才的操作没有生效，台账里的数据没有变。',
    '请再试一次；还不行就关掉程序重新打开。',
  )
}

/** The person closed a dialog: nothing to tell. */
export function isCancelled(cause: unknown): boolean {
  return cause instanceof AppError && cause.code === 'cancelled'
}
