import { describe, expect, test } from 'vitest';
import { createCalendarAddresses } from '../../../src/calendar/addresses.ts';
import { DELEGATE, TEAM, workspace } from './workspace.ts';

const addresses = createCalendarAddresses({
  publicUrl: 'https://gcm.example.org',
  signingKeys: ['a key of the tests'],
});
const calendars = { addresses, mailFrom: 'gcm@example.org' };

/** A workspace in which somebody with this address has been heard of already. */
async function knowing(email: string | null) {
  const place = await workspace({ bot: { calendars } });
  const known = { id: DELEGATE, name: 'Delegate One', tz: 'Africa/Nairobi', locale: 'en-GB' };
  place.slack.users.set(DELEGATE, { ...known, ...(email === null ? {} : { email }) });
  await place.command('next');
  await place.adapter.settled();
  const member = await place.house.store.member({ platform: 'slack', tenant: TEAM, user: DELEGATE });
  return { ...place, member };
}

describe('what Slack says of a person', () => {
  test('is kept with their address, to which “invite me” sends the invitation', async () => {
    const place = await knowing('Delegate@Example.org');
    expect(place.member).toMatchObject({
      name: 'Delegate One',
      platformZone: 'Africa/Nairobi',
      platformLanguage: 'en-GB',
      email: 'Delegate@Example.org',
    });
    const { body } = await place.command('invite me to stocktaking');
    expect(JSON.stringify(body)).toContain('delegate@example.org');
  });

  test('has no address without the scope for it, and “invite me” asks for one', async () => {
    const place = await knowing(null);
    expect(place.member?.email).toBeUndefined();
    const { body } = await place.command('invite me to stocktaking');
    expect(JSON.stringify(body)).toContain('address');
  });
});
