import { describe, expect, test } from 'vitest';
import { cardText } from '../../src/cards/text.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import { createBot } from '../../src/engine/dispatch.ts';
import { english } from '../../src/language/index.ts';
import { everything } from '../../src/schedule/filter.ts';
import { commands } from '../../commands/index.ts';
import { choicesOf, house, type House } from '../support/house.ts';
import { clockAt } from '../support/clock.ts';
import { countedIdentity } from '../support/identity.ts';
import { subscription } from '../support/subscriptions.ts';

const textOf = (reply: Reply) => cardText(reply.card, { language: english });
const CHANNEL = { platform: 'console', tenant: '', id: 'C1' };
const EDITOR = { role: 'editor' as const };

async function groupOf({ store }: House) {
  const [group] = await store.groups();
  if (!group) throw new Error('the store has no group');
  return group;
}
const eventOf = async (home: House, handle: string) =>
  (await home.store.load((await groupOf(home)).id)).events.find((event) => event.handle === handle);

describe('a change that waits for its author', () => {
  test('changes nothing until it is published, and then writes audit and notice with the same revision', async () => {
    const home = await house();
    const { id, revision } = await groupOf(home);
    const preview = await home.say('move unece to 7 November', EDITOR);
    expect(preview.outcome).toBe('asked');
    expect((await groupOf(home)).revision).toBe(revision);
    expect((await home.press(preview, 'Publish and tell', EDITOR)).outcome).toBe('answered');
    const [entry] = await home.store.audit(id, { limit: 1 });
    expect(entry).toMatchObject({ revision: revision + 1, action: 'move', actor: { user: 'ada' } });
    const notices = await home.store.notices(id, { limit: 10 });
    expect(notices).toEqual([
      {
        ...{
          id: 1,
          groupId: id,
          revision: revision + 1,
          eventUid: entry?.write.after && 'uid' in entry.write.after ? entry.write.after.uid : '',
        },
        at: '2017-11-01T08:00:00Z',
        before: entry?.write.before,
        after: entry?.write.after,
      },
    ]);
  });

  test('is told to nobody when it is silent, or a draft', async () => {
    const home = await house();
    const { id } = await groupOf(home);
    await home.press(await home.say('move unece to 7 November', EDITOR), 'Publish silently', EDITOR);
    await home.press(await home.say('add "Retreat" --draft', EDITOR), 'Save draft', EDITOR);
    expect(await home.store.notices(id, { limit: 10 })).toEqual([]);
    expect(textOf(await home.say('show retreat', { role: 'viewer' }))).toContain('No event here is called');
    const publishing = await home.say('publish retreat', EDITOR);
    await home.press(publishing, 'Publish and tell', EDITOR);
    expect((await home.store.notices(id, { limit: 10 })).map(({ before, after }) => [before, after.handle])).toEqual([
      [null, 'retreat'],
    ]);
    expect((await home.say('show retreat', { role: 'viewer' })).outcome).toBe('answered');
  });

  test('acts once when its button is pressed twice, one after the other or at once', async () => {
    const home = await house();
    const { revision } = await groupOf(home);
    const preview = await home.say('move unece to 7 November', EDITOR);
    const both = await Promise.all([
      home.press(preview, 'Publish and tell', EDITOR),
      home.press(preview, 'Publish and tell', EDITOR),
    ]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['answered', 'answered']);
    expect(both.filter((reply) => textOf(reply).startsWith('That was answered'))).toHaveLength(1);
    const late = await home.press(preview, 'Publish silently', EDITOR);
    expect(textOf(late)).toBe(
      'That was answered at Wednesday 1 November 2017, 09:00, Geneva time: published and told.',
    );
    expect((await groupOf(home)).revision).toBe(revision + 1);
  });

  test('expires after ten minutes, and can be shown again', async () => {
    const home = await house();
    const preview = await home.say('move unece to 7 November', EDITOR);
    home.clock.set('2017-11-01T09:09:59+01:00');
    expect((await home.press(preview, 'Drop', EDITOR)).outcome).toBe('answered');
    const another = await home.say('move unece to 7 November', EDITOR);
    home.clock.set('2017-11-01T09:19:59+01:00');
    const late = await home.press(another, 'Publish and tell', EDITOR);
    expect(late.outcome).toBe('refused');
    expect(choicesOf(late)).toEqual([{ label: 'Show it again', run: 'move unece --to "7 November"', style: 'normal' }]);
    expect((await home.press(late, 'Show it again', EDITOR)).outcome).toBe('asked');
    expect((await eventOf(home, 'unece'))?.version).toBe(1);
  });

  test('is its author’s alone', async () => {
    const home = await house();
    const preview = await home.say('move unece to 7 November', EDITOR);
    const other = await home.press(preview, 'Publish and tell', { role: 'admin', user: 'grace' });
    expect(textOf(other)).toBe('Only ada, whose change it is, can decide on it.');
    expect((await eventOf(home, 'unece'))?.version).toBe(1);
  });

  test('needs the right at the moment it is published, too', async () => {
    const home = await house();
    const preview = await home.say('move unece to 7 November', EDITOR);
    const reply = await home.press(preview, 'Publish and tell', { role: 'viewer' });
    expect(reply.outcome).toBe('refused');
    expect((await eventOf(home, 'unece'))?.version).toBe(1);
  });

  test('survives a restart of the process', async () => {
    const home = await house();
    const preview = await home.say('move unece to 7 November', EDITOR);
    const restarted = createBot({
      ...{ store: home.store, clock: clockAt('2017-11-01T09:05:00+01:00'), identity: countedIdentity(), commands },
      ...{ languages: [english], roleOf: () => 'editor' as const },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    const run = choicesOf(preview)[0]?.run ?? '';
    const actor = { platform: 'console', tenant: '', user: 'ada', name: 'ada' };
    const reply = await restarted.handle({ actor, input: { type: 'line', line: run } });
    expect(reply.outcome).toBe('answered');
    expect((await eventOf(home, 'unece'))?.when?.start).toBe('2017-11-07');
  });

  test('says who will be told, and through what', async () => {
    const home = await house();
    const { id: groupId } = await groupOf(home);
    const place = { platform: 'slack', tenant: 'T1' };
    for (const id of ['delegates', 'press', 'gone', 'quiet', 'linked only']) {
      const disconnected = id === 'gone' ? 'archived' : null;
      await home.store.saveConversation({
        ...place,
        id,
        kind: 'channel',
        name: id,
        serviceUrl: null,
        groupId,
        disconnected,
      });
      if (id === 'linked only') continue;
      const target = { ...place, kind: 'conversation', id, thread: null } as const;
      await home.store.subscriptions.save(subscription({ id, groupId, target, changes: id !== 'quiet' }));
    }
    const target = { ...place, kind: 'person', id: 'U1' } as const;
    await home.store.subscriptions.save(subscription({ id: 'own', groupId, target }));
    expect(textOf(await home.say('move unece to 7 November', EDITOR))).toContain(
      'Will be told  2 channels (delegates, press); 1 person by direct message',
    );
  });

  test('counts those who are invited, and calendars that show it anyway', async () => {
    const home = await house();
    const { id: groupId } = await groupOf(home);
    const eventUid = (await eventOf(home, 'unece'))?.uid ?? '';
    const mail = { language: 'en', zone: 'Europe/Zurich', createdAt: '2017-11-01T08:00:00Z', name: null };
    const organizer = { name: 'Secretariat', email: 'office@example.org' };
    const nothingYet = { removedAt: null, sent: null, answer: null };
    await home.store.invitations.add(
      ['a@example.org', 'b@example.org'].map((address) => ({
        ...mail,
        ...nothingYet,
        groupId,
        eventUid,
        address,
        organizer,
      })),
    );
    await home.store.invitations.remove({ groupId, eventUid, address: 'b@example.org' }, '2017-11-01T08:00:00Z');
    await home.store.feeds.add({
      ...{ id: 'f', tokenHash: 'h', groupId, conversationId: null, filter: everything, zone: 'UTC', language: 'en' },
      owner: { platform: 'console', tenant: '', user: 'ada', name: null },
      ...{ createdAt: '2017-11-01T08:00:00Z', revokedAt: null, fetchedAt: null },
    });
    expect(textOf(await home.say('move unece to 7 November', EDITOR))).toContain(
      'Will be told  1 person by calendar invitation; 1 calendar subscription shows it either way',
    );
  });

  test('that would change nothing is not asked about', async () => {
    const { say } = await house();
    const reply = await say('move unece to 6 November', EDITOR);
    expect(reply.outcome).toBe('answered');
    expect(textOf(reply)).toContain('Nothing would be different.');
  });
});

describe('two editors at once', () => {
  test('the second is shown what changed meanwhile, overwrites nothing, and is asked anew', async () => {
    const home = await house();
    const mine = await home.say('move unece to 7 November', EDITOR);
    const theirs = await home.say('edit unece organiser:"Economic Commission"', { ...EDITOR, user: 'grace' });
    await home.press(theirs, 'Publish and tell', { ...EDITOR, user: 'grace' });
    const conflict = await home.press(mine, 'Publish and tell', EDITOR);
    expect(conflict.outcome).toBe('refused');
    expect(textOf(conflict)).toContain('UNECE → Economic Commission');
    expect((await eventOf(home, 'unece'))?.when?.start).toBe('2017-11-06');
    const again = await home.press(conflict, 'Show it again', EDITOR);
    await home.press(again, 'Publish and tell', EDITOR);
    expect(await eventOf(home, 'unece')).toMatchObject({
      organiser: 'Economic Commission',
      when: { start: '2017-11-07' },
      version: 3,
    });
  });

  test('a form that was opened earlier brings back only what its author changed in it', async () => {
    const home = await house();
    const opened = await home.say('edit unece', EDITOR);
    const [form] = opened.card.elements;
    if (form?.type !== 'form') throw new Error('no form');
    const values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value ?? '']));
    await home.say('edit unece organiser:"Economic Commission" --yes', { ...EDITOR, user: 'grace' });
    const preview = await home.fill('edit', { ...values, ...form.carried, region: 'Europe' }, EDITOR);
    expect(textOf(preview)).toMatch(
      /CHANGED MEANWHILE.*UNECE → Economic Commission.*YOUR CHANGE.*Region +none → Europe/su,
    );
    await home.press(preview, 'Publish and tell', EDITOR);
    expect(await eventOf(home, 'unece')).toMatchObject({ organiser: 'Economic Commission', region: 'Europe' });
  });
});

describe('undo', () => {
  test('takes back one’s own last change, then the one before, and leaves others’ alone', async () => {
    const home = await house();
    await home.say('edit unece region:Europe --yes', EDITOR);
    await home.say('move unece to 7 November --yes', EDITOR);
    await home.say('confirm conference --yes', { ...EDITOR, user: 'grace' });
    await home.say('undo --yes', EDITOR);
    expect(await eventOf(home, 'unece')).toMatchObject({ region: 'Europe', when: { start: '2017-11-06' } });
    await home.say('undo --yes', EDITOR);
    expect(await eventOf(home, 'unece')).toMatchObject({ region: null, when: { start: '2017-11-06' } });
    expect(textOf(await home.say('undo', { ...EDITOR, user: 'alan' }))).toBe(
      'You have changed nothing here that could be undone.',
    );
    expect((await eventOf(home, 'conference'))?.status).toBe('confirmed');
  });

  test('of an undo does the change again', async () => {
    const home = await house();
    await home.say('move unece to 7 November --yes', EDITOR);
    await home.say('undo --yes', EDITOR);
    const { revision } = await groupOf(home);
    await home.say(`undo ${revision.toString()} --yes`, EDITOR);
    expect((await eventOf(home, 'unece'))?.when?.start).toBe('2017-11-07');
    await home.say('undo --yes', EDITOR);
    expect((await eventOf(home, 'unece'))?.when?.start).toBe('2017-11-06');
  });

  test('of an event that was added keeps it as a cancelled draft: nothing is ever deleted', async () => {
    const home = await house();
    await home.say('add "Retreat" 20 November --yes', EDITOR);
    await home.say('undo --yes', EDITOR);
    expect(await eventOf(home, 'retreat')).toMatchObject({ visibility: 'draft', status: 'cancelled' });
    expect(textOf(await home.say('list', { role: 'viewer' }))).not.toContain('Retreat');
  });

  test('does not take away what others changed since', async () => {
    const home = await house();
    await home.say('move unece to 7 November --yes', EDITOR);
    await home.say('move unece to 8 November --yes', { ...EDITOR, user: 'grace' });
    const reply = await home.say('undo', EDITOR);
    expect(textOf(reply)).toBe('“unece” was changed again since. Undo the later change first, or edit it.');
  });

  test('of any entry of the audit, by its number', async () => {
    const home = await house();
    const { revision } = await groupOf(home);
    await home.say('move unece to 7 November --yes', EDITOR);
    await home.say('confirm conference --yes', EDITOR);
    expect(textOf(await home.say('audit', EDITOR))).toContain(`Change ${(revision + 1).toString()}`);
    await home.say(`undo ${(revision + 1).toString()} --yes`, { ...EDITOR, user: 'grace' });
    expect((await eventOf(home, 'unece'))?.when?.start).toBe('2017-11-06');
    expect((await home.say('undo 999', EDITOR)).outcome).toBe('refused');
  });
});

describe('documents, debriefs and notes', () => {
  test('are added, made ready and taken out', async () => {
    const home = await house();
    await home.say('doc add unece "Concept note" --yes', EDITOR);
    expect((await home.say('doc add unece "concept note"', EDITOR)).outcome).toBe('refused');
    expect(textOf(await home.say('doc ready unece "Concept note"', EDITOR))).toContain('Write its address');
    await home.say('doc ready unece "Concept note" https://example.org/note.pdf language:en --yes', EDITOR);
    expect((await eventOf(home, 'unece'))?.documents).toEqual([
      { title: 'Concept note', url: 'https://example.org/note.pdf', language: 'en', note: null },
    ]);
    expect(choicesOf(await home.say('doc remove unece Programme', EDITOR)).map(({ run }) => run)).toEqual([
      'doc remove unece "Concept note"',
    ]);
    await home.say('doc remove unece "Concept note" --yes', EDITOR);
    await home.say('outcome thematic-6 Delegations agreed to continue. --yes', EDITOR);
    await home.say('note The report is being finalised. topic:"Global meeting" --yes', EDITOR);
    expect((await eventOf(home, 'unece'))?.documents).toEqual([]);
    expect((await eventOf(home, 'thematic-6'))?.outcomes.at(-1)).toBe('Delegations agreed to continue.');
    expect(textOf(await home.say('notes'))).toContain('Global meeting: The report is being finalised.');
  });

  test('a file’s address is http or https', async () => {
    const { say } = await house();
    const reply = await say('doc ready stocktaking "Draft agenda" javascript://alert', EDITOR);
    expect(textOf(reply)).toContain('begins with https:// or http://');
  });
});

describe('a place', () => {
  test('gives a new date its zone, and leaves that of the old one alone, which is said', async () => {
    const home = await house();
    await home.say('edit unece when:"6 November 10:00" --yes', EDITOR);
    expect(textOf(await home.say('edit unece place:Bangkok', EDITOR))).toContain('The date stays in Geneva time.');
    expect(textOf(await home.say('move unece to 7 November in Bangkok', EDITOR))).toContain(
      'Tuesday 7 November 2017, 10:00, Bangkok time',
    );
    expect(textOf(await home.say('add "Retreat" in Nairobi on 20 November 9:00', EDITOR))).toContain(
      '09:00, Nairobi time',
    );
  });
});

describe('a title without end, or other things too large', () => {
  test.each([
    [`add "${'x'.repeat(201)}" 20 November`, 'longer than 200 characters'],
    [`edit unece about:"${'x'.repeat(3000)}" rules:"${'x'.repeat(900)}"`, null],
    ['edit unece people:100000', 'whole number from 1 to 1000'],
    ['edit unece handle:"Not a handle"', 'not a short name'],
    ['edit unece handle:unescap', null],
  ])('%s', async (line, sentence) => {
    const home = await house();
    const reply = await home.say(`${line} --yes`, EDITOR);
    if (sentence !== null) {
      expect(reply.outcome).toBe('refused');
      expect(textOf(reply)).toContain(sentence);
    }
    expect((await eventOf(home, 'unece'))?.handle).toBe('unece');
  });
});

describe('roles', () => {
  const parts = { roleOf: ({ user }: { user: string }) => (user === 'ada' ? ('admin' as const) : ('viewer' as const)) };
  const open = async (more: object = {}) => {
    const home = await house({ ...parts, ...more });
    const say = (line: string, user: 'ada' | 'grace' | 'alan') =>
      home.bot.handle({
        actor: { platform: 'slack', tenant: 'T1', user, name: user },
        input: { type: 'line', line },
        zone: 'Europe/Zurich',
      });
    return { home, say };
  };
  test('are granted and revoked, and who has one is told to whoever has none', async () => {
    const { home, say } = await open();
    await home.store.saveProfile({
      ...{
        platform: 'slack',
        tenant: 'T1',
        user: 'grace',
        name: 'Grace Hopper',
        platformZone: null,
        platformLanguage: null,
      },
    });
    expect((await say('move unece to 7 November', 'grace')).outcome).toBe('refused');
    expect(textOf(await say('role grant "Grace Hopper" editor', 'ada'))).toContain('now has the role of editor');
    expect((await say('move unece to 7 November', 'grace')).outcome).toBe('asked');
    expect(textOf(await say('move unece to 7 November', 'alan'))).toBe(
      '“move” is for editors of this group.\n\nThese may: Grace Hopper.',
    );
    expect((await say('role grant <@alan> editor', 'grace')).outcome).toBe('refused');
    await say('role revoke <@grace>', 'ada');
    expect((await say('move unece to 7 November', 'grace')).outcome).toBe('refused');
  });

  test('the last administrator cannot be removed', async () => {
    const { say } = await open();
    await say('role grant <@grace|Grace> admin', 'ada');
    const reply = await say('role revoke <@grace>', 'ada');
    expect(textOf(reply)).toBe('That is the last administrator of this group. Make somebody else one first.');
    expect(textOf(await say('role grant <@grace> editor', 'ada'))).toContain('last administrator');
    await say('role grant <@alan> admin', 'ada');
    expect((await say('role revoke <@grace>', 'ada')).outcome).toBe('answered');
  });

  test('of a team are those of its members, as far as the platform says who they are', async () => {
    const { say } = await open({
      isInTeam: ({ user }: { user: string }, team: { id: string }) =>
        team.id === 'S1' ? Promise.resolve(user === 'grace') : Promise.reject(new Error('no answer')),
    });
    await say('role grant <!subteam^S1|@secretariat> editor', 'ada');
    await say('role grant <!subteam^S2|@others> admin', 'ada');
    expect((await say('move unece to 7 November', 'grace')).outcome).toBe('asked');
    expect((await say('role list', 'grace')).outcome).toBe('refused');
    expect((await say('move unece to 7 November', 'alan')).outcome).toBe('refused');
    expect(textOf(await say('role list', 'ada'))).toContain('everybody of secretariat: editor');
  });

  test('of a team count for nothing where nobody can be asked', async () => {
    const { say } = await open();
    await say('role grant <!subteam^S1|@secretariat> editor', 'ada');
    expect((await say('move unece to 7 November', 'grace')).outcome).toBe('refused');
  });
});

describe('several working groups', () => {
  test('have schedules, settings and channels of their own', async () => {
    const home = await house();
    await home.say('group create climate name:"Climate Mobility" zone:Bonn');
    expect(textOf(await home.say('about'))).not.toContain('Climate Mobility');
    const linked = await home.say('link climate', { conversation: CHANNEL });
    expect(textOf(linked)).toBe(
      'This conversation follows “Climate Mobility” from now on.\n\nUnlink: unlink   What is next: next',
    );
    await home.say('add "Round" 20 November 10:00 --yes', { conversation: CHANNEL });
    expect(textOf(await home.say('list', { conversation: CHANNEL }))).toContain('Round');
    expect(textOf(await home.say('list'))).not.toContain('Round');
    for (const line of ['show round --group climate', 'show group:climate round', '--group=climate show round']) {
      expect(textOf(await home.say(line))).toContain('20 November 2017, 10:00, Berlin time');
    }
    expect(textOf(await home.say('next --group nowhere'))).toBe(
      'There is no working group “nowhere”. There are: gcm, climate.',
    );
    await home.say('unlink', { conversation: CHANNEL });
    expect(textOf(await home.say('list', { conversation: CHANNEL }))).not.toContain('Round');
  });

  test('what is asked of one by name stays with it, buttons and forms too', async () => {
    const home = await house();
    await home.say('group create climate name:"Climate Mobility"');
    const preview = await home.say('add "Round" 20 November --group climate', EDITOR);
    await home.press(preview, 'Publish and tell', EDITOR);
    expect(textOf(await home.say('show round --group climate'))).toContain('Round');
    const form = (await home.say('edit round --group climate', EDITOR)).card.elements[0];
    if (form?.type !== 'form') throw new Error('no form');
    const edited = await home.fill('edit', { ...form.carried, event: 'round', region: 'Europe' }, EDITOR);
    expect(edited.outcome).toBe('asked');
    expect((await home.press(edited, 'Publish silently', EDITOR)).outcome).toBe('answered');
  });

  test('settings are shown before they are changed, and can be undone', async () => {
    const home = await house();
    const preview = await home.say('group set zone:"New York" email:office@example.org');
    expect(textOf(preview)).toContain('New York time (America/New_York)');
    await home.press(preview, 'Save');
    expect(await groupOf(home)).toMatchObject({ zone: 'America/New_York', organizerEmail: 'office@example.org' });
    expect(textOf(await home.say('group set email:nobody --yes'))).toContain('is not right');
    await home.say('undo --yes');
    expect((await groupOf(home)).zone).toBe('Europe/Zurich');
    expect((await home.say('group create gcm')).outcome).toBe('refused');
  });
});

describe('a series', () => {
  test('keeps its wall time across the change of the clocks, each date an event of its own', async () => {
    const home = await house();
    await home.say('add "Round" 19 March 2018 10:00-11:00 in Geneva --yes', EDITOR);
    await home.say('repeat round weekly until 3 times --yes', EDITOR);
    const events = (await home.store.load((await groupOf(home)).id)).events.filter(({ title }) => title === 'Round');
    expect(events.map(({ handle, when }) => [handle, when?.start])).toEqual([
      ['round', '2018-03-19T10:00'],
      ['round-2', '2018-03-26T10:00'],
      ['round-3', '2018-04-02T10:00'],
    ]);
    expect(new Set(events.map(({ series }) => series)).size).toBe(1);
    await home.say('cancel round-2 because of Easter --scope following --yes', EDITOR);
    const after = (await home.store.load((await groupOf(home)).id)).events.filter(({ title }) => title === 'Round');
    expect(after.map(({ status, reason }) => [status, reason])).toEqual([
      ['confirmed', undefined],
      ['cancelled', 'Easter'],
      ['cancelled', 'Easter'],
    ]);
  });

  test('refuses a date that a change of the clocks leaves out, and an end too far away', async () => {
    const { say } = await house();
    await say('add "Night" 18 March 2018 02:30 in Geneva --yes', EDITOR);
    expect(textOf(await say('repeat night weekly until April 2018', EDITOR))).toContain('so there is no 02:30');
    expect(textOf(await say('repeat unece weekly until 2100', EDITOR))).toContain('more than 200 dates');
    expect(textOf(await say('repeat conference weekly until 2100', EDITOR))).toContain('no certain day to repeat');
  });
});

describe('an import', () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `e-${at.toString()},Event ${at.toString()},2018-01-01`);
  test('of 20,000 rows with one bad writes nothing, and says which', async () => {
    const home = await house();
    const { revision } = await groupOf(home);
    const bad = rows.with(12_345, 'e-12345,Event,2018-02-30');
    const files = { 'all.csv': ['handle,title,start', ...bad].join('\n') };
    const reply = await home.say('import all.csv --yes', { ...EDITOR, files });
    expect(reply.outcome).toBe('refused');
    expect(textOf(reply)).toMatch(/row 12347.*There is no 2018-02-30/u);
    expect((await groupOf(home)).revision).toBe(revision);
  });

  test('of 20,000 rows is shown, then written as it was shown, without the file', async () => {
    const home = await house();
    const files = { 'all.csv': ['handle,title,start', ...rows].join('\n') };
    const preview = await home.say('import all.csv', { ...EDITOR, files });
    expect(textOf(preview)).toContain('Events: 20000 new');
    expect(choicesOf(preview).map(({ label }) => label)).toEqual([
      'Publish silently',
      'Publish and tell',
      'Change',
      'Drop',
    ]);
    expect(textOf(await home.press(preview, 'Publish silently', EDITOR))).toContain('Events: 20000 new, 0 changed');
    expect((await eventOf(home, 'e-19999'))?.title).toBe('Event 19999');
  });
});
