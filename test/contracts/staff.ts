import { describe, expect, it } from 'vitest';

/** What somebody on the staff sees of an answer, whatever the platform shows it with. */
export interface Heard {
  /** Everything that is said. */
  readonly text: string;
  /** The labels of what can be pressed. */
  readonly choices: readonly string[];
}

/** A member of the staff, an editor of a group with the sample schedule on the morning of 1 November 2017, Geneva. */
export interface Talk {
  say(line: string): Promise<Heard>;
  /** Presses a button of the last answer. */
  press(label: string): Promise<Heard>;
  /** Sends the form that a command opens, filled in; what is not given stays as the form had it. */
  fill(command: string, given: Readonly<Record<string, string>>): Promise<Heard>;
}

/** What a person has in front of them who is played on a platform. */
interface Seen {
  readonly text: string;
  readonly labels: readonly string[];
  press(label: string): Promise<Seen>;
  send(given: Readonly<Record<string, string>>): Promise<Seen>;
}

/** Somebody who is played on a platform, as the suite talks to them. */
export function talkAs(person: { say(line: string): Promise<Seen> }): Talk {
  let last: Seen | null = null;
  const heard = (seen: Seen): Heard => {
    last = seen;
    return { text: seen.text, choices: seen.labels };
  };
  return {
    say: async (line) => heard(await person.say(line)),
    async press(label) {
      if (!last) throw new Error('nothing was said yet');
      return heard(await last.press(label));
    },
    fill: async (command, given) => heard(await (await person.say(command)).send(given)),
  };
}

/** Declares how staff keep a schedule by talking, the same through every adapter. */
export function describeStaff(open: () => Promise<Talk>): void {
  const PREVIEW = ['Publish and tell', 'Publish silently', 'Change', 'Drop'];

  describe('a new event', () => {
    it('is said back in words before it is published, beside what is like it', async () => {
      const { say, press } = await open();
      await say('remind me 1d');
      const preview = await say(
        'add "Briefing on the stocktaking meeting" 8 Nov 15:00-16:30 in New York kind:briefing',
      );
      expect(preview.text).toContain('Wednesday 8 November 2017, 15:00–16:30, New York time');
      expect(preview.text).toMatch(/Where\W+New York/u);
      expect(preview.text).toContain('Second briefing on the stocktaking meeting');
      expect(preview.choices).toEqual(expect.arrayContaining(PREVIEW));
      expect((await say('show briefing-stocktaking-meeting')).text).not.toContain('15:00');
      await say('add "Briefing on the stocktaking meeting" 8 Nov 15:00-16:30 in New York kind:briefing');
      expect((await press('Publish and tell')).text).toContain('will be told');
      expect((await say('show briefing-stocktaking-meeting')).text).toContain('15:00–16:30');
    });

    it('can be written into a form', async () => {
      const { fill, press, say } = await open();
      const preview = await fill('add', { title: 'Retreat', when: '20-21 November', place: 'Nairobi' });
      expect(preview.text).toContain('Monday 20 to Tuesday 21 November 2017, Nairobi time');
      await press('Publish');
      expect((await say('show retreat')).text).toContain('Nairobi');
    });

    it('can be a draft', async () => {
      const { say, press } = await open();
      const preview = await say('add "Retreat" 20 November --draft');
      expect(preview.choices).toEqual(expect.arrayContaining(['Save draft', 'Change', 'Drop']));
      expect(preview.choices).not.toContain('Publish');
      await press('Save draft');
      expect((await say('show retreat')).text).toContain('Draft');
    });
  });

  describe('an event', () => {
    it('is moved, called off, restored and confirmed', async () => {
      const { say, press } = await open();
      const moving = await say('move unece to 7 November');
      expect(moving.text).toMatch(/Monday 6 November 2017, Geneva time.*Tuesday 7 November 2017, Geneva time/su);
      await press('Publish');
      await say('cancel unece because the room is not available');
      await press('Publish');
      const cancelled = await say('show unece');
      expect(cancelled.text).toContain('Cancelled');
      expect(cancelled.text).toContain('the room is not available');
      expect((await say('confirm unece')).text).toContain('is cancelled, so it cannot be confirmed');
      await say('restore unece');
      await press('Publish');
      const restored = await say('show unece');
      expect(restored.text).not.toContain('Cancelled');
      expect(restored.text).toContain('Tuesday 7 November 2017');
      await say('confirm conference');
      await press('Publish');
      expect((await say('show conference')).text).not.toContain('Tentative');
    });

    it('keeps its hours when only the day is moved', async () => {
      const { say, press } = await open();
      await say('edit unece when:"6 November 10:00-13:00"');
      await press('Publish');
      expect((await say('move unece to 9 November')).text).toContain(
        'Thursday 9 November 2017, 10:00–13:00, Geneva time',
      );
    });

    it('is edited in a form that is filled in', async () => {
      const { fill, press, say } = await open();
      const preview = await fill('edit unece', { organiser: 'Economic Commission for Europe' });
      expect(preview.text).toContain('Economic Commission for Europe');
      expect(preview.text).not.toContain('Where');
      await press('Publish');
      expect((await say('show unece')).text).toContain('Economic Commission for Europe');
    });
  });

  describe('a preview', () => {
    it('acts once, however often it is pressed', async () => {
      const { say, press } = await open();
      await say('add "Retreat" 20 November');
      await press('Publish');
      await say('add "Retreat two" 21 November');
      await press('Drop');
      expect((await say('find retreat')).text).toContain('1 event');
    });

    it('leads back to the form with everything in it', async () => {
      const { say, press } = await open();
      await say('add "Retreat" 20 November in Nairobi kind:workshop');
      const form = await press('Change');
      for (const value of ['Retreat', '20 November in Nairobi', 'workshop']) expect(form.text).toContain(value);
    });
  });

  describe('a change', () => {
    it('is undone, and its history says who, when and what', async () => {
      const { say, press } = await open();
      await say('move unece to 7 November');
      await press('Publish');
      const undoing = await say('undo');
      expect(undoing.text).toMatch(/Tuesday 7 November 2017.*Monday 6 November 2017/su);
      await press('Publish');
      expect((await say('show unece')).text).toContain('Monday 6 November 2017');
      const history = await say('history unece');
      expect(history.text).toMatch(/undo.*move.*import/su);
      expect(history.text).toContain('Wednesday 1 November 2017');
    });
  });

  describe('a series', () => {
    it('is asked about before one of its dates is changed', async () => {
      const { say, press } = await open();
      const preview = await say('repeat unece weekly until 20 November');
      expect(preview.text).toContain('Monday 13 November 2017, Geneva time');
      await press('Publish');
      const question = await say('move unece-2 to Tuesday 14 November');
      expect(question.choices).toEqual(['Only this one', 'This one and those after it (2)', 'All 3 of the series']);
      await press('This one and those after it (2)');
      await press('Publish');
      expect((await say('show unece-3')).text).toContain('Tuesday 21 November 2017');
      expect((await say('show unece')).text).toContain('Monday 6 November 2017');
    });
  });

  describe('what is not right', () => {
    it.each([
      ['move unece to 31 November', 'There is no 31 November 2017: the last day of that month is'],
      ['move unece to 8 Nov 16:00-15:00', 'has to come after the start'],
      ['move unece to 8 Nov 3026', 'the schedule holds 1900 to 2200'],
      ['edit unece online:ftp://example.org', 'begins with https:// or http://'],
      ['nest unece in unece', 'cannot be part of itself'],
      ['nest eca in eca-eastern', 'in a circle: eca → eca-eastern → eca'],
      ['nest cso-stocktaking preceded by stocktaking', 'cannot precede each other in a circle'],
      ['move unece to whenever', 'is not a date that I understand'],
    ])('%s', async (line, sentence) => {
      const { say } = await open();
      const refusal = await say(line);
      expect(refusal.text).toContain(sentence);
      expect(refusal.choices).not.toContain('Publish');
      expect((await say('undo')).text).not.toContain('unece');
    });

    it.each([
      ['move unece to 04/12', ['Monday 4 December 2017, Geneva time', 'Thursday 12 April 2018, Geneva time']],
      [
        'move unece to 25 March 2018 02:30',
        ['Sunday 25 March 2018, 01:30, Geneva time', 'Sunday 25 March 2018, 03:30, Geneva time'],
      ],
      [
        'move unece to 28 October 2018 02:30',
        [
          'Sunday 28 October 2018, 02:30 (the first of the two, as the clocks go back), Geneva time',
          'Sunday 28 October 2018, 01:30, UTC',
        ],
      ],
    ])('%s is asked', async (line, readings) => {
      const { say, press } = await open();
      const question = await say(line);
      expect(question.choices).toEqual(readings);
      for (const reading of readings) {
        await say(line);
        expect((await press(reading)).text).toContain(reading);
      }
    });
  });

  describe('what waits to be decided', () => {
    it('is listed and shown again, until it is decided', async () => {
      const { say, press } = await open();
      expect((await say('pending')).text).toContain('No change of yours waits');
      await say('move unece to 7 November');
      const list = await say('pending');
      expect(list.text).toContain('Move “UNECE regional consultation”');
      expect(list.text).toContain('open until Wednesday 1 November 2017, 09:10, Geneva time');
      await say('pending');
      const again = await press('Show it again');
      expect(again.text).toContain('Tuesday 7 November 2017, Geneva time');
      expect(again.choices).toEqual(expect.arrayContaining(['Publish', 'Change', 'Drop']));
      await press('Publish');
      expect((await say('pending')).text).toContain('No change of yours waits');
    });
  });
}
