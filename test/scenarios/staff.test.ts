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
    expect((await home.press(preview, 'Publish', EDITOR)).outcome).toBe('answered');
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
    await home.say('remind me 1d', EDITOR);
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
    const both = await Promise.all([home.press(preview, 'Publish', EDITOR), home.press(preview, 'Publish', EDITOR)]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['answered', 'answered']);
    expect(both.filter((reply) => textOf(reply).startsWith('That was answered'))).toHaveLength(1);
    const late = await home.press(preview, 'Publish', EDITOR);
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
    const late = await home.press(another, 'Publish', EDITOR);
    expect(late.outcome).toBe('refused');
    expect(choicesOf(late)).toEqual([{ label: 'Show it again', run: 'move unece --to "7 November"', style: 'normal' }]);
    expect((await home.press(late, 'Show it again', EDITOR)).outcome).toBe('asked');
    expect((await eventOf(home, 'unece'))?.version).toBe(1);
  });

  test('is its author’s alone', async () => {
    const home = await house();
    const preview = await home.say('move unece to 7 November', EDITOR);
    const other = await home.press(preview, 'Publish', { role: 'admin', user: 'grace' });
    expect(textOf(other)).toBe('Only ada, whose change it is, can decide on it.');
    expect((await eventOf(home, 'unece'))?.version).toBe(1);
  });

  test('needs the right at the moment it is published, too', async () => {
    const home = await house();
    const preview = await home.say('move unece to 7 November', EDITOR);
    const reply = await home.press(preview, 'Publish', { role: 'viewer' });
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
    const nothingYet = { alarms: [], removedAt: null, sent: null, answer: null };
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
      ...{ alarms: [], createdAt: '2017-11-01T08:00:00Z', revokedAt: null, fetchedAt: null },
    });
    await home.store.feeds.add({
      ...{ id: 'g', tokenHash: 'i', groupId, conversationId: null, zone: 'UTC', language: 'en' },
      filter: { ...everything, kinds: ['hearing'] },
      owner: { platform: 'console', tenant: '', user: 'ada', name: null },
      ...{ alarms: [], createdAt: '2017-11-01T08:00:00Z', revokedAt: null, fetchedAt: null },
    });
    expect(textOf(await home.say('unpublish unece', EDITOR))).toContain(
      'One person has it in their calendar by invitation, where it stays. If it is not held, “cancel unece” tells them.',
    );
    expect(textOf(await home.say('move unece to 7 November', EDITOR))).toContain(
      'Will be told  1 person by calendar invitation; 1 calendar subscription shows it either way',
    );
  });

  test('says that nobody will be told of what is not announced, and of what nobody follows', async () => {
    const home = await house();
    const { id: groupId } = await groupOf(home);
    await home.store.saveConversation({
      ...{ platform: 'slack', tenant: 'T1', id: 'C1', kind: 'channel', name: 'delegates', serviceUrl: null, groupId },
      disconnected: null,
    });
    const target = { platform: 'slack', tenant: 'T1', kind: 'conversation', id: 'C1', thread: null } as const;
    const [only] = (await home.store.load(groupId)).events.filter(({ handle }) => handle === 'unescap');
    await home.store.subscriptions.save(subscription({ id: 's', groupId, target, only: [only?.uid ?? ''] }));
    const told = async (line: string) => /Will be told {2}(.*)/u.exec(textOf(await home.say(line, EDITOR)))?.[1];
    expect(await told('move unescap to 7 November')).toBe('1 channel (delegates)');
    expect(await told('move unece to 7 November')).toBe(
      'nobody: no channel and no person here asked to be told of this',
    );
    expect(await told('edit unescap about:Elsewhere')).toBe(
      'nobody: only a new event and another date, place, link or status are announced',
    );
    expect(await told('unpublish unescap')).toBe('nobody: only staff see it');
    const editing = await home.say('edit unescap about:Elsewhere', EDITOR);
    expect(textOf(await home.press(editing, 'Publish', EDITOR))).toContain('Published. Nobody is told.');
  });

  test('that would change nothing is not asked about', async () => {
    const { say } = await house();
    const reply = await say('move unece to 6 November', EDITOR);
    expect(reply.outcome).toBe('answered');
    expect(textOf(reply)).toContain('Nothing would be different.');
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

  test('of an event that another one hangs on by now is refused, with what would be right', async () => {
    const home = await house();
    const { revision } = await groupOf(home);
    await home.say('add "Retreat" 20 November --yes', EDITOR);
    await home.say('nest unece in retreat --yes', { ...EDITOR, user: 'grace' });
    expect(textOf(await home.say(`undo ${(revision + 1).toString()}`, EDITOR))).toBe(
      '“unece” has been made part of it, or preceded by it, since. Undo that first, or cancel the event instead.',
    );
    await home.say(`undo ${(revision + 2).toString()} --yes`, EDITOR);
    await home.say(`undo ${(revision + 1).toString()} --yes`, EDITOR);
    expect(textOf(await home.say('show retreat', EDITOR))).toMatch(/Status +Draft, Cancelled/u);
    expect(textOf(await home.say('audit 1', EDITOR))).toContain(
      `Change ${(revision + 4).toString()}, Wednesday 1 November 2017, 09:00, Geneva time: ada, undo of change ${(
        revision + 1
      ).toString()}: 1 changed (retreat)`,
    );
  });

  test('of a whole import goes back to nothing, parts and whole together', async () => {
    const home = await house();
    await home.say('undo 1 --yes', EDITOR);
    expect(textOf(await home.say('list', { role: 'viewer' }))).toContain('Nothing is coming up.');
    expect(textOf(await home.say('notes', { role: 'viewer' }))).toContain('There are no notes.');
    await home.say('undo 2 --yes', EDITOR);
    expect((await eventOf(home, 'eca-eastern'))?.visibility).toBe('published');
    expect(textOf(await home.say('notes', { role: 'viewer' }))).not.toContain('There are no notes.');
  });

  test('of an import is called by its name on its button, when it is shown again, and when it is done', async () => {
    const home = await house();
    const files = { 'new.csv': 'handle,title,start\nretreat,Retreat,2017-11-20\n' };
    await home.say('import new.csv --yes', { ...EDITOR, files });
    const preview = await home.say('undo', EDITOR);
    const labels = (reply: Reply) => choicesOf(reply).map(({ label }) => label);
    expect(labels(preview)).toEqual(['Undo', 'Change', 'Drop']);
    const [again] = choicesOf(await home.say('pending', EDITOR));
    expect(labels(await home.say(again?.run ?? '', EDITOR))).toEqual(['Undo', 'Change', 'Drop']);
    expect(textOf(await home.press(preview, 'Undo', EDITOR))).toContain('Undone.');
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
    ['copy unece to 13 Nov 3017', 'the schedule holds 1900 to 2200'],
    ['edit unece people:100000', 'whole number from 1 to 1000'],
    ['edit unece handle:"Not a handle"', 'not a short name'],
    ['edit unece handle:unescap', '“UNESCAP regional consultation” is called “unescap” already.'],
    ['edit unece status:cancelled', 'Say “cancel EVENT because …”'],
    ['edit unece status:postponed', 'Say “cancel EVENT because …”'],
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
      'This conversation follows “Climate Mobility” from now on.\n\nRemind 7 days, 1 day and 1 hour before: remind 7d, 1d, 1h   Unlink: unlink   What is next: next',
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
    await home.press(preview, 'Publish', EDITOR);
    expect(textOf(await home.say('show round --group climate'))).toContain('Round');
    const form = (await home.say('edit round --group climate', EDITOR)).card.elements[0];
    if (form?.type !== 'form') throw new Error('no form');
    const edited = await home.fill('edit', { ...form.carried, event: 'round', region: 'Europe' }, EDITOR);
    expect(edited.outcome).toBe('asked');
    expect((await home.press(edited, 'Publish', EDITOR)).outcome).toBe('answered');
  });

  test('settings are shown before they are changed, and can be undone', async () => {
    const home = await house();
    const preview = await home.say('group set zone:"New York" email:office@example.org');
    expect(textOf(preview)).toContain('New York time (America/New_York)');
    await home.press(preview, 'Save');
    expect(await groupOf(home)).toMatchObject({ zone: 'America/New_York', organizerEmail: 'office@example.org' });
    expect(textOf(await home.say('group set email:nobody --yes'))).toBe(
      '“nobody” is not an e-mail address. Write one such as office@example.org.',
    );
    expect(textOf(await home.say('group set language:xx'))).toBe('I don’t speak “xx”. Choose one of: en (English).');
    await home.say('undo --yes');
    expect((await groupOf(home)).zone).toBe('Europe/Zurich');
    expect((await home.say('group create gcm')).outcome).toBe('refused');
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
    expect(choicesOf(preview).map(({ label }) => label)).toEqual(['Publish', 'Change', 'Drop']);
    expect(textOf(await home.press(preview, 'Publish', EDITOR))).toContain('Events: 20000 new, 0 changed');
    expect((await eventOf(home, 'e-19999'))?.title).toBe('Event 19999');
  });
});
