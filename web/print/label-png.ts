import {type DrawingContext, drawingZlibPng, render} from 'bwip-js/node';
import {LABEL, type LabelFacts, layLabel, type Mark} from './label-layout.ts';
import {ascii} from './letters.ts';

const BLACK = '000000';

/** The label as a picture, dot for dot what a label printer prints: the barcode is drawn by bwip-js, the rest around it. */
export async function labelPng(facts: LabelFacts): Promise<Buffer> {
  const marks = layLabel(facts);
  const barcode = marks.find((mark) => mark.kind === 'barcode');
  if (!barcode) throw new Error('a label has a barcode');
  const {module: scale, x, y, height, text} = barcode;
  const inner = drawingZlibPng();
  const around: DrawingContext<Promise<Buffer>> = {
    ...inner,
    init: () => inner.init(LABEL.width, LABEL.height),
    // the bars are drawn as lines from the corner of the barcode
    line: (x0, y0, x1, y1, width, colour) => inner.line(x0 + x, y0 + y, x1 + x, y1 + y, width, colour),
    end: () => {
      for (const mark of marks) draw(inner, mark);
      return inner.end();
    },
  };
  // the height is in millimetres of 72 / 25.4 dots, before the scale
  const size = {scale, height: height / scale / (72 / 25.4)};
  return render({bcid: 'code128', text, ...size, includetext: false, backgroundcolor: 'FFFFFF'}, around);
}

function draw(drawing: DrawingContext<Promise<Buffer>>, mark: Mark): void {
  if (mark.kind === 'rule') drawing.line(20, mark.y, LABEL.width - 20, mark.y, 3, BLACK);
  if (mark.kind !== 'text') return;
  const font = {name: 'OCR-B', width: mark.size * 0.9, height: mark.size * 0.9, dx: 0};
  const baseline = mark.y + mark.size * 0.8;
  drawing.text(mark.x, baseline, ascii(mark.text), BLACK, font);
  if (mark.bold) drawing.text(mark.x + 1, baseline, ascii(mark.text), BLACK, font);
}
