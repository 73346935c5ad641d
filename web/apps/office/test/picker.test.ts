import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import PhotoPicker, { type PickedPhoto } from '../src/activities/PhotoPicker.vue';

const picture = (name: string): File => new File(['x'], name, { type: 'image/jpeg' });

describe('the picker at the desk', () => {
  async function pick(files: File[], most?: number) {
    URL.createObjectURL = () => 'blob:preview';
    URL.revokeObjectURL = () => undefined;
    const picker = mount(PhotoPicker, { props: { kept: [], picked: [] as PickedPhoto[], ...(most ? { most } : {}) } });
    const input = picker.find<HTMLInputElement>('input[type=file]');
    Object.defineProperty(input.element, 'files', { value: files });
    Object.defineProperty(input.element, 'value', { value: '', writable: true });
    await input.trigger('change');
    return picker;
  }

  it('says how many pictures were too many, and counts no other files', async () => {
    const picker = await pick([...Array.from({ length: 63 }, (_, n) => picture(`${n}.jpg`)), new File(['x'], 'a.pdf', { type: 'application/pdf' })]);
    expect(picker.findAll('.picker__row')).toHaveLength(60);
    expect(picker.find('[role=alert]').text()).toBe('一次最多放60张照片，多出的3张没有加入。');
    await picker.find('.picker__row button').trigger('click');
    expect(picker.find('[role=alert]').exists()).toBe(false);
  });

  it('says nothing when all found room', async () => {
    const picker = await pick([picture('a.jpg'), picture('b.jpg')], 3);
    expect(picker.findAll('.picker__row')).toHaveLength(2);
    expect(picker.find('[role=alert]').exists()).toBe(false);
  });
});
