import { ReaderPace } from './reader-pace.js';

const LIMITS = { stall_ms: 30_000, window_ms: 60_000, min_bytesPerSecond: 16_384 };

/** Checks every 3 s and returns the first complaint with its time in seconds. */
function firstComplaint(
  takenAt: (second: number) => number,
  isOwedAt: (second: number) => boolean = () => true,
): { second: number; complaint: string } | null {
  const pace = new ReaderPace(LIMITS);
  for (let second = 0; second <= 600; second += 3) {
    const complaint = pace.complaintAt({
      at_ms: second * 1_000,
      taken_bytes: takenAt(second),
      isOwed: isOwedAt(second),
    });
    if (complaint !== null) return { second, complaint };
  }
  return null;
}

describe("a reader's pace", () => {
  it('is too slow if the reader receives nothing for 30 s', () => {
    expect(firstComplaint(() => 5_000_000)).toEqual({ second: 30, complaint: 'took nothing for 30 s' });
    expect(firstComplaint((second) => Math.min(second, 90) * 100_000)?.second).toBe(120);
  });

  it('is too slow below 16 kB/s over a minute', () => {
    expect(firstComplaint((second) => second * 16_000)).toEqual({
      second: 60,
      complaint: 'took 16000 bytes a second, which is less than 16384',
    });
    // Fast for two minutes, then slow: the minute counts from then on.
    const turning = firstComplaint(
      (second) => Math.min(second, 120) * 50_000 + Math.max(second - 120, 0) * 10,
    );
    expect(turning?.second).toBeGreaterThan(150);
    expect(turning?.second).toBeLessThanOrEqual(180);
  });

  it('is fast enough at 16 kB/s, steady or in bursts', () => {
    expect(firstComplaint((second) => second * 16_384)).toBeNull();
    expect(firstComplaint((second) => Math.floor(second / 27) * 27 * 20_000)).toBeNull();
  });

  it('does not count time in which nothing is sent', () => {
    expect(
      firstComplaint(
        () => 5_000_000,
        () => false,
      ),
    ).toBeNull();
    // One row per minute, which is received at once.
    expect(
      firstComplaint(
        (second) => Math.floor(second / 60) * 100,
        (second) => second % 60 === 0,
      ),
    ).toBeNull();
  });
});
