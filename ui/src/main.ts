import { MutationCache, QueryCache, QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import ElementPlus from 'element-plus'
import zhCn from 'element-plus/dist/locale/zh-cn.mjs'
import 'element-plus/dist/index.css'
import { createApp } from 'vue'

import App from './App.vue'
import { toAppError } from './ipc'
import { connectBridge } from './ipc/transport'
import { router } from './router'
import { tellRefusal } from './shared/notice'
import './shared/styles/base.css'
import './shared/styles/grid.css'

connectBridge()

/** Told by the screen itself: that no ledger is open, and what a screen shows in its place. */
const SILENT = new Set(['noLedger', 'notFound'])

const refuse = (cause: unknown) => {
  const refusal = toAppError(cause)
  if (!SILENT.has(refusal.code)) tellRefusal(refusal)
}

const client = new QueryClient({
  queryCache: new QueryCache({ onError: refuse }),
  mutationCache: new MutationCache({ onError: refuse }),
  defaultOptions: {
    queries: { staleTime: 60_000, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})

createApp(App)
  .use(router)
  .use(ElementPlus, { locale: zhCn })
  .use(VueQueryPlugin, { queryClient: client })
  .mount('#app')
