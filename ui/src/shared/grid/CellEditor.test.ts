import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { beforeAll, describe, expect, it, vi } from 'vitest'

import CellEditor from './CellEditor.vue'
import type { GridColumn } from './column'

const column = (more: Partial<GridColumn> = {}): GridColumn => ({
  code: 'room',
  label: '房号',
  unit: '',
  input: 'text',
  choices: [],
  choiceKeys: [],
  required: true,
  help: '',
  width: 80,
  frozen: false,
  sorted: null,
  filtered: false,
  ...more,
})

function editor(more: Partial<GridColumn> = {}, readonly = false) {
  const options = vi.fn((_code: string, text: string) => Promise.resolve(['1号楼', '2号楼', '12号楼'].filter((one) => one.includes(text))))
  const wrapper = mount(CellEditor, {
    attachTo: document.body,
    props: {
      place: { left: 0, top: 0, width: 80, height: 32 },
      column: column(more),
      text: '301',
      options,
      readonly,
      up: false,
    },
  })
  const area = wrapper.get('textarea')
  const type = async (text: string) => {
    area.element.value = text
    await area.trigger('input')
    await nextTick()
    await Promise.resolve()
    await nextTick()
  }
  return { wrapper, area, type, options }
}

// The test browser does not lay out.
beforeAll(() => {
  Element.prototype.scrollIntoView = () => {}
})

describe('CellEditor', () => {
  it('appears with the first letter and hands over what was typed', async () => {
    const { wrapper, area, type } = editor()
    expect(wrapper.classes()).toContain('idle')
    await type('302')
    expect(wrapper.classes()).toContain('typing')
    await area.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('commit')).toEqual([['302', 'down']])
    expect(area.element.value).toBe('')
    expect(wrapper.classes()).toContain('idle')
  })

  it('appears with the first letter of an input method and commits only after it', async () => {
    const { wrapper, area } = editor()
    await area.trigger('keydown', { key: 'Process', keyCode: 229 })
    await area.trigger('compositionstart')
    expect(wrapper.classes()).toContain('typing')
    area.element.value = 'ni'
    await area.trigger('input')
    await area.trigger('keydown', { key: 'Enter', keyCode: 229, isComposing: true })
    expect(wrapper.emitted('commit')).toBeUndefined()
    area.element.value = '你'
    await area.trigger('compositionend')
    await area.trigger('keydown', { key: 'Tab' })
    expect(wrapper.emitted('commit')).toEqual([['你', 'next']])
  })

  it('forgets what was typed after Esc', async () => {
    const { wrapper, area, type } = editor()
    await type('999')
    await area.trigger('keydown', { key: 'Escape' })
    expect(wrapper.emitted('cancel')).toHaveLength(1)
    expect(wrapper.emitted('commit')).toBeUndefined()
    expect(area.element.value).toBe('')
  })

  it('begins with the old text after F2', async () => {
    const { wrapper, area } = editor()
    await area.trigger('keydown', { key: 'F2' })
    await nextTick()
    expect(area.element.value).toBe('301')
    expect(wrapper.classes()).toContain('editing')
  })

  it('takes the first choice that contains what was typed', async () => {
    const { wrapper, area, type } = editor({ input: 'choice', choices: ['住宅', '商业', '办公'] })
    await type('办')
    expect(wrapper.findAll('li').map((line) => line.text())).toEqual(['办公'])
    await area.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('commit')).toEqual([['办公', 'down']])
  })

  it('hands over a word that is no choice, so that its meaning or problem is told', async () => {
    const { wrapper, area, type } = editor({ input: 'choice', choices: ['住宅', '商业'] })
    await type('居住')
    await area.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('commit')).toEqual([['居住', 'down']])
  })

  it('prefers the exact record to one that only contains the text', async () => {
    const { wrapper, area, type, options } = editor({ input: 'reference' })
    await type('2号楼')
    expect(options).toHaveBeenLastCalledWith('room', '2号楼')
    await area.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('commit')).toEqual([['2号楼', 'down']])
  })

  it('never guesses a record', async () => {
    const { wrapper, area, type } = editor({ input: 'reference' })
    await type('号楼')
    await area.trigger('keydown', { key: 'Enter' })
    await type('号楼')
    await area.trigger('keydown', { key: 'ArrowDown' })
    await area.trigger('keydown', { key: 'ArrowDown' })
    await area.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('commit')).toEqual([
      ['号楼', 'down'],
      ['2号楼', 'down'],
    ])
  })

  it('takes initials for a choice', async () => {
    const keys = [['zz', 'zhuzhai'], ['sy', 'shangye']]
    const { wrapper, area, type } = editor({ input: 'choice', choices: ['住宅', '商业'], choiceKeys: keys })
    await type('sy')
    expect(wrapper.findAll('li').map((line) => line.text())).toEqual(['商业'])
    await area.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('commit')).toEqual([['商业', 'down']])
  })

  it('waits for the list that letters for a record ask for', async () => {
    const { wrapper, area, options } = editor({ input: 'reference' })
    let answer: (list: string[]) => void = () => {}
    options.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)))
    area.element.value = 'zs'
    await area.trigger('input')
    await area.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('commit')).toBeUndefined()
    answer(['张示例'])
    await new Promise((resolve) => setTimeout(resolve))
    expect(wrapper.emitted('commit')).toEqual([['张示例', 'down']])
  })

  it('hands a text to every selected cell with Ctrl+Enter', async () => {
    const { wrapper, area, type } = editor()
    await type('302')
    await area.trigger('keydown', { key: 'Enter', ctrlKey: true })
    expect(wrapper.emitted('fill')).toEqual([['302']])
    expect(wrapper.emitted('commit')).toBeUndefined()
  })

  it('finishes a composition when another cell is clicked', async () => {
    const { wrapper, area } = editor()
    area.element.focus()
    await area.trigger('compositionstart')
    area.element.value = '你'
    wrapper.vm.finish()
    await nextTick()
    expect(wrapper.emitted('commit')).toEqual([['你', null]])
    expect(area.element.value).toBe('')
  })

  it('does not begin in a ledger that is only looked at', async () => {
    const { wrapper, area, type } = editor({}, true)
    await area.trigger('keydown', { key: 'F2' })
    await type('1')
    await area.trigger('compositionstart')
    expect(wrapper.classes()).toContain('idle')
  })

  it('hands a pasted block to the grid', async () => {
    const { wrapper, area } = editor()
    await area.trigger('paste', { clipboardData: { getData: () => 'a\tb' } })
    expect(wrapper.emitted('paste')).toEqual([['a\tb']])
  })
})
