import { describe, expect, test } from 'vitest';
import type { FakeSlack } from '../adapters/slack/fake-slack.ts';
import type { FakeConnector } from '../adapters/teams/fake-connector.ts';
import { AGAIN, listening, SENT } from './listening.ts';
import type { Note } from './overheard.ts';
import { verdictOf } from './verdict.ts';

/** A run on a real ledger with one delivery of Slack, `k`, whose message is there as often as one says. */
async function run() {
  const there = await listening();
  await there.add('k');
  const { store, groupId } = there;
  const world = { store, groupId, events: [], subscriptions: [], end: 0, changeSomething: () => Promise.resolve() };
  const teams = { messages: [] } as unknown as FakeConnector;
  return {
    ...there,
    async problems(messages: number, notes: readonly Note[] = there.notes): Promise<readonly string[]> {
      const message = { metadata: { event_payload: { id: 'k' } } };
      const slack = { messages: Array.from({ length: messages }, () => message) } as unknown as FakeSlack;
      return (await verdictOf(world, { slack, teams, unanswered: [], notes }, 'park')).problems;
    },
  };
}

describe('the verdict', () => {
  test('has nothing against a delivery that was claimed, tried again by another, and is there once', async () => {
    const there = await run();
    const [a, b] = [there.process('a'), there.process('b')];
    await a.settle(await a.claim(), AGAIN);
    await b.settle(await b.claim(), SENT);
    expect(await there.problems(1)).toEqual([]);
  });

  test('objects when a delivery is not there, is there twice, or was never settled', async () => {
    const there = await run();
    const a = there.process('a');
    const claims = await a.claim();
    expect(await there.problems(1)).toEqual(['k (slack, claimed) was never settled']);
    await a.settle(claims, SENT);
    expect(await there.problems(0)).toEqual(['k (slack, sent) is there 0 times']);
    expect(await there.problems(2)).toEqual(['k (slack, sent) is there 2 times']);
  });

  test('objects when two held a delivery at once, although its message is there once', async () => {
    const there = await run();
    const a = there.process('a');
    const claims = await a.claim();
    // A claim that does not exclude another.
    const again = claims.map((claim) => ({ ...claim, attempts: claim.attempts + 1 }));
    await there.process('b', { claim: () => Promise.resolve(again) }).claim();
    await a.settle(claims, SENT);
    expect(await there.problems(1)).toEqual([
      'k was claimed again without a settlement, hand-back or take-over between: attempt 1 by a, attempt 2 by b',
    ]);
  });

  test('objects when nobody was heard claiming what is settled: then it has heard nothing', async () => {
    const there = await run();
    const a = there.process('a');
    await a.settle(await a.claim(), SENT);
    expect(await there.problems(1, [])).toEqual(['k is sent, and nobody was heard claiming it']);
  });
});
