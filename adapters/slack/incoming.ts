import { z } from 'zod';
import { quote } from '../../src/engine/tokenize.ts';

/** A request that Slack signed and that is nothing we know: answered with 400. */
export class MalformedRequest extends Error {
  constructor() {
    super('the request is no payload that Slack documents');
    this.name = 'MalformedRequest';
  }
}

const id = z.string().regex(/^[A-Z0-9]{1,32}$/u);
const optionalId = id.nullish();
const team = z.object({ id, enterprise_id: optionalId }).nullish();
const user = z.object({ id, team_id: optionalId, username: z.string().nullish(), name: z.string().nullish() });

const command = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: id,
  channel_id: id,
  team_id: optionalId,
  enterprise_id: optionalId,
});

const event = z.object({
  event: z.object({ type: z.string() }),
  team_id: optionalId,
  enterprise_id: optionalId,
});

const interaction = z.object({
  type: z.enum(['block_actions', 'view_submission', 'view_closed', 'block_suggestion', 'shortcut', 'message_action']),
  user,
  team,
});
const withActions = z.object({ type: z.literal('block_actions'), actions: z.array(z.object({})).min(1) });
const withView = z.object({
  type: z.enum(['view_submission', 'view_closed']),
  view: z.object({ id: z.string(), state: z.object({}).optional() }),
});

const withMessage = z.object({
  type: z.literal('message_action'),
  trigger_id: z.string(),
  channel: z.object({ id }),
  message: z.object({ ts: z.string().regex(/^\d{1,12}\.\d{1,6}$/u), text: z.string().nullish() }),
});

/** @throws MalformedRequest for what is none of the payloads that Slack sends */
export function checkPayload(body: unknown): void {
  if (!isPayload(body)) throw new MalformedRequest();
}

function isPayload(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  if ('event' in body) return event.safeParse(body).success;
  if ('command' in body) return command.safeParse(body).success;
  if (!interaction.safeParse(body).success) return false;
  const { type } = body as { type: string };
  if (type === 'block_actions') return withActions.safeParse(body).success;
  if (type === 'message_action') return withMessage.safeParse(body).success;
  return !type.startsWith('view_') || withView.safeParse(body).success;
}

/** Where something came from, as every kind of payload says it. */
export interface Origin {
  /** The workspace; for what belongs to a whole organisation, the organisation. */
  readonly tenant: string;
  readonly organisation: string | null;
}

/** The workspace that a payload speaks of. */
export function originOf(body: object): Origin {
  const given = body as {
    readonly team_id?: string | null;
    readonly enterprise_id?: string | null;
    readonly team?: { readonly id?: string; readonly enterprise_id?: string } | null;
    readonly enterprise?: { readonly id?: string } | null;
    readonly user?: { readonly team_id?: string } | string;
    readonly authorizations?: readonly { readonly team_id?: string | null; readonly enterprise_id?: string | null }[];
  };
  const [authorization] = given.authorizations ?? [];
  const userTeam = typeof given.user === 'object' ? given.user.team_id : undefined;
  const organisation =
    given.enterprise_id ?? given.enterprise?.id ?? given.team?.enterprise_id ?? authorization?.enterprise_id ?? null;
  const tenant = given.team_id ?? given.team?.id ?? authorization?.team_id ?? userTeam ?? organisation ?? '';
  return { tenant, organisation };
}

/** Somebody, or a user group, that is mentioned: `<@U012|ada>`, `<!subteam^S012|@editors>`, with or without a name. */
const MENTION = /^(?:@|!subteam\^)/u;

/**
 * What somebody typed, without Slack's markup: mentions of the bot go, links and channels become their words, and the
 * three escaped characters themselves again (https://docs.slack.dev/messaging/formatting-message-text).
 *
 * @param bot the bot's own user id; `null` while it is not known: then the first mention is taken to be the bot
 * @param keepsMentions whether people and user groups stay as they are mentioned, each as one word, and not as a name
 */
export function typedText(text: string, bot: string | null = null, keepsMentions = false): string {
  const own = bot === null ? /^\s*<@[A-Z0-9]+(?:\|[^>]*)?>/u : new RegExp(`<@${bot}(?:\\|[^>]*)?>`, 'gu');
  return withoutMarkup(text.replace(own, ' '), (target, label) =>
    keepsMentions && MENTION.test(target) ? quote(`<${target}${label ? `|${label}` : ''}>`) : null,
  );
}

/** The words of a message that somebody wrote to others, with the addresses behind its links. */
export function messageText(text: string): string {
  return withoutMarkup(text, (target, label) =>
    /^https?:/u.test(target) && label && !isShortFor(label, target) ? `${label} (${target})` : null,
  );
}

function isShortFor(label: string, address: string): boolean {
  const short = (text: string) => text.replace(/^https?:\/\//u, '').replace(/\/$/u, '');
  return short(label) === short(address);
}

/** @param own what stands for something that is linked or mentioned, where that is not just its words; `null` elsewhere */
function withoutMarkup(text: string, own: (target: string, label: string | undefined) => string | null): string {
  return text
    .replace(/<(?<target>[^<>|]+)(?:\|(?<label>[^<>]*))?>/gu, (whole: string, target: string, label?: string) => {
      const kept = own(target, label);
      if (kept !== null) return kept;
      if (target.startsWith('#') || target.startsWith('@')) return `${target.slice(0, 1)}${label ?? target.slice(1)}`;
      if (target.startsWith('!')) return label ?? target.slice(1).split('^')[0] ?? '';
      return /^(?:https?|mailto|tel|webcal):/u.test(target) ? (label ?? target) : whole;
    })
    .replace(/&(?:amp|lt|gt);/gu, (entity) => ENTITIES[entity] ?? entity)
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
