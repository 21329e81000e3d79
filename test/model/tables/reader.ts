const TOKEN =
  /\s*(?:(\$\d+)|(\d+(?:\.\d+)?)|'((?:[^']|'')*)'|"?([A-Za-z_]\w*)"?|(::|<>|<=|>=|=>|<@|&&|[-+*/()=<>,.[\]]))/y;

interface Token {
  kind: 'param' | 'number' | 'text' | 'word' | 'sign';
  text: string;
}

/** Words, signs and values of a statement. */
function tokens(sql: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = sql.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(sql);
    if (!match) throw new Error(`cannot read SQL at: ${sql.slice(at, at + 40)}`);
    const [, param, number, text, word, sign] = match;
    if (param !== undefined) found.push({kind: 'param', text: param.slice(1)});
    else if (number !== undefined) found.push({kind: 'number', text: number});
    else if (text !== undefined) found.push({kind: 'text', text: text.replaceAll("''", "'")});
    else if (word !== undefined) found.push({kind: 'word', text: word});
    else found.push({kind: 'sign', text: sign ?? ''});
  }
  return found;
}

/** Reads tokens one by one. */
export class Reader {
  private at = 0;
  private readonly all: readonly Token[];

  constructor(sql: string) {
    this.all = tokens(sql);
  }

  peek(ahead = 0): Token | undefined {
    return this.all[this.at + ahead];
  }

  /** The next token when it is this keyword or sign. */
  take(text: string): boolean {
    const token = this.peek();
    if (!token || token.kind === 'text' || token.kind === 'param') return false;
    if (token.text.toUpperCase() !== text) return false;
    this.at += 1;
    return true;
  }

  takeAll(...texts: string[]): boolean {
    const start = this.at;
    if (texts.every((text) => this.take(text))) return true;
    this.at = start;
    return false;
  }

  expect(...texts: string[]): void {
    for (const text of texts) if (!this.take(text)) throw new Error(`${text} expected, not ${this.peek()?.text}`);
  }

  next(): Token {
    const token = this.peek();
    if (!token) throw new Error('the statement ends too early');
    this.at += 1;
    return token;
  }

  name(): string {
    const token = this.next();
    if (token.kind !== 'word') throw new Error(`a name expected, not ${token.text}`);
    return token.text;
  }

  names(): string[] {
    const found: string[] = [];
    this.expect('(');
    do found.push(this.name());
    while (this.take(','));
    this.expect(')');
    return found;
  }

  get done(): boolean {
    return this.at >= this.all.length;
  }
}
