import type {Tone} from '../../ui/status.tsx';

export interface Row {
  number: string;
  tone: Tone;
  total: {amount: number; currency: string};
  at: string;
}

export const ROWS: readonly [Row, ...Row[]] = [
  {number: 'ORD-1', tone: 'moving', total: {amount: 12_950, currency: 'USD'}, at: '2026-05-06T10:00:00Z'},
  {number: 'ORD-2', tone: 'wait', total: {amount: 4_200_000, currency: 'EUR'}, at: '2026-05-06T11:00:00Z'},
  {number: 'ORD-3', tone: 'bad', total: {amount: 900, currency: 'JPY'}, at: '2026-05-06T12:00:00Z'},
];

const EN = {
  buttons: 'Buttons',
  go: 'Approve',
  plain: 'Edit',
  quiet: 'Show all',
  danger: 'Cancel order',
  busy: 'Saving',
  done: 'The order was approved.',
  fields: 'Fields',
  name: 'Name',
  person: 'Ann Example',
  weight: 'Weight in grams',
  wrong: 'must be more than 0',
  hint: 'As it lies on the scale.',
  place: 'Warehouse',
  note: 'Note',
  active: 'Active',
  orders: 'Orders',
  late: 'Late',
  total: 'Total',
  refused: 'The order cannot be changed like that',
  why: 'Two parcels have left already; what is left can still be cancelled.',
  empty: 'No open reviews',
  still: 'Planned',
  moving: 'On its way',
  good: 'Delivered',
  wait: 'Waits for a person',
  bad: 'In trouble',
  ended: 'Cancelled',
};

export type Samples = typeof EN;

const AR: Samples = {
  buttons: 'الأزرار',
  go: 'موافقة',
  plain: 'تعديل',
  quiet: 'عرض الكل',
  danger: 'إلغاء الطلب',
  busy: 'جارٍ الحفظ',
  done: 'تمت الموافقة على الطلب.',
  fields: 'الحقول',
  name: 'الاسم',
  person: 'مريم المثال',
  weight: 'الوزن بالغرام',
  wrong: 'يجب أن يكون أكبر من 0',
  hint: 'كما يظهر على الميزان.',
  place: 'المستودع',
  note: 'ملاحظة',
  active: 'نشط',
  orders: 'الطلبات',
  late: 'متأخرة',
  total: 'الإجمالي',
  refused: 'لا يمكن تغيير الطلب هكذا',
  why: 'غادر طردان بالفعل؛ ويمكن إلغاء الباقي.',
  empty: 'لا توجد مراجعات مفتوحة',
  still: 'مخطط',
  moving: 'في الطريق',
  good: 'تم التسليم',
  wait: 'ينتظر شخصًا',
  bad: 'في مشكلة',
  ended: 'ملغى',
};

export const SAMPLES = {en: EN, ar: AR};
