import { z } from 'zod';
import type { Write } from '../ports.ts';
import type { ContentField } from './change.ts';
import { EVENT_KINDS, EVENT_STATUSES, VISIBILITIES } from './event.ts';
import { HANDLE, isWebAddress, LIMITS } from './limits.ts';
import { whenProblems, whenSchema, type WhenProblem } from './when.ts';

/** What is wrong with the content of something that is to be written. The sentences are in the catalogue. */
export type ContentProblem =
  | { readonly code: 'required' | 'form' | 'url'; readonly of: string; readonly field: string }
  | { readonly code: 'too-long' | 'too-many'; readonly of: string; readonly field: string; readonly max: number }
  | { readonly code: 'when'; readonly of: string; readonly problem: WhenProblem };

const text = (max: number) => z.string().trim().min(1).max(max);
const known = (max: number) => text(max).nullable();
const url = z
  .string()
  .max(LIMITS.url)
  .refine(isWebAddress, { params: { isUrl: true } });

/** What an event may hold, whoever puts it in: the limits are those of the importer. */
const eventContent = z.object({
  handle: text(LIMITS.handle).regex(HANDLE),
  title: text(LIMITS.title),
  kind: z.enum(EVENT_KINDS),
  status: z.enum(EVENT_STATUSES),
  visibility: z.enum(VISIBILITIES),
  when: whenSchema.nullable(),
  venue: z.object({ name: known(LIMITS.name), city: known(LIMITS.city), country: known(LIMITS.country) }).nullable(),
  onlineUrl: url.nullable(),
  organiser: known(LIMITS.name),
  region: known(LIMITS.region),
  participation: z
    .object({
      maxPerDelegation: z.int().min(1).max(LIMITS.delegation).nullable(),
      headLevel: known(LIMITS.headLevel),
      notes: known(LIMITS.participationNotes),
    })
    .nullable(),
  description: known(LIMITS.description),
  parent: known(LIMITS.uid),
  precededBy: z.array(text(LIMITS.uid)).max(LIMITS.precededBy),
  documents: z
    .array(
      z.object({
        title: text(LIMITS.documentTitle),
        url: url.nullable(),
        language: known(LIMITS.language),
        note: known(LIMITS.documentNote),
      }),
    )
    .max(LIMITS.documents),
  outcomes: z.array(text(LIMITS.outcome)).max(LIMITS.outcomes),
  reason: text(LIMITS.reason).optional(),
  series: text(LIMITS.uid).optional(),
} satisfies Record<ContentField, z.ZodType>);

const noteContent = z.object({
  topic: known(LIMITS.topic),
  text: text(LIMITS.noteText),
  points: z.array(text(LIMITS.point)).max(LIMITS.points),
});

const groupContent = z.object({
  slug: text(LIMITS.handle).regex(HANDLE),
  name: text(LIMITS.name),
  zone: text(LIMITS.zone),
  language: text(LIMITS.language),
  organizerName: known(LIMITS.name),
  organizerEmail: z.email().max(LIMITS.email).nullable(),
});

/** Everything that is wrong with what a change would write, in its order. */
export function contentProblems(writes: readonly Write[]): readonly ContentProblem[] {
  return writes.flatMap((write): readonly ContentProblem[] => {
    switch (write.type) {
      case 'event':
        return problemsOf(eventContent, write.after, write.after.title || write.after.handle);
      case 'note':
        return write.after ? problemsOf(noteContent, write.after, write.after.topic ?? write.after.date) : [];
      case 'group':
        return problemsOf(groupContent, write.after, write.after.slug);
      case 'role':
        return [];
    }
  });
}

function problemsOf(schema: z.ZodType, value: object, of: string): readonly ContentProblem[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  const ofWhen = whenProblems(parsed.error).map(({ problem }) => ({ code: 'when' as const, of, problem }));
  const others = parsed.error.issues.filter((issue) => !(issue.code === 'custom' && issue.params?.problem));
  return [...ofWhen, ...others.map((issue) => problemOf(issue, of))];
}

function problemOf(issue: z.core.$ZodIssue, of: string): ContentProblem {
  const field = String(issue.path[0] ?? '');
  switch (issue.code) {
    case 'too_big':
      return { code: issue.origin === 'array' ? 'too-many' : 'too-long', of, field, max: Number(issue.maximum) };
    case 'too_small':
      return { code: 'required', of, field };
    case 'custom':
      return { code: issue.params?.isUrl ? 'url' : 'form', of, field };
    default:
      return { code: 'form', of, field };
  }
}
