/** The menu over a grid, with the keys that do the same. */
import type { MenuLine } from '@/shared/ui/menu'

export interface Situation {
  canWrite: boolean
  /** Stored rows among the selected ones. */
  rows: number
  /** Label of the column with the focus. */
  column: string
  record: string
  frozenHere: boolean
  sorted: boolean
  /** The column may be hidden: nothing required stands in it. */
  hideable: boolean
}

export function gridMenu({ canWrite, rows, column, record, frozenHere, sorted, hideable }: Situation): MenuLine[] {
  const none = rows === 0
  const write = (code: string, label: string, keys?: string, off = none): MenuLine[] =>
    canWrite ? [{ code, label, keys, off }] : []
  return [
    ...write('cut', '剪切', 'Ctrl+X'),
    { code: 'copy', label: '复制', keys: 'Ctrl+C', off: none },
    ...write('paste', '粘贴', 'Ctrl+V', false),
    ...write('clear', '清空内容', 'Delete'),
    null,
    ...write('fillDown', '向下填充', 'Ctrl+D'),
    ...write('fillRight', '向右填充', 'Ctrl+R'),
    ...write('fillSeries', '填充序列', 'Alt+Shift+↓', rows < 2),
    ...write('set', `批量修改“${column}”…`, 'Ctrl+B', false),
    ...(canWrite ? [null] : []),
    { code: 'open', label: `打开这${record}`, keys: 'Ctrl+回车', off: none },
    ...write('insert', '新增', 'Insert', false),
    ...write('duplicate', rows > 1 ? `复制这 ${rows} 行` : '复制一份', 'Ctrl+Shift+D'),
    ...write('remove', rows > 1 ? `删除这 ${rows} 行…` : '删除这一行…', '选中整行按 Delete'),
    null,
    { code: 'filter', label: `筛选、排序“${column}”…`, keys: 'Ctrl+Shift+L' },
    ...(sorted ? [{ code: 'unsort', label: '恢复原来的顺序' }] : []),
    { code: 'groups', label: `按“${column}”分组合计…` },
    { code: frozenHere ? 'unfreeze' : 'freeze', label: frozenHere ? '不固定左边的列' : `固定到“${column}”列` },
    { code: 'fitWidth', label: '列宽正好', keys: 'Alt+Shift+↑' },
    { code: 'wider', label: '这一列变宽', keys: 'Alt+Shift+→' },
    { code: 'narrower', label: '这一列变窄', keys: 'Alt+Shift+←' },
    { code: 'hide', label: `隐藏“${column}”列`, off: !hideable },
    null,
    { code: 'find', label: '查找…', keys: 'Ctrl+F' },
    ...write('replace', '替换…', 'Ctrl+H', false),
    { code: 'help', label: '快捷键一览', keys: 'F1' },
  ]
}
