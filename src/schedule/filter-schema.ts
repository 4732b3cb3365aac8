import { z } from 'zod';
import { EVENT_KINDS, EVENT_STATUSES } from './event.ts';
import type { Filter } from './filter.ts';

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/u)
  .nullable();

/** The shape in which a filter is stored; what else it carries is left out. */
export const filterSchema: z.ZodType<Filter> = z.object({
  kinds: z.array(z.enum(EVENT_KINDS)),
  statuses: z.array(z.enum(EVENT_STATUSES)),
  places: z.array(z.string()),
  organisers: z.array(z.string()),
  period: z.object({ from: date, to: date }).nullable(),
  words: z.string(),
  typed: z.string(),
});
