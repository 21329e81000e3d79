import {connect, createServer, type Server, type Socket} from 'node:net';
import {openProxy, type Passage} from './proxy.ts';

describe('a passage', () => {
  let echo: Server;
  let passage: Passage;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => void socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    passage = await openProxy({host: '127.0.0.1', port: (echo.address() as {port: number}).port});
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await passage.close();
    await new Promise((resolve) => echo.close(resolve));
  });

  const open = () => {
    const socket = connect({host: '127.0.0.1', port: passage.port});
    sockets.push(socket);
    return socket.on('error', () => undefined);
  };
  /** What comes back until `length` bytes are there or the connection ends. */
  const read = (socket: Socket, length: number) =>
    new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.length >= length) resolve(text);
      });
      socket.once('close', () => resolve(text));
    });

  it('passes bytes both ways, in order', async () => {
    const socket = open();
    socket.write('one ');
    socket.write('two');
    await expect(read(socket, 7)).resolves.toBe('one two');
    expect(passage.struck()).toEqual({delay: 0, cut: 0, refuse: 0, blackhole: 0});
  });

  it('cuts a connection in the middle of an answer', async () => {
    const socket = open();
    passage.spell('cut', 10_000);
    socket.write('12345678');
    await expect(read(socket, 8)).resolves.toBe('1234');
    expect(passage.struck().cut).toBe(1);
  });

  it('breaks connections and turns new ones away', async () => {
    const socket = open();
    socket.write('x');
    await read(socket, 1);
    const broken = new Promise((resolve) => socket.once('close', resolve));
    passage.spell('refuse', 10_000);
    await broken;
    const other = open();
    other.write('y');
    await expect(read(other, 1)).resolves.toBe('');
    expect(passage.struck().refuse).toBe(1);
  });

  it('swallows everything for a while and hands it over afterwards', async () => {
    const socket = open();
    socket.write('a');
    await read(socket, 1);
    passage.spell('blackhole', 1_000);
    socket.write('late');
    await expect(read(socket, 4)).resolves.toBe('late');
    expect(passage.struck().blackhole).toBeGreaterThan(0);
  });

  it('delays, and keeps the order', async () => {
    const socket = open();
    passage.spell('delay', 10_000);
    socket.write('first ');
    socket.write('second');
    await expect(read(socket, 12)).resolves.toBe('first second');
    expect(passage.struck().delay).toBeGreaterThan(0);
  });
});
