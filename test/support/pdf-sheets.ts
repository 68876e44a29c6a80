import { spawnSync } from 'node:child_process';

/** A piece of text on a sheet, in points; `x` and `y` of its start, `y` from below. */
interface PdfText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A sheet of a PDF, in points: A4 is 595 by 842. */
export interface PdfSheet {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PdfText[];
}

/** The format of PDF.js: the text, its transformation and its width; marks have no text. */
interface PdfItem {
  readonly str?: string;
  readonly transform: readonly number[];
  readonly width: number;
}

/** The library is only an ES module, which Jest cannot load, so a separate process reads the PDF. */
const READ = `
  import { getDocumentProxy } from 'unpdf';
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const pdf = await getDocumentProxy(new Uint8Array(Buffer.concat(chunks)));
  const sheets = [];
  for (let place = 1; place <= pdf.numPages; place += 1) {
    const page = await pdf.getPage(place);
    const [, , width, height] = page.view;
    const { items } = await page.getTextContent();
    sheets.push({ width, height, items });
  }
  process.stdout.write(JSON.stringify(sheets));
`;

/** Reads the texts of each sheet of a PDF, with their positions. */
export function pdfSheets(pdf: Buffer): PdfSheet[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', READ], {
    input: pdf,
    cwd: __dirname,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr.toString());
  const sheets = JSON.parse(stdout.toString()) as { width: number; height: number; items: PdfItem[] }[];
  return sheets.map(({ width, height, items }) => ({ width, height, texts: items.flatMap(textOf) }));
}

function textOf({ str = '', transform, width }: PdfItem): PdfText[] {
  const [, , , , x = 0, y = 0] = transform;
  return str.trim() === '' ? [] : [{ text: str, x, y, width }];
}
