interface Detector {
  detect(source: HTMLVideoElement): Promise<{rawValue: string}[]>;
}
type DetectorClass = new (options: {formats: string[]}) => Detector;

const FORMATS = ['code_128', 'ean_13', 'ean_8', 'upc_a', 'qr_code', 'data_matrix'];
/** The same code in front of the camera is one scan. */
const AGAIN_MS = 1_500;
const LOOK_MS = 150;

/**
 * Scanners that type: characters, then Enter (or Tab), anywhere on the page. What is typed into a field of the page is
 * not a scan.
 */
export function listenForScans(scanned: (code: string) => void): void {
  let typed = '';
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    if ((event.key === 'Enter' || event.key === 'Tab') && typed !== '') {
      // a button that has the focus would take the Enter for a press
      event.preventDefault();
      const code = typed.trim();
      typed = '';
      if (code !== '') scanned(code);
    } else if (event.key === 'Escape') typed = '';
    else if (event.key.length === 1) {
      typed += event.key;
      if (event.key === ' ') event.preventDefault();
    }
  });
}

const detectorClass = (): DetectorClass | undefined =>
  (globalThis as unknown as {BarcodeDetector?: DetectorClass}).BarcodeDetector;

/** Whether this browser reads barcodes and has a camera to point at them. */
export const hasCamera = (): boolean => detectorClass() !== undefined && navigator.mediaDevices !== undefined;

/** Reads codes from the camera into `video` until the function it gives is called; rejects when the camera is refused. */
export async function watchCamera(video: HTMLVideoElement, scanned: (code: string) => void): Promise<() => void> {
  const Detector = detectorClass();
  if (!Detector) throw new Error('this browser reads no barcodes');
  const stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: 'environment'}, audio: false});
  video.srcObject = stream;
  await video.play();
  const detector = new Detector({formats: FORMATS});
  let last = {code: '', at: 0};
  const look = async () => {
    const [found] = await detector.detect(video).catch(() => []);
    if (!found) return;
    const fresh = found.rawValue !== last.code || Date.now() - last.at > AGAIN_MS;
    last = {code: found.rawValue, at: Date.now()};
    if (fresh) scanned(found.rawValue);
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
  };
}
