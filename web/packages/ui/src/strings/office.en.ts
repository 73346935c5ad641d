import type { OfficeKey } from './office.zh';

export const officeEn: Record<OfficeKey, string> = {
  'nav.office.board': 'Overview',
  'nav.office.filing': 'Filing',
  'nav.office.plans': 'Plans',
  'nav.office.activities': 'Activities',
  'nav.office.mail': 'Mail intake',
  'nav.office.people': 'People',
  'nav.office.campaign': 'Campaign',
  'nav.office.settings': 'Settings',

  'btn.return': 'Return',
  'btn.accept': 'Accept',
  'btn.for_village': 'Record on behalf of {place}',
  'btn.copy_remind': 'Copy reminder',

  'empty.review': 'Nothing waits for you.',
  'empty.mail': 'No mail to confirm.',
  'empty.gaps': 'Every place has a record in this period.',



  'cov.gap': 'No record for two weeks: {places}. It may have been held and not recorded, or not held: please ask first.',
};
