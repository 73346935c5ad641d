import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue()],
  test: {
    environment: 'jsdom',
    // A guard against a hang, not a measure of speed: the machine may be busy building.
    testTimeout: 60_000,
    include: ['{packages,apps}/*/{src,test,tests}/**/*.test.ts'],
  },
});
