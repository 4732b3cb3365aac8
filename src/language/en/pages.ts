/** English sentences of the pages that everybody can read on the web. */
export const pages = {
  'page.contact': 'Whom to write to',
  'page.contact.address': '{group}: {email}',
  'page.contact.group': '{group}: {name}, {email}',
  'page.contact.none': 'The working group has named nobody yet: ask its staff, or whoever runs this service.',
  'page.contact.why': 'To see, correct or have removed what is kept of you, or with any question:',
  'page.privacy': 'Privacy',
  'page.privacy.audit': 'Changes to the schedule',
  'page.privacy.audit.text':
    'Who made a change, when, and what was there before. This is kept for good, so that every change can be explained and taken back.',
  'page.privacy.calendars': 'Calendars and invitations',
  'page.privacy.calendars.text':
    'Whose a calendar address is, what it shows and when it was last fetched; of the secret address itself only a fingerprint. Of invitations by mail: the address, the name and the answer. Kept after an address is withdrawn or a person is taken off the list, so that it can be seen that it was.',
  'page.privacy.conversations': 'Conversations',
  'page.privacy.conversations.text':
    'The identifier and the name of each conversation that the bot is part of, and which working group it belongs to. The bot reads what is written to it, a message that somebody makes an event of, and nothing else. It keeps no messages and no files: only the change to the schedule that comes of one, and for a day the change that somebody was shown and has not decided on.',
  'page.privacy.lead':
    'GCM is a bot that keeps the schedule of a working group and answers questions about it in chat, in calendars and by mail. This is what it keeps to do so.',
  'page.privacy.logs': 'Logs',
  'page.privacy.logs.text':
    'What went wrong, with a reference, and where. How long logs are kept is up to whoever runs this service.',
  'page.privacy.people': 'People',
  'page.privacy.people.text':
    'The identifier and the name of those who write to the bot, with the time zone and the language that their platform gives (Slack may give an e-mail address too), what they chose themselves, what they asked to be told, and what they may do in a working group. Kept until whoever runs this service removes it.',
  'page.privacy.sent': 'What was sent',
  'page.privacy.sent.text':
    'Which reminder, notice or invitation went where, and whether it got there: for {days} days.',
  'page.privacy.title': 'What GCM keeps, and for how long',
  'page.privacy.who': 'Who gets it',
  'page.privacy.who.text':
    'Nobody beyond what it is for: the chat in which it is asked, the mail server that carries an invitation, the calendar that fetches an address. There is no advertising, no tracking and no cookie.',
  'page.terms': 'Terms',
  'page.terms.care': 'What is asked of you',
  'page.terms.care.text':
    'Keep a calendar address to yourself: whoever has it sees what it shows. Write into the schedule only what its readers may see.',
  'page.terms.lead':
    'GCM is a bot that keeps the schedule of a working group. Whoever may read the group’s conversations may use it; who may change the schedule is up to the group’s administrators.',
  'page.terms.rely': 'What you can rely on',
  'page.terms.rely.text':
    'The schedule is kept by the group’s staff. The bot shows it as it stands, tells those who asked to be told, and says so when it could not. It is offered as it is, without warranty: where it differs from what an organiser has announced, ask the organiser.',
  'page.terms.title': 'Using GCM',
} as const;
