import {judgeUnpick} from './scan-unpick.ts';
import type {TaskView} from './scan-verdict.ts';

const stop = (stop_id: string, bin: string, sku: string, qty: number, more: object = {}) => ({
  stop_id,
  position: 1,
  bin,
  sku,
  barcode: `bar-${sku}`,
  name: sku,
  qty,
  picked: 0,
  short: 0,
  opened: false,
  ...more,
});
const task = (...stops: ReturnType<typeof stop>[]): TaskView => ({
  state: 'open',
  kind: 'pick',
  claimed_by: null,
  lease_until: null,
  stops,
});
const who = {actor: 'ann', now: 1_000};

describe('putting picked units back', () => {
  it('asks for the bin before the item', () => {
    const judged = judgeUnpick(task(stop('s', 'A-1', 'X', 2)), {kind: 'item', code: 'bar-X'}, who);
    expect(judged).toMatchObject({accepted: false, code: 'wrong_bin', message: expect.stringContaining('A-1')});
  });

  it('opens the bin a unit belongs to, and no other', () => {
    const open = task(stop('s', 'A-1', 'X', 2));
    expect(judgeUnpick(open, {kind: 'bin', code: 'A-1'}, who)).toMatchObject({effect: {stop_id: 's', kind: 'open'}});
    expect(judgeUnpick(open, {kind: 'bin', code: 'B-7'}, who)).toMatchObject({accepted: false, code: 'wrong_bin'});
  });

  it('counts units back, and says where the next ones go', () => {
    const open = task(stop('s', 'A-1', 'X', 2, {opened: true}), stop('t', 'B-2', 'Y', 1, {position: 2}));
    expect(judgeUnpick(open, {kind: 'item', code: 'bar-X', qty: 2}, who)).toMatchObject({
      effect: {stop_id: 's', kind: 'back', qty: 2},
      closes_task: false,
      next: {bin: 'B-2', sku: 'Y', remaining: 1},
    });
  });

  it('closes with the last unit', () => {
    const last = task(stop('s', 'A-1', 'X', 2, {opened: true, picked: 1}));
    expect(judgeUnpick(last, {kind: 'item', code: 'X'}, who)).toMatchObject({
      accepted: true,
      closes_task: true,
      next: null,
    });
  });

  it('refuses more units than there are, other items and hands that are not its own', () => {
    const open = task(stop('s', 'A-1', 'X', 2, {opened: true}));
    expect(judgeUnpick(open, {kind: 'item', code: 'X', qty: 3}, who)).toMatchObject({code: 'too_many'});
    expect(judgeUnpick(open, {kind: 'item', code: 'Z'}, who)).toMatchObject({code: 'wrong_item'});
    expect(judgeUnpick({...open, state: 'done'}, {kind: 'item', code: 'X'}, who)).toMatchObject({code: 'done'});
    const held = {...open, claimed_by: 'bob', lease_until: 2_000};
    expect(judgeUnpick(held, {kind: 'item', code: 'X'}, who)).toMatchObject({code: 'not_yours'});
  });
});
