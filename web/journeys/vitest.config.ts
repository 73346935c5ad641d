import { defineConfig } from 'vitest/config';
import { InOrder } from './kit/order';

// Against the real binary: WUJIN_BINARY names it, WUJIN_SAMPLE a folder of the sample town made before (else one is made).
export default defineConfig({
  test: {
    root: import.meta.dirname,
    environment: 'node',
    include: ['{api,browser,closing}/**/*.test.ts'],
    globalSetup: ['./kit/town.ts'],
    fileParallelism: false,
    sequence: { sequencer: InOrder },
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
