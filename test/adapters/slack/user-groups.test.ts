import { describe, expect, test } from 'vitest';
import { ADMIN, DELEGATE, TEAM, workspace, type Workspace } from './workspace.ts';

const GROUP = 'S01';

/** A workspace in which the members of a user group are editors. */
async function withEditors(): Promise<Workspace> {
  const place = await workspace();
  place.slack.userGroups.set(GROUP, { handle: 'editors', users: [DELEGATE] });
  await place.command(`role grant <!subteam^${GROUP}|@editors> editor`, { user_id: ADMIN });
  return place;
}

const said = async (place: Workspace, line: string, user = DELEGATE) =>
  JSON.stringify((await place.command(line, { user_id: user })).body);
const MAY = 'Publish';
const MAY_NOT = 'is for editors of this group';
const LINE = 'move unece to 7 November';

describe('the role of a user group', () => {
  test.each(['role', '—group gcm role', 'please role'])('is given by “%s grant …”', async (begun) => {
    const place = await workspace();
    const line = `${begun} grant <!subteam^${GROUP}|@editors> editor`;
    expect(await said(place, line, ADMIN)).toContain('editors now has the role of editor in this group.');
    expect(await said(place, 'role list', ADMIN)).toContain('everybody of editors: editor');
  });

  test('is given by mentioning the group, and is listed under its name', async () => {
    const place = await workspace();
    const line = `role grant <!subteam^${GROUP}|@editors> editor`;
    expect(await said(place, line, ADMIN)).toContain('editors now has the role of editor in this group.');
    expect(await said(place, 'role list', ADMIN)).toContain('everybody of editors: editor');
    expect(await said(place, `role revoke <!subteam^${GROUP}|@editors>`, ADMIN)).toContain('may only look now');
    expect(await said(place, 'role list', ADMIN)).not.toContain('editors');
  });

  test('is listed under its name where Slack mentions the group without one', async () => {
    const place = await workspace();
    place.slack.userGroups.set(GROUP, { handle: 'editors', users: [] });
    await place.direct(`role grant <!subteam^${GROUP}> editor`, { user: ADMIN });
    await place.until(() => place.slack.messages.at(-1));
    expect(place.slack.messages.at(-1)?.text).toContain('editors now has the role of editor');
  });

  test('is that of its members, and of nobody else', async () => {
    const place = await withEditors();
    expect(await said(place, LINE)).toContain(MAY);
    expect(await said(place, LINE, 'U02')).toContain(MAY_NOT);
  });

  test('is asked of Slack once a minute, however many ask', async () => {
    const place = await withEditors();
    await Promise.all([said(place, LINE), said(place, LINE), said(place, LINE, 'U02')]);
    await place.timer.pass(59_000);
    expect(await said(place, LINE)).toContain(MAY);
    expect(place.slack.callsOf('usergroups.users.list')).toHaveLength(1);
  });

  test('ends within a minute of leaving the group', async () => {
    const place = await withEditors();
    expect(await said(place, LINE)).toContain(MAY);
    place.slack.userGroups.set(GROUP, { handle: 'editors', users: [] });
    await place.timer.pass(60_000);
    expect(await said(place, LINE)).toContain(MAY_NOT);
  });

  test.each([
    ['refuses to say', { error: 'missing_scope' } as const],
    ['breaks the connection', { breaks: 'before' } as const],
    ['asks to be left alone', { status: 429, retryAfter: 30 } as const],
  ])('gives no right while Slack %s, and gives it when it is asked again', async (_, trouble) => {
    const place = await withEditors();
    place.slack.trouble('usergroups.users.list', trouble);
    expect(await said(place, LINE)).toContain(MAY_NOT);
    expect(await said(place, LINE)).toContain(MAY_NOT);
    expect(place.slack.callsOf('usergroups.users.list')).toHaveLength(1);
    await place.timer.pass(10_000);
    expect(await said(place, LINE)).toContain(MAY);
  });

  test('does not keep anybody waiting: whoever Slack does not confirm in time is told that they may not', async () => {
    const place = await withEditors();
    place.slack.trouble('usergroups.users.list', { holds: true });
    const asked = place.command(LINE);
    await place.until(() => place.slack.callsOf('usergroups.users.list').length > 0);
    await place.timer.pass(1000);
    expect(JSON.stringify((await asked).body)).toContain('Still looking');
    await place.timer.pass(500);
    const { body } = await place.until(() => place.slack.responses.at(-1));
    expect(JSON.stringify(body)).toContain(MAY_NOT);
  });
});

describe('the members of a user group', () => {
  const team = { platform: 'slack', tenant: TEAM, id: GROUP };

  test('are named', async () => {
    const place = await withEditors();
    expect(await place.adapter.members.membersOf(team)).toEqual([DELEGATE]);
    place.slack.userGroups.set(GROUP, { handle: 'editors', users: [DELEGATE, 'U02'] });
    await place.timer.pass(60_000);
    expect(await place.adapter.members.membersOf(team)).toEqual([DELEGATE, 'U02']);
  });

  test('are unknown while Slack does not say, which is not the same as none', async () => {
    const place = await withEditors();
    place.slack.trouble('usergroups.users.list', { error: 'missing_scope' });
    expect(await place.adapter.members.membersOf(team)).toBeNull();
    place.slack.userGroups.set(GROUP, { handle: 'editors', users: [] });
    await place.timer.pass(10_000);
    expect(await place.adapter.members.membersOf(team)).toEqual([]);
  });
});

describe('the role of a person', () => {
  test('who never spoke to the bot is listed under the name that Slack has of them', async () => {
    const place = await workspace();
    place.slack.users.set('U05', { id: 'U05', name: 'Grace' });
    await place.direct('role grant <@U05> editor', { user: ADMIN });
    await place.until(() => place.slack.messages.at(-1));
    await place.adapter.settled();
    expect(await said(place, 'role list', ADMIN)).toContain('Grace: editor');
    expect(await said(place, LINE, DELEGATE)).toContain('These may: Grace');
  });
});
