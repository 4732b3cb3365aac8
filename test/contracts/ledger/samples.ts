import type { NewDelivery } from '../../../src/reminders/ledger.ts';

/** The moment of the tests, in epoch milliseconds. */
export const T = Date.UTC(2017, 10, 1, 8);

/** How long a claim is good for, in milliseconds. */
export const LEASE = 60_000;

/** The group whose deliveries they are. */
export const GROUP = 'group';

/** A delivery that is due at once. */
export function delivery(key: string, fields: Partial<NewDelivery> = {}): NewDelivery {
  return {
    key,
    kind: 'reminder',
    groupId: GROUP,
    subscriptionId: 'subscription',
    eventUid: 'event',
    target: { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C1', thread: null },
    payload: { trigger: '1d', quoted: `"'\\ ü 🙂` },
    plannedFor: T,
    sendAt: T,
    uselessFrom: T + 3_600_000,
    skipped: null,
    ...fields,
  };
}

/** The keys of deliveries, sorted. */
export function keys(deliveries: readonly { readonly key: string }[]): string[] {
  return deliveries.map(({ key }) => key).sort();
}
