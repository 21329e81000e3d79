import type {MailWords} from './mail-words.ts';

export const FRENCH: MailWords = {
  hello: (name) => `Bonjour ${name},`,
  subjects: {
    received: (s) => `Nous avons reçu votre commande ${s.number}`,
    declined: (s) => `Le paiement de votre commande ${s.number} a été refusé`,
    payment_needed: (s) => `Votre banque a besoin de vous pour votre commande ${s.number}`,
    backordered: (s) => `Une partie de votre commande ${s.number} arrivera plus tard`,
    stock_arrived: (s) => `Ce que votre commande ${s.number} attendait est arrivé chez nous`,
    dispatched: (s) => `Votre commande ${s.number} est en route`,
    out_for_delivery: (s) => `Votre commande ${s.number} arrive aujourd’hui`,
    delivered: (s) => `Votre commande ${s.number} a été livrée`,
    delayed: (s) => `Votre commande ${s.number} a du retard`,
    cancelled: (s) => `Votre commande ${s.number} est annulée`,
    lines_cancelled: (s) => `Une partie de votre commande ${s.number} est annulée`,
    changed: (s) => `Votre commande ${s.number} a été modifiée`,
    address_changed: (s) => `Votre commande ${s.number} part à une autre adresse`,
    refunded: (s) => `Vous ne payez pas votre commande ${s.number}`,
    refunded_part: (s) => `Nous vous avons remboursé pour votre commande ${s.number}`,
    return_label: (s) => `L’étiquette de retour de votre commande ${s.number}`,
    return_reminder: (s) => `Pensez à renvoyer bientôt le retour de votre commande ${s.number}`,
    return_refused: (s) => `Nous ne pouvons pas reprendre une partie de votre commande ${s.number}`,
  },
  bodies: {
    received: () => [
      'Merci. Le montant est réservé sur votre carte et ne sera débité qu’à la livraison. Vous avez commandé :',
    ],
    declined: () => ['Votre banque a refusé le paiement : rien n’a été débité et la commande est annulée. C’était :'],
    payment_needed: () => [
      'Votre banque n’a pas réservé le montant de ce qui reste à venir. Confirmez le paiement sur la page ci-dessous, ou',
      'donnez un autre moyen de paiement ; ce qui n’est pas payé à temps ne sera pas envoyé. Vous avez commandé :',
    ],
    backordered: () => ['Ces articles ne sont pas en stock pour le moment. Ils seront envoyés dès leur arrivée :'],
    stock_arrived: () => ['Ceci est arrivé et mis de côté pour vous. Nous le préparons maintenant :'],
    dispatched: ({carrier, tracking_number: code}) => [
      `Remis à ${carrier ?? 'notre transporteur'}${code ? `, numéro de suivi ${code}` : ''} :`,
    ],
    out_for_delivery: () => ['Le livreur les apporte aujourd’hui :'],
    delivered: () => ['C’est arrivé, et cette part du montant a été débitée :'],
    delayed: () => ['Ceci prend plus de temps que promis :'],
    cancelled: () => ['Rien n’en sera débité, et le montant réservé est libéré. C’était :'],
    lines_cancelled: () => ['Ceci ne sera ni envoyé ni débité :'],
    changed: () => ['Comme demandé, ceci fait maintenant partie de votre commande ; le montant en est réservé :'],
    address_changed: () => [
      'Comme demandé, ceci part à la nouvelle adresse. Si ce n’était pas vous, écrivez-nous aussitôt :',
    ],
    refunded_part: ({refund}) => [
      `${refund?.amount ?? 'Le montant'} retourne sur votre carte ; votre banque peut mettre quelques jours à l’afficher.`,
      ...(refund ? [`Le numéro de l’avoir est ${refund.credit_note}.`] : []),
    ],
    refunded: () => ['Ceci ne vous est pas parvenu. Rien n’est débité, et le montant réservé est libéré :'],
    return_label: () => ['Imprimez l’étiquette sur la page ci-dessous et renvoyez ceci en un seul colis :'],
    return_reminder: () => [
      'Nous attendons encore ceci ; l’étiquette sur la page ci-dessous ne vaut plus que quelques jours :',
    ],
    return_refused: () => ['Nous avons examiné votre retour et ne pouvons pas reprendre ceci :'],
  },
  items: ({refund}) => (refund ? 'Cela concerne :' : null),
  expected: (date) => `Prévu pour le ${date}.`,
  later: 'Encore à venir :',
  by: (date) => `prévu d’ici le ${date}`,
  follow: 'Tout suivre sur une page',
  pay: {
    order: (number) => `Commande ${number}`,
    cases: {
      confirm: {
        title: 'Votre banque vous attend',
        next: 'Veuillez confirmer le paiement auprès de votre banque. Rien n’est envoyé ni débité avant.',
      },
      method: {
        title: 'Le paiement n’est pas passé',
        next: 'Votre banque a refusé. Veuillez payer autrement ; rien n’a été débité, et rien n’est gardé pour vous avant.',
      },
      renew_confirm: {
        title: 'Votre banque vous attend encore',
        next: 'Le montant de ce qui reste à venir doit être réservé de nouveau. Veuillez le confirmer auprès de votre banque ; ce qui n’est pas payé à temps ne part pas.',
      },
      renew_method: {
        title: 'Veuillez payer le reste autrement',
        next: 'Votre banque n’a pas réservé le montant de ce qui reste à venir. Ce qui n’est pas payé à temps ne part pas.',
      },
      settled: {
        title: 'Il n’y a rien à faire',
        next: 'Personne n’attend de paiement de votre part. Votre commande suit son cours.',
      },
      over: {
        title: 'Le délai est passé',
        next: 'Ce qui n’était pas encore parti est annulé et ne coûte rien. Pour le reste, la boutique vous écrira.',
      },
      cancelled: {
        title: 'Cette commande est annulée',
        next: 'Rien n’en sera débité, et il n’y a plus rien à payer.',
      },
      unknown: {
        title: 'Cette page est introuvable',
        next: 'Le lien a peut-être été coupé en route. Ouvrez-le de nouveau en entier depuis le message, ou demandez à la boutique où vous avez commandé.',
      },
    },
    amount: 'Montant',
    until: 'Jusqu’au',
    held: 'Le montant est réservé sur votre carte et débité seulement à l’arrivée de votre commande.',
    confirm: 'Confirmer auprès de la banque',
    change: 'Payer autrement',
    shop: 'Veuillez continuer dans la boutique où vous avez commandé : elle connaît votre commande par son numéro.',
    keep: 'Gardez ce lien pour vous. Nous ne demandons jamais de numéro de carte, ni sur cette page, ni par courriel, ni par téléphone.',
    track: 'Voir votre commande',
    open: 'Continuer le paiement',
  },
};
