import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** Folders beside each other that import each other, from the first of them back to it. */
export type FolderCircle = readonly string[];

/**
 * Finds circles between the folders of a tree. Folders are compared with their neighbours, each with all that lies in
 * it; a folder and the files right above it may import each other, as those put together what the folder holds.
 *
 * @param root a folder of TypeScript or JavaScript modules; specs are left out, as nothing imports them
 */
export function folderCircles(root: string): FolderCircle[] {
  const edges = new Map<string, Set<string>>();
  for (const file of modulesIn(root)) {
    for (const imported of importsOf(file)) {
      const edge = edgeBetween(relative(root, file), relative(root, imported));
      if (edge !== null) edges.set(edge[0], (edges.get(edge[0]) ?? new Set()).add(edge[1]));
    }
  }
  return [...edges.keys()].sort().flatMap((folder) => circleFrom(folder, edges) ?? []);
}

function modulesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx|js|mjs)$/.test(file) && !file.includes('.spec.'))
    .map((file) => join(root, file));
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolve(dirname(file), fileName));
}

/** The folders right below the last one that both files have in common; null where one of them lies in that itself. */
function edgeBetween(from: string, to: string): [string, string] | null {
  const [left, right] = [dirname(from).split(sep), dirname(to).split(sep)];
  const depth = left.findIndex((folder, index) => folder !== right[index]);
  if (depth === -1 || right[depth] === undefined || left[depth] === '.' || right[depth] === '.') return null;
  return [left.slice(0, depth + 1).join('/'), right.slice(0, depth + 1).join('/')];
}

/** The shortest way from a folder back to it; null where there is none, or where a folder before it in the alphabet tells it. */
function circleFrom(start: string, edges: ReadonlyMap<string, ReadonlySet<string>>): [FolderCircle] | null {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of edges.get(way.at(-1) as string) ?? []) {
      if (next === start) return way.every((folder) => folder >= start) ? [[...way, start]] : null;
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return null;
}
