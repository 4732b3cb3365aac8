/**
 * Slack's own rules for blocks and views, as its reference states them, written down a second time and apart from the
 * renderer: whatever breaks one of them is refused by Slack with `invalid_blocks` or `invalid_arguments`.
 *
 * @see https://docs.slack.dev/reference/block-kit
 */

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything that Slack would refuse in a message, in words; nothing when it would take it. */
export function faultsInMessage(message: unknown): readonly string[] {
  if (!isObject(message)) return ['no message'];
  const { text, blocks } = message;
  const faults: string[] = [];
  if (typeof text !== 'string' || text.trim() === '') faults.push('text: empty');
  else {
    if (text.length > 4000) faults.push(`text: ${text.length.toString()} characters`);
    faults.push(...faultsInMarkup(text, 'text', []));
  }
  if (JSON.stringify(blocks).length > 13_000)
    faults.push(`blocks: ${JSON.stringify(blocks).length.toString()} characters`);
  return [...faults, ...faultsInBlocks(blocks, 50, ['section', 'header', 'context', 'actions', 'divider'])];
}

/** The same for a modal or a Home tab. */
export function faultsInView(view: unknown): readonly string[] {
  if (!isObject(view)) return ['no view'];
  const faults: string[] = [];
  const blocks = Array.isArray(view.blocks) ? (view.blocks as unknown[]) : [];
  if (Buffer.byteLength(JSON.stringify(view)) > 250_000) faults.push('view: more than 250 KB');
  if (view.type === 'modal') {
    faults.push(...plainFaults(view.title, 24, 'title'), ...plainFaults(view.close, 24, 'close'));
    const hasInput = blocks.some((block) => isObject(block) && block.type === 'input');
    if (view.submit !== undefined || hasInput) faults.push(...plainFaults(view.submit, 24, 'submit'));
    faults.push(...idFaults(view.callback_id, 'callback_id'));
    const metadata = view.private_metadata;
    if (metadata !== undefined && (typeof metadata !== 'string' || metadata.length > 3000))
      faults.push('private_metadata');
  } else if (view.type !== 'home') faults.push(`type: ${String(view.type)}`);
  const allowed = ['section', 'header', 'context', 'actions', 'divider', ...(view.type === 'modal' ? ['input'] : [])];
  return [...faults, ...faultsInBlocks(view.blocks, 100, allowed)];
}

function faultsInBlocks(blocks: unknown, most: number, allowed: readonly string[]): readonly string[] {
  if (!Array.isArray(blocks)) return ['blocks: no list'];
  const faults: string[] = [];
  if (blocks.length < 1 || blocks.length > most) faults.push(`blocks: ${blocks.length.toString()}`);
  const blockIds: unknown[] = [];
  const buttonIds: unknown[] = [];
  for (const [at, block] of blocks.entries()) {
    const where = `blocks[${at.toString()}]`;
    if (!isObject(block)) {
      faults.push(`${where}: no object`);
      continue;
    }
    if (!allowed.includes(String(block.type))) faults.push(`${where}: ${String(block.type)} not allowed here`);
    if (block.block_id !== undefined) blockIds.push(block.block_id);
    faults.push(...blockFaults(block, where, buttonIds));
  }
  faults.push(...blockIds.flatMap((id) => idFaults(id, 'block_id')));
  if (new Set(blockIds).size < blockIds.length) faults.push('block_id: twice');
  if (new Set(buttonIds).size < buttonIds.length) faults.push('action_id: twice');
  return faults;
}

function blockFaults(block: Json, where: string, buttonIds: unknown[]): readonly string[] {
  switch (block.type) {
    case 'header':
      return [...only(block, ['text'], where), ...plainFaults(block.text, 150, where)];
    case 'divider':
      return only(block, [], where);
    case 'section':
      return [
        ...only(block, ['text', 'fields', 'accessory'], where),
        ...(block.text === undefined && block.fields === undefined ? [`${where}: neither text nor fields`] : []),
        ...(block.text === undefined ? [] : mrkdwnFaults(block.text, 3000, where)),
        ...(block.fields === undefined
          ? []
          : listFaults(block.fields, 10, where, (field) => mrkdwnFaults(field, 2000, where))),
        ...(block.accessory === undefined ? [] : buttonFaults(block.accessory, where, buttonIds)),
      ];
    case 'context':
      return [
        ...only(block, ['elements'], where),
        ...listFaults(block.elements, 10, where, (element) => mrkdwnFaults(element, 3000, where)),
      ];
    case 'actions':
      return [
        ...only(block, ['elements'], where),
        ...listFaults(block.elements, 25, where, (element) =>
          isObject(element) && element.type === 'static_select'
            ? menuFaults(element, where, buttonIds)
            : buttonFaults(element, where, buttonIds),
        ),
      ];
    case 'input':
      return [
        ...only(block, ['block_id', 'label', 'optional', 'element', 'hint'], where),
        ...plainFaults(block.label, 2000, where),
        ...(block.hint === undefined ? [] : plainFaults(block.hint, 2000, where)),
        ...(typeof block.optional === 'boolean' ? [] : [`${where}: optional`]),
        ...inputFaults(block.element, where),
      ];
    default:
      return [`${where}: unknown block`];
  }
}

function buttonFaults(button: unknown, where: string, ids: unknown[]): readonly string[] {
  if (!isObject(button) || button.type !== 'button') return [`${where}: no button`];
  ids.push(button.action_id);
  const { value, style } = button;
  return [
    ...only(button, ['action_id', 'text', 'value', 'style', 'accessibility_label'], where),
    ...idFaults(button.action_id, where),
    ...plainFaults(button.text, 75, where),
    ...(typeof value === 'string' && value !== '' && value.length <= 2000 ? [] : [`${where}: value`]),
    ...(style === undefined || style === 'primary' || style === 'danger' ? [] : [`${where}: style`]),
    ...(button.accessibility_label === undefined ? [] : textFaults(button.accessibility_label, 75, where)),
  ];
}

function menuFaults(menu: Json, where: string, ids: unknown[]): readonly string[] {
  ids.push(menu.action_id);
  return [
    ...only(menu, ['action_id', 'placeholder', 'options'], where),
    ...idFaults(menu.action_id, where),
    ...plainFaults(menu.placeholder, 150, where),
    ...listFaults(menu.options, 100, where, (option) => optionFaults(option, where)),
  ];
}

function inputFaults(element: unknown, where: string): readonly string[] {
  if (!isObject(element)) return [`${where}: no element`];
  const faults = [...idFaults(element.action_id, where)];
  const { placeholder } = element;
  if (placeholder !== undefined) faults.push(...plainFaults(placeholder, 150, where));
  const optional = (key: string, isRight: (value: unknown) => boolean) => {
    if (element[key] !== undefined && !isRight(element[key])) faults.push(`${where}: ${key}`);
  };
  switch (element.type) {
    case 'plain_text_input': {
      const most = element.max_length;
      if (typeof most !== 'number' || most < 1 || most > 3000) faults.push(`${where}: max_length`);
      optional('initial_value', (value) => typeof value === 'string' && value.length <= Number(most));
      break;
    }
    case 'number_input': {
      const within = (value: unknown) =>
        Number(value) >= Number(element.min_value) && Number(value) <= Number(element.max_value);
      optional('initial_value', (value) => typeof value === 'string' && value !== '' && within(value));
      if (!within(element.min_value)) faults.push(`${where}: min_value`);
      break;
    }
    case 'static_select':
    case 'radio_buttons':
    case 'checkboxes': {
      const most = element.type === 'static_select' ? 100 : 10;
      faults.push(...listFaults(element.options, most, where, (option) => optionFaults(option, where)));
      const options = JSON.stringify(element.options);
      optional('initial_option', (option) => options.includes(JSON.stringify(option)));
      optional('initial_options', (chosen) => options === JSON.stringify(chosen));
      break;
    }
    case 'external_select':
      optional('initial_option', (option) => optionFaults(option, where).length === 0);
      break;
    case 'datepicker':
      optional('initial_date', (date) => !Number.isNaN(Date.parse(`${String(date)}T00:00:00Z`)));
      break;
    case 'file_input':
      break;
    default:
      faults.push(`${where}: unknown input`);
  }
  return faults;
}

/** What is wrong with a list of options to choose from: an answer to `block_suggestion`. */
export function faultsInOptions(options: unknown): readonly string[] {
  if (Array.isArray(options) && options.length === 0) return [];
  return listFaults(options, 100, 'options', (option) => optionFaults(option, 'options'));
}

function optionFaults(option: unknown, where: string): readonly string[] {
  if (!isObject(option)) return [`${where}: no option`];
  const { value } = option;
  return [
    ...plainFaults(option.text, 75, where),
    ...(typeof value === 'string' && value !== '' && value.length <= 150 ? [] : [`${where}: value of an option`]),
  ];
}

function listFaults(
  list: unknown,
  most: number,
  where: string,
  faultsOf: (entry: unknown) => readonly string[],
): readonly string[] {
  if (!Array.isArray(list)) return [`${where}: no list`];
  const entries: unknown[] = list;
  const size = entries.length < 1 || entries.length > most ? [`${where}: ${entries.length.toString()} entries`] : [];
  return [...size, ...entries.flatMap(faultsOf)];
}

function only(object: Json, keys: readonly string[], where: string): readonly string[] {
  return Object.entries(object)
    .filter(([key, value]) => (key !== 'type' && !keys.includes(key)) || value === undefined || value === null)
    .map(([key]) => `${where}: ${key}`);
}

function idFaults(id: unknown, where: string): readonly string[] {
  return typeof id === 'string' && id !== '' && id.length <= 255 ? [] : [`${where}: id`];
}

function textFaults(text: unknown, most: number, where: string): readonly string[] {
  if (typeof text !== 'string') return [`${where}: no text`];
  return [
    ...(text.trim() === '' ? [`${where}: empty text`] : []),
    ...(text.length > most ? [`${where}: ${text.length.toString()} of ${most.toString()} characters`] : []),
    ...(text.isWellFormed() ? [] : [`${where}: half a character`]),
    ...(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u.test(text) ? [`${where}: control character`] : []),
    ...(/@(?:here|channel|everyone)\b/iu.test(text) ? [`${where}: a call to everybody`] : []),
  ];
}

function plainFaults(text: unknown, most: number, where: string): readonly string[] {
  if (!isObject(text) || text.type !== 'plain_text' || text.emoji !== false) return [`${where}: no plain text`];
  return textFaults(text.text, most, where);
}

function mrkdwnFaults(text: unknown, most: number, where: string): readonly string[] {
  if (!isObject(text) || text.type !== 'mrkdwn' || text.verbatim !== true) return [`${where}: no verbatim mrkdwn`];
  return [
    ...textFaults(text.text, most, where),
    ...(typeof text.text === 'string' ? faultsInMarkup(text.text, where, OUR_TOKENS) : []),
  ];
}

// The only things between angle brackets that are ours: a moment and a link, each whole and with words.
const OUR_TOKENS = [
  /<!date\^\d+\^\{date_(?:long|short)_pretty\} \{time\}\|[^<>]+>/gu,
  /<(?:https?:\/\/|webcal:|mailto:)[^<>|\s]*\|[^<>]+>/gu,
];

/** A control sequence that data brought in, or an escape that was cut in two. */
function faultsInMarkup(text: string, where: string, tokens: readonly RegExp[]): readonly string[] {
  const rest = tokens.reduce((left, token) => left.replace(token, ' '), text);
  return [
    ...(/[<>]/u.test(rest) ? [`${where}: control sequence in ${JSON.stringify(rest.slice(0, 200))}`] : []),
    ...(/&(?!amp;|lt;|gt;)/u.test(text) ? [`${where}: broken escape`] : []),
  ];
}
