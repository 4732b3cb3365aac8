import { describe, expect, test } from 'vitest';
import { PUBLIC_URL } from '../../support/house.ts';
import { slowStore } from '../../support/slow-store.ts';
import { personIn } from './person.ts';
import { ADMIN, calendars, tenant, words, type Tenant, type TenantParts } from './tenant.ts';

const outside = { publicUrl: PUBLIC_URL };

/** A tenant whose bot is reached from outside; with a store, another process on the same. */
const reached = (parts: TenantParts = {}, of?: Tenant) =>
  tenant({
    ...parts,
    ...(of ? { between: () => of.house.store } : {}),
    settings: { ...outside, ...parts.settings },
  });

/** The path of the link to a file that a message carries. */
function pathIn(message: unknown): string {
  const found = /https:\/\/gcm\.example\.org(?<path>\/teams\/files\/[^"\\]+)/u.exec(words(message))?.groups?.path;
  if (found === undefined) throw new Error(`there is no link to a file in ${words(message)}`);
  return found;
}

const fetched = async (place: Tenant, path: string) => {
  const response = await fetch(place.url + path);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe('the link to a file', () => {
  test('brings it as a file to keep', async () => {
    const place = await reached();
    await place.write('export csv');
    const { status, headers, text } = await fetched(place, pathIn(place.connector.messages[0]?.card));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''gcm-2017-11-01.csv");
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(text).toContain('unescap');
  });

  test('is good in every process and after a restart, under an older key too', async () => {
    const place = await reached();
    await place.write('export csv');
    const path = pathIn(place.connector.messages[0]?.card);
    const other = await reached({ settings: { secretKeys: ['a new key', 'a key of the tests'] } }, place);
    expect((await fetched(other, path)).text).toContain('unescap');
  });

  test('is good for a week', async () => {
    const place = await reached();
    await place.write('export json');
    const path = pathIn(place.connector.messages[0]?.card);
    await place.timer.pass(7 * 86_400_000 - 1);
    expect((await fetched(place, path)).status).toBe(200);
    await place.timer.pass(1);
    const { status, text } = await fetched(place, path);
    expect([status, text]).toEqual([404, 'This file is no longer here. Ask the bot for it again.\n']);
  });

  test('brings what the person may see, and in a channel what everybody may', async () => {
    const place = await reached();
    const ada = personIn(place, ADMIN);
    await (await ada.say('add "Retreat in confidence" 20 November --draft')).press('Save draft');
    const own = await ada.say('export csv');
    expect((await fetched(place, pathIn(own.raw))).text).toContain('Retreat in confidence');
    await place.mention('export csv', { from: ADMIN });
    const { status, text } = await fetched(place, pathIn(place.connector.messages.at(-1)?.card));
    expect(status).toBe(200);
    expect(text).not.toContain('Retreat in confidence');
  });

  test('cannot be guessed or changed, nor made by somebody with another key', async () => {
    const place = await reached();
    const stranger = await reached({ settings: { secretKeys: ['another key'] } }, place);
    await stranger.write('export csv');
    const path = pathIn(stranger.connector.messages[0]?.card);
    for (const tried of [path, `${path.slice(0, 60)}x${path.slice(61)}`, '/teams/files/guess/gcm.csv']) {
      expect((await fetched(place, tried)).status).toBe(404);
    }
  });

  test('is not a dead one only because the store does not answer', async () => {
    const { between, fail } = slowStore();
    const place = await reached({ between });
    await place.write('export csv');
    fail();
    const { status, headers } = await fetched(place, pathIn(place.connector.messages[0]?.card));
    expect([status, headers.get('retry-after')]).toEqual([503, '60']);
  });

  test('of an event is the one that its calendar file has anyway', async () => {
    const place = await reached({ bot: { calendars } });
    await place.write('invite stocktaking');
    const card = words(place.connector.messages[0]?.card);
    expect(card).toContain(`${PUBLIC_URL}/events/stocktaking.ics?group=gcm`);
    expect(card).not.toContain('/teams/files/');
  });

  test('of what no line makes again is good in the process that has it', async () => {
    const place = await reached();
    const file = { type: 'file', name: 'notes.txt', mediaType: 'text/plain', content: 'Noted.' } as const;
    await place.write('next');
    const to = { platform: 'teams', tenant: 'tenant-1', id: 'a:direct', thread: null };
    expect(await place.teams.messenger.upload(to, file)).toMatchObject({ outcome: 'sent' });
    const path = pathIn(place.connector.messages.at(-1)?.card);
    expect((await fetched(place, path)).text).toBe('Noted.');
    expect((await fetched(await reached({}, place), path)).status).toBe(404);
    await place.timer.pass(86_400_000);
    expect((await fetched(place, path)).status).toBe(404);
  });
});
