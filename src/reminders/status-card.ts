import { action, card, heading, list, muted, offer, text, type Card, type Field, type Inline } from '../cards/card.ts';
import { instantInWords } from '../dates/words.ts';
import type { Context } from '../engine/command.ts';
import type { Language, MessageKey } from '../language/language.ts';
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
    ...(late.length > 0 ? [heading(language.t('status.late')), list(await linesOf(late, context))] : []),
    ...(parked.length > 0 ? [heading(language.t('status.parked')), list(await linesOf(parked, context))] : []),
    muted(language.t('status.since')),
    ...offer(...(parked.length > 0 ? [action(language.t('retry.offer'), 'retry all')] : [])),
  );
}

/** The reason of a delivery in words; what the catalogue has no sentence for is said as it is. */
export function reasonInWords(state: 'skipped' | 'parked', reason: string | null, language: Language): string {
  const key = `reminder.${state}.${reason}`;
  return key in language.messages ? language.t(key as MessageKey) : (reason ?? '');
}

async function linesOf(
  deliveries: readonly DeliveryRecord[],
  context: Context,
): Promise<readonly (readonly Inline[])[]> {
  const { language } = context;
  const lines = await Promise.all(deliveries.slice(0, SHOWN).map((each) => lineOf(each, context)));
  const more = deliveries.length - SHOWN;
  return more > 0 ? [...lines, [language.t('list.more', { count: more })]] : lines;
}

async function lineOf(delivery: DeliveryRecord, context: Context): Promise<readonly Inline[]> {
  const { language, reader, schedule } = context;
  const { id, eventUid, plannedFor, state, reason, detail } = delivery;
  const event = eventUid === null ? undefined : schedule.byUid(eventUid);
  const when = instantInWords(new Date(plannedFor).toISOString(), reader.zone, language);
  const what = event?.title ?? kindInWords(delivery, language);
  const why = [state === 'parked' ? reasonInWords('parked', reason, language) : '', detail ?? ''].filter(Boolean);
  const words = { id, what, where: await placeOf(delivery, context), when, why: why.join(': ') };
  return [language.t(why.length > 0 ? 'status.line-why' : 'status.line', words)];
}

function kindInWords({ kind }: DeliveryRecord, language: Language): string {
  const key = `status.kind.${kind}`;
  return key in language.messages ? language.t(key as MessageKey) : kind;
}

async function placeOf({ target }: DeliveryRecord, { store }: Context): Promise<string> {
  const { platform, tenant, id } = target;
  const found =
    target.kind === 'conversation'
      ? await store.conversation({ platform, tenant, id })
      : await store.member({ platform, tenant, user: id });
  return found?.name ?? id;
}
