import { describe, expect, it } from 'vitest'

import type { BallotPaperRow } from '@/ipc'

import { choiceOf, findPapers, nextPaper, searchPapers } from './model'

function paper(id: string, number: string, place: string, more: Partial<BallotPaperRow> = {}): BallotPaperRow {
  return {
    id, number, place, building: '', owners: '', area: '', state: 'delivered', stateLabel: '', delivery: '', returnedOn: '',
    proxy: '', proxyDocument: '', scans: 0,
    validity: { first: '', firstLabel: '', firstBy: '', second: '', secondLabel: '', secondBy: '', differs: false, settled: '' }, invalid: '', invalidNote: '', readings: [], says: '', ...more,
  }
}

const rows = [
  paper('a', '0001', '1号楼1单元101'),
  paper('b', '0012', '1号楼1单元102', {
    state: 'halfRead',
    readings: [{ motion: 'm', first: 'approve', firstBy: '', second: '', secondBy: '', settled: '', settledReason: '' }],
  }),
  paper('c', '0101', '2号楼1单元101'),
]
const found = (typed: string) => findPapers(rows, typed).map((row) => row.id)

describe('finding a paper', () => {
  it('takes the number with or without zeros, full width too', () => {
    expect(found('12')).toEqual(['b'])
    expect(found('００１２')).toEqual(['b'])
  })
  it('takes any notation of the place', () => {
    expect(found('1-1-102')).toEqual(['b'])
    expect(found('2号楼1单元101室')).toEqual(['c'])
    expect(found('1－1－101')).toEqual(['a'])
  })
  it('prefers the number, and tells all rooms of one number', () => {
    expect(found('101')).toEqual(['c'])
    expect(found('1-101')).toEqual(['a', 'c'])
    expect(found('999')).toEqual([])
    expect(found('')).toEqual([])
  })
})

describe('a scanned code', () => {
  const ballot = '0199a0b0-1111-7222-8333-444455556666'
  it('is the paper of this ballot', () => {
    expect(searchPapers(ballot, rows, `${ballot}/0012`).found.map((row) => row.id)).toEqual(['b'])
    expect(searchPapers(ballot, rows, ` ${ballot.toUpperCase()}／0101\n`).found.map((row) => row.id)).toEqual(['c'])
  })
  it('of another ballot finds nothing and says so, though the number is there', () => {
    const other = searchPapers(ballot, rows, `${ballot.replace('4', '5')}/0012`)
    expect(other.found).toEqual([])
    expect(other.refusal).toContain('另一次表决')
  })
  it('of a number that is not there says so', () => {
    expect(searchPapers(ballot, rows, `${ballot}/0999`).refusal).toContain('0999')
  })
  it('leaves what is typed by hand alone', () => {
    expect(searchPapers(ballot, rows, '12')).toEqual({ found: findPapers(rows, '12'), refusal: '' })
  })
})

describe('reading', () => {
  it('knows the keys', () => {
    expect(['1', '2', '3', '4', '5'].map(choiceOf)).toEqual(['approve', 'reject', 'abstain', 'invalid', null])
  })
  it('goes on to the next paper that waits, round the end', () => {
    expect(nextPaper(rows, false, 'a')?.id).toBe('c')
    expect(nextPaper(rows, false, 'c')?.id).toBe('a')
    expect(nextPaper(rows, true, 'c')?.id).toBe('b')
  })
})
