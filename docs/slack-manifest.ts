/**
 * Prints the manifest from which Slack makes the app: `npm run slack:manifest -- https://gcm.example.org` for one that
 * Slack calls, with `--distributed` for one that other workspaces install, without an address for Socket Mode.
 */
import { manifestOf } from '../adapters/slack/manifest.ts';
import { commands } from '../commands/index.ts';
import { english } from '../src/language/index.ts';

const given = process.argv.slice(2);
const address = given.find((word) => !word.startsWith('-')) ?? null;
if (address !== null && !address.startsWith('https://')) {
  process.stderr.write('The address begins with https://, because Slack calls no other.\n');
  process.exitCode = 2;
} else {
  const publicUrl = address?.replace(/\/+$/u, '') ?? null;
  const isDistributed = given.includes('--distributed');
  process.stdout.write(
    `${JSON.stringify(manifestOf({ commands, language: english, publicUrl, isDistributed }), null, 2)}\n`,
  );
}
