import { TokenGate } from './token-gate.js';

describe('the gate for tokens', () => {
  it('asks once about all who come in one turn, and tells each of them apart', async () => {
    const gate = new TokenGate();
    const asked: (readonly string[])[] = [];
    gate.register((ids) => {
      asked.push(ids);
      return Promise.resolve(['gone']);
    });
    expect(await Promise.all(['a', 'gone', 'b', 'a'].map((id) => gate.isOpenFor(id)))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(asked).toEqual([['a', 'gone', 'b']]);
  });

  it('asks again for whoever comes once the question is out', async () => {
    const gate = new TokenGate();
    const barred = new Set<string>();
    let answer = (): void => {};
    gate.register(async (ids) => {
      const found = ids.filter((id) => barred.has(id));
      await new Promise<void>((resolve) => (answer = resolve));
      return found;
    });
    const before = gate.isOpenFor('a');
    await new Promise((resolve) => setImmediate(resolve));
    const answerBefore = answer;
    barred.add('a');
    const after = gate.isOpenFor('a');
    await new Promise((resolve) => setImmediate(resolve));
    answer();
    expect(await after).toBe(false);
    answerBefore();
    expect(await before).toBe(true);
  });

  it('fails whoever asked where the question fails, and nobody after them', async () => {
    const gate = new TokenGate();
    gate.register(() => Promise.reject(new Error('out of reach')));
    const first = await Promise.allSettled(['a', 'b'].map((id) => gate.isOpenFor(id)));
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    gate.register(() => Promise.resolve([]));
    expect(await gate.isOpenFor('a')).toBe(true);
  });
});
