import { action, card, choice, code, list, muted, offer, text, type Card } from '../src/cards/card.ts';
import { refused, type Answer } from '../src/engine/answer.ts';
import { oneOf, optional } from '../src/engine/argument.ts';
import { ROLES } from '../src/engine/access.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { nameOfGrant } from '../src/engine/grant-name.ts';
import { who, type Who } from '../src/engine/person-argument.ts';
import { quote } from '../src/engine/tokenize.ts';
import type { RoleGrant, Write } from '../src/ports.ts';
import { fold } from '../src/schedule/filter.ts';

export const role = defineCommand({
  name: 'role',
  aliases: ['roles'],
  summary: 'role.summary',
  access: 'admin',
  args: {
    what: optional(oneOf(['list', 'grant', 'revoke'])),
    who: optional(who()),
    role: optional(oneOf(ROLES)),
  },
  examples: [
    'role list',
    'role grant ada editor',
    'role grant slack:T012:U012 admin',
    'role grant team:slack:T012:S012 editor',
  ],
  async run(context, { what, who, role }) {
    const { language } = context;
    if (what === null || what === 'list') return overview(context);
    if (who === null) return refused(language.t('role.who'));
    if (what === 'grant' && role === null) return refused(language.t('role.which', { roles: ROLES.join(', ') }));
    const subject = await subjectOf(who, context);
    if ('outcome' in subject) return subject;
    return change(subject, what === 'grant' && role !== 'viewer' ? role : null, context);
  },
});

type Subject = Omit<RoleGrant, 'role'>;

async function overview({ language, store, group, firstAdmins }: Context): Promise<Card> {
  const grants = await store.roles(group.id);
  const names = await Promise.all(grants.map((grant) => nameOfGrant(grant, store)));
  const lines = grants.map((grant, at) => [
    language.t(`role.line.${grant.kind}`, { name: names[at] ?? grant.id, role: language.t(`role.${grant.role}`) }),
    ' ',
    code(identityOf(grant)),
  ]);
  const first = firstAdmins.map((admin) => [
    language.t('role.first-admin'),
    ' ',
    code(identityOf({ ...admin, kind: 'person', id: admin.user })),
  ]);
  return card(
    language.t('role.title', { group: group.name }),
    ...(lines.length + first.length > 0 ? [list([...first, ...lines])] : [text(language.t('role.nobody'))]),
    muted(language.t('role.how')),
  );
}

function identityOf({ kind, platform, tenant, id }: Omit<Subject, 'name'>): string {
  return `${kind === 'team' ? 'team:' : ''}${platform}:${tenant}:${id}`;
}

/** Whom a name or a mention means, in the reader's own tenant unless it says another. */
async function subjectOf(who: Who, { reader, store, group, language }: Context): Promise<Subject | Answer> {
  const { platform, tenant } = reader.actor;
  if (who.type === 'identity') {
    const { kind, id } = who;
    const key = { platform: who.platform, tenant: who.tenant, user: id };
    const member = kind === 'person' ? await store.member(key) : null;
    return { kind, platform: who.platform, tenant: who.tenant, id, name: member?.name ?? null };
  }
  if (who.type === 'mention') {
    const member = who.kind === 'person' ? await store.member({ platform, tenant, user: who.id }) : null;
    return { kind: who.kind, platform, tenant, id: who.id, name: who.name ?? member?.name ?? null };
  }
  const wanted = fold(who.name);
  const granted = (await store.roles(group.id)).filter(
    ({ name, id }) => fold(name ?? id) === wanted || id === who.name,
  );
  const members = (await store.members(platform, tenant)).filter(
    ({ name, user }) => fold(name ?? '') === wanted || user === who.name,
  );
  const found = new Map<string, Subject>();
  for (const { kind, platform: on, tenant: of, id, name } of granted) {
    const subject = { kind, platform: on, tenant: of, id, name };
    found.set(identityOf(subject), subject);
  }
  for (const { user, name } of members) {
    const subject = { kind: 'person', platform, tenant, id: user, name } as const;
    found.set(identityOf(subject), subject);
  }
  const [only, ...others] = [...found.values()];
  if (only && others.length === 0) return only;
  if (!only) {
    // The terminal's people have no profile to be found by; everywhere else a name that nobody has is a slip.
    if (platform === 'console') return { kind: 'person', platform, tenant, id: who.name, name: who.name };
    return refused(language.t('role.unknown', { name: who.name }));
  }
  const choices = [...found].map(([identity, { name }]) =>
    action(`${name ?? ''} ${identity}`.trim(), `role grant ${quote(identity)}`),
  );
  return refused(language.t('role.several', { name: who.name }), choice(...choices));
}

async function change(subject: Subject, wanted: RoleGrant['role'] | null, context: Context): Promise<Card | Answer> {
  const { language, store, group, reader, present, current } = context;
  const name = subject.name ?? subject.id;
  const before = (await store.roles(group.id)).find((grant) => identityOf(grant) === identityOf(subject)) ?? null;
  const words = { name, role: wanted === null ? '' : language.t(`role.${wanted}`) };
  if ((before?.role ?? null) === wanted) {
    const sentence = wanted === null ? language.t('role.viewer-already', { name }) : language.t('role.same', words);
    return card(null, text(sentence));
  }
  const after = wanted === null ? null : { ...subject, role: wanted };
  const writes: readonly Write[] = [{ type: 'role', before, after }];
  const by = { groupId: group.id, actor: reader.actor, action: 'role', at: present.toString(), writes };
  const { changeSchedule } = await import('../src/schedule/door.ts');
  await changeSchedule({ ...by, role: reader.role, access: 'admin' }, store, current);
  const done = wanted === null ? language.t('role.viewer-now', { name }) : language.t('role.done', words);
  return {
    ...card(null, text(done), ...offer(action(language.t('role.all'), 'role list'))),
    tone: 'success',
  };
}
