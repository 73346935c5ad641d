import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchForIdleness } from '../src/session/idle';
import { me, standing } from '../src/session/session';
import { sampleMe } from './sample';

const minutes = (n: number): void => { vi.advanceTimersByTime(n * 60_000); };
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2023-10-26T01:00:00Z') });
  localStorage.clear();
  me.value = sampleMe({ desk_session_minutes: 30 });
  standing.value = 'in';
  stop = watchForIdleness();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('a desk that nobody sits at', () => {
  it('asks for the password after the minutes its town allows', () => {
    minutes(29);
    expect(standing.value).toBe('in');
    minutes(2);
    expect(standing.value).toBe('expired');
  });

  it.each(['pointerdown', 'keydown', 'wheel'])('counts anew from a %s', (use) => {
    minutes(29);
    document.dispatchEvent(new Event(use));
    minutes(29);
    expect(standing.value).toBe('in');
    minutes(2);
    expect(standing.value).toBe('expired');
  });

  it('stays open while another tab of the browser is used', () => {
    minutes(29);
    localStorage.setItem('wujin.used', String(Date.now()));
    minutes(29);
    expect(standing.value).toBe('in');
  });

  it('is not kept open by who types at the sign-in, and counts anew from there', () => {
    minutes(31);
    document.dispatchEvent(new Event('keydown'));
    minutes(31);
    expect(standing.value).toBe('expired');
    standing.value = 'in';
    minutes(29);
    expect(standing.value).toBe('in');
  });

  it('is woken to the sign-in at once when its screen comes back', () => {
    vi.setSystemTime(Date.now() + 31 * 60_000);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(standing.value).toBe('expired');
  });

  it('goes by the policy of the town', () => {
    me.value = sampleMe({ desk_session_minutes: 5 });
    minutes(6);
    expect(standing.value).toBe('expired');
  });
});
