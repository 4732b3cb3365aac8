import {
  action,
  card,
  heading,
  list,
  muted,
  offer,
  text,
  type Card,
  type Element,
  type Field,
  type Inline,
} from '../cards/card.ts';
import { instantInWords } from '../dates/words.ts';
import type { Context } from '../engine/command.ts';
import type { Language, MessageKey } from '../language/language.ts';
import type { Store } from '../ports.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { DeliveryCount, DeliveryRecord, DeliveryState } from './ledger.ts';

/** What has not been sent so long after its time is late, in milliseconds. */
export const LATE_MS = 10 * 60_000;

/** How the deliveries of a group stand. */
export interface Standing {
  readonly counts: readonly DeliveryCount[];
  /** What is due by now and late, the latest first. */
  readonly late: readonly DeliveryRecord[];
  /** What has to be looked at by a person, the latest first. */
  readonly parked: readonly DeliveryRecord[];
  /** Up to when everything is written down, epoch milliseconds; `null`: nothing ever was. */
  readonly plannedTo: number | null;
}

/** How many deliveries are named. */
const SHOWN = 10;

/** What is due, sent, late, skipped and parked, and why. */
export async function statusCard({ counts, late, parked, plannedTo }: Standing, context: Context): Promise<Card> {
  const { language, present, reader } = context;
  const now = present.epochMilliseconds;
  const total = (...states: readonly DeliveryState[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const field = (label: MessageKey, ...value: readonly Inline[]): Field => ({ label: language.t(label), value });
  const because = (state: 'skipped' | 'parked') =>
    counts
      .filter((each) => each.state === state && each.reason !== null)
      .map(({ reason, count }) =>
        language.t('status.because', { count, reason: reasonInWords(state, reason, language) }),
      );
  const named = (state: 'skipped' | 'parked'): Inline =>
    [total(state).toString(), ...(total(state) > 0 ? [because(state).join('; ')] : [])].join(': ');
  const isBehind = plannedTo === null || now - plannedTo > LATE_MS;
  const planned = plannedTo === null ? null : instantInWords(new Date(plannedTo).toISOString(), reader.zone, language);
  return card(
    language.t('status.title'),
    ...(isBehind
      ? [text(planned === null ? language.t('status.never') : language.t('status.behind', { time: planned }))]
      : []),
    {
      type: 'fields',
      fields: [
        field('status.due', total('due', 'claimed').toString()),
        field('status.sent', total('sent').toString()),
        field('status.late', late.length.toString()),
        field('status.skipped', named('skipped')),
        field('status.parked', named('parked')),
      ],
    },
    ...(await listsOf({ late, parked }, context)),
    muted(language.t('status.since')),
    ...retryOf(parked, language),
  );
}

/** What somebody has to look at, and nothing else. */
export async function troubleCard(troubled: Pick<Standing, 'late' | 'parked'>, context: Context): Promise<Card> {
  const { language } = context;
  const lists = await listsOf(troubled, context);
  if (lists.length === 0) return card(null, text(language.t('status.no-trouble')));
  return card(language.t('status.title'), ...lists, ...retryOf(troubled.parked, language));
}

async function listsOf(
  { late, parked }: Pick<Standing, 'late' | 'parked'>,
  context: Context,
): Promise<readonly Element[]> {
  const { language } = context;
  return [
    ...(late.length > 0 ? [heading(language.t('status.late')), list(await linesOf(late, context))] : []),
    ...(parked.length > 0 ? [heading(language.t('status.parked')), list(await linesOf(parked, context))] : []),
  ];
}

function retryOf(parked: readonly DeliveryRecord[], language: Language): readonly Element[] {
  return parked.length > 0 ? offer(action(language.t('retry.offer'), 'retry all')) : [];
}

/** The reason of a delivery in words; what the catalogue has no sentence for is said as it is. */
export function reasonInWords(state: 'skipped' | 'parked', reason: string | null, language: Language): string {
  const key = `reminder.${state}.${reason}`;
  return key in language.messages ? language.t(key as MessageKey) : (reason ?? '');
}

/** For whom deliveries are put into words. */
export interface LineContext {
  readonly language: Language;
  readonly reader: Pick<Context['reader'], 'zone'>;
  readonly schedule: Pick<Schedule, 'byUid'>;
  readonly store: Pick<Store, 'conversation' | 'member' | 'roles'>;
}

/**
 * The first deliveries in words, a line each, and how many there are beside them.
 *
 * @param beside how many there are beside the given ones
 */
export async function linesOf(
  deliveries: readonly DeliveryRecord[],
  context: LineContext,
  beside = 0,
): Promise<readonly (readonly Inline[])[]> {
  const { language } = context;
  const lines = await Promise.all(deliveries.slice(0, SHOWN).map((each) => lineOf(each, context)));
  const more = Math.max(0, deliveries.length - SHOWN) + beside;
  return more > 0 ? [...lines, [language.t('list.more', { count: more })]] : lines;
}

async function lineOf(delivery: DeliveryRecord, context: LineContext): Promise<readonly Inline[]> {
  const { language, reader, schedule } = context;
  const { id, eventUid, plannedFor } = delivery;
  const event = eventUid === null ? undefined : schedule.byUid(eventUid);
  const when = instantInWords(new Date(plannedFor).toISOString(), reader.zone, language);
  const what = language.t('status.what', {
    kind: kindInWords(delivery, language),
    title: event?.title ?? 'none',
    isEvent: event ? 'yes' : 'no',
  });
  const why = whyInWords(delivery, language);
  const words = { id, what, where: await placeOf(delivery, context), when, why };
  return [language.t(why === '' ? 'status.line' : 'status.line-why', words)];
}

/** Why a delivery was not sent, as far as anybody knows; what the platform says of it counts more than what we call it. */
function whyInWords({ state, reason, detail }: DeliveryRecord, language: Language): string {
  const said = (detail ?? '').replace(/\.$/u, '');
  if (state !== 'parked') return said;
  if (reason === 'never' && said !== '') return said;
  const ours = reasonInWords('parked', reason, language);
  return reason === 'gave-up' && said !== '' ? `${ours}: ${said}` : ours;
}

function kindInWords({ kind }: DeliveryRecord, language: Language): string {
  const key = `status.kind.${kind}`;
  return key in language.messages ? language.t(key as MessageKey) : kind;
}

async function placeOf({ target, groupId }: DeliveryRecord, { store }: LineContext): Promise<string> {
  const { platform, tenant, id } = target;
  const found =
    target.kind === 'conversation'
      ? await store.conversation({ platform, tenant, id })
      : target.kind === 'person'
        ? await store.member({ platform, tenant, user: id })
        : (await store.roles(groupId)).find((role) => role.kind === 'team' && role.id === id);
  return found?.name ?? id;
}
