/**
 * Queue of charges per user, in the order of arrival. While a group charges a user, the user is busy and other charges
 * of the user wait, so that no two groups lock one account.
 */
export class ChargeQueue<Item> {
  private readonly waiting = new Map<string, Item[]>();
  private readonly busy = new Set<string>();
  /** Users with waiting items who are not busy, in the order in which they became ready. */
  private readonly ready = new Set<string>();

  /** Number of items that can be taken now. */
  get readyCount(): number {
    let count = 0;
    for (const userId of this.ready) count += this.waiting.get(userId)?.length ?? 0;
    return count;
  }

  /** Adds an item at the end of the user's queue. */
  add(userId: string, item: Item): void {
    const line = this.waiting.get(userId);
    if (line === undefined) this.waiting.set(userId, [item]);
    else line.push(item);
    this.makeReady(userId);
  }

  /** Puts taken items back at the front of the user's queue. */
  putBack(userId: string, items: readonly Item[]): void {
    if (items.length === 0) return;
    this.waiting.set(userId, [...items, ...(this.waiting.get(userId) ?? [])]);
    this.makeReady(userId);
  }

  /** Takes at most `items_max` items, of one user or several, and marks these users as busy. */
  take(items_max: number): Item[] {
    const taken: Item[] = [];
    for (const userId of this.ready) {
      if (taken.length === items_max) break;
      const line = this.waiting.get(userId) ?? [];
      taken.push(...line.splice(0, items_max - taken.length));
      if (line.length === 0) this.waiting.delete(userId);
      this.ready.delete(userId);
      this.busy.add(userId);
    }
    return taken;
  }

  /** Ends the user's busy state, so that the user's waiting items can be taken. */
  release(userId: string): void {
    this.busy.delete(userId);
    this.makeReady(userId);
  }

  private makeReady(userId: string): void {
    if (this.waiting.has(userId) && !this.busy.has(userId)) this.ready.add(userId);
  }
}
