/** Every screen by name, for the menu and the search. */
import { type Ref, computed } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

import { useCheckSummary } from '@/features/check/queries'
import { useDuty } from '@/features/ledger/useDuty'
import type { CompoundRow, KindCode } from '@/ipc'
import { useKinds } from '@/ipc/queries'

export interface Screen {
  label: string
  to: RouteLocationRaw
  /** How many things there must be changed. */
  badge?: number
}
export interface ScreenGroup {
  title: string
  screens: Screen[]
}

const LEDGERS: { title: string; kinds: KindCode[] }[] = [
  { title: '房屋与住户', kinds: ['building', 'entrance', 'dwelling', 'owner', 'ownership', 'household'] },
  { title: '居民意见', kinds: ['visit', 'wish', 'problem', 'opinion'] },
  { title: '方案与资金', kinds: ['plan', 'workItem', 'effect', 'dependency', 'fund'] },
  { title: '拆违与附属', kinds: ['outbuilding', 'cycleShed'] },
  { title: '停车绿地设施', kinds: ['parkingArea', 'greenSpace', 'activityArea', 'facility'] },
  { title: '道路管线', kinds: ['road', 'pipeSegment'] },
]

/** A ledger beside a screen of its own that has the name already. */
const NAMED: Partial<Record<KindCode, string>> = { plan: '方案台账' }

export function useScreens(compound: Ref<CompoundRow | null>) {
  const { byCode } = useKinds()
  const { may } = useDuty()
  const key = computed(() => compound.value?.id ?? null)
  const check = useCheckSummary(key, () => key.value !== null)
  const urgent = computed(() => check.data.value?.groups[0]?.count ?? 0)
  return computed(() => {
    const id = compound.value?.id
    const groups: ScreenGroup[] = [{ title: '', screens: [{ label: '街道总览', to: '/' }, { label: '一表通填表', to: '/forms' }] }]
    if (id) {
      groups.push(
        {
          title: compound.value?.name ?? '',
          screens: [
            { label: '小区概况', to: `/compound/${id}` },
            ...(may('trace') ? [{ label: '数据体检', to: `/compound/${id}/check`, badge: urgent.value }] : []),
            { label: '阶段与关口', to: `/compound/${id}/stage` },
            { label: '照片', to: `/compound/${id}/photos` },
          ],
        },
        {
          title: '听居民的',
          screens: [
            { label: '入户走访', to: `/compound/${id}/visits` },
            { label: '房态图', to: `/compound/${id}/board` },
            { label: '诉求汇总', to: `/compound/${id}/wishes` },
            { label: '问卷调查', to: `/compound/${id}/survey` },
            { label: '业主表决', to: `/compound/${id}/ballots` },
          ],
        },
        {
          title: '做方案',
          screens: [
            { label: '改造方案', to: `/compound/${id}/plan` },
            { label: '方案比选', to: `/compound/${id}/scenarios` },
            { label: '规范检查', to: `/compound/${id}/standard` },
            { label: '前后对比', to: `/compound/${id}/comparison` },
            { label: '打印', to: `/compound/${id}/print` },
          ],
        },
      )
      for (const { title, kinds } of LEDGERS) {
        groups.push({
          title,
          screens: kinds.map((kind) => ({
            label: NAMED[kind] ?? byCode.value.get(kind)?.label ?? '',
            to: `/compound/${id}/ledger/${kind}`,
          })),
        })
      }
    }
    groups.push({
      title: '台账',
      screens: [
        { label: '产权单位', to: '/ledger/workUnit' },
        { label: '单价库', to: '/ledger/price' },
        ...(may('record') ? [{ label: '导入台账', to: '/import' }] : []),
        ...(may('trace') ? [{ label: '操作记录', to: '/history' }, { label: '回收站', to: '/recycle' }] : []),
        { label: '备份与恢复', to: '/backups' },
        { label: '参数', to: '/parameters' },
        { label: '设置', to: '/settings' },
      ],
    })
    return groups
  })
}
