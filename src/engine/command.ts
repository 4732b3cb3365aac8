import type { Temporal } from 'temporal-polyfill';
import type { CalendarService } from '../calendar/service.ts';
import type { Card } from '../cards/card.ts';
import type { IdentitySource } from '../identity.ts';
import type { Language, MessageKey } from '../language/language.ts';
import type { Actor, ConversationKey, Identity, Store } from '../ports.ts';
import type { WorkingGroup } from '../schedule/event.ts';
import type { Viewpoint } from '../schedule/agenda.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Role } from './access.ts';
import type { Answer } from './answer.ts';
import type { Argument, ReadContext } from './argument.ts';
import type { Given } from './parse.ts';
import type { Proposal } from './proposal.ts';
import type { Registry } from './registry.ts';

/** Who asks, and what decides how the answer is worded for them. */
export interface Reader {
  readonly actor: Actor;
  readonly role: Role;
  /** IANA zone in which they read times. */
  readonly zone: string;
  /** Who says that they read in it: themselves, their platform, or the group for want of both. */
  readonly zoneFrom: 'person' | 'platform' | 'group';
}

/** Where something is said. */
export interface Place extends ConversationKey {
  /** The message in whose thread it is said; `null`, or not set: in the conversation itself. */
  readonly thread?: string | null;
}

/** A file that came with a request. */
export interface IncomingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a platform lends a command while it runs. */
export interface Surroundings {
  /**
   * Fetches a file that the person named.
   *
   * @throws BotError `not-found` or `too-long`, with the name in its context
   */
  openFile(name: string): Promise<IncomingFile>;
  /** Says how far a long task has come, between 0 and 1. */
  progress(done: number): void;
}

/** A message that somebody wrote to others, and that is to become something here. */
export interface Message {
  /** As people read it, without the platform's markup. */
  readonly text: string;
  /** When it was written: its “tomorrow” is the day after. `null`: the platform does not say. */
  readonly writtenAt: Temporal.Instant | null;
}

/** Everything that a command may use. */
export interface Context {
  /** The moment the answer is for: now, or the day that `--as-of` names. */
  readonly now: Temporal.Instant;
  /** The moment it is, whatever `--as-of` says. */
  readonly present: Temporal.Instant;
  /** The same moment as questions about the schedule take it. */
  readonly at: Viewpoint;
  readonly group: WorkingGroup;
  /** The command that runs, and what was given for its arguments, as text. */
  readonly commandName: string;
  readonly given: Given;
  /** All working groups, the oldest first. */
  readonly groups: readonly WorkingGroup[];
  /** Where it was said; `null`: nowhere that the bot could come back to. */
  readonly conversation: Place | null;
  /** The schedule as this reader may see it. */
  readonly schedule: Schedule;
  readonly reader: Reader;
  readonly language: Language;
  readonly store: Store;
  readonly identity: IdentitySource;
  readonly commands: Registry;
  readonly surroundings: Surroundings;
  /** Loads the group's schedule as it is at the moment, drafts included. */
  readonly current: () => Promise<Schedule>;
  /** What the reader may do in another group. */
  readonly roleIn: (group: WorkingGroup) => Promise<Role>;
  /** The administrators whom the settings name. */
  readonly firstAdmins: readonly Identity[];
  readonly calendars: CalendarService;
}

/**
 * What a question about the schedule may use: nothing but the schedule, the moment and how its reader reads. Whoever asks
 * the same, and reads alike, is answered the same until the minute is over or the schedule changes.
 */
export interface QuestionContext extends Pick<Context, 'now' | 'at' | 'group' | 'schedule' | 'language' | 'commands'> {
  readonly reader: Pick<Reader, 'role' | 'zone' | 'zoneFrom'>;
}

/** A command's arguments by name. */
export type Arguments = Readonly<Record<string, Argument<unknown>>>;

/** What `run` gets for them. */
export type Values<A extends Arguments> = {
  readonly [Name in keyof A]: A[Name] extends Argument<infer Value> ? Value : never;
};

/**
 * One command, declared once: the text parser, help, forms, manifests and the README's table are derived from it.
 */
export interface Command<A extends Arguments = Arguments> {
  readonly name: string;
  /** Other names it answers to. */
  readonly aliases: readonly string[];
  /** One line that says what it is for. */
  readonly summary: MessageKey;
  /** The least role that may run it. */
  readonly access: Role;
  readonly args: A;
  /** Lines that people could type, without the bot's name in front. */
  readonly examples: readonly string[];
  /** The command that is offered where a line fits it better: “postpone … to Friday” moves. */
  readonly nearby?: string;
  /** What its form asks for is shown before it is done: it proposes a change. */
  readonly isPreviewed?: true;
  /** Help begins with it, for those who may run it. */
  readonly isEveryday?: true;
  /** Only the bot's own buttons run it: help does not list it. */
  readonly isHidden?: true;
  /** Its answer is for whoever asked and nobody else, wherever they asked. */
  readonly isPersonal?: true;
  /** It says what its conversation is told, so the role of who says it counts there, though everybody reads the answer. */
  readonly isForConversation?: true;
  /** It only reads the schedule: {@link defineQuestion} says so. */
  readonly isQuestion?: true;
  /** What its form is filled in with, besides what was given. */
  readonly fill?: (context: Context, given: Given) => Given | Promise<Given>;
  /** What its form is filled in with when it is made of a message. One command at most has this. */
  readonly fillFrom?: (message: Message, context: ReadContext) => Given | Promise<Given>;
  /**
   * Answers with a card; or with a change, which its author is shown first; or with an answer whose outcome it knows
   * better than the card says.
   */
  readonly run: (context: Context, values: Values<A>) => Outcome | Promise<Outcome>;
}

/** What running a command comes to. */
export type Outcome = Card | Proposal | Answer;

/** A command whose arguments' types are no longer known: what lists of commands hold. */
export type AnyCommand = Command;

/** Declares a command; only here for the types. */
export function defineCommand<const A extends Arguments>(command: Command<A>): AnyCommand {
  return command as unknown as AnyCommand;
}

/** A command that only reads the schedule. */
export interface Question<A extends Arguments> extends Omit<Command<A>, 'run' | 'isQuestion'> {
  readonly run: (context: QuestionContext, values: Values<A>) => Card | Promise<Card>;
}

/** Declares a question: a command whose answer follows from the schedule, the minute and how its reader reads. */
export function defineQuestion<const A extends Arguments>(question: Question<A>): AnyCommand {
  return defineCommand({ ...question, isQuestion: true });
}
