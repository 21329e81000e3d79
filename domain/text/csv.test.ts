import {csvRows, readCsv} from './csv.ts';

describe('csv', () => {
  it('reads quotes, doubled quotes, commas and line breaks inside fields', () => {
    expect(csvRows('a,"b,""c""",d\r\n"1\n2",,3\n')).toEqual([
      ['a', 'b,"c"', 'd'],
      ['1\n2', '', '3'],
    ]);
  });

  it('keys records by the header and skips a byte order mark and blank lines', () => {
    expect(readCsv('\ufeffid,city\n1,"São Paulo"\n\n2,\n')).toEqual([
      {id: '1', city: 'São Paulo'},
      {id: '2', city: ''},
    ]);
  });

  it('reads a last line without a line break and a trailing empty field', () => {
    expect(csvRows('a,b\n1,')).toEqual([
      ['a', 'b'],
      ['1', ''],
    ]);
  });

  it('refuses a quote that never ends', () => {
    expect(() => csvRows('a\n"b')).toThrow('never ends');
  });
});
