import {startPage} from './start-page.ts';

const bare = {orders: [], temporalUi: null, mail: null, people: null};

describe('the start page of a development start', () => {
  it('tells who may come in where, each at their own door', () => {
    const office = [{role: 'ops', login: 'ops', password: 'p<w'}];
    const floor = [{staff_id: '1001', name: 'Ann', warehouse: 'EAST', roles: ['picker'], pin: '0110'}];
    const text = startPage({...bare, people: {office, floor, device: 'wb_dev_x'}});
    expect(text).toContain('<a href="/desk">ops</a><span><code>ops</code> · <code>p&lt;w</code></span>');
    expect(text).toContain('<a href="/floor#device=wb_dev_x">Ann, EAST</a>');
  });

  it('tells nobody’s secret where it is not for who asks', () => {
    expect(startPage(bare)).not.toMatch(/Login and password|Number and PIN/);
  });
});
