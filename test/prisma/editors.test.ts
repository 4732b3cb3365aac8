import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../prisma/store.ts';
import type { AuditEntry, Store } from '../../src/ports.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { botOn } from '../support/bots.ts';
import {
  postgresDatabase,
  postgresNote,
  postgresUrl,
  sqliteDatabase,
  type TestDatabase,
} from '../support/store-databases.ts';
import { countingIdentity, stoppedClock } from '../support/store-samples.ts';

const HANDLES = ['alpha', 'beta', 'gamma'] as const;
/** Who edits, and the fact of an event that only they keep. */
const EDITORS = { ada: 'region', grace: 'organiser', alan: 'about', edsger: 'level' } as const;

/** What an `editor-process.ts` printed. */
interface Edited {
  readonly written: readonly { readonly event: string; readonly way: string; readonly text: string }[];
  readonly conflicts: number;
}

async function editorInProcess(url: string, name: keyof typeof EDITORS, count: number): Promise<Edited> {
  const script = fileURLToPath(new URL('../support/editor-process.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, url, name, EDITORS[name], count.toString()]);
  return JSON.parse(stdout) as Edited;
}

async function storeWithEvents(create: () => Promise<TestDatabase>) {
  const database = await create();
  const open = (name: string) =>
    openStore({ url: database.url, clock: stoppedClock, identity: countingIdentity(name) });
  const store = await open('first');
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  const say = botOn(store, stoppedClock);
  for (const name of HANDLES) await say(`add "${name}" 2018-02-01 --yes`);
  const [group] = await store.groups();
  return { database, store, open, groupId: group?.id ?? '' };
}

/** The events as the audit alone tells them: each entry takes up where the one before it left off. */
function retold(entries: readonly AuditEntry[]): ReadonlyMap<string, ScheduledEvent> {
  const told = new Map<string, ScheduledEvent>();
  for (const { write } of entries.toReversed()) {
    if (write.type !== 'event') continue;
    expect(write.before).toEqual(told.get(write.after.uid) ?? null);
    told.set(write.after.uid, write.after);
  }
  return told;
}

function describeEditors(create: () => Promise<TestDatabase>, changes: number): void {
  test('in processes of their own lose nothing, and the audit alone tells what is there', async () => {
    const { database, store, groupId } = await storeWithEvents(create);
    const names = Object.keys(EDITORS) as (keyof typeof EDITORS)[];
    const edited = await Promise.all(names.map((name) => editorInProcess(database.url, name, changes)));
    const written = edited.flatMap((editor) => editor.written);
    expect(written).toHaveLength(names.length * changes);
    // Otherwise they only took turns, and nothing was tried.
    expect(edited.reduce((sum, { conflicts }) => sum + conflicts, 0)).toBeGreaterThan(0);

    const { events, group } = await store.load(groupId);
    const byHandle = (way: string) =>
      HANDLES.map((handle) => written.filter((each) => each.event === handle && each.way === way));
    const find = (handle: string) => events.find((event) => event.handle === handle);
    expect(HANDLES.map((handle) => find(handle)?.outcomes.toSorted())).toEqual(
      byHandle('outcome').map((lines) => lines.map(({ text }) => text).sort()),
    );
    expect(
      HANDLES.map((handle) =>
        find(handle)
          ?.documents.map(({ title }) => title)
          .sort(),
      ),
    ).toEqual(byHandle('document').map((lines) => lines.map(({ text }) => text).sort()));
    // A fact that one editor alone keeps is what they said last, whatever the others changed beside it.
    const lastOf = (name: string, at: number) =>
      byHandle('field')[at]?.findLast(({ text }) => text.startsWith(`${name} `))?.text ?? null;
    expect(HANDLES.map((handle) => find(handle))).toMatchObject(
      HANDLES.map((_, at) => ({
        region: lastOf('ada', at),
        organiser: lastOf('grace', at),
        description: lastOf('alan', at),
        participation: { headLevel: lastOf('edsger', at) },
      })),
    );

    const entries = await store.audit(groupId, { limit: 10_000 });
    expect([...retold(entries).values()].sort(byUid)).toEqual([...events].sort(byUid));
    const revisions = Array.from({ length: HANDLES.length + written.length }, (_, at) => at + 1);
    expect(entries.map(({ revision }) => revision).reverse()).toEqual(revisions);
    expect(group.revision).toBe(revisions.length);
  }, 120_000);
}

function byUid(one: ScheduledEvent, other: ScheduledEvent): number {
  return one.uid < other.uid ? -1 : 1;
}

describe('several editors at once on SQLite', () => {
  describeEditors(sqliteDatabase, 9);
});

describe.skipIf(postgresUrl === undefined)(`several editors at once on PostgreSQL${postgresNote}`, () => {
  describeEditors(postgresDatabase, 18);

  test('who were shown nothing first do the same a moment later, without being asked', async () => {
    const { store, open, groupId } = await storeWithEvents(postgresDatabase);
    const names = Object.keys(EDITORS);
    const stores = await Promise.all(names.map(open));
    const said = await Promise.all(
      stores.map(async (each, at) => {
        const say = botOn(each, stoppedClock);
        const lines = Array.from({ length: 8 }, (_, n) => `${names[at] ?? ''} ${n.toString()}`);
        for (const line of lines) expect((await say(`outcome alpha ${line} --yes`)).outcome).toBe('answered');
        return lines;
      }),
    );
    const { events } = await store.load(groupId);
    expect(events.find(({ handle }) => handle === 'alpha')?.outcomes.toSorted()).toEqual(said.flat().sort());
    await Promise.all(stores.map((each) => each.close()));
  }, 60_000);

  test('close no circle together that neither of them would close alone', async () => {
    const { store, open, groupId } = await storeWithEvents(postgresDatabase);
    const lines = ['nest alpha in beta', 'nest beta in gamma', 'nest gamma in alpha', 'nest alpha preceded by gamma'];
    const stores = await Promise.all(lines.map(open));
    // All of them have been checked before the first is written.
    let waiting = stores.length;
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const gated = (each: Store): Store => ({
      ...each,
      async commit(wanted) {
        if ((waiting -= 1) <= 0) release();
        await gate;
        return each.commit(wanted);
      },
    });
    const replies = await Promise.all(
      stores.map((each, at) => botOn(gated(each), stoppedClock)(`${lines[at] ?? ''} --yes`)),
    );
    // Of the circle two parts can be there, whoever was first; what precedes hangs together otherwise.
    const outcomes = replies.map(({ outcome }) => outcome);
    expect(outcomes.slice(0, 3).sort()).toEqual(['answered', 'answered', 'refused']);
    expect(outcomes[3]).toBe('answered');
    const { events } = await store.load(groupId);
    expect(events.filter(({ parent }) => parent !== null)).toHaveLength(2);
    expect(events.filter(({ precededBy }) => precededBy.length > 0)).toHaveLength(1);
    await Promise.all(stores.map((each) => each.close()));
  }, 60_000);
});
