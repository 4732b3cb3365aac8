import { describe, expect, test } from 'vitest';
import { cardText } from '../../src/cards/text.ts';
import { createBot, type Reply } from '../../src/engine/dispatch.ts';
import { BotError } from '../../src/errors.ts';
import { english } from '../../src/language/index.ts';
import { commands } from '../../commands/index.ts';
import { choicesOf, house, type House } from '../support/house.ts';
import { countingIdentity } from '../support/store-samples.ts';

const textOf = (reply: Reply) => cardText(reply.card, { language: english });
const ADA = { role: 'editor', user: 'ada' } as const;
const GRACE = { role: 'editor', user: 'grace' } as const;
const CHOICES = ['Publish', 'Change', 'Drop'];
const labelsOf = (reply: Reply) => choicesOf(reply).map(({ label }) => label);

async function eventOf({ store }: House, handle: string) {
  const [group] = await store.groups();
  return (await store.load(group?.id ?? '')).events.find((event) => event.handle === handle);
}

describe('what waits for its author', () => {
  test('is listed, the newest first, with its end, and shown again with its choices', async () => {
    const home = await house();
    await home.say('move unece to 7 November', ADA);
    home.clock.set('2017-11-01T09:02:00+01:00');
    await home.say('confirm conference', ADA);
    await home.say('move unescap to 20 November', GRACE);
    const list = await home.say('pending', ADA);
    expect(list).toMatchObject({ outcome: 'answered', isPersonal: true });
    expect(textOf(list)).toBe(
      [
        'Waiting for you to decide',
        [
          '• Confirm “Intergovernmental conference”, open until Wednesday 1 November 2017, 09:12, Geneva time',
          `Show it again: ${choicesOf(list)[0]?.run ?? ''}`,
        ].join('   '),
        [
          '• Move “UNECE regional consultation”, open until Wednesday 1 November 2017, 09:10, Geneva time',
          `Show it again: ${choicesOf(list)[1]?.run ?? ''}`,
        ].join('   '),
      ]
        .join('\n')
        .replace('\n', '\n\n'),
    );
    const [, moving] = choicesOf(list);
    const again = await home.say(moving?.run ?? '', ADA);
    expect(again.outcome).toBe('asked');
    expect(textOf(again)).toContain('Monday 6 November 2017, Geneva time → Tuesday 7 November 2017, Geneva time');
    expect(labelsOf(again)).toEqual(CHOICES);
    expect((await home.press(again, 'Publish', ADA)).outcome).toBe('answered');
    expect((await eventOf(home, 'unece'))?.when?.start).toBe('2017-11-07');
    expect(textOf(await home.say('pending', ADA))).not.toContain('UNECE');
    expect((await home.say(moving?.run ?? '', ADA)).outcome).toBe('answered');
  });

  test('is gone when it is dropped or its time is over, and nobody else sees it', async () => {
    const home = await house();
    const nothing = 'No change of yours waits for you to decide.';
    expect(await home.read('pending', ADA)).toBe(nothing);
    const preview = await home.say('move unece to 7 November', ADA);
    expect(await home.read('pending', GRACE)).toBe(nothing);
    const [show] = choicesOf(await home.say('pending', ADA));
    expect(await home.read(show?.run ?? '', GRACE)).toBe('Only ada, whose change it is, can decide on it.');
    await home.press(preview, 'Drop', ADA);
    expect(await home.read('pending', ADA)).toBe(nothing);
    await home.say('confirm conference', ADA);
    home.clock.set('2017-11-01T09:10:00+01:00');
    expect(await home.read('pending', ADA)).toBe(nothing);
    expect((await home.say('pending', { role: 'viewer' })).outcome).toBe('refused');
  });

  test('of a file is shown again as it was, with telling nobody as its first choice', async () => {
    const home = await house();
    const files = { 'more.csv': 'handle,title,start\nretreat,Retreat,2017-11-20' };
    const first = await home.say('import more.csv', { ...ADA, files });
    const [show] = choicesOf(await home.say('pending', ADA));
    const again = await home.say(show?.run ?? '', ADA);
    expect(labelsOf(again)).toEqual(['Publish', 'Change', 'Drop']);
    expect(textOf(again).replace(/\n\nOpen until[^\n]*/u, '')).toBe(textOf(first));
  });
});

describe('two buttons pressed at once', () => {
  test.each([
    ['Publish', 'Drop'],
    ['Drop', 'Publish'],
    ['Change', 'Drop'],
    ['Drop', 'Drop'],
  ])('%s and %s: one acts, and the other says what happened', async (first, second) => {
    const home = await house();
    const preview = await home.say('move unece to 7 November', ADA);
    const replies = await Promise.all([home.press(preview, first, ADA), home.press(preview, second, ADA)]);
    const said = replies.map(textOf);
    expect(said.filter((text) => text.startsWith('That was answered'))).toHaveLength(1);
    const isPublished = said.some((text) => text.startsWith('Published'));
    expect((await eventOf(home, 'unece'))?.when?.start).toBe(isPublished ? '2017-11-07' : '2017-11-06');
  });

  test('when somebody else was faster, one new preview comes of it', async () => {
    const home = await house();
    const preview = await home.say('move unece to 7 November', ADA);
    await home.say('edit unece region:Europe --yes', GRACE);
    const replies = await Promise.all([1, 2].map(() => home.press(preview, 'Publish', ADA)));
    expect(replies.map(({ outcome }) => outcome).sort()).toEqual(['answered', 'asked']);
    expect(choicesOf(await home.say('pending', ADA))).toHaveLength(1);
  });
});

describe('two editors at once', () => {
  test('the second is shown what changed meanwhile and the change on it, and finishes with one press', async () => {
    const home = await house();
    const mine = await home.say('edit unece place:Bern', ADA);
    home.clock.set('2017-11-01T09:01:00+01:00');
    const theirs = await home.say('move unece to 7 November', GRACE);
    await home.press(theirs, 'Publish', GRACE);
    const conflict = await home.press(mine, 'Publish', ADA);
    expect(conflict.outcome).toBe('asked');
    expect(labelsOf(conflict)).toEqual(CHOICES);
    const said = textOf(conflict);
    expect(said).toContain('Somebody else changed “unece” before you decided. Nothing was overwritten.');
    expect(said).toMatch(
      /CHANGED MEANWHILE\s+Wednesday 1 November 2017, 09:01, Geneva time: grace, move \(change \d+\)\s+When +Monday 6 November 2017, Geneva time → Tuesday 7 November 2017, Geneva time/u,
    );
    expect(said).toMatch(/YOUR CHANGE\s+UNECE regional consultation \(unece\)\s+Where +Geneva → Bern/u);
    expect(await eventOf(home, 'unece')).toMatchObject({ venue: { city: 'Geneva' }, version: 2 });
    await home.press(conflict, 'Publish', ADA);
    expect(await eventOf(home, 'unece')).toMatchObject({
      venue: { city: 'Bern' },
      when: { start: '2017-11-07' },
      version: 3,
    });
    expect(await home.read('pending', ADA)).toBe('No change of yours waits for you to decide.');
    expect(textOf(await home.press(mine, 'Publish', ADA))).toContain('somebody else was faster');
  });

  test('the second sees the other’s value give way, where both changed the same', async () => {
    const home = await house();
    const mine = await home.say('move unece to 9 November', ADA);
    await home.say('move unece to 7 November --yes', GRACE);
    const conflict = await home.press(mine, 'Publish', ADA);
    expect(textOf(conflict)).toMatch(/YOUR CHANGE.*Tuesday 7 November 2017, Geneva time → Thursday 9 November 2017/su);
  });

  test('the second is told so where the first left nothing to do, or made it impossible', async () => {
    const home = await house();
    const same = await home.say('move unece to 7 November', ADA);
    const confirming = await home.say('confirm conference', ADA);
    await home.say('move unece to 7 November --yes', GRACE);
    await home.say('cancel conference --yes', GRACE);
    const nothing = await home.press(same, 'Publish', ADA);
    expect([nothing.outcome, textOf(nothing)]).toEqual(['answered', expect.stringContaining('Nothing would be')]);
    const refused = await home.press(confirming, 'Publish', ADA);
    expect([refused.outcome, textOf(refused)]).toEqual([
      'refused',
      expect.stringContaining('so it cannot be confirmed'),
    ]);
    expect(labelsOf(refused)).toEqual(['Restore it']);
    expect((await eventOf(home, 'conference'))?.status).toBe('cancelled');
  });

  test('documents and lines of a debrief that both added are both there', async () => {
    const home = await house();
    const debrief = await home.say('outcome unece Ada was there.', ADA);
    await home.say('outcome unece Grace was there. --yes', GRACE);
    await home.press(await home.press(debrief, 'Publish', ADA), 'Publish', ADA);
    const document = await home.say('doc add unece "Concept note"', ADA);
    await home.say('doc add unece Programme --yes', GRACE);
    await home.press(await home.press(document, 'Publish', ADA), 'Publish', ADA);
    const event = await eventOf(home, 'unece');
    expect(event?.outcomes.slice(-2)).toEqual(['Grace was there.', 'Ada was there.']);
    expect(event?.documents.slice(-2).map(({ title }) => title)).toEqual(['Programme', 'Concept note']);
  });

  test('settings of the group that both change are kept both', async () => {
    const home = await house();
    const mine = await home.say('group set organizer:Secretariat', { role: 'admin', user: 'ada' });
    await home.say('group set name:"Compact Group" --yes', { role: 'admin', user: 'grace' });
    const conflict = await home.press(mine, 'Save', { role: 'admin', user: 'ada' });
    expect(textOf(conflict)).toMatch(/CHANGED MEANWHILE.*grace, group .*→ Compact Group.*YOUR CHANGE.*→ Secretariat/su);
    await home.press(conflict, 'Save', { role: 'admin', user: 'ada' });
    const [group] = await home.store.groups();
    expect(group).toMatchObject({ name: 'Compact Group', organizerName: 'Secretariat' });
  });

  test('a schedule that does not stand still long enough is said so, and the change shown anew', async () => {
    const home = await house();
    const preview = await home.say('nest unece in eca', ADA);
    let attempts = 0;
    const restless = createBot({
      store: {
        ...home.store,
        commit: () => {
          attempts += 1;
          return Promise.reject(new BotError('moved-on'));
        },
      },
      ...{
        clock: home.clock,
        identity: countingIdentity('restless'),
        commands,
        languages: [english],
        roleOf: () => 'editor',
      },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    const actor = { platform: 'console', tenant: '', user: 'ada', name: 'ada' };
    const reply = await restless.handle({ actor, input: { type: 'line', line: choicesOf(preview)[0]?.run ?? '' } });
    expect(attempts).toBeGreaterThan(10);
    expect(reply.outcome).toBe('asked');
    expect(textOf(reply)).toContain('The schedule was changed again and again before this could be written.');
    expect(labelsOf(reply)).toEqual(CHOICES);
    await home.press(reply, 'Publish', ADA);
    expect((await eventOf(home, 'unece'))?.parent).toBe((await eventOf(home, 'eca'))?.uid);
  });

  test('a file is asked for again: it is no longer at hand', async () => {
    const home = await house();
    const files = { 'all.csv': 'handle,title,start\nunece,UNECE,2017-11-20' };
    const mine = await home.say('import all.csv', { ...ADA, files });
    await home.say('move unece to 7 November --yes', GRACE);
    const conflict = await home.press(mine, 'Publish', ADA);
    expect(conflict.outcome).toBe('refused');
    expect(textOf(conflict)).toContain('Send “all.csv” again to compare it with the schedule as it is now.');
    expect((await eventOf(home, 'unece'))?.when?.start).toBe('2017-11-07');
  });

  test('a form that was opened earlier brings back only what its author changed in it', async () => {
    const home = await house();
    const opened = await home.say('edit unece', ADA);
    const [form] = opened.card.elements;
    if (form?.type !== 'form') throw new Error('no form');
    const values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
    await home.say('edit unece organiser:"Economic Commission" --yes', GRACE);
    const preview = await home.fill('edit', { ...values, ...form.carried, region: 'Europe' }, ADA);
    expect(textOf(preview)).toMatch(
      /CHANGED MEANWHILE.*grace, edit.*UNECE → Economic Commission.*YOUR CHANGE.*Region +none → Europe/su,
    );
    await home.say('move unece to 7 November --yes', GRACE);
    const conflict = await home.press(preview, 'Publish', ADA);
    expect(textOf(conflict).match(/CHANGED MEANWHILE/gu)).toHaveLength(1);
    expect(textOf(conflict)).toMatch(/UNECE → Economic Commission.*grace, move.*YOUR CHANGE.*Region +none → Europe/su);
    await home.press(conflict, 'Publish', ADA);
    expect(await eventOf(home, 'unece')).toMatchObject({
      organiser: 'Economic Commission',
      region: 'Europe',
      when: { start: '2017-11-07' },
    });
  });
});
