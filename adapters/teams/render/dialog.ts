import type { AdaptiveCard, Block, ColumnSet, Execute, ShownAction, Submit } from './shapes.ts';

/**
 * A card as a dialog takes it: what is pressed there comes back as `task/submit`, which only `Action.Submit` does
 * (Microsoft, “Use dialogs with bots”). Lines of lists lead nowhere, because what they open would take the place of the
 * form or of the question that is being decided on.
 */
export function forDialog(card: AdaptiveCard): AdaptiveCard {
  return {
    ...card,
    body: card.body.map(blockInDialog),
    ...(card.actions ? { actions: card.actions.map(submitFor) } : {}),
  };
}

/**
 * A button that opens the answer to a line as a dialog. A client without dialogs sends the same data as a message, and
 * gets the answer as one.
 */
export function dialogButton(title: string, line: string): Submit {
  return { type: 'Action.Submit', title, data: { run: line, msteams: { type: 'task/fetch' } } };
}

function blockInDialog(block: Block): Block {
  switch (block.type) {
    case 'ActionSet':
      return { ...block, actions: block.actions.map(submitFor) };
    case 'Container': {
      const { selectAction, ...rest } = block;
      const items = block.items.map(blockInDialog);
      return { ...rest, items, ...(selectAction ? { selectAction: submitFor(selectAction) } : {}) };
    }
    case 'ColumnSet':
      return withoutAction(block);
    default:
      return block;
  }
}

function withoutAction({ type, columns, spacing, separator }: ColumnSet): ColumnSet {
  const inDialog = columns.map((column) =>
    column.items ? { ...column, items: column.items.map(blockInDialog) } : column,
  );
  return { type, ...(spacing ? { spacing } : {}), ...(separator ? { separator } : {}), columns: inDialog };
}

function submitFor(action: ShownAction): Submit {
  if (action.type === 'Action.Submit') return action;
  const { fallback, style, mode, tooltip }: Execute = action;
  return {
    ...fallback,
    ...(tooltip === undefined ? {} : { tooltip }),
    ...(style === undefined ? {} : { style }),
    ...(mode === undefined ? {} : { mode }),
  };
}
