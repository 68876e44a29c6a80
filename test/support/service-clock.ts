/** The clock of the process under test, which a test lets jump while timers and sockets go on as ever. */
export class ServiceClock {
  private readonly now = Date.now;
  private ahead_ms = 0;

  jump(ms: number): void {
    this.ahead_ms += ms;
    jest.spyOn(Date, 'now').mockImplementation(() => this.now() + this.ahead_ms);
  }

  /** Gives the clock back; call it after each test. */
  restore(): void {
    this.ahead_ms = 0;
    jest.restoreAllMocks();
  }
}
