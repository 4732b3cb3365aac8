/** English, as the United Nations writes it: British spelling, day before month, 24-hour clock. */
export const en = {
  tag: 'en',
  locale: 'en-GB',
  name: 'English',
  messages: {
    'error.conflict': 'Somebody else changed “{handle}” in the meantime. Nothing was overwritten; look at it again first.',
    'error.store-damaged':
      'The database file {path} is damaged. Put the last backup in its place, or move it away to start with an empty one.',
    'error.store-foreign':
      'The file {path} is not one of this bot’s databases. Point DATABASE_URL at another file.',
    'error.store-full': 'The disk that holds {path} is full. Make room and start again; nothing was lost.',
    'error.store-migration-failed':
      'The database could not be brought up to date (migration {migration}): {reason}. It was left as it was.',
    'error.store-newer':
      'The database was written by a newer version of the bot (migration {migration}). Run that version, or point DATABASE_URL elsewhere.',
    'error.store-read-only': 'The database {path} cannot be written. Give this user the right to write the file and its folder.',
    'error.store-unreachable': 'PostgreSQL at {host} cannot be reached ({reason}). Check DATABASE_URL and that the server is up.',
  },
} as const;
