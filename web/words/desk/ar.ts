import type {Same} from '../catalogue.ts';
import type {EN} from './en.ts';

export const AR: Same<typeof EN> = {
  title: 'Waybill',
  rooms: 'الأقسام',
  room_support: 'خدمة العملاء',
  room_reviews: 'المراجعات',
  room_ops: 'العمليات',
  room_setup: 'الإعداد',
  room_planner: 'التخطيط',
  room_kit: 'المكوّنات',
  skip: 'انتقل إلى المحتوى',
  menu: 'القائمة',
  look: 'المظهر واللغة',
  language: 'اللغة',
  theme: 'الألوان',
  theme_system: 'مثل النظام',
  theme_light: 'فاتح',
  theme_dark: 'داكن',
  nowhere: 'لا توجد صفحة كهذه',
  nowhere_how: 'ربما كُتب العنوان خطأً، أو ليس لديك الدور اللازم.',
  not_there: 'قسم {room} غير متاح بعد',
  not_there_how: 'مكانه محجوز، وسيُفتح هنا عند بنائه.',
};
