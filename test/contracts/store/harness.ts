import { test } from 'vitest';
import type { Store, Write } from '../../../src/ports.ts';
import type { ScheduledEvent } from '../../../src/schedule/event.ts';
import { adding, change } from '../../support/store-samples.ts';
import { ALL } from './samples.ts';

/** A way to a database that was empty before the test. */
export interface StoreHarness {
  /** Opens it, again and again if asked. */
  open(): Promise<Store>;
  /** Puts a second working group into it and answers its id. The store must have been open. */
  addGroup(): Promise<string>;
  /** Closes what is still open and removes the database. */
  dispose(): Promise<void>;
}

/** Tests each of which has a store of its own, with the working group that an empty store begins with. */
export function storeTest(create: () => Promise<StoreHarness>) {
  return (
    test
      .extend('harness', async ({ onTestFinished }) => {
        const harness = await create();
        onTestFinished(() => harness.dispose());
        return harness;
      })
      .extend('store', ({ harness }) => harness.open())
      .extend('groupId', async ({ store }) => (await store.groups())[0]?.id ?? '')
      .extend(
        'commit',
        ({ store, groupId }) =>
          (...writes: Write[]) =>
            store.commit(change(groupId, writes)),
      )
      .extend(
        'add',
        ({ commit }) =>
          (...events: ScheduledEvent[]) =>
            commit(...events.map(adding)),
      )
      .extend(
        'events',
        ({ store, groupId }) =>
          async () =>
            (await store.load(groupId)).events,
      )
      .extend(
        'stored',
        ({ events }) =>
          async (handle: string) =>
            (await events()).find((candidate) => candidate.handle === handle),
      )
      // What a refused change must leave alone.
      .extend('everything', ({ store, groupId }) => async (of: Store = store) => [
        await of.groups(),
        await of.load(groupId),
        await of.audit(groupId, ALL),
      ])
  );
}

/** What declares such a test. */
export type StoreTest = ReturnType<typeof storeTest>;
