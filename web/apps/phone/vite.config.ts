import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { budget } from './budget.ts';

export default defineConfig({
  base: '/phone/',
  plugins: [
    vue(),
    budget(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service_worker.ts',
      injectRegister: false,
      injectManifest: { globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'] },
      manifest: {
        id: '/phone/',
        name: '五进',
        short_name: '五进',
        description: '记一场活动，报一份情况。',
        lang: 'zh-CN',
        start_url: '/phone/',
        scope: '/phone/',
        display: 'standalone',
        orientation: 'portrait',
        background_color: '#faf8f5',
        theme_color: '#a81d16',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
  define: {
    // Neither the options API nor devtools: a quarter of Vue that no page here uses.
    __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __BUILT_AT__: JSON.stringify(new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1000 || Date.now()).toISOString()) },
  build: { target: ['es2020', 'chrome80', 'safari13.1'], assetsInlineLimit: 0, sourcemap: false, modulePreload: { polyfill: false } },
  worker: { format: 'iife' },
  server: { proxy: { '/api': process.env.WUJIN_SERVER ?? 'http://127.0.0.1:8080' } },
});
