import {readOptions, WALKS} from './options.ts';

const ENV = {INIT_CWD: '/home/ann', DATA_DIR: '/srv/waybill'};

describe('the options of a walk', () => {
  it('walk everywhere on a system of its own', () => {
    expect(readOptions([], ENV)).toEqual({names: WALKS, dataDir: '/srv/waybill'});
  });

  it('walk in their own order, and read the doors before', () => {
    expect(readOptions(['--only', 'ops,customer'], ENV)?.names).toEqual(['doors', 'customer', 'ops']);
    expect(() => readOptions(['--only', 'opps'], ENV)).toThrow('There is no walk "opps".');
  });

  it('keep pictures where somebody stands, and walk where something runs', () => {
    const args = ['--pictures', 'seen', '--url', 'http://127.0.0.1:3000/', '--data-dir', '.data'];
    const options = {pictures: '/home/ann/seen', url: 'http://127.0.0.1:3000', dataDir: '/home/ann/.data'};
    expect(readOptions(args, ENV)).toEqual({names: WALKS, ...options});
  });

  it('help, or say what nobody knows', () => {
    expect(readOptions(['--help'], ENV)).toBe(undefined);
    expect(() => readOptions(['--fast'], ENV)).toThrow(/npm run walk/);
  });
});
