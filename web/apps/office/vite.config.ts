import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/office/',
  plugins: [vue()],
  build: { target: 'es2020', assetsInlineLimit: 0, sourcemap: false },
  server: { proxy: { '/api': process.env.WUJIN_SERVER ?? 'http://127.0.0.1:8080' } },
});
