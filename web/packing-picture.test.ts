import {packingPicture, type PicturedUnit} from './packing-picture.ts';

const unit = (sku: string, x: number, y: number, z: number): PicturedUnit => ({
  sku,
  name: `The ${sku}`,
  x,
  y,
  z,
  dx: 100,
  dy: 80,
  dz: 50,
});
const picture = (...placements: PicturedUnit[]) => packingPicture({box: 'S-1', inner_mm: [200, 160, 100], placements});
const numbers = (svg: string) => [...svg.matchAll(/text-anchor="middle" fill="#111">(\d+)</g)].map((m) => Number(m[1]));

describe('the picture of a packed parcel', () => {
  it('draws and numbers every unit, and lists them in packing order', () => {
    const svg = picture(unit('A', 0, 0, 0), unit('A', 100, 0, 0), unit('B', 0, 0, 50));
    expect(numbers(svg).sort()).toEqual([1, 2, 3]);
    expect(svg.match(/<polygon/g)).toHaveLength(3 + 3 * 3);
    expect(svg).toContain('1–2: 2 × The A');
    expect(svg).toContain('3: 1 × The B');
    expect(svg).toContain('box S-1, 200 × 160 × 100 mm');
  });
  it('paints what is nearer over what lies behind and below it', () => {
    const painted = numbers(picture(unit('TOP', 0, 0, 50), unit('NEAR', 100, 0, 0), unit('FAR', 0, 0, 0)));
    expect(painted[0]).toBe(3);
    expect(numbers(picture(unit('NEAR', 0, 80, 0), unit('FAR', 0, 0, 0)))).toEqual([2, 1]);
  });
  it('puts the number where it is seen, and leaves it out where nothing of the unit is', () => {
    const around = [unit('LEFT', 0, 80, 0), unit('RIGHT', 100, 0, 0), unit('TOP', 0, 0, 50)];
    expect(numbers(picture(unit('HIDDEN', 0, 0, 0), ...around)).sort()).toEqual([2, 3, 4]);
    expect(numbers(picture(unit('SEEN', 0, 0, 0), ...around.slice(1))).sort()).toEqual([1, 2, 3]);
  });
  it('keeps everything on the paper', () => {
    const svg = picture(unit('A', 0, 0, 0), unit('B', 100, 80, 50));
    const points = [...svg.matchAll(/points="([^"]+)"/g)].flatMap((m) => String(m[1]).split(/[ ,]/).map(Number));
    expect(Math.min(...points)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...points)).toBeLessThanOrEqual(520);
  });
  it('escapes names, and needs neither style nor script', () => {
    const svg = packingPicture(
      {box: null, inner_mm: [100, 80, 50], placements: [{...unit('X', 0, 0, 0), name: '<script>"&'}]},
      'de',
    );
    expect(svg).toContain('&lt;script&gt;&quot;&amp;');
    expect(svg).toContain('im eigenen Karton');
    expect(svg).not.toMatch(/style=|<script|<style/);
  });
  it('counts what it does not draw', () => {
    const many = Array.from({length: 400}, (_, i) => unit(`S${i}`, 0, 0, 0));
    const svg = picture(...many);
    expect(svg.match(/<polygon/g)).toHaveLength(3 + 3 * 150);
    expect(svg).toContain('+ 376 more');
  });
});
