import type { Operation } from './contract';
import { campaign } from './records';

/** A path of an operation with every parameter filled in. */
export function pathOf(operation: Operation, values: Record<string, string> = {}): string {
  const usual: Record<string, string> = {
    campaign, town: '500118112000', month: '2023-10', number: '1', upload: 'none', place: '500118112200',
    activity: '00000000-0000-4000-8000-000000000001', photo: '00000000-0000-4000-8000-000000000002',
    row: '00000000-0000-4000-8000-000000000003', person: '00000000-0000-4000-8000-000000000004',
    invitation: '00000000-0000-4000-8000-000000000005',
    comment: '00000000-0000-4000-8000-000000000006', deadline: 'report', period: '2023-10',
    reminder: '00000000-0000-4000-8000-000000000007', feed: '00000000-0000-4000-8000-000000000008', site: '00000000-0000-4000-8000-000000000009', handover: '00000000-0000-4000-8000-00000000000a', suggestion: '00000000-0000-4000-8000-00000000000b',
    version: '00000000-0000-4000-8000-00000000000c', objection: '00000000-0000-4000-8000-00000000000d', year: '2023', letter: '00000000-0000-4000-8000-00000000000e', source: 'loose', token: 'none.ics', ledger: 'activities', form: 'report',
  };
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? usual[name];
    if (value === undefined) throw new Error(`no value for {${name}}`);
    return value;
  });
}
