import type { AnyCommand } from '../src/engine/command.ts';
import { about } from './about.ts';
import { add } from './add.ts';
import { answer } from './answer.ts';
import { audit } from './audit.ts';
import { calendar } from './calendar.ts';
import { cancel } from './cancel.ts';
import { confirm } from './confirm.ts';
import { copy } from './copy.ts';
import { digest } from './digest.ts';
import { doc } from './doc.ts';
import { docs } from './docs.ts';
import { edit } from './edit.ts';
import { exportSchedule } from './export.ts';
import { feed } from './feed.ts';
import { find } from './find.ts';
import { group } from './group.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { importFile } from './import.ts';
import { invite } from './invite.ts';
import { invited } from './invited.ts';
import { link, unlink } from './link.ts';
import { list } from './list.ts';
import { month } from './month.ts';
import { move } from './move.ts';
import { mute, unmute } from './mute.ts';
import { nest } from './nest.ts';
import { next } from './next.ts';
import { note } from './note.ts';
import { notes } from './notes.ts';
import { outcome } from './outcome.ts';
import { past } from './past.ts';
import { pending } from './pending.ts';
import { postpone } from './postpone.ts';
import { publish, unpublish } from './publish.ts';
import { remind } from './remind.ts';
import { reminders } from './reminders.ts';
import { repeat } from './repeat.ts';
import { restore } from './restore.ts';
import { retry } from './retry.ts';
import { role } from './role.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import { today } from './today.ts';
import { undo } from './undo.ts';
import { uninvite } from './uninvite.ts';
import { unsubscribe } from './unsubscribe.ts';
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
  invite,
  feed,
  remind,
  reminders,
  digest,
  mute,
  unmute,
  unsubscribe,
  zone,
  help,
  add,
  edit,
  move,
  confirm,
  postpone,
  cancel,
  restore,
  copy,
  repeat,
  nest,
  doc,
  outcome,
  note,
  publish,
  unpublish,
  invited,
  uninvite,
  status,
  retry,
  pending,
  undo,
  history,
  audit,
  importFile,
  exportSchedule,
  link,
  unlink,
  role,
  group,
  answer,
];
