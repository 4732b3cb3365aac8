import { describe, expect, test } from 'vitest';
import { personIn } from './person.ts';
import { ADMIN, BOT, CHANNEL, DELEGATE, inChannel, tenant, TENANT, words, type Tenant } from './tenant.ts';

const TEAM = '19:team@thread.tacv2';
const HERE = inChannel('1');

/** A tenant with a team that the delegate belongs to, and that may edit. */
async function withTeam(): Promise<Tenant> {
  const place = await tenant();
  place.connector.teams.set(TEAM, { name: 'Secretariat', members: [DELEGATE.aadObjectId] });
  await place.mention('role grant this team editor', { from: ADMIN });
  return place;
}

const refusedMove = 'is for editors of this group';

describe('a role for a team', () => {
  test('is given in one of its channels, and listed with its name', async () => {
    const place = await withTeam();
    const [group] = await place.house.store.groups();
    expect(await place.house.store.roles(group?.id ?? '')).toEqual([
      { kind: 'team', platform: 'teams', tenant: TENANT, id: TEAM, name: 'Secretariat', role: 'editor' },
    ]);
    expect((await personIn(place, ADMIN).say('role list')).text).toContain('Secretariat');
  });

  test('takes its name from the activity where it is there', async () => {
    const place = await tenant();
    const { channelData, ...channel } = HERE;
    const named = { ...(channelData as object), team: { id: TEAM, name: 'The Co-facilitators’ Office' } };
    await place.mention('role grant this team editor', { from: ADMIN, ...channel, channelData: named });
    const [group] = await place.house.store.groups();
    expect(await place.house.store.roles(group?.id ?? '')).toMatchObject([{ name: 'The Co-facilitators’ Office' }]);
  });

  test('is given in full anywhere', async () => {
    const place = await tenant();
    place.connector.teams.set(TEAM, { name: 'Secretariat', members: [DELEGATE.aadObjectId] });
    await personIn(place, ADMIN).say(`role grant team:teams:${TENANT}:${TEAM} editor`);
    expect((await personIn(place, DELEGATE).say('move unece to 7 November')).text).toContain('Tuesday 7 November 2017');
  });

  test('is that of its members, and of nobody else', async () => {
    const place = await withTeam();
    expect((await personIn(place, DELEGATE).say('move unece to 7 November')).text).toContain('Tuesday 7 November 2017');
    const other = personIn(place, { id: '29:other', aadObjectId: 'aad-other', name: 'Other' });
    expect((await other.say('move unece to 7 November')).text).toContain(refusedMove);
    await place.timer.pass(30_000);
    expect((await other.say('move unece to 7 November')).text).toContain(refusedMove);
    const asked = place.connector.calls.filter(({ path }) => path.endsWith('/members/aad-other'));
    expect(asked).toHaveLength(1);
  });

  test('ends with the membership, within a minute; until then Teams is asked once', async () => {
    const place = await withTeam();
    const person = personIn(place, DELEGATE);
    const asked = () => place.connector.calls.filter(({ path }) => path.includes('/members/')).length;
    await person.say('move unece to 7 November');
    await person.say('move unece to 8 November');
    expect(asked()).toBe(1);
    place.connector.teams.set(TEAM, { name: 'Secretariat', members: [] });
    await place.timer.pass(60_000);
    expect((await person.say('move unece to 9 November')).text).toContain(refusedMove);
    expect(asked()).toBe(2);
  });

  test.each([
    [{ status: 503 }],
    [{ status: 403, code: 'BotNotInConversationRoster' }],
    [{ breaks: 'before' as const }],
  ])('is nobody’s while Teams does not say who belongs to it, %j', async (trouble) => {
    const place = await withTeam();
    place.connector.trouble(trouble);
    const person = personIn(place, DELEGATE);
    expect((await person.say('move unece to 7 November')).text).toContain(refusedMove);
    await place.timer.pass(10_000);
    expect((await person.say('move unece to 7 November')).text).toContain('Tuesday 7 November 2017');
  });

  test('does not make anybody wait for Teams', async () => {
    const place = await withTeam();
    place.connector.stall();
    const said = personIn(place, DELEGATE).say('move unece to 7 November');
    await place.until(() => place.connector.calls.some(({ path }) => path.includes('/members/')));
    await place.timer.pass(1500);
    expect((await said).text).toContain(refusedMove);
  });

  test('leaves the conversations alone of which Teams says that somebody is not in them', async () => {
    const place = await tenant();
    await place.mention('next');
    await place.teams.settled();
    const text = '<at>GCM</at> role grant <at>Zoe</at> editor';
    const zoe = { type: 'mention', mentioned: { id: '29:zoe', name: 'Zoe' }, text: '<at>Zoe</at>' };
    const bot = { type: 'mention', mentioned: { id: BOT, name: 'GCM' }, text: '<at>GCM</at>' };
    await place.mention('', { text, entities: [bot, zoe], from: ADMIN });
    await place.teams.settled();
    expect(place.connector.calls.map(({ path }) => path)).toContain(`conversations/${CHANNEL}/members/29:zoe`);
    const known = await place.house.store.conversation({ platform: 'teams', tenant: TENANT, id: CHANNEL });
    expect(known).toMatchObject({ disconnected: null });
  });
});

describe('a mention of somebody', () => {
  test.each(['role', '--group gcm role', 'please role'])(
    'with a name of several words is one word: “%s …”',
    async (begun) => {
      const place = await tenant();
      place.connector.people.set('29:bea', 'aad-bea');
      const entities = [
        { type: 'mention', mentioned: { id: '29:bea', name: 'Bea "B" Two' }, text: '<at>Bea Two</at>' },
      ];
      await place.write(`${begun} grant <at>Bea Two</at> editor`, { from: ADMIN, entities });
      const [group] = await place.house.store.groups();
      expect(await place.house.store.roles(group?.id ?? '')).toMatchObject([{ id: 'aad-bea', name: 'Bea B Two' }]);
    },
  );

  test('is their name for a command that is about no person', async () => {
    const place = await tenant();
    const entities = [{ type: 'mention', mentioned: { id: '29:bea', name: 'Bea Two' }, text: '<at>Bea Two</at>' }];
    await place.write('find <at>Bea Two</at>', { entities });
    expect(words(place.connector.messages[0]?.card)).toContain('Bea Two');
    expect(words(place.connector.messages[0]?.card)).not.toContain('29:bea');
  });
});

describe('the members of a team', () => {
  const team = { platform: 'teams', tenant: TENANT, id: TEAM };

  test('are named by their ids in the directory, page by page', async () => {
    const place = await withTeam();
    const members = Array.from({ length: 1203 }, (_, at) => `aad-${at}`);
    place.connector.teams.set(TEAM, { name: 'Secretariat', members });
    expect(await place.teams.members.membersOf(team)).toEqual(members);
    expect(place.connector.calls.filter(({ path }) => path.endsWith('/pagedMembers'))).toHaveLength(3);
  });

  test('are unknown while Teams does not say, and none when the team is not there any more', async () => {
    const place = await withTeam();
    place.connector.trouble({ status: 503 });
    expect(await place.teams.members.membersOf(team)).toBeNull();
    place.connector.teams.delete(TEAM);
    await place.timer.pass(10_000);
    expect(await place.teams.members.membersOf(team)).toEqual([]);
  });
});
