import type { Conversation, RoleGrant } from '../../src/ports.ts';
import type { SweepParts } from '../../src/reminders/sweep.ts';
import { change } from '../support/store-samples.ts';
import { at, held, leads } from '../support/subscriptions.ts';
import { office, type Office } from './office.ts';

export const ROOT = { platform: 'slack', tenant: 'T1', user: 'root' };
export const ARCHIVED = { outcome: 'never', reason: 'The channel is archived.', isPlaceLost: true } as const;

export const channel = (there: Office, id: string, fields: Partial<Conversation> = {}): Conversation => ({
  ...{ platform: 'slack', tenant: 'T1', id, kind: 'channel', name: `name-of-${id}`, serviceUrl: null },
  ...{ groupId: there.groupId, disconnected: null, ...fields },
});
export const grant = (id: string, role: RoleGrant['role'], fields: Partial<RoleGrant> = {}): RoleGrant => ({
  ...{ kind: 'person', platform: 'slack', tenant: 'T1', id, name: id, role, ...fields },
});

/** An office with two channels that are reminded an hour before two events, and the administrator of the settings. */
export async function staffed(grants: readonly RoleGrant[] = [], parts: Partial<SweepParts> = {}): Promise<Office> {
  const there = await office('2017-11-08T13:00:00+01:00', { firstAdmins: [ROOT], ...parts });
  await there.add(held('briefing', at('2017-11-08T15:00')), held('round', at('2017-11-08T17:00')));
  for (const id of ['C1', 'C2']) {
    await there.store.saveConversation(channel(there, id));
    await there.subscribe({
      id: `s${id}`,
      target: { kind: 'conversation', platform: 'slack', tenant: 'T1', id, thread: null },
      leadTimes: leads('1h'),
      changes: false,
    });
  }
  const writes = grants.map((after) => ({ type: 'role', before: null, after }) as const);
  if (writes.length > 0) await there.store.commit(change(there.groupId, writes));
  return there;
}

/** What people were told, without what channels were. */
export const told = (there: Office) => there.platform.posted.filter(({ to }) => to.id.startsWith('D'));
export const whom = (there: Office) => told(there).map(({ to }) => to.id.slice(1));
