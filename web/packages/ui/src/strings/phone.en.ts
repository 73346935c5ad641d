import type { PhoneKey } from './phone.zh';

export const phoneEn: Record<PhoneKey, string> = {
  'nav.phone.today': 'Today',
  'nav.phone.record': 'Record',
  'nav.phone.reports': 'Hand in',
  'nav.phone.mine': 'Me',

  'rec.draft': 'Draft',
  'rec.saved_local': 'Saved on this phone',
  'rec.waiting': 'Waiting to upload',
  'rec.sending': 'Uploading {done} of {total}',
  'rec.sent': 'Uploaded',
  'rec.failed': 'Not uploaded, tap to retry',
  'rec.rejected': 'One thing to fix: {reason}',
  'rec.conflict': 'Also changed by someone else: choose',

  'btn.from_album': 'Add from album',
  'btn.camera': 'Take a picture',
  'btn.save_next': 'Save and record another',
  'btn.copy_brief': 'Copy a short notice',

  'f.text_hint': 'Tap the microphone on the keyboard to dictate.',

  'empty.today': 'Nothing planned today. Record one whenever it happens.',

  'msg.saved_offline': 'Kept on this phone; it uploads by itself when there is a network.',
  'msg.saved': 'Saved, and already in this month’s report.',
  'msg.uploaded_all': 'All uploaded: {n} activities, {p} pictures.',
  'msg.storage_warn': '{n} not uploaded yet: do not clear browser data.',
  'msg.wechat': 'In WeChat the page may not open without signal. Open it in the browser.',
  'msg.session': 'Signed out; your records are kept. Sign in again to go on uploading.',
  'msg.submit_confirm': 'The station will see it. You can withdraw until it is reviewed.',
  'msg.receipt': 'Received the {month} report of {place}, {time}, on time.',
  'msg.receipt_late': 'Received the {month} report of {place}, {time}, {n} days late. Add an explanation if there is one.',
  'msg.returned': '{station} returned the {month} report: {reason}. Please correct by {date}; your hand-in time stands.',

};
