import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {labelZpl} from '../../web/print/label-zpl.ts';
import {codesIn} from '../support/read-barcodes.ts';
import {printZpl} from '../support/read-zpl.ts';
import {until} from '../support/until.ts';
import {describeInChromium} from './browser.ts';
import {floorSuite} from './floor-suite.ts';
import {GOODS} from './shop-floor.ts';
import {enter, PATIENCE, SIZES, type Visit, visit} from './visit.ts';

const [, MUG] = GOODS;
const folder = mkdtempSync(join(tmpdir(), 'waybill-camera-'));

/** A film of a label of ours that carries the code, for the fake camera of Chromium (YUV4MPEG2). */
function film(code: string): string {
  const {dots, width, height} = printZpl(
    labelZpl({
      ...{order_number: 'ORD-1', parcel_id: 'pcl_1', parcel: {position: 1, of: 1}, carrier: 'X', service: 'Y'},
      ...{tracking_number: code, weight_g: 1, from: [], to: []},
    }),
  );
  const light = Buffer.from(dots.map((dot) => (dot === 1 ? 16 : 235)));
  const grey = Buffer.alloc((width / 2) * (height / 2) * 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, grey]);
  const path = join(folder, 'label.y4m');
  writeFileSync(
    path,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`), frame, frame]),
  );
  return path;
}

const camera = `--use-file-for-fake-video-capture=${film(MUG.barcode)}`;
const suite = floorSuite({
  arguments: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', camera],
});
afterAll(() => rmSync(folder, {recursive: true}));

/**
 * What reads barcodes in the browsers of handhelds is not part of Chromium on this platform: here a reader that is not
 * ours either (ZXing) looks at the same frames. Everything else is as it is on a handheld: camera, film, page.
 */
const DETECTOR = `globalThis.BarcodeDetector ??= class {
  async detect(video) {
    if (video.videoWidth === 0) return [];
    const canvas = Object.assign(document.createElement('canvas'), {width: video.videoWidth, height: video.videoHeight});
    canvas.getContext('2d').drawImage(video, 0, 0);
    const codes = await globalThis.readPicture(canvas.toDataURL('image/png').split(',')[1]);
    return codes.map((rawValue) => ({rawValue}));
  }
};`;

describeInChromium(SIZES.slice(0, 1))('the camera of a $size', (given) => {
  let at: Visit;
  let looks = 0;

  it(
    'reads a label as a scanner does: once, however long it is held there',
    async () => {
      const badge = await suite.shop.hire(given.person, 'Ann', ['picker']);
      const {order, east} = await suite.shop.buy([{sku: MUG.sku, qty: 2}]);
      await suite.shop.floor.openTask(east, 'pick');
      at = await visit(suite.browser, given);
      await at.page.exposeFunction('readPicture', async (png: string) => {
        looks += 1;
        return (await codesIn(Buffer.from(png, 'base64'))).map(([, text]) => text);
      });
      await at.page.addInitScript(DETECTOR);
      await enter(at, suite.shop, badge);
      await at.press('Start the next pick');
      await at.sees('Scan the bin');
      await at.scan('3-A-1');
      await at.sees('Scan the item');
      await at.press('Camera');
      await at.sees('Right. 1 to go here.');
      await at.look('60-camera');
      const seen = looks;
      await until('the camera to look again', async () => looks > seen + 3);
      await at.press('Camera off');
      const [line] = (await suite.shop.floor.order(order.order_id)).lines;
      expect(line?.picked).toBe(1);
      expect(await at.page.locator('video').count()).toBe(0);
      await at.scan(MUG.barcode);
      await at.sees('All picked');
      expect([at.broken, at.serious, at.below]).toEqual([[], [], []]);
    },
    PATIENCE,
  );
});
