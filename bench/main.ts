/** Measures the bot: everything, or the sections named on the command line (`npm run bench -- store`). */
import { machineFacts } from './machine.ts';
import type { Section } from './section.ts';

/** By name; loaded only when they run, so that none is measured with the others' code in memory. */
const SECTIONS: Readonly<Record<string, () => Promise<Section>>> = {
  memory: async () => (await import('./memory.ts')).memorySection(),
  store: async () => (await import('./store.ts')).storeSection(),
  questions: async () => (await import('./questions.ts')).questionsSection(),
  planning: async () => (await import('./planning.ts')).planningSection(),
  ledger: async () => (await import('./ledger.ts')).ledgerSection(),
  'ledger-kill': async () => (await import('./ledger-kill.ts')).ledgerKillSection(),
  lateness: async () => (await import('./lateness.ts')).latenessSection(),
  feed: async () => (await import('./feed.ts')).feedSection(),
  'feed-http': async () => (await import('./feed-http.ts')).feedHttpSection(),
  slack: async () => (await import('./slack.ts')).slackSection(),
  teams: async () => (await import('./teams.ts')).teamsSection(),
  'command-line': async () => (await import('./command-line.ts')).commandLineSection(),
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in SECTIONS));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}.`);
  process.exit(2);
}

for (const fact of await machineFacts(process.env.TEST_POSTGRES_URL)) console.log(fact);
for (const [name, measure] of Object.entries(SECTIONS)) {
  if (named.length === 0 || named.includes(name)) console.log(`\n${tableOf(await measure())}`);
}

function tableOf({ title, columns, rows, note }: Section): string {
  const widths = columns.map((column, at) =>
    Math.max(...[column, ...rows.map((row) => row[at] ?? '')].map(({ length }) => length)),
  );
  // Names to the left, figures to the right.
  const line = (cells: readonly string[]) =>
    widths
      .map((width, at) => (at === 0 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width)))
      .join('  ');
  const table = [line(columns), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)];
  return [title, '', ...table, ...(note ? ['', note] : [])].join('\n');
}
