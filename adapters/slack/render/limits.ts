/**
 * The most that Slack takes of anything. Lengths are in UTF-16 units of the text as it is sent, that is, after `&`,
 * `<` and `>` are escaped. Source: Slack's Block Kit reference (docs.slack.dev/reference/block-kit) unless said
 * otherwise.
 */
export const LIMITS = {
  /** Top-level `text`. `chat.postMessage` cuts at 40,000, but `chat.update` refuses more than 4,000. */
  text: 4000,
  /** Blocks of a message. */
  messageBlocks: 50,
  /**
   * All blocks of a message together, as JSON. Not documented: `msg_blocks_too_long` was seen from about 13,170
   * characters (github.com/slackapi/bolt-js/issues/2509).
   */
  messageCharacters: 12_500,
  /** Blocks of a modal or a Home tab. */
  viewBlocks: 100,
  /** A view as JSON. `views.open` refuses 250 KB, and a character is at most four bytes. */
  viewCharacters: 60_000,
  sectionText: 3000,
  fields: 10,
  fieldText: 2000,
  headerText: 150,
  contextElements: 10,
  /** Text of a context block: a text object, so 3000, but what is small should be short. */
  contextText: 1000,
  actions: 25,
  buttonText: 75,
  buttonValue: 2000,
  /** Clients shorten the label of a button from about here on. */
  buttonShown: 30,
  accessibilityLabel: 75,
  url: 3000,
  id: 255,
  options: 100,
  radioOptions: 10,
  optionText: 75,
  optionValue: 150,
  placeholder: 150,
  inputLabel: 2000,
  inputHint: 2000,
  /** The longest text that an input takes, whatever `max_length` says. */
  inputText: 3000,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
} as const;
