import { describe, expect, test } from 'vitest';
import type { RoleGrant } from '../../src/ports.ts';
import { change } from '../support/store-samples.ts';
import { leads } from '../support/subscriptions.ts';
import { ARCHIVED, channel, grant, ROOT, staffed, told, whom } from './staffed.ts';

describe('staff are told what could not be sent', () => {
  test('once, a few minutes after it, with what, where to, why, and what they can do', async () => {
    const there = await staffed();
    there.platform.always('C1', ARCHIVED);
    await there.until('2017-11-08T14:03:00+01:00');
    expect(told(there)).toEqual([]);
    await there.until('2017-11-08T15:30:00+01:00');
    expect(whom(there)).toEqual(['root']);
    expect(told(there)[0]?.text).toBe(
      [
        'Working group: not everything could be sent',
        '',
        'A CHANNEL THAT I CANNOT REACH',
        '',
        '• name-of-C1: The channel is archived.',
        '',
        'What is due there waits until I am back. Then it is sent, unless it is past.',
        '',
        'NOT SENT',
        '',
        '• 1. Reminder: About briefing. To name-of-C1, due Wednesday 8 November 2017, 14:00, Geneva time. Why: The ' +
          'channel is archived.',
        '',
        'When the cause is gone, “retry all” sends what is still of use, and “retry 1” only the first of these.',
        '',
        'Try all again: retry all   Status: status',
      ].join('\n'),
    );
  });

  test('not again for what waits in the same channel, or after a restart; and anew when it is lost anew', async () => {
    const there = await staffed();
    there.platform.always('C1', ARCHIVED);
    await there.until('2017-11-08T16:30:00+01:00');
    expect(await there.states()).toContain('sC1 reminder uid-round 1h parked disconnected');
    await there.another({ firstAdmins: [ROOT] }).tick();
    await there.timer.pass(0);
    expect(whom(there)).toEqual(['root']);
    await there.store.saveConversation(channel(there, 'C1'));
    await there.until('2017-11-08T17:00:00+01:00');
    expect(whom(there)).toEqual(['root', 'root']);
  });

  test('in one message for several channels within a few minutes', async () => {
    const there = await staffed();
    there.platform.always('C1', ARCHIVED);
    there.platform.always('C2', ARCHIVED);
    await there.until('2017-11-08T14:30:00+01:00');
    expect(whom(there)).toEqual(['root']);
    expect(told(there)[0]?.text).toContain('CHANNELS THAT I CANNOT REACH\n\n• name-of-C1: ');
    expect(told(there)[0]?.text).toContain('• name-of-C2: ');
    expect(told(there)[0]?.text).toContain('• 2. Reminder: About briefing. To name-of-C2');
  });

  test('of a channel that is lost before anything is due there, unless it is told nothing of the group', async () => {
    const there = await staffed();
    await there.until('2017-11-08T13:10:00+01:00');
    await there.store.saveConversation(channel(there, 'C2', { disconnected: 'I was removed.' }));
    await there.store.saveConversation(channel(there, 'C3', { disconnected: 'I was removed.' }));
    await there.until('2017-11-08T13:30:00+01:00');
    expect(told(there).map(({ text }) => text.split('\n').slice(2, 7))).toEqual([
      [
        'A CHANNEL THAT I CANNOT REACH',
        '',
        '• name-of-C2: I was removed.',
        '',
        'What is due there waits until I am back. Then it is sent, unless it is past.',
      ],
    ]);
    expect(told(there)[0]?.text).not.toContain('NOT SENT');
  });

  test('by two processes once', async () => {
    const there = await staffed();
    const other = there.another({ firstAdmins: [ROOT] });
    there.platform.always('C1', ARCHIVED);
    await there.until('2017-11-08T14:03:00+01:00');
    for (let minute = 3; minute < 9; minute += 1) {
      await there.timer.pass(60_000);
      await Promise.all([there.sweep.tick(), other.tick()]);
      await there.timer.pass(0);
    }
    expect(whom(there)).toEqual(['root']);
  });

  test('not when it was solved meanwhile', async () => {
    const there = await staffed();
    there.platform.next(ARCHIVED);
    await there.until('2017-11-08T14:02:00+01:00');
    await there.store.saveConversation(channel(there, 'C1'));
    await there.store.saveConversation(channel(there, 'C2'));
    await there.until('2017-11-08T14:30:00+01:00');
    expect(told(there)).toEqual([]);
    expect(there.platform.posted.map(({ to }) => to.id).sort()).toEqual(['C1', 'C2']);
  });

  test('not about a message to staff', async () => {
    const there = await staffed([grant('gone', 'admin')]);
    there.platform.always('C1', ARCHIVED);
    await there.until('2017-11-08T18:00:00+01:00');
    const states = (await there.records()).filter(({ kind }) => kind === 'trouble').map(({ state }) => state);
    expect(states).toEqual(['parked']);
  });
});

describe('the staff of a group', () => {
  const alarmed = async (...grants: readonly RoleGrant[]) => {
    const there = await staffed(grants);
    there.platform.always('C1', ARCHIVED);
    await there.until('2017-11-08T14:10:00+01:00');
    return whom(there).sort();
  };

  test('are its editors and administrators, whom the bot can write to', async () => {
    const elsewhere = grant('here', 'editor', { platform: 'console', tenant: '' });
    const team = grant('S1', 'editor', { kind: 'team' });
    expect(await alarmed(grant('ed', 'editor'), grant('ad', 'admin'), grant('vi', 'viewer'), elsewhere, team)).toEqual([
      'ad',
      'ed',
    ]);
  });

  test('include the administrators of the settings as long as it has none of its own', async () => {
    expect(await alarmed(grant('ed', 'editor'))).toEqual(['ed', 'root']);
  });

  test('are no longer those whose role was taken meanwhile', async () => {
    const ed = grant('ed', 'editor');
    const there = await staffed([ed, grant('ad', 'admin')]);
    there.platform.always('C1', ARCHIVED);
    there.platform.always('Ded', { outcome: 'again', afterMs: 60_000, reason: 'busy' });
    await there.until('2017-11-08T14:05:00+01:00');
    await there.store.commit(change(there.groupId, [{ type: 'role', before: ed, after: null }]));
    there.platform.always('Ded', 'sent');
    await there.until('2017-11-08T14:30:00+01:00');
    expect(whom(there)).toEqual(['ad']);
  });

  test('read it in their own language and zone', async () => {
    const there = await staffed([grant('ad', 'admin')]);
    const person = { platform: 'slack', tenant: 'T1', user: 'ad', name: null, language: null };
    await there.store.saveMember({ ...person, zone: 'Africa/Nairobi', platformZone: null, platformLanguage: null });
    there.platform.always('C1', ARCHIVED);
    await there.until('2017-11-08T14:10:00+01:00');
    expect(told(there)[0]?.text).toContain('due Wednesday 8 November 2017, 16:00, Nairobi time');
  });
});

describe('a channel that comes back', () => {
  test('gets what is still of use, and the rest is skipped with the reason', async () => {
    const there = await staffed();
    there.platform.always('C1', ARCHIVED);
    await there.until('2017-11-08T16:30:00+01:00');
    there.platform.always('C1', 'sent');
    await there.store.saveConversation(channel(there, 'C1'));
    await there.until('2017-11-08T16:32:00+01:00');
    const own = (await there.states()).filter((state) => state.startsWith('sC1'));
    expect(own).toEqual(['sC1 reminder uid-briefing 1h skipped late', 'sC1 reminder uid-round 1h sent']);
    expect(there.platform.posted.filter(({ to }) => to.id === 'C1').map(({ text }) => text)).toEqual([
      expect.stringContaining('This reminder is late: it was due Wednesday 8 November 2017, 16:00'),
    ]);
  });

  test('is not looked for where a message alone was refused: it stays parked', async () => {
    const there = await staffed();
    const inThread = { kind: 'conversation', platform: 'slack', tenant: 'T1', id: 'C1', thread: '17.5' } as const;
    await there.subscribe({ id: 'sC1', target: inThread, leadTimes: leads('1h') });
    there.platform.always('C1', { outcome: 'never', reason: 'The message is gone.' });
    await there.until('2017-11-08T14:30:00+01:00');
    expect((await there.store.conversation(channel(there, 'C1')))?.disconnected).toBeNull();
    expect((await there.states()).filter((state) => state.startsWith('sC1'))).toEqual([
      'sC1 reminder uid-briefing 1h parked never',
    ]);
    expect(there.platform.tries).toBe(3);
  });
});

test('a reminder that somebody has deleted is not corrected, and nobody is troubled with it', async () => {
  const there = await staffed();
  await there.until('2017-11-08T14:05:00+01:00');
  const { messenger } = there.platform;
  const update = messenger.update.bind(messenger);
  Object.assign(messenger, { update: () => Promise.resolve({ outcome: 'never', reason: 'The message is gone.' }) });
  await there.edit('briefing', { venue: { name: 'Room XX', city: 'Geneva', country: null } });
  await there.until('2017-11-08T14:30:00+01:00');
  Object.assign(messenger, { update });
  const amended = (await there.records()).filter(({ kind }) => kind === 'amend');
  expect(amended.map(({ state, reason }) => [state, reason])).toEqual([
    ['skipped', 'gone'],
    ['skipped', 'gone'],
  ]);
  expect(await there.store.subscriptions.lost(there.groupId)).toEqual([]);
  expect(told(there)).toEqual([]);
});
