import {Turns} from './turns.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Work that ends when it is told to; `went` tells the order of turns. */
function crowd(turns: Turns) {
  const went: string[] = [];
  const ends = new Map<string, () => void>();
  const come = (name: string, ...lines: string[]) =>
    void turns.take(lines, () => {
      went.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await settle();
  };
  return {went, come, end};
}

const limits = (atOnce: number, ofOneLine: number, slowMs = 60_000) => new Turns({atOnce, ofOneLine, slowMs});

describe('turns', () => {
  it('let so many of one line in, the rest in the order they came', async () => {
    const {went, come, end} = crowd(limits(10, 2));
    for (const name of ['a', 'b', 'c', 'd']) come(name, 'HOT');
    await settle();
    expect(went).toEqual(['a', 'b']);
    await end('b');
    expect(went).toEqual(['a', 'b', 'c']);
    await end('a');
    expect(went).toEqual(['a', 'b', 'c', 'd']);
  });

  it('let others pass a line', async () => {
    const {went, come} = crowd(limits(3, 2));
    for (const name of ['a', 'b', 'c', 'd']) come(name, 'HOT');
    come('other', 'COLD');
    await settle();
    expect(went).toEqual(['a', 'b', 'other']);
  });

  it('go round the lines when all places are taken', async () => {
    const {went, come, end} = crowd(limits(1, 1));
    for (const name of ['hot-1', 'hot-2', 'hot-3']) come(name, 'HOT');
    for (const name of ['cold-1', 'cold-2']) come(name, 'COLD');
    await settle();
    for (const name of ['hot-1', 'hot-2', 'cold-1', 'hot-3']) await end(name);
    expect(went).toEqual(['hot-1', 'hot-2', 'cold-1', 'hot-3', 'cold-2']);
  });

  it('put what is about several things into the longest of their lines', async () => {
    const {went, come, end} = crowd(limits(10, 1));
    for (const name of ['a', 'b']) come(name, 'HOT');
    come('cart', 'COLD', 'HOT');
    await settle();
    expect(went).toEqual(['a']);
    await end('a');
    await end('b');
    expect(went).toEqual(['a', 'b', 'cart']);
  });

  it('are not held by what waits for something else', async () => {
    const {went, come} = crowd(limits(10, 1, 1));
    for (const name of ['slow', 'next']) come(name, 'HOT');
    for (let i = 0; i < 1_000 && went.length < 2; i += 1) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(went).toEqual(['slow', 'next']);
  });

  it('do nothing for a client that has gone meanwhile', async () => {
    const {went, come, end} = crowd(limits(1, 1));
    const turns = limits(1, 1);
    const work = () => Promise.resolve(void went.push('nobody hears of it'));
    await expect(turns.take(['HOT'], work, () => true)).rejects.toThrow('the client has gone');
    await expect(turns.take(['HOT'], () => Promise.resolve('next'))).resolves.toBe('next');
    come('a', 'HOT');
    await end('a');
    expect(went).toEqual(['a']);
  });

  it('end with a failure as well, which is passed on', async () => {
    const turns = limits(1, 1);
    await expect(turns.take(['HOT'], () => Promise.reject(new Error('sold out')))).rejects.toThrow('sold out');
    await expect(turns.take(['HOT'], () => Promise.resolve('next'))).resolves.toBe('next');
  });
});
