/**
 * Writes the app package that an administrator uploads to Teams:
 * `npm run teams:package -- CLIENT-ID https://gcm.example.org [VERSION] [FILE]`. The settings of the bot, TEAMS_CLIENT_ID
 * and PUBLIC_URL, stand in for the first two.
 */
import { writeFile } from 'node:fs/promises';
import { packageOf } from '../adapters/teams/package/package.ts';
import { commands } from '../commands/index.ts';
import { english } from '../src/language/index.ts';

const [
  clientId = process.env.TEAMS_CLIENT_ID ?? '',
  address = process.env.PUBLIC_URL ?? '',
  version = '1.0.0',
  file = 'gcm-teams.zip',
] = process.argv.slice(2);

if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(clientId)) {
  stop('The first word is the application (client) id of the bot, such as 00000000-0000-0000-0000-000000000000.');
} else if (!/^https:\/\/[^/]+/u.test(address)) {
  stop('The second word is where the bot is reached, and begins with https://, because Teams calls no other address.');
} else if (!/^\d+\.\d+\.\d+$/u.test(version)) {
  stop('The version is three numbers, such as 1.0.1: higher than that of the package before.');
} else {
  const publicUrl = address.replace(/\/+$/u, '');
  await writeFile(file, packageOf({ commands, language: english, clientId, publicUrl, version }));
  process.stdout.write(`${file} is written. Upload it in the Teams admin centre (docs/teams.md).\n`);
}

function stop(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
