import { shared } from '../translate';

export type DeliverableStatus =
  | 'not_due' | 'due' | 'overdue' | 'submitted' | 'on_time' | 'late' | 'withdrawn'
  | 'returned' | 'resubmitted' | 'accepted' | 'exempt' | 'na' | 'supplement' | 'received_mail';

export type Tone = 'quiet' | 'amber' | 'red' | 'pine' | 'plain';

/** Each status has a shape of its own beside its word, so that colour is never the only difference. */
export const statusLooks: Record<DeliverableStatus, { tone: Tone; shape: string }> = {
  not_due: { tone: 'quiet', shape: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z' },
  due: { tone: 'amber', shape: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.2l2.2 1.6' },
  overdue: { tone: 'red', shape: 'M8 2.2 14.2 13.3H1.8zM8 6.6v3M8 11.4v.2' },
  submitted: { tone: 'plain', shape: 'M8 13V3.2M3.8 7.2 8 3l4.2 4.2' },
  on_time: { tone: 'pine', shape: 'M3 8.4 6.6 12 13 4.6' },
  late: { tone: 'amber', shape: 'M3 8.4 6.2 11.6 11 6M13.4 3v5M13.4 10.6v.3' },
  withdrawn: { tone: 'quiet', shape: 'M8 3v9.8M3.8 8.8 8 13l4.2-4.2' },
  returned: { tone: 'red', shape: 'M6 3 2.6 6.4 6 9.8M2.8 6.4h6.4a3.6 3.6 0 0 1 0 7.2H6.4' },
  resubmitted: { tone: 'plain', shape: 'M8 13.4V6M4.6 9.2 8 5.8l3.4 3.4M3 2.8h10' },
  accepted: { tone: 'pine', shape: 'M8 1.9a6.1 6.1 0 1 0 0 12.2A6.1 6.1 0 0 0 8 1.9zM5 8.3l2.2 2.2L11.2 6' },
  exempt: { tone: 'quiet', shape: 'M3 8h10' },
  na: { tone: 'quiet', shape: 'M3.6 12.4 12.4 3.6' },
  received_mail: { tone: 'amber', shape: 'M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5' },
  supplement: { tone: 'plain', shape: 'M8 3v10M3 8h10' },
};

export function statusWord(status: DeliverableStatus, days = 0): string {
  return shared(`st.${status}`, { n: days });
}
