import { action, card, code, list, offer, text, typed, type Card } from '../src/cards/card.ts';
import { isEmailAddress } from '../src/calendar/email-address.ts';
import { refused } from '../src/engine/answer.ts';
import { asWord, AUTOMATIC, editable, oneOf, optional, words, zone as zoneArgument } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import { handle } from '../src/engine/event-arguments.ts';
import { proposal } from '../src/engine/proposal.ts';
import { languages } from '../src/language/index.ts';
import type { WorkingGroup } from '../src/schedule/event.ts';
import { HANDLE, LIMITS } from '../src/schedule/limits.ts';
import { zoneName } from '../src/dates/zones.ts';

export const group = defineCommand({
  name: 'group',
  aliases: ['groups'],
  summary: 'group.summary',
  access: 'admin',
  args: {
    what: optional(oneOf(['list', 'create', 'set'])),
    slug: optional(asWord(handle())),
    name: editable(words({ maxLength: LIMITS.name })),
    zone: editable(zoneArgument()),
    language: editable(words({ maxLength: LIMITS.language })),
    organizer: editable(words({ maxLength: LIMITS.name })),
    email: editable(words({ maxLength: LIMITS.email })),
  },
  examples: [
    'group',
    'group create climate name:"Working Group on Climate Mobility" zone:Bonn',
    'group set organizer:"GCM secretariat" email:secretariat@example.org',
  ],
  run(context, { what, slug, ...said }) {
    const { language, group: before, groups } = context;
    if (what === null || what === 'list') return overview(context);
    const settings = settingsOf(said);
    const tag = settings.language;
    if (tag !== undefined && !languages.some((each) => each.tag === tag)) {
      const known = languages.map((each) => `${each.tag} (${each.name})`).join(', ');
      return refused(language.t('group.no-such-language', { tag, known }));
    }
    if (said.email != null && !isEmailAddress(said.email)) {
      return refused(language.t('group.no-address', { given: said.email }));
    }
    if (what === 'set') {
      const after = { ...before, ...settings, ...(slug !== null && { slug }) };
      const changed = Object.keys(after).some(
        (key) => after[key as keyof WorkingGroup] !== before[key as keyof WorkingGroup],
      );
      const title = language.t('group.set.title', { name: before.name });
      return proposal(title, changed ? [{ type: 'group', before, after }] : []);
    }
    if (slug === null || !HANDLE.test(slug)) return refused(language.t('group.slug-needed'));
    if (groups.some((other) => other.slug === slug)) return refused(language.t('group.taken', { slug }));
    return create(slug, settings, context);
  },
});

type Settings = Partial<Pick<WorkingGroup, 'name' | 'zone' | 'language' | 'organizerName' | 'organizerEmail'>>;

function settingsOf(
  said: Readonly<Record<'name' | 'zone' | 'language' | 'organizer' | 'email', string | null | undefined>>,
): Settings {
  return {
    ...(said.name != null && { name: said.name }),
    ...(said.zone != null && said.zone !== AUTOMATIC && { zone: said.zone }),
    ...(said.language != null && { language: said.language }),
    ...(said.organizer !== undefined && { organizerName: said.organizer }),
    ...(said.email !== undefined && { organizerEmail: said.email }),
  };
}

function overview({ language, groups, group: here }: Context): Card {
  const lines = groups.map((each) => [
    `${each.name} (`,
    code(each.slug),
    `), ${zoneName(each.zone, language)}${each.id === here.id ? ` — ${language.t('group.here')}` : ''}`,
  ]);
  return card(
    language.t('group.title'),
    list(lines),
    text(
      language.t('group.how'),
      ' ',
      typed(`next --group ${(groups.find(({ id }) => id !== here.id) ?? here).slug}`, language),
    ),
  );
}

async function create(slug: string, settings: Settings, context: Context) {
  const { language, identity, group: here, reader, present, store, current } = context;
  const created: WorkingGroup = {
    ...{ id: identity.uid(), slug, name: slug, zone: here.zone, language: here.language },
    ...{ organizerName: null, organizerEmail: null, revision: 0, changedAt: null },
    ...settings,
  };
  const { platform, tenant, user, name } = reader.actor;
  // Whoever creates a group administers it; a group without anybody could never be given to somebody.
  const founder = { kind: 'person', platform, tenant, id: user, name, role: 'admin' } as const;
  const { changeSchedule } = await import('../src/schedule/door.ts');
  const passage = await changeSchedule(
    {
      ...{ groupId: created.id, actor: reader.actor, action: 'group', at: present.toString() },
      writes: [
        { type: 'group', before: null, after: created },
        { type: 'role', before: null, after: founder },
      ],
      ...{ role: reader.role, access: 'admin' },
    },
    store,
    current,
  );
  if (passage.type === 'refused') return refused(language.t('group.wrong'));
  return {
    ...card(
      null,
      text(language.t('group.created', { name: created.name, slug })),
      ...offer(action(language.t('group.link-here'), `link ${slug}`)),
    ),
    tone: 'success' as const,
  };
}
