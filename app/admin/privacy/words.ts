/** Kinds and outcomes of requests about personal data, as the office names them. */
export const kindNames = { correction: 'Исправить данные', withdrawal: 'Отзыв согласия' }
export const outcomeNames = { done: 'исполнено', refused: 'отказано', recalled: 'взято назад' }
