import { beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { card, choice, action, text } from '../../src/cards/card.ts';
import { defineCommand, type AnyCommand } from '../../src/engine/command.ts';
import type { Store } from '../../src/ports.ts';
import { voteCommand } from '../support/vote.ts';

/** What somebody has in front of them after they have said or done something. */
export interface Heard {
  /** Every word of it, as the platform is given it: markup and all. */
  readonly words: string;
  readonly buttons: readonly Button[];
  readonly form: Form | null;
}

/** Something to press. */
export interface Button {
  readonly label: string;
  press(): Promise<Heard>;
}

/** Something to fill in. */
export interface Form {
  /** Sends it, with answers by the name of the field. */
  send(answers: Readonly<Record<string, string>>): Promise<Heard>;
  /** Sends it twice, as a platform or an impatient person does. */
  sendTwice(answers: Readonly<Record<string, string>>): Promise<readonly Heard[]>;
}

/** Who speaks: an ordinary member, or somebody of the staff. */
export type Speaker = 'member' | 'staff';

/** An adapter at work, with real requests on one side and a platform that plays along on the other. */
export interface AdapterHarness {
  readonly store: Store;
  /** What the platform would read as more than letters: none of it comes back from what somebody wrote. */
  readonly markup: readonly string[];
  /** Says a line where the answer is for the speaker alone, and waits for the answer. */
  say(line: string, as?: Speaker): Promise<Heard>;
  /** Delivers one message twice, under two event ids, and answers all that the bot said to it. */
  sayTwice(line: string): Promise<readonly Heard[]>;
  /** Says a line to a store that does not answer until it is let: what is heard before, and what after. */
  sayToSlowStore(line: string): Promise<readonly [Heard, Heard]>;
  /** From now on the store refuses everything. */
  breakStore(): void;
}

/** How often the commands of the suite were run, and with what. */
export interface Runs {
  readonly commands: readonly AnyCommand[];
  readonly runs: string[];
}

/** Commands that only count, beside the real ones. */
export function counting(): Runs {
  const runs: string[] = [];
  const vote = voteCommand(({ count, text: said }) => runs.push(`vote ${count} ${said}`));
  const choose = defineCommand({
    name: 'choose',
    aliases: [],
    summary: 'next.summary',
    access: 'viewer',
    args: {},
    examples: ['choose'],
    run: () => card(null, text('Aye or nay?'), choice(action('Aye', 'vote 1 aye'), action('Nay', 'vote 1 nay'))),
  });
  return { runs, commands: [...commands, vote, choose] };
}

/** Declares the tests of what people can do with the bot on every platform. */
export function describeAdapter(create: (commands: readonly AnyCommand[]) => Promise<AdapterHarness>): void {
  let bot: AdapterHarness;
  let runs: string[];

  beforeEach(async () => {
    const counted = counting();
    ({ runs } = counted);
    bot = await create(counted.commands);
  });

  const revision = async () => (await bot.store.groups())[0]?.revision;
  const press = (heard: Heard, label: string) => {
    const button = heard.buttons.find((candidate) => candidate.label === label);
    if (!button) throw new Error(`there is no “${label}” among ${heard.buttons.map((one) => one.label).join(', ')}`);
    return button.press();
  };

  describe('asking', () => {
    it('what is next is answered', async () => {
      expect((await bot.say('next')).words).toContain('UNESCAP regional consultation');
    });

    it('in a sentence is understood, and said back', async () => {
      const { words: answer } = await bot.say('when is the stocktaking meeting?');
      expect(answer).toContain('Puerto Vallarta');
      expect(answer).toContain('show stocktaking');
    });

    it('for what there is not gets what could have been meant, and the button for it works', async () => {
      const heard = await bot.say('nxet');
      expect(heard.words).toContain('Did you mean');
      expect((await press(heard, 'next')).words).toContain('UNESCAP regional consultation');
    });

    it('nonsense gets a sentence', async () => {
      expect((await bot.say('frobnicate the quux')).words).toContain('I do not understand that');
    });

    it('for more than fits gets what fits', async () => {
      expect((await bot.say(`find ${'x'.repeat(5000)}`)).words).toContain('at most 4');
    });
  });

  describe('a form', () => {
    it('with a mistake comes back with what is wrong, and acts once it is right', async () => {
      const { form } = await bot.say('vote');
      const wrong = await form?.send({ count: '77', text: 'aye' });
      expect(wrong?.words).toContain('77');
      expect(runs).toEqual([]);
      const right = await (wrong?.form ?? form)?.send({ count: '7', text: 'aye' });
      expect(right?.words).toContain('Counted: aye');
      expect(runs).toEqual(['vote 7 aye']);
    });

    it('that is sent twice acts once', async () => {
      const { form } = await bot.say('vote');
      await form?.sendTwice({ count: '2', text: 'nay' });
      expect(runs).toEqual(['vote 2 nay']);
    });
  });

  describe('a button', () => {
    it('answers the question that it stands under', async () => {
      const heard = await bot.say('choose');
      expect(heard.words).toContain('Aye or nay?');
      expect((await press(heard, 'Nay')).words).toContain('Counted: nay');
      expect(runs).toEqual(['vote 1 nay']);
    });
  });

  describe('a message that is delivered twice', () => {
    it('acts once, and is answered once', async () => {
      expect(await bot.sayTwice('vote 3 aye')).toHaveLength(1);
      expect(runs).toEqual(['vote 3 aye']);
    });
  });

  describe('somebody without the right', () => {
    it('is told so, and changes nothing', async () => {
      const before = await revision();
      expect((await bot.say('cancel stocktaking')).words).toContain('“cancel” is for editors of this group.');
      expect(await revision()).toBe(before);
    });

    it('is another than who has it', async () => {
      expect((await bot.say('cancel stocktaking', 'staff')).words).not.toContain('is for editors');
    });
  });

  describe('a text that means harm', () => {
    it('is shown as a text', async () => {
      const heard = await bot.say(`vote 1 ${bot.markup.join(' ')}`);
      expect(heard.words).toContain('Counted');
      for (const markup of bot.markup) expect(heard.words).not.toContain(markup);
    });
  });

  describe('a store', () => {
    it('that is slow is spoken of in time, and the answer follows', async () => {
      const [before, after] = await bot.sayToSlowStore('next');
      expect(before.words).not.toBe('');
      expect(before.words).not.toContain('UNESCAP');
      expect(after.words).toContain('UNESCAP');
    });

    it('that fails is spoken of, and nothing is done', async () => {
      bot.breakStore();
      expect((await bot.say('vote 1 aye')).words).toContain('cannot get at the schedule');
      expect(runs).toEqual([]);
    });
  });
}
