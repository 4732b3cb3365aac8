import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Zones are always named in the code; a test that depends on the machine's own would pass here and fail elsewhere.
    env: { TZ: 'Pacific/Chatham', NO_COLOR: '1' },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
