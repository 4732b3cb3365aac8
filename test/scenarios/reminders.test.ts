import { beforeEach, describe, expect, test } from 'vitest';
import { cardText } from '../../src/cards/text.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import { createSchedules } from '../../src/engine/schedules.ts';
import { english, languages } from '../../src/language/index.ts';
import { createSweep } from '../../src/reminders/sweep.ts';
import { choicesOf, house, type House, type Speaker } from '../support/house.ts';
import { fakePlatform, loseConversation, type FakePlatform } from '../support/messenger.ts';
import { timerOn, type TestTimer } from '../support/timer.ts';

const CHANNEL = { platform: 'console', tenant: '', id: 'C1' };
const EDITOR: Speaker = { role: 'editor', conversation: CHANNEL };
const VIEWER: Speaker = { role: 'viewer', user: 'bo', conversation: CHANNEL };
const textOf = (reply: Reply) => cardText(reply.card, { language: english });

let home: House;
let platform: FakePlatform;
let timer: TestTimer;
let tick: () => Promise<void>;

beforeEach(async () => {
  home = await house();
  const { store, clock } = home;
  await store.saveConversation({
    ...CHANNEL,
    kind: 'channel',
    name: 'gcm-group',
    serviceUrl: null,
    groupId: (await store.groups())[0]?.id ?? '',
    disconnected: null,
  });
  platform = fakePlatform('console', (to, reason) => loseConversation(store, to, reason));
  timer = timerOn(clock);
  const silent = () => undefined;
  const sweep = createSweep({
    store,
    schedules: createSchedules(store),
    languages,
    messengers: new Map([['console', platform.messenger]]),
    clock,
    timer,
    chance: () => 0.5,
    log: { info: silent, warn: silent, error: silent },
    owner: 'test',
    whenUnknown: 'park',
  });
  tick = async () => {
    await sweep.tick();
    await timer.pass(0);
  };
  await tick();
});

/** Moves the clock to a moment in steps of half an hour, ticking on the way. */
async function until(moment: string): Promise<void> {
  const end = Date.parse(moment);
  for (;;) {
    const left = end - home.clock.now().epochMilliseconds;
    if (left <= 0) return;
    // Set rather than passed: what looks around every few seconds would do so for weeks.
    home.clock.set(
      home.clock
        .now()
        .add({ milliseconds: Math.min(30 * 60_000, left) })
        .toString(),
    );
    await tick();
  }
}

/** The titles of what was posted, each with where. */
const posts = () => platform.posted.map(({ to, text }) => `${to.id}: ${text.split('\n')[0] ?? ''}`);
const publish = async (line: string, how = 'Publish and tell') => {
  const preview = await home.say(line, EDITOR);
  // While nobody follows the group there is one way only.
  const isOffered = choicesOf(preview).some(({ label }) => label === how);
  const reply = await home.press(preview, isOffered ? how : 'Publish', EDITOR);
  expect(reply.outcome).toBe('answered');
};

const addBriefing = async () => {
  await publish('add "Informal briefing" 3 November 2017 15:00 in Geneva kind:briefing');
  await until('2017-11-01T09:00:00Z');
};

describe('reminders in a channel', () => {
  test('are shown in advance, and come once, at the right moment', async () => {
    await addBriefing();
    const answer = await home.read('remind 1d, 1h briefings', EDITOR);
    expect(answer).toContain('This channel will be reminded');
    expect(answer).toContain('briefing: 1 day and 1 hour before');
    expect(answer).toContain('Thursday 2 November 2017, 15:00, Geneva time: Informal briefing, 1 day before');
    await until('2017-11-02T13:59:00Z');
    expect(posts()).toEqual([]);
    await until('2017-11-02T14:00:00Z');
    expect(posts()).toEqual(['C1: Reminder: Informal briefing']);
    await until('2017-11-03T12:59:00Z');
    expect(posts()).toHaveLength(1);
    await until('2017-11-04T00:00:00Z');
    expect(posts()).toEqual(['C1: Reminder: Informal briefing', 'C1: Reminder: Informal briefing']);
  });

  test('follow an event that is moved: the change is told, and the new date has its own reminder', async () => {
    await addBriefing();
    await home.say('remind 1d briefings', EDITOR);
    await until('2017-11-01T12:00:00Z');
    await publish('move informal-briefing to 10 November 15:00');
    await until('2017-11-01T14:00:00Z');
    expect(posts()).toEqual(['C1: A change in the schedule']);
    expect(platform.posted[0]?.text).toContain('3 November 2017, 15:00');
    await until('2017-11-09T13:59:00Z');
    expect(posts().filter((post) => post.includes('Reminder: Informal'))).toEqual([]);
    await until('2017-11-11T00:00:00Z');
    expect(posts().filter((post) => post.includes('Reminder: Informal'))).toHaveLength(1);
  });

  test('of an event that is cancelled do not come, and the cancellation is told', async () => {
    await addBriefing();
    await home.say('remind 1d briefings', EDITOR);
    await publish('cancel informal-briefing because no quorum');
    await until('2017-11-04T00:00:00Z');
    expect(posts()).toEqual(['C1: A change in the schedule']);
    expect(platform.posted[0]?.text).toContain('Cancelled');
  });

  test('say nothing of what is muted, until it is not any more', async () => {
    await addBriefing();
    await home.say('remind 1d, 1h briefings', EDITOR);
    const muted = await home.say('mute informal-briefing', EDITOR);
    expect(textOf(muted)).toContain('Nothing more will be told here of Informal briefing.');
    expect(await home.read('reminders', EDITOR)).toContain('Muted      Informal briefing');
    await until('2017-11-02T15:00:00Z');
    expect(posts()).toEqual([]);
    await home.press(muted, 'Undo', EDITOR);
    await until('2017-11-03T15:00:00Z');
    expect(posts()).toEqual(['C1: Reminder: Informal briefing']);
  });

  test('are for editors to change, who are told how to do it for themselves', async () => {
    for (const [line, own] of [
      ['remind 7d', 'remind me 7d'],
      ['digest daily', 'digest me daily'],
      ['mute stocktaking', 'mute me stocktaking'],
      ['unsubscribe', 'unsubscribe me'],
    ] as const) {
      const reply = await home.say(line, VIEWER);
      expect([reply.outcome, textOf(reply)]).toEqual([
        'refused',
        `What this channel is told is for editors of the group to change. For yourself: “${own}”.`,
      ]);
    }
  });

  test('can be listed, looked at in advance, and ended', async () => {
    await home.say('remind 7d, 1d regional consultations --at 08:00 --quiet 19:00-08:00 --weekends no', EDITOR);
    const listed = await home.say('reminders', VIEWER);
    expect(textOf(listed)).toContain('7 days and 1 day before; events without a time at 08:00');
    expect(textOf(listed)).toContain('19:00 to 08:00; Saturdays and Sundays');
    const preview = await home.read('reminders preview', VIEWER);
    expect(preview).toContain('UNECE regional consultation, 1 day before');
    expect(preview).not.toContain('stocktaking');
    const ended = await home.say('unsubscribe', EDITOR);
    expect(await home.read('reminders', EDITOR)).toContain('Nobody has asked for reminders here.');
    expect(choicesOf(ended).map(({ run }) => run)).toEqual(['remind 7d, 1d regional consultations']);
    await until('2017-11-08T00:00:00Z');
    expect(posts()).toEqual([]);
  });
});

describe('in a thread of a channel', () => {
  const IN_THREAD: Speaker = { role: 'editor', conversation: { ...CHANNEL, thread: '17.5' } };

  test('posts go there when somebody says so, and back into the channel', async () => {
    await addBriefing();
    expect(await home.read('remind 1d, 1h briefings in thread', IN_THREAD)).toContain('Posts go into this thread.');
    expect(await home.read('reminders', EDITOR)).toContain('Posts      go into a thread of the channel');
    // What is changed otherwise leaves them there.
    const changed = await home.read('remind 1d, 1h briefings --at 08:00', EDITOR);
    expect(changed).toContain('Posts go into a thread of gcm-group.');
    await until('2017-11-02T14:00:00Z');
    expect(platform.posted.map(({ to }) => to.thread)).toEqual(['17.5']);
    expect(await home.read('remind 1h briefings in the channel', EDITOR)).not.toContain('thread');
    await until('2017-11-03T13:00:00Z');
    expect(platform.posted.map(({ to }) => to.thread)).toEqual(['17.5', null]);
  });

  test.each(['remind 1d in this thread', 'remind 1h before stocktaking --into thread', 'digest daily --into thread'])(
    '“%s” is refused where there is none',
    async (line) => {
      const reply = await home.say(line, EDITOR);
      expect([reply.outcome, textOf(reply)]).toEqual([
        'refused',
        'This is no thread of a channel. Say it in the thread that the posts are to go into.',
      ]);
      expect(await home.read('reminders', EDITOR)).toContain('Nobody has asked for reminders here.');
    },
  );

  test('an overview goes there too', async () => {
    const said = await home.read('digest weekly Monday 09:00 --into thread', IN_THREAD);
    expect(said).toContain('Posts go into this thread.');
    await until('2017-11-06T08:00:00Z');
    expect(platform.posted.map(({ to }) => to.thread)).toEqual(['17.5']);
  });
});

describe('a channel that is linked', () => {
  test('is offered reminders at once, unless it has some', async () => {
    const linked = await home.say('link gcm', EDITOR);
    const label = 'Remind 7 days, 1 day and 1 hour before';
    expect(choicesOf(linked)[0]).toEqual({ label, run: 'remind 7d, 1d, 1h', style: 'primary' });
    expect(textOf(await home.press(linked, label, EDITOR))).toContain('All events: 7 days, 1 day and 1 hour before');
    expect(choicesOf(await home.say('link gcm', EDITOR)).map(({ run }) => run)).toEqual(['unlink', 'next']);
  });
});

describe('the form of reminders', () => {
  const valuesIn = (reply: Reply) => {
    const form = reply.card.elements.find((element) => element.type === 'form');
    return Object.fromEntries(form?.fields.map(({ name, value }) => [name, value ?? '']) ?? []);
  };

  test('opens with what is told here already, and sent as it is changes nothing', async () => {
    await home.say('remind 3d, 2h regional consultations --at 08:00 --quiet 19:00-08:00 --weekends no', EDITOR);
    const before = await home.read('reminders', EDITOR);
    const values = valuesIn(await home.say('subscribe', EDITOR));
    expect(values).toEqual({
      at: '08:00',
      quiet: '19:00-08:00',
      weekends: 'no',
      changes: 'yes',
      zone: 'Europe/Zurich',
      into: 'channel',
      what: '3d, 2h regional consultations',
    });
    await home.fill('remind', values, EDITOR);
    expect(await home.read('reminders', EDITOR)).toBe(before);
  });

  test('opens with what most want where nothing is told, and for oneself where the channel is not one’s to change', async () => {
    const values = valuesIn(await home.say('remind', VIEWER));
    expect(values).toMatchObject({ at: '09:00', quiet: 'no', weekends: 'yes', changes: 'yes', what: 'me 7d, 1d, 1h' });
    const reply = await home.fill('remind', values, VIEWER);
    expect([reply.outcome, textOf(reply)]).toEqual(['answered', expect.stringContaining('You will be reminded')]);
  });
});

describe('reminders of one’s own', () => {
  test('are spoken of to the person, not to a channel', async () => {
    expect(await home.read('reminders me', EDITOR)).toContain('You have not asked for any reminders.');
    expect(await home.read('mute me stocktaking', EDITOR)).toBe('You have not asked for any reminders.');
    expect(await home.read('unsubscribe me', EDITOR)).toBe('You have not asked for any reminders.');
    await home.say('remind me 1d', EDITOR);
    expect(await home.read('unmute me stocktaking', EDITOR)).toBe('GCM stocktaking meeting is not muted for you.');
    expect(await home.read('mute me stocktaking', EDITOR)).toContain(
      'You will be told nothing more of GCM stocktaking meeting.',
    );
    expect(await home.read('mute me stocktaking', EDITOR)).toBe(
      'You are told nothing of GCM stocktaking meeting as it is.',
    );
    expect(await home.read('unmute me stocktaking', EDITOR)).toContain(
      'You will be told of GCM stocktaking meeting again.',
    );
  });

  test('of one event come as a direct message, whoever asks wherever', async () => {
    await addBriefing();
    const reply = await home.say('remind me 2h before the informal briefing', VIEWER);
    expect([reply.outcome, reply.isPersonal]).toEqual(['answered', true]);
    expect(textOf(reply)).toContain('Informal briefing: 2 hours before');
    await until('2017-11-04T00:00:00Z');
    expect(posts()).toEqual(['Dbo: Reminder: Informal briefing']);
  });

  test('are one press away on every event that is still to come', async () => {
    const shown = await home.say('show unece', VIEWER);
    const event = shown.card.elements.find((element) => element.type === 'event');
    const button = event?.type === 'event' ? event.actions.find(({ label }) => label === 'Remind me') : undefined;
    expect(button?.run).toBe('remind me 1d before unece');
    await home.say(button?.run ?? '', VIEWER);
    await home.say(button?.run ?? '', VIEWER);
    await until('2017-11-06T00:00:00Z');
    expect(posts()).toEqual(['Dbo: Reminder: UNECE regional consultation']);
    const past = await home.say('show eclac', VIEWER);
    expect(JSON.stringify(past.card)).not.toContain('Remind me');
  });

  test('are not doubled by reminders of everything, in whichever order they were asked for', async () => {
    await home.say('remind me 1d before unece', VIEWER);
    await home.say('remind me 1d', VIEWER);
    expect(await home.read('remind me 1d before unece', VIEWER)).toContain('There are reminders of that event already');
    // It has no time, so hours before it are the day before.
    expect(await home.read('remind me 2h before unece', VIEWER)).toContain('There are reminders of that event already');
    await publish('edit unece place:Vienna');
    await until('2017-11-05T12:00:00Z');
    const about = posts().filter((post) => post.startsWith('Dbo'));
    expect(about.filter((post) => post.includes('UNECE'))).toEqual(['Dbo: Reminder: UNECE regional consultation']);
    expect(about.filter((post) => post.includes('change'))).toEqual(['Dbo: A change in the schedule']);
  });

  test('that could not come any more are refused, and say why', async () => {
    expect(await home.read('remind me 30d before unece', VIEWER)).toContain('is past already');
    expect(await home.read('remind me 1d before eclac', VIEWER)).toContain('has begun');
  });
});

describe('an overview', () => {
  test('comes at its time, and not when there is nothing to say', async () => {
    expect(await home.read('digest weekly Monday 09:00', EDITOR)).toContain('every Monday at 09:00');
    await until('2017-11-06T08:00:00Z');
    expect(posts()).toHaveLength(1);
    expect(platform.posted[0]?.text).toContain('UNECE regional consultation');
    await until('2017-11-27T00:00:00Z');
    expect(posts()).toHaveLength(1);
    await home.say('digest off', EDITOR);
    await until('2017-12-05T00:00:00Z');
    expect(posts()).toHaveLength(1);
    expect(await home.read('reminders', EDITOR)).toContain('Nobody has asked for reminders here.');
  });

  test('does not take the place of reminders, nor they of it', async () => {
    await home.say('remind 1d', EDITOR);
    await home.say('digest monthly 15 08:30', EDITOR);
    await home.say('remind 2d, 1h', EDITOR);
    const listed = await home.read('reminders', EDITOR);
    expect(listed).toContain('2 days and 1 hour before');
    expect(listed).toContain('on day 15 of every month at 08:30');
    expect(await home.read('digest weekly Someday', EDITOR)).toContain('does not say when an overview is to come');
  });
});

describe('staff', () => {
  test('see what could not be sent and why, and have it tried again', async () => {
    await home.say('remind 1d unece', EDITOR);
    platform.always('C1', { outcome: 'never', reason: 'channel_is_archived', isPlaceLost: true });
    await until('2017-11-05T09:00:00Z');
    const status = await home.say('status', EDITOR);
    expect(textOf(status)).toContain('Parked   1: once because the platform refused it for good');
    expect(textOf(status)).toContain('Reminder: UNECE regional consultation. To gcm-group, due');
    expect(textOf(status)).toContain('channel_is_archived');
    const trouble = await home.say('status --trouble', EDITOR);
    expect(textOf(trouble)).toContain('Reminder: UNECE regional consultation. To gcm-group, due');
    expect(textOf(trouble)).not.toContain('Sent');
    expect(choicesOf(trouble).map(({ run }) => run)).toEqual(['retry all']);
    platform.always('C1', 'sent');
    expect(textOf(await home.press(status, 'Try all again', EDITOR))).toContain('One delivery is tried again.');
    await until('2017-11-05T09:30:00Z');
    expect(posts()).toEqual(['C1: Reminder: UNECE regional consultation']);
    expect(await home.read('status', EDITOR)).toContain('Sent     1');
    expect(await home.read('status --trouble', EDITOR)).toBe('Nothing is late or parked.');
    expect(await home.read('retry 1', EDITOR)).toContain('There is no parked delivery 1');
  });

  test('decide on what may have arrived, where nobody can be asked: it is sent again when they say so', async () => {
    await home.say('remind 1d unece', EDITOR);
    platform.canTell = false;
    platform.next('lost');
    await until('2017-11-05T09:00:00Z');
    expect(posts()).toEqual([]);
    expect(await home.read('status', EDITOR)).toContain('it may have arrived, and the platform cannot be asked');
    await home.say('retry all', EDITOR);
    await until('2017-11-05T10:00:00Z');
    expect(posts()).toEqual(['C1: Reminder: UNECE regional consultation']);
  });

  test('see before a change who asked to be told of it', async () => {
    expect(await home.read('move unece to 7 November', EDITOR)).toContain('Will be told  nobody');
    await home.say('remind 1d regional consultations', EDITOR);
    await home.say('remind me 1d', VIEWER);
    expect(await home.read('move unece to 7 November', EDITOR)).toContain(
      'Will be told  1 channel (gcm-group); 1 person by direct message',
    );
    expect(await home.read('move stocktaking to 7 December', EDITOR)).toContain('Will be told  1 person by direct');
  });

  test('alone see it', async () => {
    expect((await home.say('status', VIEWER)).outcome).toBe('refused');
    expect((await home.say('retry all', VIEWER)).outcome).toBe('refused');
  });

  test('hear when nothing is being planned', async () => {
    home.clock.set('2017-11-01T12:00:00Z');
    expect(await home.read('status', EDITOR)).toContain('the service seems not to be running');
  });
});

test.each([
  ['remind soon', '“soon” does not say how long before.'],
  ['remind 0d', '“0d” does not say how long before.'],
  ['remind 400d', '“400d” does not say how long before.'],
  ['remind 5 fortnights', '“5” does not say how long before.'],
  ['remind 1h, 2x stocktaking', '“2x” does not say how long before.'],
  ['remind me before stocktaking', 'How long before “'],
  ['remind 1d nonsense', 'I don’t know “nonsense”'],
  ['remind 1d before nonsense', 'No event here is called'],
  ['remind 1h --at noon', '“noon” is no time.'],
  ['remind 1h --quiet 9-9', '“9-9” are no hours.'],
  ['remind 1h 2h 3h 4h 5h 6h 7h 8h 9h 10h 11h', 'No more than 10 times'],
])('“%s” is answered with a sentence that helps', async (line, sentence) => {
  const reply = await home.say(line, EDITOR);
  expect(reply.outcome).toBe('refused');
  expect(textOf(reply)).toContain(sentence);
});

test.each([
  ['remind a week, 2 days and an hour before stocktaking', '7 days, 2 days and 1 hour before'],
  ['remind us 7d,1d,1h', 'All events: 7 days, 1 day and 1 hour before'],
  ['remind me 1d before December', '1 day before'],
  ['subscribe 90m', 'All events: 90 minutes before'],
])('“%s” is understood', async (line, sentence) => {
  const reply = await home.say(line, EDITOR);
  expect(textOf(reply)).toContain(sentence);
  expect(reply.outcome).toBe('answered');
});

test('whoever changes their reminders right after a change of the schedule is told of it all the same', async () => {
  await until('2017-11-01T09:00:00Z');
  await home.say('remind 7d, 1d', EDITOR);
  home.clock.set('2017-11-01T09:00:10Z');
  await publish('move unece to 7 November');
  for (const minute of ['01', '02', '03']) {
    home.clock.set(`2017-11-01T09:${minute}:00Z`);
    await tick();
  }
  home.clock.set('2017-11-01T09:03:50Z');
  await home.say('remind 7d, 2d, 1d', EDITOR);
  home.clock.set('2017-11-01T09:04:00Z');
  await tick();
  expect(posts()).toEqual(['C1: A change in the schedule']);
});

test('a change that two subscriptions of a channel are about is told once', async () => {
  await publish('add "Informal briefing" 10 November 2017 15:00 kind:briefing');
  await until('2017-11-01T09:00:00Z');
  await home.say('remind 1d Geneva', EDITOR);
  await home.say('remind 1d before informal-briefing', EDITOR);
  await publish('edit informal-briefing place:Geneva');
  await until('2017-11-01T10:00:00Z');
  expect(posts()).toEqual(['C1: A change in the schedule']);
});
