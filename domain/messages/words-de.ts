import type {MailWords} from './mail-words.ts';

export const GERMAN: MailWords = {
  hello: (name) => `Guten Tag ${name},`,
  subjects: {
    received: (s) => `Ihre Bestellung ${s.number} ist bei uns eingegangen`,
    declined: (s) => `Die Zahlung Ihrer Bestellung ${s.number} wurde abgelehnt`,
    payment_needed: (s) => `Ihre Bank braucht Sie für Ihre Bestellung ${s.number}`,
    backordered: (s) => `Ein Teil Ihrer Bestellung ${s.number} kommt später`,
    stock_arrived: (s) => `Worauf Ihre Bestellung ${s.number} gewartet hat, ist eingetroffen`,
    dispatched: (s) => `Ihre Bestellung ${s.number} ist unterwegs`,
    out_for_delivery: (s) => `Ihre Bestellung ${s.number} kommt heute an`,
    delivered: (s) => `Ihre Bestellung ${s.number} wurde zugestellt`,
    delayed: (s) => `Ihre Bestellung ${s.number} verspätet sich`,
    cancelled: (s) => `Ihre Bestellung ${s.number} ist storniert`,
    lines_cancelled: (s) => `Ein Teil Ihrer Bestellung ${s.number} ist storniert`,
    changed: (s) => `Ihre Bestellung ${s.number} wurde geändert`,
    address_changed: (s) => `Ihre Bestellung ${s.number} geht an eine andere Adresse`,
    refunded: (s) => `Sie bezahlen Ihre Bestellung ${s.number} nicht`,
    refunded_part: (s) => `Wir haben Ihnen Geld für Ihre Bestellung ${s.number} erstattet`,
    return_label: (s) => `Das Etikett für Ihre Rücksendung zur Bestellung ${s.number}`,
    return_reminder: (s) => `Bitte senden Sie Ihre Rücksendung zur Bestellung ${s.number} bald ab`,
    return_refused: (s) => `Einen Teil Ihrer Bestellung ${s.number} können wir nicht zurücknehmen`,
  },
  bodies: {
    received: () => [
      'Vielen Dank. Der Betrag ist auf Ihrer Karte vorgemerkt und wird erst mit der Zustellung abgebucht. Sie haben bestellt:',
    ],
    declined: () => [
      'Ihre Bank hat die Zahlung abgelehnt. Es wurde nichts abgebucht, die Bestellung ist storniert. Es waren:',
    ],
    payment_needed: () => [
      'Ihre Bank hat den Betrag für das, was noch aussteht, nicht vorgemerkt. Bitte bestätigen Sie die Zahlung auf der Seite',
      'unten oder nennen Sie eine andere; was nicht rechtzeitig bezahlt ist, wird nicht versandt. Sie haben bestellt:',
    ],
    backordered: () => ['Diese Artikel sind gerade nicht vorrätig. Sie werden versandt, sobald sie eintreffen:'],
    stock_arrived: () => ['Das ist bei uns eingetroffen und für Sie zurückgelegt. Es wird als Nächstes vorbereitet:'],
    dispatched: ({carrier, tracking_number: code}) => [
      `Übergeben an ${carrier ?? 'den Paketdienst'}${code ? `, Sendungsnummer ${code}` : ''}:`,
    ],
    out_for_delivery: () => ['Das hat der Fahrer heute für Sie dabei:'],
    delivered: () => ['Das ist angekommen, und sein Teil des Betrags wurde abgebucht:'],
    delayed: () => ['Das dauert länger, als wir versprochen haben:'],
    cancelled: () => ['Davon wird nichts abgebucht, und was vorgemerkt war, ist freigegeben. Es waren:'],
    lines_cancelled: () => ['Das wird weder versandt noch abgebucht:'],
    changed: () => ['Wie gewünscht gehört das nun auch zu Ihrer Bestellung; der Betrag dafür ist vorgemerkt:'],
    address_changed: () => [
      'Wie gewünscht geht das an die neue Adresse. Waren das nicht Sie, melden Sie sich bitte sofort:',
    ],
    refunded_part: ({refund}) => [
      `${refund?.amount ?? 'Der Betrag'} geht auf Ihre Karte zurück; bis Ihre Bank es zeigt, kann es einige Tage dauern.`,
      ...(refund ? [`Die Nummer der Gutschrift ist ${refund.credit_note}.`] : []),
    ],
    refunded: () => [
      'Das hat Sie nicht erreicht. Es wird nichts dafür abgebucht, und was vorgemerkt war, ist freigegeben:',
    ],
    return_label: () => ['Drucken Sie das Etikett auf der Seite unten und senden Sie das in einem Paket zurück:'],
    return_reminder: () => ['Darauf warten wir noch; das Etikett auf der Seite unten gilt nur noch einige Tage:'],
    return_refused: () => ['Wir haben Ihre Rücksendung geprüft und können das nicht zurücknehmen:'],
  },
  items: ({refund}) => (refund ? 'Das gilt für:' : null),
  expected: (date) => `Voraussichtlich am ${date}.`,
  later: 'Noch unterwegs zu Ihnen:',
  by: (date) => `voraussichtlich bis ${date}`,
  follow: 'Alles auf einer Seite verfolgen',
  pay: {
    order: (number) => `Bestellung ${number}`,
    cases: {
      confirm: {
        title: 'Ihre Bank fragt nach Ihnen',
        next: 'Bitte bestätigen Sie die Zahlung bei Ihrer Bank. Vorher wird nichts versandt und nichts abgebucht.',
      },
      method: {
        title: 'Die Zahlung ging nicht durch',
        next: 'Ihre Bank hat abgelehnt. Bitte zahlen Sie auf eine andere Art; es wurde nichts abgebucht, und bis dahin ist nichts für Sie zurückgelegt.',
      },
      renew_confirm: {
        title: 'Ihre Bank fragt noch einmal nach Ihnen',
        next: 'Der Betrag für das, was noch aussteht, muss erneut vorgemerkt werden. Bitte bestätigen Sie ihn bei Ihrer Bank; was nicht rechtzeitig bezahlt ist, wird nicht versandt.',
      },
      renew_method: {
        title: 'Bitte zahlen Sie den Rest auf eine andere Art',
        next: 'Ihre Bank hat den Betrag für das, was noch aussteht, nicht vorgemerkt. Was nicht rechtzeitig bezahlt ist, wird nicht versandt.',
      },
      settled: {
        title: 'Es ist nichts zu tun',
        next: 'Niemand wartet auf eine Zahlung von Ihnen. Ihre Bestellung geht von selbst weiter.',
      },
      over: {
        title: 'Die Zeit dafür ist vorbei',
        next: 'Was unser Haus noch nicht verlassen hatte, wurde storniert und kostet nichts. Wegen allem anderen schreibt Ihnen der Shop.',
      },
      cancelled: {
        title: 'Diese Bestellung ist storniert',
        next: 'Davon wird nichts abgebucht, und es kann nichts mehr bezahlt werden.',
      },
      unknown: {
        title: 'Diese Seite finden wir nicht',
        next: 'Vielleicht wurde der Link unterwegs abgeschnitten. Öffnen Sie ihn noch einmal vollständig aus der Nachricht, oder fragen Sie den Shop, bei dem Sie bestellt haben.',
      },
    },
    amount: 'Betrag',
    until: 'Bis',
    held: 'Der Betrag wird auf Ihrer Karte vorgemerkt und erst abgebucht, wenn Ihre Bestellung angekommen ist.',
    confirm: 'Bei der Bank bestätigen',
    change: 'Auf eine andere Art zahlen',
    shop: 'Bitte gehen Sie im Shop weiter, bei dem Sie bestellt haben: Er kennt Ihre Bestellung unter ihrer Nummer.',
    keep: 'Geben Sie diesen Link nicht weiter. Nach Kartennummern fragen wir weder auf dieser Seite noch per Mail oder Telefon.',
    track: 'Ihre Bestellung ansehen',
    open: 'Mit der Zahlung weitermachen',
  },
};
