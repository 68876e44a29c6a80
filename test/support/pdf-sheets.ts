import { getDocumentProxy } from 'unpdf';

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

/** The parts of PDF.js that this file uses; its package has no types. */
interface PdfDocument {
  readonly numPages: number;
  getPage(place: number): Promise<{
    readonly view: readonly number[];
    getTextContent(): Promise<{ readonly items: readonly PdfItem[] }>;
  }>;
  destroy(): Promise<void>;
}

/** Reads the texts of each sheet of a PDF, with their positions. */
export async function pdfSheets(file: Buffer): Promise<PdfSheet[]> {
  const pdf = (await getDocumentProxy(new Uint8Array(file))) as unknown as PdfDocument;
  const sheets: PdfSheet[] = [];
  for (let place = 1; place <= pdf.numPages; place += 1) {
    const page = await pdf.getPage(place);
    const [, , width = 0, height = 0] = page.view;
    const { items } = await page.getTextContent();
    sheets.push({ width, height, texts: items.flatMap(textOf) });
  }
  await pdf.destroy();
  return sheets;
}

function textOf({ str = '', transform, width }: PdfItem): PdfText[] {
  const [, , , , x = 0, y = 0] = transform;
  return str.trim() === '' ? [] : [{ text: str, x, y, width }];
}
