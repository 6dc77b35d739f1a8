import type { MetadataRoute } from 'next'

/** What a phone needs to put the service among its programs. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/personal',
    name: 'Личный кабинет жильца',
    short_name: 'Кабинет',
    description: 'Счёт, показания счётчиков и связь с управляющей организацией.',
    lang: 'ru',
    start_url: '/personal',
    scope: '/personal',
    display: 'standalone',
    background_color: '#f6f4ef',
    theme_color: '#f6f4ef',
    icons: [
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  }
}
