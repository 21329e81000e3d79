/** What is only known when the script runs. */
const SAMPLE = 'sample';

/**
 * The commands of shell scripts as lists of words, those inside `$( )` among them: enough of the shell for the scripts
 * of the documentation. Variables keep their values from one script to the next.
 */
export class ShellReader {
  private readonly variables = new Map<string, string>();
  /** these keep their value whatever the scripts assign */
  private readonly samples: Readonly<Record<string, string>>;
  private script = '';
  private at = 0;
  private commands: string[][] = [];

  constructor(samples: Readonly<Record<string, string>>) {
    this.samples = samples;
  }

  read(script: string): string[][] {
    this.script = script;
    this.at = 0;
    this.commands = [];
    this.list('');
    return this.commands;
  }

  private list(close: string): void {
    let words: string[] = [];
    let word: string | null = null;
    const endWord = () => {
      if (word !== null) words.push(word);
      word = null;
    };
    const endCommand = () => {
      endWord();
      this.keep(words);
      words = [];
    };
    while (this.at < this.script.length && this.script[this.at] !== close) {
      const char = this.script[this.at++] ?? '';
      if (char === '#' && word === null) this.until('\n');
      else if (/[\n;|&(){}<>]/.test(char)) endCommand();
      else if (char === ' ') endWord();
      else word = (word ?? '') + this.piece(char);
    }
    endCommand();
    this.at += 1;
  }

  private piece(char: string): string {
    if (char === '$') return this.expansion();
    if (char === '"') return this.quoted();
    if (char === "'") return this.until("'");
    if (char !== '\\') return char;
    const next = this.script[this.at++] ?? '';
    return next === '\n' ? '' : next;
  }

  /** The text up to there, which is passed over. */
  private until(end: string): string {
    const from = this.at;
    const found = this.script.indexOf(end, from);
    if (found < 0) throw new Error(`no ${end} after: ${this.script.slice(from, from + 60)}`);
    this.at = found + 1;
    return this.script.slice(from, found);
  }

  private quoted(): string {
    let text = '';
    for (;;) {
      const char = this.script[this.at++];
      if (char === undefined) throw new Error('a quoted text has no end');
      if (char === '"') return text;
      if (char === '\\') text += this.script[this.at++] ?? '';
      else text += char === '$' ? this.expansion() : char;
    }
  }

  private expansion(): string {
    const rest = this.script.slice(this.at);
    if (rest.startsWith('(')) {
      this.at += 1;
      this.list(')');
      return SAMPLE;
    }
    const [all = '', name = ''] = /^\{(\w+|@)(?:[^}\w][^}]*)?\}/.exec(rest) ?? /^(\w+)/.exec(rest) ?? [];
    this.at += all.length;
    return this.samples[name] ?? this.variables.get(name) ?? SAMPLE;
  }

  private keep(words: string[]): void {
    if (words.length === 0) return;
    const [, name, value] = /^(\w+)=([\s\S]*)$/.exec(words[0] ?? '') ?? [];
    if (name !== undefined) this.variables.set(name, value ?? '');
    else this.commands.push(words);
  }
}
