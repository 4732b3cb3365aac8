import { noCalendarService, type CalendarService } from '../calendar/service.ts';
import type { Clock } from '../clock.ts';
import { BotError } from '../errors.ts';
import type { IdentitySource } from '../identity.ts';
import { ledBy, type Language } from '../language/language.ts';
import type { Log } from '../log.ts';
import type { Actor, Identity, Member, Store } from '../ports.ts';
import type { WorkingGroup } from '../schedule/event.ts';
import { mayAct, type Role } from './access.ts';
import { answer } from './answer-line.ts';
import type { Answer, Session } from './answer.ts';
import { createAnswers } from './answers.ts';
import type { AnyCommand, Message, Place, Reader, Surroundings } from './command.ts';
import { failureAnswer } from './failure-reply.ts';
import { inGroup, takeGroup } from './in-group.ts';
import type { Given } from './parse.ts';
import { createRegistry, type Registry } from './registry.ts';
import { createRoles, type IsInTeam } from './roles.ts';
import { createSchedules, type Schedules } from './schedules.ts';

/** What the bot is made of. */
export interface BotParts {
  readonly store: Store;
  /** Shared with whoever else of the house reads schedules; without it the bot loads its own. */
  readonly schedules?: Schedules;
  readonly clock: Clock;
  readonly identity: IdentitySource;
  /** In the order in which help lists them. */
  readonly commands: readonly AnyCommand[];
  /** The first one is spoken when nobody chose another. */
  readonly languages: readonly [Language, ...Language[]];
  readonly log: Log;
  /** What the settings let somebody do in a group; what the store grants them comes on top. */
  readonly roleOf: (actor: Actor, group: WorkingGroup) => Role | Promise<Role>;
  /** The administrators whom the settings name, for whoever looks for one. */
  readonly firstAdmins?: readonly Identity[];
  /** Who belongs to a Slack user group or a Teams team; without it, roles of teams give nobody a right. */
  readonly isInTeam?: IsInTeam;
  /** Without it calendars do not reach the bot, and no invitation goes out by mail. */
  readonly calendars?: CalendarService;
}

/** Something that somebody said to the bot. */
export interface Request {
  readonly actor: Actor;
  readonly input: Input;
  /** Where it was said: a linked conversation speaks of its own working group. */
  readonly conversation?: Place;
  /** What the platform knows of the person; what they chose for themselves comes first. */
  readonly zone?: string | null;
  /** The zone is what the person wants for this one request, whatever they chose before. */
  readonly isZoneForced?: boolean;
  readonly language?: string | null;
  /** What a line to the bot begins with where the answer is read; nothing, when left out. */
  readonly lead?: string;
  /** Everybody in the conversation reads the answer: it speaks of no draft, whoever asks. */
  readonly isReadByAll?: boolean;
  /** Set by an adapter whose person is known to be allowed: the terminal's own user. */
  readonly role?: Role;
  readonly surroundings?: Partial<Surroundings>;
}

/** A line as typed, a form as filled in, or a message that is to become an event. */
export type Input =
  | { readonly type: 'line'; readonly line: string; readonly isConfirmed?: boolean }
  | { readonly type: 'form'; readonly command: string; readonly given: Given; readonly isConfirmed?: boolean }
  | ({ readonly type: 'message' } & Message);

/** An answer, and the language it is in. */
export interface Reply extends Answer {
  readonly language: Language;
}

/** The bot, whatever platform it is asked through. */
export interface Bot {
  readonly registry: Registry;
  /** All that it speaks. */
  readonly languages: readonly Language[];
  /** Answers. Never rejects: what goes wrong is in the reply. */
  handle(request: Request): Promise<Reply>;
  /** How a line that is being typed can go on: the completions of its last word, and that word. */
  complete(line: string, person: Omit<Request, 'input'>): Promise<readonly [readonly string[], string]>;
}

/** Puts the bot together. */
export function createBot(parts: BotParts): Bot {
  const registry = createRegistry(parts.commands);
  const { schedules = createSchedules(parts.store) } = parts;
  const roles = createRoles(parts);
  const answers = createAnswers();

  const led = new Map<string, Language>();
  const languageFor = (tag: string | null | undefined, lead = ''): Language => {
    const spoken =
      parts.languages.find((language) => tag === language.tag || tag?.startsWith(`${language.tag}-`)) ??
      parts.languages[0];
    if (lead === '') return spoken;
    const key = `${spoken.tag} ${lead}`;
    const known = led.get(key) ?? ledBy(spoken, lead);
    led.set(key, known);
    return known;
  };

  const open = async (request: Omit<Request, 'input'>, slug: string | null = null): Promise<Session> => {
    const [member, groups, conversation] = await Promise.all([
      parts.store.member(request.actor),
      parts.store.groups(),
      request.conversation ? parts.store.conversation(request.conversation) : null,
    ]);
    const named = groups.find((candidate) => candidate.slug === slug);
    if (slug !== null && !named) throw new BotError('no-such-group', { slug, groups: slugsOf(groups) });
    const group = named ?? groups.find(({ id }) => id === conversation?.groupId) ?? groups[0];
    if (!group) throw new Error('the store has no working group');
    const schedule = await schedules.current(group);
    const roleIn = async (other: WorkingGroup) => request.role ?? (await roles.of(request.actor, other));
    const role = await roleIn(group);
    return {
      present: parts.clock.now(),
      group: schedule.group,
      groups,
      conversation: request.conversation ?? null,
      schedule: mayAct(role, 'editor') && !request.isReadByAll ? schedule : schedule.published,
      reader: { actor: request.actor, role, ...zoneOf(request, member, schedule.group) },
      language: languageFor(
        member?.language ?? request.language ?? member?.platformLanguage ?? group.language,
        request.lead,
      ),
      store: parts.store,
      identity: parts.identity,
      commands: registry,
      surroundings: {
        openFile: (name) => Promise.reject(new BotError('not-found', { name })),
        progress: () => undefined,
        ...request.surroundings,
      },
      current: async () => schedules.current({ id: group.id, revision: await parts.store.revision(group.id) }),
      roleIn,
      firstAdmins: parts.firstAdmins ?? [],
      calendars: parts.calendars ?? noCalendarService,
    };
  };

  return {
    registry,
    languages: parts.languages,
    async complete(line, person) {
      const { schedule, reader } = await open(person);
      const { completions } = await import('./complete.ts');
      return completions(line, registry, schedule, reader.role);
    },
    async handle(request) {
      let language = languageFor(request.language, request.lead);
      try {
        const { slug, input } = takeGroup(request.input);
        const session = await open(request, slug);
        language = session.language;
        const work = async (): Promise<Reply> => {
          const reply = await answer(session, input);
          return { ...reply, card: slug === null ? reply.card : inGroup(reply.card, slug), language: session.language };
        };
        return await (request.input.type === 'line' ? answers.to(request.input.line, session, work) : work());
      } catch (error) {
        // Only the terminal's own user comes with a role.
        return { ...failureAnswer({ ...parts, language }, error, request.role !== undefined), language };
      }
    },
  };
}

function slugsOf(groups: readonly WorkingGroup[]): string {
  return groups.map(({ slug }) => slug).join(', ');
}

function zoneOf(
  { zone, isZoneForced }: Omit<Request, 'input'>,
  member: Member | null,
  group: WorkingGroup,
): Pick<Reader, 'zone' | 'zoneFrom'> {
  if (member?.zone && !isZoneForced) return { zone: member.zone, zoneFrom: 'person' };
  const platformZone = zone ?? member?.platformZone;
  return platformZone ? { zone: platformZone, zoneFrom: 'platform' } : { zone: group.zone, zoneFrom: 'group' };
}
