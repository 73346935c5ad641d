import activities from './activities.mjs';
import { files, pages } from './desk.mjs';
import instructions from './instructions.mjs';
import mail from './mail.mjs';
import micro from './micro.mjs';
import phonePage from './phone_page.mjs';
import process from './process.mjs';
import { changes, likeness, list, picture } from './reads.mjs';
import rendering from './rendering.mjs';
import report from './report.mjs';
import withPictures from './with_pictures.mjs';

/** In the order of bench/README.md. */
export const rows = [activities, withPictures, list, picture, rendering, report, mail, likeness, process, phonePage, changes, pages, files, micro, instructions];
