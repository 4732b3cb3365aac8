import type { AnyCommand } from '../src/engine/command.ts';
import { about } from './about.ts';
import { audit } from './audit.ts';
import { calendar } from './calendar.ts';
import { docs } from './docs.ts';
import { exportSchedule } from './export.ts';
import { find } from './find.ts';
import { help } from './help.ts';
import { importFile } from './import.ts';
import { list } from './list.ts';
import { month } from './month.ts';
import { next } from './next.ts';
import { notes } from './notes.ts';
import { past } from './past.ts';
import { show } from './show.ts';
import { today } from './today.ts';
import { week } from './week.ts';
import { zone } from './zone.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly AnyCommand[] = [
  next,
  list,
  past,
  today,
  week,
  month,
  calendar,
  show,
  find,
  docs,
  notes,
  about,
  zone,
  help,
  importFile,
  exportSchedule,
  audit,
];
