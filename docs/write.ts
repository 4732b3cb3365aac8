/** Writes the derived parts of the documentation: `npm run docs`. */
import { readFile, writeFile } from 'node:fs/promises';
import { english } from '../src/language/index.ts';
import { commandTable, exampleOfEnvironment, settingsTable, TRANSCRIPT, transcript, withPart } from './reference.ts';

const parts = {
  transcript: await transcript(TRANSCRIPT),
  commands: commandTable(english),
  settings: settingsTable(),
};
const readme = new URL('../README.md', import.meta.url);
let document = await readFile(readme, 'utf8');
for (const [name, part] of Object.entries(parts)) document = withPart(document, name, part);
await writeFile(readme, document);
await writeFile(new URL('../.env.example', import.meta.url), exampleOfEnvironment());
