import { isEmailAddress } from '../../src/calendar/email-address.ts';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { createInvitation, type Invitation, type InvitationRequest } from '../../src/calendar/invitation.ts';
import { readReply } from '../../src/calendar/reply.ts';
import { english } from '../../src/language/index.ts';
import type { ScheduledEvent } from '../../src/schedule/event.ts';
import { revise } from '../../src/schedule/change.ts';
import { event, NOW } from '../support/store-samples.ts';
import { days, linesNamed, scheduleOf, time } from './ics-samples.ts';

const briefing = event('briefing', {
  title: 'Briefing on the stocktaking meeting',
  when: time('2017-11-08T15:00', '2017-11-08T16:30', 'Europe/Zurich'),
  venue: { name: 'Room XIX', city: 'Geneva', country: null },
  description: 'Agenda: the draft programme.',
});

function requestOf(given: ScheduledEvent, fields: Partial<InvitationRequest> = {}): InvitationRequest {
  return {
    event: given,
    schedule: scheduleOf([given]),
    attendees: [{ email: 'mission@example.int', name: 'Mission' }],
    previous: null,
    language: english,
    zone: 'America/New_York',
    now: Temporal.Instant.from('2017-11-02T10:30:00Z'),
    ...fields,
  };
}

async function invitationOf(given: ScheduledEvent, fields: Partial<InvitationRequest> = {}): Promise<Invitation> {
  const outcome = await createInvitation(requestOf(given, fields));
  if ('refusal' in outcome) throw new Error(outcome.refusal);
  return outcome.invitation;
}

const sent = (given: ScheduledEvent) =>
  given.when === null ? null : { previous: { sequence: given.sequence, when: given.when } };

const IDENTITY = '(?:METHOD|UID|SEQUENCE|ORGANIZER|STATUS|DTSTART)';

describe('an invitation', () => {
  test('is a request that the mail’s reader understands too', async () => {
    const { icalendar, text, ...rest } = await invitationOf(briefing);
    expect(rest).toEqual({
      method: 'REQUEST',
      sequence: 0,
      contentType: 'text/calendar; charset=utf-8; method=REQUEST',
      subject: 'Invitation: Briefing on the stocktaking meeting, Wednesday 8 November 2017, 15:00–16:30, Geneva time',
      organizer: { name: 'Secretariat, Working Group', email: 'gcm@example.org' },
    });
    expect(text).toBe(
      [
        'You are invited to this event of the Working Group on IOM-UN Relations.',
        '',
        'Briefing on the stocktaking meeting',
        'When: Wednesday 8 November 2017, 15:00–16:30, Geneva time',
        'Your time: Wednesday 8 November, 09:00–10:30, New York time',
        'Where: Room XIX, Geneva',
        '',
        'Agenda: the draft programme.',
        '',
        'Your calendar shows this invitation and can answer it; the answer goes to Secretariat, Working Group.',
        '',
      ].join('\n'),
    );
    expect(linesNamed(icalendar, '(?:METHOD|DTSTAMP|ATTENDEE|TRANSP)')).toEqual([
      'METHOD:REQUEST',
      'DTSTAMP:20171102T103000Z',
      'TRANSP:OPAQUE',
      'ATTENDEE;ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Mission":MAILTO:mission@example.int',
    ]);
  });

  test('keeps its identity through a new time, a postponement, a new date and the end', async () => {
    const moved = revise(briefing, { when: time('2017-11-09T15:00', null, 'Europe/Zurich') }, NOW);
    const postponed = revise(moved, { status: 'postponed' }, NOW);
    const back = revise(postponed, { status: 'confirmed', when: days('2017-11-20') }, NOW);
    const off = revise(back, { status: 'cancelled' }, NOW);
    const messages = [
      await invitationOf(briefing),
      await invitationOf(moved, { ...sent(briefing) }),
      await invitationOf(postponed, { ...sent(moved) }),
      await invitationOf(back, { ...sent(postponed) }),
      await invitationOf(off, { ...sent(back) }),
    ];
    const organizer = 'ORGANIZER;CN="Secretariat, Working Group":mailto:gcm@example.org';
    const zoned = 'DTSTART;TZID=Europe/Zurich:';
    const uid = 'UID:uid-briefing';
    // The first DTSTARTs of a message are those of the zone.
    const told = messages.map(({ icalendar }) =>
      linesNamed(icalendar.replace(/BEGIN:VTIMEZONE[^]*END:VTIMEZONE/u, ''), IDENTITY),
    );
    expect(told).toEqual([
      ['METHOD:REQUEST', uid, 'SEQUENCE:0', `${zoned}20171108T150000`, organizer, 'STATUS:CONFIRMED'],
      ['METHOD:REQUEST', uid, 'SEQUENCE:1', `${zoned}20171109T150000`, organizer, 'STATUS:CONFIRMED'],
      ['METHOD:CANCEL', uid, 'SEQUENCE:2', `${zoned}20171109T150000`, organizer, 'STATUS:CANCELLED'],
      ['METHOD:REQUEST', uid, 'SEQUENCE:3', 'DTSTART;VALUE=DATE:20171120', organizer, 'STATUS:CONFIRMED'],
      ['METHOD:CANCEL', uid, 'SEQUENCE:4', 'DTSTART;VALUE=DATE:20171120', organizer, 'STATUS:CANCELLED'],
    ]);
    expect(messages.map(({ subject }) => subject)).toEqual([
      'Invitation: Briefing on the stocktaking meeting, Wednesday 8 November 2017, 15:00–16:30, Geneva time',
      'Changed: Briefing on the stocktaking meeting, Thursday 9 November 2017, 15:00, Geneva time',
      'Postponed: Briefing on the stocktaking meeting, Thursday 9 November 2017, 15:00, Geneva time',
      'Changed: Briefing on the stocktaking meeting, Monday 20 November 2017, Geneva time',
      'Cancelled: Briefing on the stocktaking meeting, Monday 20 November 2017, Geneva time',
    ]);
  });

  test('is taken away from the day it was sent for when the day is open again', async () => {
    const open = revise(briefing, { when: { ...days('2017-12-04'), precision: 'week' } }, NOW);
    const { method, sequence, subject, icalendar } = await invitationOf(open, { ...sent(briefing) });
    expect({ method, sequence, subject }).toEqual({
      method: 'CANCEL',
      sequence: 1,
      subject: 'No longer on a certain day: Briefing on the stocktaking meeting',
    });
    expect(linesNamed(icalendar, '(?:DTEND|STATUS)')).toEqual([
      'DTEND;TZID=Europe/Zurich:20171108T163000',
      'STATUS:CANCELLED',
    ]);
  });

  test('ends for one person while the event is held: without a status (RFC 5546 §3.2.5)', async () => {
    const { method, icalendar, subject } = await invitationOf(briefing, { ...sent(briefing), isUninvited: true });
    expect([method, linesNamed(icalendar, 'STATUS')]).toEqual(['CANCEL', []]);
    expect(subject).toMatch(/^No longer invited: /u);
  });

  test('never carries a lower sequence than was sent, and keeps the organizer it began with', async () => {
    const organizer = { name: 'Former secretariat', email: 'former@example.org' };
    const message = await invitationOf(briefing, {
      previous: { sequence: 5, when: days('2017-11-01') },
      organizer,
    });
    expect([message.sequence, message.organizer]).toEqual([5, organizer]);
    expect(linesNamed(message.icalendar, '(?:SEQUENCE|ORGANIZER)')).toEqual([
      'SEQUENCE:5',
      'ORGANIZER;CN="Former secretariat":mailto:former@example.org',
    ]);
  });

  test.each([
    ['draft', { ...briefing, visibility: 'draft' as const }, {}],
    ['undated', { ...briefing, when: null }, {}],
    ['nothing-to-cancel', { ...briefing, status: 'cancelled' as const }, {}],
    ['nothing-to-cancel', briefing, { isUninvited: true }],
    ['no-organizer', briefing, { schedule: scheduleOf([briefing], { organizerEmail: null }) }],
    ['address', briefing, { attendees: [] }],
    ['address', briefing, { attendees: [{ email: 'a@example.org\r\nBcc: b@example.org' }] }],
  ])('is refused: %s', async (refusal, given, fields) => {
    expect(await createInvitation(requestOf(given, fields))).toEqual({ refusal });
  });

  test('has a subject of one line whatever the title holds', async () => {
    const { subject, text } = await invitationOf({ ...briefing, title: 'A\r\nBcc: evil@example.org\u0000' });
    expect(subject).toMatch(/^Invitation: A Bcc: evil@example\.org, Wednesday/u);
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

test.each([
  ['a@example.org', true],
  ['mission+gcm@example.int', true],
  ['jörg@bücher.example', true],
  ['a@localhost', true],
  ['A <a@example.org>', false],
  ['"a b"@example.org', false],
  ['a@example.org,b@example.org', false],
  ['a@example.org\n', false],
  ['a@b@c', false],
  ['@example.org', false],
  [`${'a'.repeat(250)}@x.org`, false],
])('%s is an address: %s', (text, isOne) => {
  expect(isEmailAddress(text)).toBe(isOne);
});

describe('an answer', () => {
  const reply = (...lines: readonly string[]) =>
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Example//EN',
      'METHOD:REPLY',
      'BEGIN:VEVENT',
      ...lines,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n');
  const usual = [
    'UID:uid-briefing',
    'SEQUENCE:2',
    'DTSTAMP:20171103T120000Z',
    'DTSTART:20171108T140000Z',
    'ORGANIZER:mailto:gcm@example.org',
  ];

  test.each([
    ['ACCEPTED', 'accepted'],
    ['DECLINED', 'declined'],
    ['tentative', 'tentative'],
  ])('is read: %s', async (written, partstat) => {
    const answer = `ATTENDEE;CN="Doe, Jane";PARTSTAT=${written}:MAILTO:Mission%2Bgcm@Example.int`;
    expect(await readReply(reply(...usual, answer, 'COMMENT:With a colleague\\, if I may'))).toEqual({
      reply: {
        uid: 'uid-briefing',
        attendee: 'mission+gcm@example.int',
        partstat,
        sequence: 2,
        at: '2017-11-03T12:00:00.000Z',
        comment: 'With a colleague, if I may',
      },
    });
  });

  test('to what the bot sent, with the bot’s own file as a calendar returns it', async () => {
    const { icalendar } = await invitationOf(briefing);
    const returned = icalendar.replace('METHOD:REQUEST', 'METHOD:REPLY').replace('NEEDS-ACTION', 'ACCEPTED');
    expect(await readReply(`\ufeff${returned}`)).toMatchObject({
      reply: { uid: 'uid-briefing', attendee: 'mission@example.int', partstat: 'accepted', sequence: 0 },
    });
  });

  const accepted = 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org';
  test.each([
    ['unreadable', 'no calendar'],
    ['unreadable', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT'],
    ['unreadable', ''],
    ['not-a-reply', reply(...usual, accepted).replace('REPLY', 'REQUEST')],
    ['not-a-reply', reply(...usual, accepted).replace('METHOD:REPLY\r\n', '')],
    ['event', reply(...usual.slice(1), accepted)],
    ['event', reply(...usual, accepted, 'END:VEVENT', 'BEGIN:VEVENT', 'UID:other', accepted)],
    ['attendee', reply(...usual)],
    ['attendee', reply(...usual, accepted, accepted)],
    ['attendee', reply(...usual, 'ATTENDEE;PARTSTAT=ACCEPTED:tel:+41')],
    ['attendee', reply(...usual, 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:a%0D%0ABcc@example.org')],
    ['attendee', reply(...usual, 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:%E0%A4%A@example.org')],
    ['answer', reply(...usual, 'ATTENDEE:mailto:a@example.org')],
    ['answer', reply(...usual, 'ATTENDEE;PARTSTAT=PERHAPS:mailto:a@example.org')],
    ['too-large', reply(...usual, accepted, `X-FILL:${'x'.repeat(300_000)}`)],
  ])('is none: %s', async (problem, text) => {
    expect(await readReply(text)).toEqual({ problem });
  });
});
