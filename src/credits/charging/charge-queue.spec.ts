import { ChargeQueue } from './charge-queue.js';

describe('the queue of charges', () => {
  const queueOf = (...items: (readonly [userId: string, item: string])[]): ChargeQueue<string> => {
    const queue = new ChargeQueue<string>();
    for (const [userId, item] of items) queue.add(userId, item);
    return queue;
  };

  it('returns waiting items, grouped by user in the order of arrival', () => {
    const queue = queueOf(['ann', 'a1'], ['bob', 'b1'], ['ann', 'a2']);
    expect(queue.readyCount).toBe(3);
    expect(queue.take(10)).toEqual(['a1', 'a2', 'b1']);
    expect(queue.readyCount).toBe(0);
  });

  it('returns at most the requested number, and the rest of a user after its release', () => {
    const queue = queueOf(['ann', 'a1'], ['ann', 'a2'], ['bob', 'b1']);
    expect(queue.take(1)).toEqual(['a1']);
    expect(queue.take(10)).toEqual(['b1']);
    queue.release('ann');
    expect(queue.take(10)).toEqual(['a2']);
  });

  it("lets a user's new items wait until the user is released", () => {
    const queue = queueOf(['ann', 'a1']);
    queue.take(10);
    queue.add('ann', 'a2');
    expect(queue.readyCount).toBe(0);
    queue.release('ann');
    expect(queue.take(10)).toEqual(['a2']);
  });

  it('puts items back before later ones of the user', () => {
    const queue = queueOf(['ann', 'a1'], ['ann', 'a2']);
    const taken = queue.take(10);
    queue.add('ann', 'a3');
    queue.putBack('ann', taken);
    expect(queue.readyCount).toBe(0);
    queue.release('ann');
    expect(queue.take(10)).toEqual(['a1', 'a2', 'a3']);
  });

  it('serves the other users before it returns to a user with many items', () => {
    const queue = queueOf(['ann', 'a1'], ['ann', 'a2'], ['bob', 'b1']);
    queue.take(1);
    queue.release('ann');
    expect(queue.take(10)).toEqual(['b1', 'a2']);
  });
});
