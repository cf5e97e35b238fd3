/** What a key means to a grid while no cell is being typed in. */

export type GridCommand =
  | 'open'
  | 'insert'
  | 'remove'
  | 'duplicate'
  | 'clear'
  | 'copy'
  | 'cut'
  | 'fillDown'
  | 'fillRight'
  | 'fillSeries'
  | 'set'
  | 'find'
  | 'replace'
  | 'findNext'
  | 'findPrevious'
  | 'filter'
  | 'narrower'
  | 'wider'
  | 'fitWidth'
  | 'selectRows'
  | 'selectAll'
  | 'menu'
  | 'help'
  | 'leave'

interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

const PLAIN: Record<string, GridCommand> = {
  Escape: 'leave',
  Insert: 'insert',
  Delete: 'clear',
  Backspace: 'clear',
  F1: 'help',
  F3: 'findNext',
  ContextMenu: 'menu',
}
const SHIFT: Record<string, GridCommand> = { F3: 'findPrevious', F10: 'menu', ' ': 'selectRows' }
const CTRL: Record<string, GridCommand> = {
  enter: 'open',
  a: 'selectAll',
  b: 'set',
  c: 'copy',
  d: 'fillDown',
  f: 'find',
  h: 'replace',
  r: 'fillRight',
  x: 'cut',
}
const CTRL_SHIFT: Record<string, GridCommand> = { d: 'duplicate', l: 'filter' }
// Ctrl+Shift+F belongs to the input methods: simplified against traditional.
const ALT_SHIFT: Record<string, GridCommand> = { ArrowLeft: 'narrower', ArrowRight: 'wider', ArrowUp: 'fitWidth', ArrowDown: 'fillSeries' }

/** The command of a key; none when it is no command. */
export function commandOf(event: Pressed): GridCommand | undefined {
  const { key, shiftKey, altKey } = event
  if (event.ctrlKey || event.metaKey) {
    if (altKey) return undefined
    return (shiftKey ? CTRL_SHIFT : CTRL)[key.toLowerCase()]
  }
  if (altKey) return shiftKey ? ALT_SHIFT[key] : undefined
  return (shiftKey ? SHIFT[key] : undefined) ?? (key.startsWith('F') && shiftKey ? undefined : PLAIN[key])
}

/** Keys by what they are for, as the help and the menus write them. */
export const KEYS: { title: string; lines: [keys: string, meaning: string][] }[] = [
  {
    title: '填写',
    lines: [
      ['直接打字', '改写这一格，输入法照常用'],
      ['F2 或双击', '在原来的内容上修改'],
      ['回车 / Shift+回车', '写入，到下一行 / 上一行'],
      ['Tab / Shift+Tab', '写入，到右边 / 左边一格'],
      ['Ctrl+回车（打字时）', '选中的格全部写成这个内容'],
      ['Alt+回车（长文字）', '格内换行'],
      ['Esc', '放弃正在打的字；再按一次离开表格'],
      ['Alt+↓', '打开下拉列表；可打字、打拼音首字母'],
      ['Delete', '清空选中的格'],
    ],
  },
  {
    title: '移动和选择',
    lines: [
      ['方向键', '上下左右一格'],
      ['Ctrl+方向键', '到最边上'],
      ['Home / End', '到行首 / 行尾'],
      ['Ctrl+Home / Ctrl+End', '到第一格 / 最后一格'],
      ['Shift+方向键，或按住鼠标拖', '选中一块'],
      ['点序号，或 Shift+空格', '选中整行'],
      ['Ctrl+A', '选中全部行'],
    ],
  },
  {
    title: '成块改动',
    lines: [
      ['Ctrl+C / Ctrl+X / Ctrl+V', '复制 / 剪切 / 粘贴，与 Excel、WPS 互通'],
      ['Ctrl+D', '向下填充'],
      ['Ctrl+R', '向右填充'],
      ['Alt+Shift+↓', '填充序列：1号楼、2号楼……'],
      ['拖右下角的小方块', '填充；按住 Ctrl 换成复制或序列'],
      ['Ctrl+B', '批量修改一项'],
      ['Ctrl+H', '替换'],
      ['Ctrl+Z / Ctrl+Y', '撤销 / 重做，一次动作一步'],
    ],
  },
  {
    title: '整条记录',
    lines: [
      ['Insert', '新增'],
      ['Ctrl+回车', '打开'],
      ['Ctrl+Shift+D', '复制一份'],
      ['选中整行后按 Delete', '删除'],
    ],
  },
  {
    title: '查看',
    lines: [
      ['Ctrl+F，F3 / Shift+F3', '查找，下一处 / 上一处'],
      ['点列名；按住 Shift 再点', '排序；加上第二个排序'],
      ['Ctrl+Shift+L', '这一列的筛选和排序'],
      ['Alt+Shift+← / →', '这一列变窄 / 变宽'],
      ['Alt+Shift+↑', '列宽正好'],
      ['Shift+F10 或右键', '菜单'],
      ['F1', '快捷键一览'],
    ],
  },
]
