import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import StoredText from './StoredText.vue'

describe('a text that is stored when it is left', () => {
  it('keeps what is typed while something else arrives, and stores it once', async () => {
    const wrapper = mount(StoredText, { props: { value: '东门' } })
    await wrapper.trigger('focus')
    await wrapper.get('input').setValue('东门口朝西')
    await wrapper.setProps({ value: '东门 ' })
    expect(wrapper.element.value).toBe('东门口朝西')
    await wrapper.trigger('blur')
    await wrapper.trigger('blur')
    expect(wrapper.emitted('store')?.[0]).toEqual(['东门口朝西'])
  })
  it('shows what arrives while nobody types, and stores nothing that did not change', async () => {
    const wrapper = mount(StoredText, { props: { value: '东门' } })
    await wrapper.setProps({ value: '西门' })
    expect(wrapper.element.value).toBe('西门')
    await wrapper.trigger('focus')
    await wrapper.trigger('blur')
    expect(wrapper.emitted('store')).toBeUndefined()
  })
})
