/** The refused lines of an import as files: the lines themselves, and the reasons. */

import { saveBlob } from '../../api/download.js';
import { isPacked, type RefusedLine } from '../../api/imports.js';

/** What a spreadsheet would read as a formula, after what it skips. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/** @param file the one that was imported */
export async function saveRefusedLines(file: File, refusals: readonly RefusedLine[]): Promise<void> {
  const lines = await linesOf(file, new Set(refusals.map(({ line }) => line)));
  save(file, 'refused.ndjson', `${lines.join('\n')}\n`, 'application/x-ndjson');
}

export function saveReasons(file: File, refusals: readonly RefusedLine[]): void {
  save(file, 'refused.csv', reasonsCsv(refusals), 'text/csv');
}

export function reasonsCsv(refusals: readonly RefusedLine[]): string {
  const rows = refusals.map(({ line, type, id, code, reason }) => [String(line), type, id, code, reason]);
  return [['Line', 'Type', 'Id', 'Code', 'Reason'], ...rows]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('');
}

function cell(value: string | null | undefined): string {
  const text = FORMULA.test(value ?? '') ? `'${value}` : (value ?? '');
  return /["\t\r\n,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The lines with these numbers; blank lines count. Only they are kept in memory. */
async function linesOf(file: File, wanted: ReadonlySet<number>): Promise<string[]> {
  const bytes: ReadableStream<Uint8Array<ArrayBuffer>> = isPacked(file)
    ? file.stream().pipeThrough(new DecompressionStream('gzip'))
    : file.stream();
  const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
  const found: string[] = [];
  let rest = '';
  let number = 0;
  const take = (line: string): void => {
    number += 1;
    if (wanted.has(number)) found.push(line.replace(/\r$/, ''));
  };
  for (;;) {
    const { done, value = '' } = await reader.read();
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
    if (done) break;
    if (found.length === wanted.size) {
      await reader.cancel();
      return found;
    }
  }
  take(rest);
  return found;
}

function save(file: File, ending: string, content: string, type: string): void {
  const name = file.name.replace(/(\.ndjson|\.jsonl?|\.txt)?(\.gz)?$/i, '');
  saveBlob(`${name}-${ending}`, new Blob([content], { type }));
}
