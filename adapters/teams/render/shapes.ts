/** The Adaptive Card shapes that the renderer writes; all of them exist in version 1.5 (adaptivecards.io/explorer). */
export interface AdaptiveCard {
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly type: 'AdaptiveCard';
  readonly version: '1.5';
  /** ISO 639-1: what a screen reader pronounces. */
  readonly lang: string;
  readonly rtl?: true;
  readonly fallbackText: string;
  readonly body: readonly Block[];
  readonly actions?: readonly ShownAction[];
  readonly msteams: { readonly width: 'Full' };
}

export type Colour = 'Accent' | 'Good' | 'Warning' | 'Attention';

interface Placed {
  readonly spacing?: 'None' | 'Small' | 'Medium' | 'Large' | 'ExtraLarge';
  readonly separator?: true;
}

export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size?: 'Small' | 'Medium' | 'Large';
  readonly weight?: 'Bolder';
  readonly color?: Colour;
  readonly isSubtle?: true;
  readonly fontType?: 'Monospace';
  readonly underline?: true;
  readonly strikethrough?: true;
  readonly highlight?: true;
  readonly selectAction?: OpenUrl;
}

/** Shows its runs letter by letter: no Markdown (Microsoft, “Text features”). */
export interface RichTextBlock extends Placed {
  readonly type: 'RichTextBlock';
  readonly horizontalAlignment?: 'Center';
  readonly inlines: readonly TextRun[];
}

/** Reads Markdown: only for text that has none. */
export interface TextBlock extends Placed {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap: true;
  readonly style?: 'heading';
  readonly size?: 'Small' | 'Medium' | 'Large';
  readonly weight?: 'Bolder';
  readonly color?: Colour;
}

/** A picture that the card itself carries (Adaptive Cards 1.2: an address may be a data URI). */
export interface Image extends Placed {
  readonly type: 'Image';
  readonly url: `data:image/${string}`;
  readonly altText: string;
  readonly width: string;
}

export interface Container extends Placed {
  readonly type: 'Container';
  readonly style?: 'emphasis' | 'good' | 'warning' | 'attention';
  readonly bleed?: true;
  readonly selectAction?: ShownAction;
  readonly items: readonly Block[];
}

export interface Column {
  readonly type: 'Column';
  readonly width: string;
  readonly spacing?: 'None' | 'Small';
  readonly items?: readonly Block[];
}

export interface ColumnSet extends Placed {
  readonly type: 'ColumnSet';
  readonly columns: readonly Column[];
  readonly selectAction?: Execute;
}

export interface ActionSet extends Placed {
  readonly type: 'ActionSet';
  readonly actions: readonly ShownAction[];
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

interface Asked extends Placed {
  readonly id: string;
  readonly label: string;
  readonly isRequired?: true;
  readonly errorMessage?: string;
}

export interface TextInput extends Asked {
  readonly type: 'Input.Text';
  readonly value?: string;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly isMultiline?: true;
}

export interface NumberInput extends Asked {
  readonly type: 'Input.Number';
  readonly value?: number;
  readonly min: number;
  readonly max: number;
}

export interface DateInput extends Asked {
  readonly type: 'Input.Date';
  /** YYYY-MM-DD. */
  readonly value?: string;
}

export interface ToggleInput extends Asked {
  readonly type: 'Input.Toggle';
  readonly title: string;
  readonly value?: 'true';
}

export interface ChoiceInput extends Asked {
  readonly type: 'Input.ChoiceSet';
  readonly style?: 'filtered';
  readonly value?: string;
  readonly placeholder?: string;
  readonly choices: readonly Choice[];
  /** Asks the bot while somebody types. Adaptive Cards 1.6, but Teams has it in cards of version 1.5. */
  readonly 'choices.data'?: { readonly type: 'Data.Query'; readonly dataset: string };
}

export type Input = TextInput | NumberInput | DateInput | ToggleInput | ChoiceInput;

export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly title?: string;
  readonly url: string;
}

/** What comes back when a button is pressed: a command line, or the form that the inputs beside it belong to. */
export type ActionData =
  | { readonly run: string; readonly msteams?: { readonly type: 'task/fetch' } }
  | { readonly command: string; readonly opaque: string; readonly [carried: `field.${string}`]: string };

export interface Execute {
  readonly type: 'Action.Execute';
  readonly verb: 'run' | 'form';
  readonly title: string;
  readonly tooltip?: string;
  readonly data: ActionData;
  readonly style?: 'positive' | 'destructive';
  readonly mode?: 'secondary';
  readonly fallback: Submit;
}

/**
 * For dialogs, and for clients that do not know Action.Execute (Microsoft, “Universal Actions”, backward compatibility).
 */
export interface Submit {
  readonly type: 'Action.Submit';
  readonly title: string;
  readonly tooltip?: string;
  readonly data: ActionData;
  readonly style?: 'positive' | 'destructive';
  readonly mode?: 'secondary';
}

export type ShownAction = Execute | Submit;

export type Block = TextBlock | RichTextBlock | Image | Container | ColumnSet | ActionSet | Input;
