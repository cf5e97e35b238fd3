import { describe, expect, it } from 'vitest'

import type { KindCode } from './bindings'
import { staleKeys } from './changes'

const keys = (...scopes: KindCode[]) => staleKeys(scopes).map((key) => key.join(' '))

describe('staleKeys', () => {
  it('reads nothing again when nothing changed', () => {
    expect(keys()).toEqual([])
  })

  it('reads status and history again with every write', () => {
    expect(keys('owner')).toEqual(expect.arrayContaining(['status', 'history', 'recycle', 'overview', 'records owner']))
  })

  it('reads grids again that show the label of what changed', () => {
    expect(keys('building')).toEqual(expect.arrayContaining(['records dwelling', 'records entrance', 'options building']))
    expect(keys('owner')).toContain('records ownership')
  })

  it('reads figures again when assets or plans changed, not for names of owners', () => {
    expect(keys('outbuilding')).toEqual(expect.arrayContaining(['comparison', 'chart', 'planItems']))
    expect(keys('effect')).toContain('comparison')
    expect(keys('owner')).not.toContain('chart')
  })
})
