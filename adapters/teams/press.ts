import { z } from 'zod';
import type { Reply, Request } from '../../src/engine/dispatch.ts';
import { formOf } from '../../src/engine/form.ts';
import type { Given } from '../../src/engine/parse.ts';
import { formIn } from './content.ts';
import { personOf, say, type Desk } from './desk.ts';
import type { Activity, Origin } from './incoming.ts';
import { readForm } from './render/form.ts';
import { LIMITS } from './render/limits.ts';

/** What a button says: a line, or the form that it belongs to. */
export type Press =
  | { readonly type: 'run'; readonly line: string }
  | { readonly type: 'form'; readonly command: string; readonly opaque: string; readonly given: Given };

const run = z.looseObject({ run: z.string().max(LIMITS.commandLine) });
const form = z.looseObject({ command: z.string().min(1).max(100), opaque: z.string().max(200) });

/** Reads the data of a button; `null` when it is none of the bot's. */
export function readPress(data: unknown): Press | null {
  const line = run.safeParse(data);
  if (line.success) return { type: 'run', line: line.data.run };
  const sent = form.safeParse(data);
  if (!sent.success) return null;
  const { command, opaque } = sent.data;
  return { type: 'form', command, opaque, given: readForm(data) };
}

/** The name under which a press acts once: a form is used up by whoever sends it first, a button once per press. */
export function keyOf(desk: Desk, origin: Origin, activity: Activity, press: Press): string {
  const { tenant, conversation, user } = origin;
  return press.type === 'form'
    ? `form ${tenant} ${conversation} ${activity.replyToId ?? ''} ${press.opaque}`
    : `press ${tenant} ${conversation} ${user} ${activity.id ?? desk.identity.uid()}`;
}

/** Says what a button says. A form that did not work is in the reply once more, with what was typed. */
export async function carryOut(desk: Desk, origin: Origin, press: Press, own: Partial<Request>): Promise<Reply> {
  if (press.type === 'run') return say(desk, origin, press.line, own);
  const { command, given } = press;
  const reply = await desk.bot.handle({ ...personOf(desk, origin), ...own, input: { type: 'form', command, given } });
  return reply.outcome === 'answered' || reply.outcome === 'asked' ? reply : withForm(desk, reply, press);
}

/** What went wrong with a form, and below it the form with what was typed. */
export function withForm(desk: Desk, reply: Reply, { command, given }: Extract<Press, { type: 'form' }>): Reply {
  const declared = desk.bot.registry.find(command);
  if (!declared || formIn(reply.card)) return reply;
  const { elements } = formOf(declared, reply.language, given);
  return { ...reply, card: { ...reply.card, elements: [...reply.card.elements, ...elements] } };
}

/** Whether there is more in a reply than a sentence: something that was asked for, or a way to go on. */
export function leadsOn({ outcome, card }: Reply): boolean {
  return (
    outcome === 'answered' ||
    outcome === 'asked' ||
    card.elements.some(({ type }) => type === 'actions' || type === 'form')
  );
}
