/** Domains at which anybody gets an address, so that two people with one of them need not know each other. */
export const PUBLIC_MAIL_SERVICES: readonly string[] =
  `126.com 139.com 163.com aol.com bk.ru daum.net duck.com email.com fastmail.com free.fr gmail.com gmx.at gmx.ch gmx.com
   gmx.de gmx.net googlemail.com hanmail.net hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr icloud.com inbox.ru
   laposte.net libero.it list.ru live.com mac.com mail.com mail.ru mailbox.org me.com msn.com naver.com orange.fr
   outlook.com outlook.de pm.me posteo.de proton.me protonmail.com qq.com rediffmail.com rocketmail.com seznam.cz
   sina.com sky.com t-online.de tutanota.com web.de wp.pl ya.ru yahoo.co.jp yahoo.co.uk yahoo.com yahoo.de yahoo.fr
   yandex.com yandex.ru yeah.net ymail.com zoho.com`.split(/\s+/);
