/**
 * Loaded before the program by `npm start` and `npm run gcm`: settings from a file `.env`, where there is one. Node's own
 * option for that says at every command when there is none.
 */
try {
  process.loadEnvFile('.env');
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
