import type { OfficeKey } from './office.zh';

export const officeEn: Record<OfficeKey, string> = {
  'nav.office.board': 'Overview',
  'nav.office.filing': 'Filing',
  'nav.office.plans': 'Plans',
  'nav.office.activities': 'Activities',
  'nav.office.people': 'People',
  'nav.office.campaign': 'Campaign',
  'nav.office.settings': 'Settings',

  'btn.return': 'Return',
  'btn.accept': 'Accept',
  'btn.for_village': 'Record on behalf of {place}',
  'btn.copy_remind': 'Copy reminder',

  'empty.review': 'Nothing waits for you.',
  'empty.gaps': 'Every place has a record in this period.',

  'rem.before': 'All places: please hand in month {month} by {date} ({weekday}). Still missing: {places}. What is recorded in the system needs no Word file: open the link, check, hand in. {link}',
  'rem.before_none': 'All places: month {month} is complete, thank you.',
  'rem.after': '{place}: month {month} was due by {date} and has not arrived yet. If there is a difficulty please answer; the office can help to record. {link}',
  'rem.plan': 'All places: please hand in the outreach plan (Annex 1) by {date}. Fill it in here: {link}; or send the filled Word form to the office’s mailbox.',

  'ret.r1': '{week} lacks a text: please add two or three sentences.',
  'ret.r2': '{n} pictures repeat those of {date}: please check; none is fine too.',
  'ret.r3': 'The date is not in month {month}: please check.',
  'ret.r4': 'Not about fire-safety outreach: please check.',
  'ret.free': 'Other (say what to change)',

  'cov.gap': 'No record for two weeks: {places}. It may have been held and not recorded, or not held: please ask first.',
};
