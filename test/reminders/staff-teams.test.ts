import { describe, expect, test } from 'vitest';
import { english as language } from '../../src/language/index.ts';
import type { RoleGrant } from '../../src/ports.ts';
import { linesOf } from '../../src/reminders/status-card.ts';
import { adding, change, event } from '../support/store-samples.ts';
import { ARCHIVED, grant, staffed, told, whom } from './staffed.ts';

const TEAM = grant('S1', 'editor', { kind: 'team', name: 'secretariat' });
const ADMIN = grant('ad', 'admin');

/** An office whose channel C1 is lost, and who belongs to the user group that may edit; `null`: Slack does not say. */
async function withTeam(grants: readonly RoleGrant[], first: readonly string[] | null) {
  let members = first;
  let asked = 0;
  const membersOf = ({ id }: { id: string }) => {
    asked += 1;
    return Promise.resolve(id === 'S1' ? members : []);
  };
  const there = await staffed(grants, { membersOf });
  there.platform.always('C1', ARCHIVED);
  return {
    ...there,
    asked: () => asked,
    become(next: readonly string[] | null) {
      members = next;
    },
  };
}

const ofTeam = async (there: Awaited<ReturnType<typeof withTeam>>) =>
  (await there.records())
    .filter(({ target }) => target.kind === 'team')
    .map(({ state, reason }) => [state, reason ?? ''].join(' ').trim());

describe('staff through a user group', () => {
  test('are told one by one, and whoever has a role of their own as well is told once', async () => {
    const there = await withTeam([ADMIN, TEAM, grant('ed', 'editor')], ['ed', 'one', 'two']);
    await there.until('2017-11-08T14:30:00+01:00');
    expect(whom(there).sort()).toEqual(['ad', 'ed', 'one', 'two']);
    expect(new Set(told(there).map(({ text }) => text)).size).toBe(1);
    expect(await ofTeam(there)).toEqual(['skipped passed-on']);
  });

  test('are told by two processes, and after a restart, once', async () => {
    const there = await withTeam([ADMIN, TEAM], ['one']);
    const other = there.another({ membersOf: () => Promise.resolve(['one']) });
    await there.until('2017-11-08T14:04:00+01:00');
    for (let minute = 4; minute < 12; minute += 1) {
      await there.timer.pass(60_000);
      await Promise.all([there.sweep.tick(), other.tick()]);
      await there.timer.pass(0);
    }
    expect(whom(there).sort()).toEqual(['ad', 'one']);
  });

  test('are told as soon as Slack says who they are', async () => {
    const there = await withTeam([ADMIN, TEAM], null);
    await there.until('2017-11-08T15:30:00+01:00');
    expect(whom(there)).toEqual(['ad']);
    expect(await ofTeam(there)).toEqual(['due']);
    there.become(['one']);
    await there.until('2017-11-08T15:33:00+01:00');
    expect(whom(there)).toEqual(['ad', 'one']);
  });

  test('are not asked for longer than a day', async () => {
    const there = await withTeam([ADMIN, TEAM], null);
    await there.until('2017-11-08T14:30:00+01:00');
    await there.sleepUntil('2017-11-09T14:31:00+01:00');
    expect(await ofTeam(there)).toEqual(['skipped late']);
    const asked = there.asked();
    await there.until('2017-11-09T14:35:00+01:00');
    expect(there.asked()).toBe(asked);
  });

  test('are told although Slack falls silent between the question and the message', async () => {
    const there = await withTeam([ADMIN, TEAM], ['one']);
    there.platform.always('Done', { outcome: 'again', afterMs: 60_000, reason: 'busy' });
    await there.until('2017-11-08T14:08:00+01:00');
    there.become(null);
    there.platform.always('Done', 'sent');
    await there.until('2017-11-08T14:30:00+01:00');
    expect(whom(there)).toEqual(['ad', 'one']);
  });

  test('are not told any more once they have left it, or it has lost its role', async () => {
    const there = await withTeam([ADMIN, TEAM], ['one', 'two']);
    for (const id of ['Done', 'Dtwo']) there.platform.always(id, { outcome: 'again', afterMs: 60_000, reason: 'busy' });
    await there.until('2017-11-08T14:08:00+01:00');
    there.become(['two']);
    for (const id of ['Done', 'Dtwo']) there.platform.always(id, 'sent');
    await there.until('2017-11-08T14:30:00+01:00');
    expect(whom(there)).toEqual(['ad', 'two']);
    const other = await withTeam([ADMIN, TEAM], null);
    await other.until('2017-11-08T14:10:00+01:00');
    await other.store.commit(change(other.groupId, [{ type: 'role', before: TEAM, after: null }]));
    other.become(['one']);
    await other.until('2017-11-08T14:30:00+01:00');
    expect(whom(other)).toEqual(['ad']);
    expect(await ofTeam(other)).toEqual(['skipped unwanted']);
  });

  test('of a large one are those who changed the schedule last, thirty in all', async () => {
    const members = Array.from({ length: 200 }, (_, at) => `m${at}`);
    const there = await withTeam([ADMIN, TEAM], members);
    for (const user of ['m150', 'm199']) {
      const actor = { platform: 'slack', tenant: 'T1', user, name: user };
      await there.store.commit(change(there.groupId, [adding(event(`by-${user}`))], { actor }));
    }
    await there.until('2017-11-08T14:40:00+01:00');
    const reached = whom(there).filter((user) => user !== 'ad');
    expect(reached).toHaveLength(30);
    expect(reached).toEqual(expect.arrayContaining(['m150', 'm199', 'm0', 'm27']));
  });

  test('is named in the status while it waits', async () => {
    const there = await withTeam([ADMIN, TEAM], null);
    await there.until('2017-11-08T14:30:00+01:00');
    const waiting = (await there.records()).filter(({ target }) => target.kind === 'team');
    const schedule = { byUid: () => undefined };
    const lines = await linesOf(waiting, { language, reader: { zone: 'UTC' }, schedule, store: there.store });
    expect(lines.flat()).toEqual([expect.stringContaining('To secretariat, due Wednesday 8 November 2017')]);
  });
});
