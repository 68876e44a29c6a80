import { TokenGate } from './token-gate.js';

describe('the gate for tokens', () => {
  it('checks all subjects of one turn of the event loop together, with a result for each', async () => {
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

  it('checks again for a subject that arrives after a check has started', async () => {
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

  it('rejects the callers of a failed check, but no later ones', async () => {
    const gate = new TokenGate();
    gate.register(() => Promise.reject(new Error('out of reach')));
    const first = await Promise.allSettled(['a', 'b'].map((id) => gate.isOpenFor(id)));
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    gate.register(() => Promise.resolve([]));
    expect(await gate.isOpenFor('a')).toBe(true);
  });
});
