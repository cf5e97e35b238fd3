import { fileURLToPath, URL } from 'node:url'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': here('./src'), '#icons': here('../icons') } },
  clearScreen: false,
  // The icon lies beside the UI.
  server: { port: 1420, strictPort: true, fs: { allow: [here('.'), here('../icons')] } },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500, assetsInlineLimit: 0 },
})
