/** The clock of the process under test. A test can move it, while timers and sockets continue normally. */
export class ServiceClock {
  private readonly now = Date.now;
  private ahead_ms = 0;

  jump(ms: number): void {
    this.ahead_ms += ms;
    jest.spyOn(Date, 'now').mockImplementation(() => this.now() + this.ahead_ms);
  }

  /** Restores the clock; call it after each test. */
  restore(): void {
    this.ahead_ms = 0;
    jest.restoreAllMocks();
  }
}
