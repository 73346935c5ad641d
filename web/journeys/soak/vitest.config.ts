import { defineConfig, mergeConfig } from 'vitest/config';
import journeys from '../vitest.config';

// For hours if need be: WUJIN_SOAK_SECONDS says how long a town works on each engine, ten minutes when it does not.
const seconds = Number(process.env['WUJIN_SOAK_SECONDS'] ?? '600');
if (!(seconds >= 30)) throw new Error('WUJIN_SOAK_SECONDS must be a number of at least 30');

const soak = mergeConfig(journeys, defineConfig({
  test: { testTimeout: (seconds + 300) * 1000, hookTimeout: 600_000, provide: { soakSeconds: seconds } },
}));
soak.test.include = ['soak/**/*.test.ts'];
export default soak;
