import { describe } from 'vitest';
import { describeStaff } from '../contracts/staff.ts';
import { talkInLines, talkToBot } from '../support/talk.ts';

describe('staff and the bot', () => {
  describeStaff(() => talkToBot());
});

describe('staff at a terminal', () => {
  describeStaff(() => talkInLines());
});
