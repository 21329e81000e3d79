import type {Same} from '../catalogue.ts';
import type {EN} from './en.ts';

export const AR: Same<typeof EN> = {
  title: 'المراجعات',
  fraud: 'الطلبات',
  returns: 'المرتجعات',
  queues: 'ما يُراجَع',
  none: 'لا شيء للمراجعة',
  none_how: 'ما تتركه القواعد لشخص يظهر هنا تلقائيًا.',
  order: 'الطلب',
  score: 'المخاطر',
  reasons: 'الأسباب',
  deadline: 'المهلة',
  owner: 'لدى من',
  requested: 'طُلب',
  worth: 'القيمة',
  open_order: 'فتح الطلب',
  parts: 'ما يكوّن الدرجة',
  key_approve: 'موافقة',
  key_reject: 'رفض',
  keys: 'j و k للاختيار، a للموافقة، r للرفض.',
};
