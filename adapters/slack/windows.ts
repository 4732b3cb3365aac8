import { z } from 'zod';
import type { EventElement } from '../../src/cards/card.ts';
import type { Reply } from '../../src/engine/dispatch.ts';
import type { Given } from '../../src/engine/parse.ts';
import type { Language } from '../../src/language/language.ts';
import type { SharedFile } from './files.ts';
import { sharedFiles, type SlackFile } from './lines.ts';
import { readForm, readPasted, type ViewState } from './render/answers.ts';
import {
  FORM_CALLBACK,
  loadingView as renderLoading,
  readMetadata,
  renderForm,
  suggestions,
  type ModalView,
} from './render/form.ts';
import { fileOfText } from './files.ts';

/** What a window has to remember. */
export interface Purpose {
  /** Where it was asked for: a linked channel speaks of its own working group. */
  readonly channel: string | null;
  /** In whose message's thread, where it was in one. */
  readonly thread?: string | null | undefined;
  /** How often its form was sent in vain. */
  readonly attempt: number;
  /** It was opened from the Home tab, which shows something else once something was done in it. */
  readonly isFromHome?: boolean | undefined;
}

const purposeSchema = z.object({
  channel: z.string().nullable(),
  thread: z.string().nullish(),
  attempt: z.number().int().min(0),
  isFromHome: z.boolean().optional(),
});

/** The purpose of a window that was asked for in no conversation. */
export const NOWHERE: Purpose = { channel: null, attempt: 0 };

/** A view as `view_submission` and `block_actions` bring it. */
export interface IncomingView {
  readonly id: string;
  readonly type?: string | undefined;
  readonly callback_id?: string | undefined;
  readonly private_metadata?: string | undefined;
  readonly state?: { readonly values?: ViewState } | undefined;
}

/** An answer as a window: the form that it asks for, or the card to read. */
export function viewOf({ card, language }: Reply, purpose: Purpose): ModalView {
  const view = renderForm(card, { language, context: purpose });
  if (view.callback_id === FORM_CALLBACK) return view;
  return { ...view, private_metadata: JSON.stringify(purpose) };
}

/** A window that says that the answer is being looked up. */
export function loadingView(language: Language, purpose: Purpose): ModalView {
  return { ...renderLoading(language.t('slack.window'), language), private_metadata: JSON.stringify(purpose) };
}

/** What a window that is no form remembers. */
export function purposeOf({ private_metadata: kept = '' }: IncomingView): Purpose {
  try {
    return purposeSchema.parse(JSON.parse(kept));
  } catch {
    return NOWHERE;
  }
}

/** A form that was filled in. */
export interface FilledForm {
  readonly command: string;
  readonly given: Given;
  readonly purpose: Purpose;
  /** What was uploaded or pasted, under the names that the answers give them. */
  readonly files: readonly SharedFile[];
}

/** What somebody filled in; `null` when the form is none of ours, or one of long ago. */
export function readWindow({ private_metadata: kept = '', state }: IncomingView): FilledForm | null {
  const metadata = readMetadata(kept);
  const purpose = purposeSchema.safeParse(metadata?.context);
  if (!metadata || !purpose.success) return null;
  const values = state?.values ?? {};
  const uploaded = sharedFiles(Object.values(values).flatMap((answers) => Object.values(answers).flatMap(filesOf)));
  const pasted = Object.entries(readPasted(values)).map(([name, text]) => [name, fileOfText(text)] as const);
  const names = new Map(uploaded.map(({ id, name }) => [id, name] as const));
  const given = Object.entries(readForm(values, metadata)).map(([name, text]) => [name, names.get(text) ?? text]);
  return {
    command: metadata.command,
    given: {
      ...Object.fromEntries(pasted.map(([name, file]) => [name, file.name])),
      ...(Object.fromEntries(given) as Given),
    },
    purpose: purpose.data,
    files: [...uploaded, ...pasted.map(([, file]) => file)],
  };
}

/** Slack brings the whole file along, not only its id. */
function filesOf({ files }: { readonly files?: unknown }): readonly SlackFile[] {
  return Array.isArray(files) ? (files as readonly SlackFile[]) : [];
}

/** Events to choose from. */
export function optionsOf(events: readonly EventElement[]): ReturnType<typeof suggestions> {
  return suggestions(
    events.map(({ title, shortWhen, handle }) => ({ label: `${shortWhen} · ${title}`, value: handle })),
  );
}
