import { readFileSync } from 'node:fs'
import { fileURLToPath, URL } from 'node:url'

import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

const icon = fileURLToPath(new URL('../icons/icon.svg', import.meta.url))

/** The product's icon lies beside the UI; the built page carries a copy. */
function productIcon(): Plugin {
  return {
    name: 'product-icon',
    configureServer(server) {
      server.middlewares.use('/icon.svg', (_request, response) => {
        response.setHeader('Content-Type', 'image/svg+xml')
        response.end(readFileSync(icon))
      })
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'icon.svg', source: readFileSync(icon) })
    },
  }
}

export default defineConfig({
  plugins: [vue(), productIcon()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
})
