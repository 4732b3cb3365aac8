import type { DeliveryRecord } from '../../src/reminders/ledger.ts';
import { reminderKey } from '../../src/reminders/plan.ts';
import { startKey } from '../../src/reminders/occasions.ts';
import type { Notice } from '../../src/ports.ts';
import type { FakeSlack } from '../adapters/slack/fake-slack.ts';
import type { FakeConnector } from '../adapters/teams/fake-connector.ts';
import { claimsOf, heldTwice, type OverheardClaim } from './claims.ts';
import type { Note } from './overheard.ts';
import { titleOf, type World } from './world.ts';

/** What a run came to. */
export interface Verdict {
  /** How many deliveries of a platform came to what. */
  readonly counts: readonly (readonly [what: string, slack: number, teams: number])[];
  /** What must not be; empty when every promise was kept. */
  readonly problems: readonly string[];
}

interface Seen {
  readonly record: DeliveryRecord;
  /** How often its message is on the platform. */
  readonly messages: number;
  /** Why nobody may know whether it arrived; `null`: there is no reason. */
  readonly dark: 'broke off' | 'died' | null;
  /** By whom it was claimed, as far as that was heard. */
  readonly claims: readonly OverheardClaim[];
}

/** Compares what is on the platforms with what should be, delivery by delivery. */
export async function verdictOf(
  world: World,
  found: {
    readonly slack: FakeSlack;
    readonly teams: FakeConnector;
    /** Requests whose sender was left in the dark, path and body. */
    readonly unanswered: readonly string[];
    /** What processes did with the ledger. */
    readonly notes: readonly Note[];
  },
  whenUnknown: 'park' | 'send',
): Promise<Verdict> {
  const records = await world.store.ledger.list({ groupId: world.groupId, limit: 10_000_000 });
  const byKey = new Map(records.map((record) => [record.key, record]));
  const problems: string[] = [];
  const expected = expectedKeys(world);
  for (const key of expected) if (!byKey.has(key)) problems.push(`${key} was never written down`);

  const seen = seenOf(world, records, found);
  const ofSlack = new Set(records.filter(({ target }) => target.platform === 'slack').map(({ key }) => key));
  for (const key of messageIds(found.slack)) if (!ofSlack.has(key)) problems.push(`${key} is nobody’s message`);
  for (const each of seen) problems.push(...problemsOf(each, whenUnknown));
  problems.push(...unheard(seen), ...doubleClaims(records, found.notes));
  problems.push(...untold(world, records, await world.store.notices(world.groupId, { limit: 100_000 })));
  return { counts: countsOf(expected.length, seen), problems };
}

function expectedKeys({ events, subscriptions }: World): readonly string[] {
  return subscriptions.flatMap(({ id }) =>
    events.flatMap((event) => {
      if (event.when === null) return [];
      return [reminderKey(id, { event, trigger: '7d', start: startKey(event.when), at: 0, startsAt: 0 })];
    }),
  );
}

function seenOf(
  { events }: World,
  records: readonly DeliveryRecord[],
  { slack, teams, unanswered, notes }: Parameters<typeof verdictOf>[1],
): readonly Seen[] {
  const begun = new Set(notes.flatMap((note) => (note.type === 'begin' ? note.ids : [])));
  const claimed = claimsOf(notes);
  const darkOf = (record: DeliveryRecord): Seen['dark'] => {
    if (unanswered.some((request) => isAbout(request, record))) return 'broke off';
    return begun.has(record.id) ? 'died' : null;
  };
  const numbers = new Map(events.map(({ uid }, number) => [uid, number]));
  const inSlack = Map.groupBy(messageIds(slack), (id) => id);
  const inTeams = Map.groupBy(teams.messages, ({ conversation, summary, card }) => {
    const title = /E\d+E/u.exec(`${summary} ${JSON.stringify(card)}`)?.[0] ?? '';
    return `${conversation} ${title}`;
  });
  return records.map((record) => {
    const { id, target, key, eventUid } = record;
    const claims = claimed.get(id) ?? [];
    if (target.platform === 'slack') return { record, messages: inSlack.get(key)?.length ?? 0, dark: null, claims };
    const place = target.kind === 'person' ? `direct-${target.id}` : target.id;
    const title = titleOf(numbers.get(eventUid ?? '') ?? -1);
    return { record, messages: inTeams.get(`${place} ${title}`)?.length ?? 0, dark: darkOf(record), claims };
  });
}

function messageIds({ messages }: FakeSlack): readonly string[] {
  return messages.map(({ metadata }) => String((metadata?.event_payload as { id?: unknown } | undefined)?.id));
}

function problemsOf({ record, messages, dark }: Seen, whenUnknown: string): readonly string[] {
  const { key, kind, state, reason, detail, target } = record;
  const about = `${key} (${[target.platform, state, reason, detail].filter(Boolean).join(', ')})`;
  switch (state) {
    case 'sent':
      if (messages === 1) return [];
      if (target.platform === 'teams' && messages > 1 && whenUnknown === 'send' && dark !== null) return [];
      return [`${about} is there ${messages} times`];
    case 'parked':
      if (reason === 'nobody-knows' && target.platform === 'teams' && whenUnknown === 'park' && messages <= 1) {
        return dark !== null ? [] : [`${about} was parked although nobody had begun to send it`];
      }
      return [`${about} was parked, and is there ${messages} times`];
    case 'skipped':
      // What one post told together with another.
      if (kind === 'change' && messages === 0) return [];
      return [`${about} was skipped, and is there ${messages} times`];
    case 'due':
    case 'claimed':
      return [`${about} was never settled`];
  }
}

/** Deliveries that two held at once, whether or not two messages came of it. */
function doubleClaims(records: readonly DeliveryRecord[], notes: readonly Note[]): readonly string[] {
  const keys = new Map(records.map(({ id, key }) => [id, key]));
  const nameOf = ({ attempts, owner }: OverheardClaim) => `attempt ${attempts} by ${owner}`;
  return [...heldTwice(notes)].map(
    ([id, [first, second]]) =>
      `${keys.get(id) ?? `delivery ${id}`} was claimed again without a settlement, hand-back or take-over between: ` +
      `${nameOf(first)}, ${nameOf(second)}`,
  );
}

/** Deliveries that came to something although no process said that it held them: then nothing was overheard. */
function unheard(seen: readonly Seen[]): readonly string[] {
  return seen.flatMap(({ record: { key, state }, claims }) =>
    (state === 'sent' || state === 'parked') && claims.length === 0
      ? [`${key} is ${state}, and nobody was heard claiming it`]
      : [],
  );
}

/** Whether a request, path and body, would have sent a delivery of Teams. */
function isAbout(request: string, { target, key }: DeliveryRecord): boolean {
  const title = /uid-e(\d+)/u.exec(key)?.[1] ?? '';
  return request.includes(target.id) && request.includes(titleOf(Number(title)));
}

/** Changes that a subscription was never told of. */
function untold(
  { subscriptions }: World,
  records: readonly DeliveryRecord[],
  notices: readonly Notice[],
): readonly string[] {
  return subscriptions
    .filter(({ changes }) => changes)
    .flatMap(({ id }) => {
      const told = Math.max(
        0,
        ...records.filter(({ subscriptionId }) => subscriptionId === id).map(({ told }) => told ?? 0),
      );
      return notices.filter((notice) => notice.id > told).map((notice) => `${id} was not told of change ${notice.id}`);
    });
}

function countsOf(expected: number, seen: readonly Seen[]): Verdict['counts'] {
  const row = (what: string, is: (each: Seen) => boolean) => {
    const of = (platform: string) => seen.filter((each) => each.record.target.platform === platform && is(each)).length;
    return [what, of('slack'), of('teams')] as const;
  };
  const stands = (state: string, is: (messages: number) => boolean) => (each: Seen) =>
    each.record.state === state && is(each.messages);
  const parked = (why: Seen['dark'], count: number) => (each: Seen) =>
    each.record.state === 'parked' && each.dark === why && each.messages === count;
  return [
    row(`deliveries (${expected} reminders expected)`, () => true),
    row(
      'sent, there once',
      stands('sent', (messages) => messages === 1),
    ),
    row(
      'sent, not there',
      stands('sent', (messages) => messages === 0),
    ),
    row(
      'sent, there twice or more',
      stands('sent', (messages) => messages > 1),
    ),
    row('parked, the answer was lost: it is there', parked('broke off', 1)),
    row('parked, the answer was lost: it is not', parked('broke off', 0)),
    row('parked, its process died at it: it is there', parked('died', 1)),
    row('parked, its process died at it: it is not', parked('died', 0)),
    row(
      'told together with another',
      stands('skipped', () => true),
    ),
    row('never settled', ({ record: { state } }) => state === 'due' || state === 'claimed'),
    row('tried more than once', ({ record: { attempts } }) => attempts > 1),
    row('claimed by one process after another', ({ claims }) => new Set(claims.map(({ owner }) => owner)).size > 1),
  ];
}
