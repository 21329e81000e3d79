import type {Same} from '../catalogue.ts';
import type {EN} from './en.ts';

export const AR: Same<typeof EN> = {
  loading: 'جارٍ التحميل',
  retry: 'أعد المحاولة',
  close: 'إغلاق',
  cancel: 'إلغاء',
  undo: 'تراجع',
  failed: 'لم ينجح ذلك',
  no_answer: 'لم تستجب الخدمة. تحقق من الشبكة ثم أعد المحاولة.',
  request_id: 'الطلب {id}',
  nothing: 'لا يوجد شيء هنا',
  search: 'بحث',
  clear: 'مسح',
  pick_all: 'تحديد الكل',
  pick_row: 'تحديد {name}',
  required: 'مطلوب',
  progress_of: '{n} من {of}',
  keys: 'لوحة المفاتيح',
  keys_help: 'هذه المفاتيح',
  keys_search: 'بحث',
  keys_down: 'السطر التالي',
  keys_up: 'السطر السابق',
  keys_open: 'فتح السطر',
  more: 'المزيد',
  leave: 'لديك تغييرات غير محفوظة. هل تريد مغادرة الصفحة وفقدانها؟',
};
