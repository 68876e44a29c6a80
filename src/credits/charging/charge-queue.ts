/**
 * Who waits to be charged, user by user in the order of arrival. A user whose charges are under way is held: what comes
 * meanwhile waits until it is released, so that no two groups want one account.
 */
export class ChargeQueue<Item> {
  private readonly waiting = new Map<string, Item[]>();
  private readonly held = new Set<string>();
  /** Users who wait and are not held, in the order in which they came to be so. */
  private readonly ready = new Set<string>();

  /** How many items can be taken now. */
  get readyCount(): number {
    let count = 0;
    for (const userId of this.ready) count += this.waiting.get(userId)?.length ?? 0;
    return count;
  }

  /** Adds to the end of the user's line. */
  add(userId: string, item: Item): void {
    const line = this.waiting.get(userId);
    if (line === undefined) this.waiting.set(userId, [item]);
    else line.push(item);
    this.makeReady(userId);
  }

  /** Puts items that were taken back to the front of the user's line. */
  putBack(userId: string, items: readonly Item[]): void {
    if (items.length === 0) return;
    this.waiting.set(userId, [...items, ...(this.waiting.get(userId) ?? [])]);
    this.makeReady(userId);
  }

  /** Takes up to so many items, of one user or several, and holds these users. */
  take(items_max: number): Item[] {
    const taken: Item[] = [];
    for (const userId of this.ready) {
      if (taken.length === items_max) break;
      const line = this.waiting.get(userId) ?? [];
      taken.push(...line.splice(0, items_max - taken.length));
      if (line.length === 0) this.waiting.delete(userId);
      this.ready.delete(userId);
      this.held.add(userId);
    }
    return taken;
  }

  /** Lets the user's line go on. */
  release(userId: string): void {
    this.held.delete(userId);
    this.makeReady(userId);
  }

  private makeReady(userId: string): void {
    if (this.waiting.has(userId) && !this.held.has(userId)) this.ready.add(userId);
  }
}
