import { action, card, heading, muted, offer, text, type Card } from '../src/cards/card.ts';
import { refused, type Answer } from '../src/engine/answer.ts';
import { named, optional, zone as zoneArgument } from '../src/engine/argument.ts';
import { defineCommand, type Context } from '../src/engine/command.ts';
import type { Given } from '../src/engine/parse.ts';
import { compareLeadTimes, effectiveLeadTime, leadTimeText } from '../src/reminders/lead-time.ts';
import { OFFERED_LEAD_TIMES, wish, type Wish } from '../src/reminders/lead-argument.ts';
import { clockTime, into, quietHours, yesOrNo } from '../src/reminders/rule-arguments.ts';
import { blankSubscription, includes, postedInto, saveMain, withRules } from '../src/reminders/subscribe.ts';
import { SUBSCRIPTION_LIMITS, type Rules, type Subscription } from '../src/reminders/subscription.ts';
import {
  eventsInWords,
  leadTimesInWords,
  nextPosts,
  postsInWords,
  threadInWords,
} from '../src/reminders/subscription-cards.ts';
import { answerTold, toldByForm, type Told } from '../src/reminders/told.ts';
import type { ScheduledEvent } from '../src/schedule/event.ts';
import { isOff } from '../src/schedule/dated.ts';
import { spanOf } from '../src/schedule/when.ts';

/** How far the posts of the answer are looked for: as far as the longest lead time reaches, and a year. */
const PREVIEW = { days: 730, limit: 3 } as const;

export const remind = defineCommand({
  name: 'remind',
  aliases: ['subscribe'],
  summary: 'remind.summary',
  access: 'viewer',
  args: {
    at: clockTime(),
    quiet: quietHours(),
    weekends: yesOrNo(),
    changes: yesOrNo(),
    zone: named(optional(zoneArgument())),
    into: into(),
    what: wish(),
  },
  examples: [
    'remind 7d, 1d, 1h',
    'remind 1d regional consultations --at 08:00 --quiet 19:00-08:00',
    'remind me 2h before stocktaking',
  ],
  isEveryday: true,
  isForConversation: true,
  fill: filledIn,
  run(context, { what, at, quiet, weekends, changes, zone, into }) {
    return answerTold(context, { isForMe: what.isForMe, isChange: true }, async (told) => {
      const { language, reader } = context;
      const options = (before: Subscription): Partial<Rules> => ({
        ...(at !== null && { announceAt: at }),
        quiet: {
          hours: quiet === undefined ? before.quiet.hours : quiet,
          weekends: weekends === null ? before.quiet.weekends : !weekends,
        },
        ...(changes !== null && { changes }),
        ...(zone !== null && { zone: zone === 'auto' ? reader.zone : zone }),
      });
      const wanted =
        what.event === null ? ofAll(what, told, options, context) : ofOne(what, what.event, told, options, context);
      if ('outcome' in wanted) return wanted;
      const after = postedInto(wanted, into ?? what.into, told);
      if (after === null) return refused(language.t('remind.no-thread'));
      if (after.only === null) await saveMain(after, told, context);
      else await context.store.subscriptions.save(after);
      return savedCard(after, told, language.t(told.channel === null ? 'remind.done' : 'remind.done-channel'), context);
    });
  },
});

/** The form opens with what is told already, or with what most people want. */
async function filledIn(context: Context, given: Given): Promise<Given> {
  const told = await toldByForm(context);
  const { leadTimes, filter, announceAt, quiet, changes, zone, target } = told.main ?? blankSubscription(told, context);
  const leads = leadTimes.length === 0 ? OFFERED_LEAD_TIMES : leadTimes.map(leadTimeText);
  const me = told.isElsewhere ? 'me ' : '';
  return {
    at: announceAt,
    quiet: quiet.hours ? `${quiet.hours.from}-${quiet.hours.to}` : 'no',
    weekends: quiet.weekends ? 'no' : 'yes',
    changes: changes || told.main === null ? 'yes' : 'no',
    zone,
    ...(target.kind === 'conversation' && { into: target.thread === null ? 'channel' : 'thread' }),
    what: `${me}${leads.join(', ')} ${filter.typed}`.trim(),
    ...given,
  };
}

type Options = (before: Subscription) => Partial<Rules>;

function ofAll({ leadTimes, filter }: Wish, told: Told, options: Options, context: Context): Subscription {
  const before = told.main ?? blankSubscription(told, context);
  // Whoever had asked for an overview only was told of changes there.
  const isFirst = before.leadTimes.length === 0;
  const rules = { leadTimes: [...leadTimes], filter, ...(isFirst && { changes: true }), ...options(before) };
  return withRules(before, rules);
}

/** A subscription to one event, beside what is told of the group as a whole. */
function ofOne(
  { leadTimes }: Wish,
  event: ScheduledEvent,
  told: Told,
  options: Options,
  context: Context,
): Subscription | Answer {
  const { language, now } = context;
  const { title, status, when } = event;
  if (isOff(status)) return refused(language.t('remind.off', { title }));
  if (when !== null && spanOf(when).start <= now.epochMilliseconds)
    return refused(language.t('remind.begun', { title }));
  const covering = includes(told.main, event, context) ? told.main : null;
  const known = new Set((covering?.leadTimes ?? []).map((lead) => effectiveLeadTime(when, lead)));
  const wanted = leadTimes.filter((lead) => !known.has(effectiveLeadTime(when, lead)));
  const single = told.singles.find(({ only }) => only?.includes(event.uid));
  if (covering && wanted.length === 0) return alreadyTold(covering, told, context);
  if (!single && told.singles.length >= SUBSCRIPTION_LIMITS.only) {
    return refused(language.t('remind.too-many-events', { max: SUBSCRIPTION_LIMITS.only }));
  }
  const before = single ?? { ...blankSubscription(told, context), changes: covering?.changes !== true };
  const all = [...before.leadTimes, ...wanted].sort((a, b) => compareLeadTimes(b, a));
  const distinct = [...new Map(all.map((lead) => [leadTimeText(lead), lead])).values()];
  if (distinct.length > SUBSCRIPTION_LIMITS.leadTimes) {
    return refused(language.t('remind.too-many', { max: SUBSCRIPTION_LIMITS.leadTimes }));
  }
  const rules = { leadTimes: distinct, only: [event.uid], ...options(before) };
  const after = withRules(before, rules);
  const isLate = when !== null && event.visibility === 'published' && nextPosts([after], PREVIEW, context).length === 0;
  const times = leadTimesInWords(after.leadTimes, language);
  return isLate ? refused(language.t('remind.too-late', { title, times })) : after;
}

function alreadyTold(main: Subscription, { channel }: Told, context: Context): Answer {
  const { language } = context;
  const known = card(
    null,
    text(language.t('remind.already', { times: leadTimesInWords(main.leadTimes, language) })),
    ...offer(action(language.t('remind.list'), channel === null ? 'reminders me' : 'reminders')),
  );
  return { outcome: 'answered', card: known };
}

function savedCard(saved: Subscription, told: Told, title: string, context: Context): Card {
  const { language } = context;
  const me = told.channel === null ? ' me' : '';
  const times = leadTimesInWords(saved.leadTimes, language);
  const thread = threadInWords(saved, told, language);
  const isDirect = told.channel === null && context.reader.actor.platform !== 'console';
  return {
    ...card(
      title,
      text(language.t('remind.what', { events: eventsInWords(saved, context), times })),
      ...(saved.changes ? [text(language.t('remind.changes'))] : []),
      ...(thread === null ? [] : [text(thread)]),
      ...(isDirect ? [muted(language.t('remind.direct'))] : []),
      heading(language.t('remind.next')),
      ...postsInWords([saved], PREVIEW, context),
      ...offer(
        action(language.t('remind.list'), `reminders${me}`),
        action(language.t('remind.undo'), `unsubscribe${me} --id ${saved.id}`),
      ),
    ),
    tone: 'success',
  };
}
