import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** Neighbouring folders that import each other in a circle, from the first one back to it. */
export type FolderCircle = readonly string[];

/**
 * Finds circles between the folders of a tree. Neighbouring folders are compared with all their content. A folder and
 * the files directly above it can import each other, because those files combine what the folder contains.
 *
 * @param root a folder of TypeScript or JavaScript modules; specs are excluded, because nothing imports them
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

/** The folders directly below the last one that both files share; null if one of the files is directly in that one. */
function edgeBetween(from: string, to: string): [string, string] | null {
  const [left, right] = [dirname(from).split(sep), dirname(to).split(sep)];
  const depth = left.findIndex((folder, index) => folder !== right[index]);
  if (depth === -1 || right[depth] === undefined || left[depth] === '.' || right[depth] === '.') return null;
  return [left.slice(0, depth + 1).join('/'), right.slice(0, depth + 1).join('/')];
}

/**
 * The shortest path from a folder back to it; null if there is none, or if an earlier folder in the alphabet reports
 * it.
 */
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
