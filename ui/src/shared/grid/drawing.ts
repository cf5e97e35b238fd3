/** How the grid library draws our cells: everything is asked for at the moment of drawing. */
import type { CellProps, CellTemplateProp, ColumnRegular, HyperFunc, VNode } from '@revolist/revogrid'

import type { GridCell, GridColumn } from './column'
import { type Block, type Cell, contains } from './selection'

/** Totals of some of the rows, above the total of all. */
export interface Subtotal {
  /** What they have in common and how many they are. */
  label: string
  /** By code of the column. */
  sums: Record<string, string>
  /** The row with the focus is one of them. */
  here: boolean
}

export interface Drawn {
  /** Rows of the list; the row after the last one is for a new record. */
  total: number
  cell: (row: number, code: string) => GridCell | undefined
  footer: (code: string) => string
  /** How many rows there are, in words. */
  count: () => string
  /** Totals of groups, above the last row of the foot. */
  subtotals: () => Subtotal[]
  block: () => Block | null
  /** The cells that a dragged handle is going to fill. */
  stretched: () => Block | null
  head: () => Cell | null
}

const HEAD_WIDTH = 56

function footerCell(props: CellTemplateProp, code: string, drawn: Drawn): string {
  if (props.type !== 'rowPinEnd') return ''
  const group = drawn.subtotals()[props.rowIndex]
  return group ? (group.sums[code] ?? '') : drawn.footer(code)
}

function isGroup(props: CellTemplateProp, drawn: Drawn): boolean {
  return props.type === 'rowPinEnd' && props.rowIndex < drawn.subtotals().length
}

function rowHead(drawn: Drawn): ColumnRegular {
  return {
    prop: '#',
    name: '序号',
    size: HEAD_WIDTH,
    minSize: HEAD_WIDTH,
    maxSize: HEAD_WIDTH,
    pin: 'colPinStart',
    readonly: true,
    columnProperties: () => ({ class: 'grid-head grid-corner' }),
    cellProperties: (props) => {
      const block = drawn.block()
      const inside = block !== null && props.rowIndex >= block.top && props.rowIndex <= block.bottom
      return {
        class: {
          'grid-rowhead': true,
          'in-block': inside && props.type === 'rgRow',
          'group-total': isGroup(props, drawn),
          'group-here': props.type === 'rowPinEnd' && drawn.subtotals()[props.rowIndex]?.here === true,
        },
        'data-r': props.rowIndex,
        'data-c': -1,
        'data-t': props.type,
        role: 'rowheader',
        title: props.type === 'rgRow' && props.rowIndex < drawn.total ? '单击选中整行，双击打开' : '',
      }
    },
    cellTemplate: (_h, props) => {
      if (props.type === 'rowPinEnd') return drawn.subtotals()[props.rowIndex]?.label ?? drawn.count()
      return props.rowIndex < drawn.total ? String(props.rowIndex + 1) : '＋'
    },
  }
}

function cellClass(column: GridColumn, at: number, props: CellTemplateProp, drawn: Drawn): CellProps {
  const body = props.type === 'rgRow'
  const row = props.rowIndex
  const block = drawn.block()
  const stretched = drawn.stretched()
  const head = drawn.head()
  const focused = body && head !== null && head.row === row && head.col === at
  const problem = body ? drawn.cell(row, column.code)?.problem : undefined
  return {
    class: {
      'cell-number': column.input === 'number',
      'group-total': isGroup(props, drawn),
      'group-here': !body && drawn.subtotals()[row]?.here === true,
      'cell-blank': body && row >= drawn.total,
      'in-block': body && block !== null && contains(block, row, at),
      'to-fill': body && stretched !== null && contains(stretched, row, at),
      'is-head': focused,
      'has-problem': problem !== undefined,
    },
    'data-r': row,
    'data-c': at,
    'data-t': props.type,
    'aria-selected': focused ? 'true' : undefined,
    'aria-invalid': problem === undefined ? undefined : 'true',
    title: problem,
  }
}

function headTemplate(h: HyperFunc<VNode>, column: GridColumn): (VNode | null)[] {
  const order = column.sorted
  const arrow = order === null ? '' : order.descending ? '▼' : '▲'
  return [
    h('span', { class: { 'head-label': true } }, [
      h('span', {}, column.label),
      column.unit ? h('span', { class: { 'head-unit': true } }, column.unit) : null,
    ]),
    order ? h('span', { class: { 'head-sort': true } }, `${arrow}${order.place > 1 ? order.place : ''}`) : null,
    h('button', {
      type: 'button',
      class: { 'head-filter': true, on: column.filtered },
      tabindex: -1,
      'aria-label': `筛选${column.label}`,
      title: `筛选${column.label}`,
      'data-filter': column.code,
    }, [h('span', { class: { 'filter-mark': true } }, '')]),
  ]
}

/** The library's columns: the row heads, then ours. */
export function libraryColumns(columns: GridColumn[], drawn: Drawn, scale: number): ColumnRegular[] {
  return [
    rowHead(drawn),
    ...columns.map((column, at): ColumnRegular => ({
      prop: column.code,
      name: column.label,
      size: Math.round(column.width * scale),
      minSize: 48,
      pin: column.frozen ? 'colPinStart' : undefined,
      readonly: true,
      sortable: false,
      columnProperties: () => ({
        class: `grid-head${column.input === 'number' ? ' head-number' : ''}`,
        'data-head': column.code,
        title: [column.label, column.help].filter(Boolean).join('：'),
        'aria-sort': column.sorted ? (column.sorted.descending ? 'descending' : 'ascending') : 'none',
      }),
      columnTemplate: (h) => headTemplate(h as HyperFunc<VNode>, column),
      cellProperties: (props) => cellClass(column, at, props, drawn),
      cellTemplate: (h, props) => {
        if (props.type !== 'rgRow') return footerCell(props, column.code, drawn)
        const cell = drawn.cell(props.rowIndex, column.code)
        if (cell !== undefined) return cell.text
        return h('span', { class: { 'cell-waiting': true } }, '')
      },
    })),
  ]
}
