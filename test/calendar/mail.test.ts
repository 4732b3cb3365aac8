import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { postOffice, type Received } from '../adapters/mail/post-office.ts';
import { cardText } from '../../src/cards/text.ts';
import { english } from '../../src/language/index.ts';
import { mailingHouse, type MailingHouse } from './mailing.ts';

const MISSION = 'mission@example.int';
const TO_TUESDAY = { when: { precision: 'day', start: '2017-11-07', end: null, zone: 'Europe/Zurich' } } as const;
const TO_MONDAY = { when: { ...TO_TUESDAY.when, start: '2017-11-06' } } as const;

/** What the calendar of somebody who gets the mail is told. */
function told({ mail, raw }: Received) {
  const ics = mail.attachments.find(({ filename }) => filename === 'invite.ics')?.content.toString() ?? '';
  const calendar = new ICAL.Component(ICAL.parse(ics) as unknown[]);
  const event = calendar.getFirstSubcomponent('vevent');
  const valueOf = (name: string) => String(event?.getFirstPropertyValue(name)).replace('MAILTO', 'mailto');
  return {
    subject: mail.subject,
    method: /method=(?<method>\w+)/u.exec(raw)?.groups?.method,
    uid: valueOf('uid'),
    sequence: Number(valueOf('sequence')),
    start: valueOf('dtstart'),
    organizer: valueOf('organizer'),
    attendee: valueOf('attendee'),
  };
}

/** What the last of so many mails tells. */
async function toldIn(office: Awaited<ReturnType<typeof postOffice>>, count: number) {
  const last = (await office.received(count)).at(count - 1);
  if (!last) throw new Error('there is no such mail');
  return told(last);
}

const statesOf = async (rooms: MailingHouse) =>
  (await rooms.deliveries()).map(({ target, state, reason, attempts }) =>
    [target.id, state, reason, attempts].join(' '),
  );

describe('an invitation by mail', () => {
  test('arrives, is kept up to date, and is taken away again', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    expect(await rooms.read(`invite unece to "Doe, Jane" <jane@example.org>; ${MISSION}`)).toContain(
      '2 invitations to',
    );
    await rooms.tick();
    const first = (await office.received(2)).map(told).sort((a, b) => a.attendee.localeCompare(b.attendee));
    expect(first.map(({ attendee }) => attendee)).toEqual(['mailto:jane@example.org', `mailto:${MISSION}`]);
    expect(first[1]).toEqual({
      subject: 'Invitation: UNECE regional consultation, Monday 6 November 2017, Geneva time',
      method: 'REQUEST',
      uid: first[0]?.uid,
      sequence: 0,
      start: '2017-11-06',
      organizer: 'mailto:gcm@example.org',
      attendee: `mailto:${MISSION}`,
    });

    await rooms.edit('unece', TO_TUESDAY);
    await rooms.until('2017-11-01T09:10:00+01:00');
    const second = await toldIn(office, 4);
    expect(second).toMatchObject({ method: 'REQUEST', uid: first[0]?.uid, sequence: 1, start: '2017-11-07' });
    expect(second.subject).toMatch(/^Changed: /u);

    await rooms.edit('unece', { status: 'cancelled' });
    await rooms.until('2017-11-01T09:20:00+01:00');
    const third = await toldIn(office, 6);
    expect(third).toMatchObject({ method: 'CANCEL', uid: first[0]?.uid, sequence: 2, organizer: first[0]?.organizer });
    expect((await statesOf(rooms)).every((line) => line.endsWith('sent  1'))).toBe(true);
  });

  test('rings as it was asked to, and so do its changes', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say(`invite unece to ${MISSION} alarm:1d`);
    await rooms.tick();
    await rooms.edit('unece', TO_TUESDAY);
    await rooms.until('2017-11-01T09:10:00+01:00');
    const triggers = (await office.received(2)).map(({ mail }) =>
      /TRIGGER:.*/u.exec(mail.attachments[0]?.content.toString() ?? '')?.[0].trim(),
    );
    expect(triggers).toEqual(['TRIGGER:-PT15H', 'TRIGGER:-PT15H']);
  });

  test('names the organizer of the first mail for ever', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say(`invite unece to ${MISSION}`);
    const [group] = await rooms.store.groups();
    if (!group) throw new Error('there is no group');
    const after = { ...group, organizerName: 'New secretariat', organizerEmail: 'new@example.org' };
    const actor = { platform: 'console', tenant: '', user: 'ada', name: 'Ada' };
    const at = rooms.clock.now().toString();
    await rooms.store.commit({
      groupId: group.id,
      actor,
      action: 'test',
      at,
      writes: [{ type: 'group', before: group, after }],
    });
    await rooms.tick();
    expect((await office.received(1)).map((mail) => told(mail).organizer)).toEqual(['mailto:gcm@example.org']);
    await rooms.say('invite unescap to other@example.org');
    await rooms.tick();
    expect((await toldIn(office, 2)).organizer).toBe('mailto:new@example.org');
  });

  test('goes out once, however often it is asked for and however often the bot ticks', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say(`invite unece to ${MISSION}`);
    expect(await rooms.read(`invite unece to MISSION@example.int`)).toContain('Already invited');
    await rooms.tick();
    await rooms.until('2017-11-01T10:00:00+01:00');
    expect(await office.received(1)).toHaveLength(1);
    expect(await statesOf(rooms)).toEqual([`${MISSION} sent  1`]);
  });

  test('is one mail for what was changed several times, and none for a silent change or another title', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say(`invite unece to ${MISSION}`);
    await rooms.tick();
    await rooms.edit('unece', { when: { ...TO_TUESDAY.when, start: '2017-11-08' } });
    await rooms.edit('unece', TO_TUESDAY);
    await rooms.until('2017-11-01T09:10:00+01:00');
    expect(await toldIn(office, 2)).toMatchObject({ sequence: 2, start: '2017-11-07' });
    await rooms.edit('unece', { onlineUrl: 'https://example.org/join' }, false);
    await rooms.edit('unece', { title: 'UNECE consultation' });
    await rooms.until('2017-11-01T09:30:00+01:00');
    expect((await rooms.deliveries()).filter(({ state }) => state === 'sent')).toHaveLength(2);
  });

  test('that was written down but not sent when the process stopped is sent by the next one', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    const [group] = await rooms.store.groups();
    const event = (await rooms.store.load(group?.id ?? '')).events.find(({ handle }) => handle === 'unece');
    await rooms.store.invitations.add([
      {
        groupId: group?.id ?? '',
        eventUid: event?.uid ?? '',
        address: MISSION,
        name: null,
        organizer: { name: 'S', email: 's@example.org' },
        language: 'en',
        zone: 'UTC',
        alarms: [],
        createdAt: rooms.clock.now().toString(),
        removedAt: null,
        sent: null,
        answer: null,
      },
    ]);
    await rooms.tick();
    expect(await office.received(1)).toHaveLength(1);
  });

  test('ends for those who are taken off the list, and begins anew when they are put on it again', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say(`invite unece to ${MISSION}`);
    await rooms.tick();
    await rooms.until('2017-11-01T09:01:00+01:00');
    expect(await rooms.read(`uninvite unece to ${MISSION}`)).toContain('Taken off the list');
    await rooms.tick();
    expect(await toldIn(office, 2)).toMatchObject({ method: 'CANCEL', sequence: 0 });
    await rooms.edit('unece', TO_TUESDAY);
    await rooms.until('2017-11-01T09:10:00+01:00');
    expect(await office.received(2)).toHaveLength(2);
    await rooms.say(`invite unece to ${MISSION}`);
    await rooms.tick();
    const again = await toldIn(office, 3);
    expect(again).toMatchObject({ method: 'REQUEST', sequence: 1 });
    expect(again.subject).toMatch(/^Invitation: /u);
  });
});

describe('a mail that does not arrive', () => {
  test('at a mailbox that does not exist is parked with what the server said, and the list says so', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say('invite unece to nobody@example.org');
    await rooms.tick();
    expect(await statesOf(rooms)).toEqual(['nobody@example.org parked never 1']);
    expect(await rooms.read('invited unece')).toContain('could not be sent: 550 no such mailbox here');
  });

  test('for now is tried again, later and later, under the same Message-ID', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say('invite unece to full@example.org');
    await rooms.tick();
    expect(await statesOf(rooms)).toEqual(['full@example.org due  1']);
    await rooms.until('2017-11-01T09:01:00+01:00');
    await rooms.until('2017-11-01T09:02:00+01:00');
    expect(await statesOf(rooms)).toEqual(['full@example.org due  3']);
  });

  test('or perhaps has, nobody knows, is not sent a second time by itself', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say('invite unece to dropped@example.org');
    await rooms.tick();
    await rooms.until('2017-11-01T09:05:00+01:00');
    expect(await office.received(1)).toHaveLength(1);
    expect(await statesOf(rooms)).toEqual(['dropped@example.org parked nobody-knows 2']);
    expect(await rooms.read('invited unece')).toContain('the mail server had the mail when the connection broke');
  });

  test('or perhaps has, where the setting prefers one too many, comes again as the very same message', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url, { whenUnknown: 'send' });
    await rooms.say('invite unece to dropped@example.org');
    await rooms.tick();
    await rooms.until('2017-11-01T09:05:00+01:00');
    const received = await office.received(2);
    expect(new Set(received.map(({ mail }) => mail.messageId)).size).toBe(1);
    expect(new Set(received.map((mail) => JSON.stringify(told(mail)))).size).toBe(1);
  });

  test('does not hold up the others', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say(`invite unece to silent@example.org, nobody@example.org, ${MISSION}`);
    await rooms.tick();
    expect((await office.received(1)).map(({ to }) => to)).toEqual([[MISSION]]);
  });
});

describe('whoever invites', () => {
  test('is an editor, or means themselves and is known by their address', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    const viewer = { role: 'viewer' } as const;
    expect(await rooms.read(`invite unece to ${MISSION}`, viewer)).toContain('Others are invited by editors');
    for (const line of ['invite me to unece', 'invite unece to me', 'invite me unece']) {
      expect(await rooms.read(line, viewer)).toContain('I do not know your e-mail address');
    }
    const ada = { platform: 'console', tenant: '', user: 'ada' };
    await rooms.store.saveProfile({
      ...ada,
      name: 'Ada',
      platformZone: null,
      platformLanguage: null,
      email: 'ada@example.org',
    });
    expect(await rooms.read('invite me to unece', viewer)).toContain('ada <ada@example.org>');
    expect((await rooms.say('invite me', viewer)).card.elements).toMatchObject([
      { content: ['To which event?'] },
      { type: 'actions', actions: [{ run: 'invite unescap --to me' }, { run: 'invite unece --to me' }, {}] },
    ]);
  });

  test.each([
    ['invite unece to not an address', '“not an address” is not an e-mail address'],
    ['invite unece to a@b@c', '“a@b@c” is not an e-mail address'],
    ['invite conference to a@example.org', 'is not certain'],
    ['invite unece to a@example.org, <b@example.org', '“<b@example.org” is not an e-mail address'],
  ])('%s: %s', async (line, sentence) => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    expect(await rooms.read(line)).toContain(sentence);
    expect(await rooms.deliveries()).toEqual([]);
  });
});

describe('an answer', () => {
  const replyOf = (uid: string, partstat: string, sequence: number, stamp: string, attendee = MISSION) =>
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Somebody//Calendar//EN',
      'METHOD:REPLY',
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTAMP:${stamp}`,
      `SEQUENCE:${sequence}`,
      'ORGANIZER:mailto:gcm@example.org',
      `ATTENDEE;PARTSTAT=${partstat}:mailto:${attendee}`,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n');

  test('that is imported shows in the list, and an older one does not take its place', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say(`invite unece to ${MISSION}`);
    await rooms.tick();
    const { uid } = await toldIn(office, 1);
    const take = (content: string) => rooms.read('import reply.ics', { files: { 'reply.ics': content } });
    expect(await take(replyOf(uid, 'ACCEPTED', 0, '20171101T100000Z'))).toBe(
      `Noted: ${MISSION} answers the invitation to UNECE regional consultation: Accepted.`,
    );
    expect(await rooms.read('invited unece')).toContain(
      `${MISSION}: has the current version (0), sent Wednesday 1 November 2017, 09:00, Geneva time; Accepted`,
    );
    expect(await take(replyOf(uid, 'DECLINED', 0, '20171101T090000Z'))).toContain('A later answer');
    expect(await take(replyOf(uid, 'DECLINED', 0, '20171101T110000Z'))).toContain('Declined');
    await rooms.edit('unece', TO_TUESDAY);
    await rooms.until('2017-11-01T09:10:00+01:00');
    expect(await rooms.read('invited unece')).toContain('Declined, to an earlier version');
    expect(await take(replyOf(uid, 'ACCEPTED', 0, '20171101T120000Z', 'stranger@example.org'))).toContain(
      'is not invited',
    );
  });

  test('that reaches another group says which one invited, to whom may know', async () => {
    const office = await postOffice();
    const rooms = await mailingHouse(office.url);
    await rooms.say('group create climate name:"Climate Mobility" --yes');
    await rooms.say(`invite unece to ${MISSION}`);
    await rooms.tick();
    const { uid } = await toldIn(office, 1);
    const files = { 'reply.ics': replyOf(uid, 'ACCEPTED', 0, '20171101T100000Z') };
    const line = 'import reply.ics --group climate';
    const gcm = (await rooms.store.groups()).find(({ slug }) => slug === 'gcm');
    expect(await rooms.read(line, { files })).toBe(
      `${MISSION} was invited by another group, ${gcm?.name ?? ''}. Import the file there: “import --group gcm”.`,
    );
    await rooms.say('role grant bob editor --group climate --yes');
    const reply = await rooms.bot.handle({
      actor: { platform: 'console', tenant: '', user: 'bob', name: 'bob' },
      input: { type: 'line', line },
      surroundings: {
        openFile: (name) => Promise.resolve({ name, bytes: new TextEncoder().encode(files['reply.ics']) }),
      },
    });
    expect(cardText(reply.card, { language: english })).toBe(
      `${MISSION} is not invited to that event by mail, at least not in this group. If another group invited them, import the file there.`,
    );
  });
});

test('an invitation that may have arrived is taken back when the event is cancelled', async () => {
  const office = await postOffice();
  const rooms = await mailingHouse(office.url);
  await rooms.say('invite unece to dropped@example.org');
  await rooms.tick();
  await rooms.until('2017-11-01T09:05:00+01:00');
  expect((await office.received(1)).map(({ raw }) => /method=(\w+)/u.exec(raw)?.[1])).toEqual(['REQUEST']);
  await rooms.edit('unece', { status: 'cancelled' });
  await rooms.until('2017-11-01T09:10:00+01:00');
  expect((await rooms.deliveries()).map(({ reason }) => reason)).not.toContain('cancelled');
  expect((await office.received(2)).map(({ raw }) => /method=(\w+)/u.exec(raw)?.[1])).toEqual(['REQUEST', 'CANCEL']);
});

test('who was invited while a mistake stood is told when it is taken back', async () => {
  const office = await postOffice();
  const rooms = await mailingHouse(office.url);
  await rooms.edit('unece', TO_TUESDAY);
  await rooms.say('invite unece to mission@example.int');
  await rooms.tick();
  await rooms.edit('unece', TO_MONDAY);
  await rooms.until('2017-11-01T09:10:00+01:00');
  expect(await rooms.deliveries()).toHaveLength(2);
  expect((await office.received(2)).map(({ mail }) => mail.subject)[1]).toContain('6 November');
});
