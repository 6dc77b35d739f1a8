/** What a company that is new to the service says of itself; its requisites come later. */
export const newCompany = {
  company: {
    name: 'МУП «Водоканал»',
    fullName: 'МУП «Водоканал» города Рославля',
    town: 'Рославль',
    postalAddress: 'г. Рославль, ул. Ленина, 1',
    email: 'post@vodokanal.example.ru',
    phones: '(48134) 2-22-22',
    hours: 'пн–пт, 9:00–18:00',
  },
  administrator: {
    lastName: 'Ковалёва',
    firstName: 'Ольга',
    patronymic: '',
    email: 'kovaleva@vodokanal.example.ru',
    login: 'kovaleva',
    password: 'zima-reka-sosna-oblako',
    repeat: 'zima-reka-sosna-oblako',
  },
}
