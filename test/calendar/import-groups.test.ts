import { expect, test } from 'vitest';
import { house, type House } from '../support/house.ts';

const calendar = (...summaries: readonly string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Somebody//Calendar//EN',
    ...summaries.flatMap((summary, index) => [
      'BEGIN:VEVENT',
      `UID:shared-${index}@example.org`,
      'DTSTAMP:20171001T080000Z',
      `SUMMARY:${summary}`,
      'DTSTART;VALUE=DATE:20171211',
      ...(index === 0 ? [] : ['RELATED-TO:shared-0@example.org']),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

async function twoGroups() {
  const rooms = await house({ sample: false });
  await rooms.say('group create climate name:"Climate Mobility" --yes');
  const importing = async (file: string, slug: string) => {
    const line = `import a.ics --group ${slug} --yes`;
    return (await rooms.say(line, { files: { 'a.ics': file } })).outcome;
  };
  return { ...rooms, importing };
}

async function eventsOf({ store }: House, slug: string) {
  const group = (await store.groups()).find((each) => each.slug === slug);
  const { events } = await store.load(group?.id ?? '');
  return events.toSorted((a, b) => a.title.localeCompare(b.title));
}

test('two groups import the same calendar, and each has entries of its own', async () => {
  const rooms = await twoGroups();
  for (const slug of ['gcm', 'climate']) {
    expect(await rooms.importing(calendar('A briefing', 'Part of it'), slug)).toBe('answered');
  }
  const [ours, theirs] = [await eventsOf(rooms, 'gcm'), await eventsOf(rooms, 'climate')];
  expect(ours.map(({ uid }) => uid)).toEqual(['shared-0@example.org', 'shared-1@example.org']);
  expect(theirs.map(({ title, uid, parent }) => [title, /^[0-9a-f]{32}$/u.test(uid), parent])).toEqual([
    ['A briefing', true, null],
    ['Part of it', true, theirs[0]?.uid],
  ]);
});

test('the second of them finds its entries again, changes them, and changes nothing of the first', async () => {
  const rooms = await twoGroups();
  for (const slug of ['gcm', 'climate', 'climate']) await rooms.importing(calendar('A briefing', 'Part of it'), slug);
  const uids = (await eventsOf(rooms, 'climate')).map(({ uid }) => uid);
  expect(uids).toHaveLength(2);
  await rooms.importing(calendar('A longer briefing', 'Part of it'), 'climate');
  const theirs = await eventsOf(rooms, 'climate');
  expect(theirs.map(({ title, uid }) => [title, uid])).toEqual([
    ['A longer briefing', uids[0]],
    ['Part of it', uids[1]],
  ]);
  expect((await eventsOf(rooms, 'gcm')).map(({ title }) => title)).toEqual(['A briefing', 'Part of it']);
});

test('a cancellation of the sender reaches both', async () => {
  const rooms = await twoGroups();
  for (const slug of ['gcm', 'climate']) await rooms.importing(calendar('A briefing'), slug);
  const end = calendar('A briefing').replace('BEGIN:VEVENT', 'METHOD:CANCEL\r\nBEGIN:VEVENT');
  for (const slug of ['gcm', 'climate']) await rooms.importing(end, slug);
  for (const slug of ['gcm', 'climate']) {
    expect((await eventsOf(rooms, slug)).map(({ status }) => status)).toEqual(['cancelled']);
  }
});
