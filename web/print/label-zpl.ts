import {LABEL, type LabelFacts, layLabel, type Mark} from './label-layout.ts';

/** The label in the language of label printers (ZPL II), UTF-8. */
export function labelZpl(facts: LabelFacts): string {
  const frame = [`^PW${LABEL.width}`, `^LL${LABEL.height}`, '^CI28'];
  return `${['^XA', ...frame, ...layLabel(facts).map(command), '^XZ'].join('\n')}\n`;
}

function command(mark: Mark): string {
  switch (mark.kind) {
    case 'text':
      return `^FO${mark.x},${mark.y}^A0N,${mark.size},${Math.round(mark.size * 0.9)}^FH^FD${field(mark.text)}^FS`;
    case 'rule':
      return `^FO20,${mark.y}^GB${LABEL.width - 40},3,3^FS`;
    case 'barcode':
      return `^FO${mark.x},${mark.y}^BY${mark.module}^BCN,${mark.height},N,N,N,A^FH^FD${field(mark.text)}^FS`;
  }
}

/** What commands begin with, and what ^FH takes for a hexadecimal byte, is written as one. */
const field = (text: string): string =>
  text.replace(/[\^~_\\]/g, (sign) => `_${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
