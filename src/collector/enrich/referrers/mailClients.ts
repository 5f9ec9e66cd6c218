/** Mail in the browser and mail apps, one a line, as `parseReferrerTable` reads them. */
export const mailClients = `
Gmail: mail.google.com inbox.google.com com.google.android.gm com.google.android.gm.lite
Outlook: .outlook.com outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft .mail.live.com hotmail.com
  com.microsoft.office.outlook
Yahoo! Mail: .mail.yahoo.com .mail.yahoo.co.jp com.yahoo.mobile.client.android.mail
AOL Mail: .mail.aol.com com.aol.mobile.aolapp
iCloud Mail: .icloud.com/mail
Proton Mail: mail.proton.me mail.protonmail.com ch.protonmail.android
Fastmail: .fastmail.com com.fastmail.app
Zoho Mail: mail.zoho.* com.zoho.mail
Tuta: app.tuta.com mail.tutanota.com de.tutao.tutanota
HEY: app.hey.com
Superhuman: mail.superhuman.com
Mailbox.org: office.mailbox.org
Posteo: posteo.de
GMX: .gmx.net .gmx.at .gmx.ch .gmx.com 3c.gmx.net deref-gmx.net deref-gmx.com com.gmx.mail de.gmx.mobile.android.mail
Web.de: 3c.web.de .navigator.web.de deref-web.de deref-web-02.de de.web.mobile.android.mail
T-Online: email.t-online.de
Freenet: email.freenet.de webmail.freenet.de
Bluewin: bluewinmail.bluewin.ch
Orange: messagerie.orange.fr mail01.orange.fr webmail.orange.fr
SFR: messagerie.sfr.fr webmail.sfr.fr
Free: zimbra.free.fr imp.free.fr webmail.free.fr
La Poste: messagerie.laposte.net webmail.laposte.net
Libero: mail.libero.it mail1.libero.it
Virgilio: mail.virgilio.it
Tiscali: mail.tiscali.it
Seznam: email.seznam.cz
Wirtualna Polska: poczta.wp.pl
Onet: poczta.onet.pl
Interia: poczta.interia.pl
Yandex Mail: mail.yandex.* ru.yandex.mail
Mail.ru: e.mail.ru touch.mail.ru ru.mail.mailapp
Rambler: mail.rambler.ru
UKR.NET: mail.ukr.net
Abv: mail.abv.bg
QQ Mail: .mail.qq.com com.tencent.androidqqmail
NetEase Mail: .mail.163.com .mail.126.com .mail.yeah.net com.netease.mail
Sina Mail: mail.sina.com.cn
Naver Mail: mail.naver.com com.nhn.android.mail
Daum Mail: mail.daum.net
Nate: mail.nate.com
Xfinity: .mail.comcast.net connect.xfinity.com
AT&T: currently.att.yahoo.com
Cox: webmail.cox.net
EarthLink: webmail1.earthlink.net webmail.earthlink.net
UOL: email.uol.com.br
Terra: mail.terra.com.br
Rediffmail: mail.rediff.com
Samsung Email: com.samsung.android.email.provider
K-9 Mail: com.fsck.k9
Thunderbird: net.thunderbird.android
Spark: com.readdle.spark
Blue Mail: me.bluemail.mail
`
