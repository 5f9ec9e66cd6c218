/** Search engines of one country or language, and of providers and toolbars; written as `searchEngines` is. */
export const regionalSearchEngines = `
Yandex: yandex.* .yandex.ru ya.ru clck.yandex.* m.yandex.* yabs.yandex.* ru.yandex.searchplugin com.yandex.browser ?text,q
Yandex Images: images.yandex.* yandex.*/images ?text
Mail.ru: go.mail.ru !windows-1251
Rambler: nova.rambler.ru ?query,words
Aport: sm.aport.ru ?r
Nigma: nigma.ru ?s
Poisk.ru: poisk.ru ?text !windows-1251
Sputnik: sputnik.ru
qip.ru: search.qip.ru ?query
All.by: all.by ?query
Meta.ua: meta.ua
Baidu: baidu.com www1.baidu.com zhidao.baidu.com tieba.baidu.com news.baidu.com image.baidu.com baidu.co.th com.baidu.searchbox
  ?wd,word,kw !gb18030
360search: so.com so.360.cn sou.com !gb18030
Haosou: haosou.com
Sogou: sogou.com english.sogou.com com.sogou.activity.src ?query,keyword !gb18030
Soso: soso.com ?w !gb18030
sm.cn: .sm.cn
Zhongsou: p.zhongsou.com zhongsou.com ?w !gb18030
Yongzin: yongzin.com ?word
Toutiao: so.toutiao.com ?keyword
GAIS: gais.cs.ccu.edu.tw
Yam: search.yam.com ?k
Naver: search.naver.com m.search.naver.com com.nhn.android.search ?query
Daum: search.daum.net m.search.daum.net
Nate: search.nate.com !euc-kr
kwzf.net: kwzf.net ?search
goo: search.goo.ne.jp ocnsearch.goo.ne.jp ?MT
Biglobe: cgi.search.biglobe.ne.jp !euc-jp
Biglobe Images: images.search.biglobe.ne.jp
auone: search.auone.jp sp-search.auone.jp sp-web.search.auone.jp !euc-jp
auone Images: sp-image.search.auone.jp !euc-jp
Nifty: search.nifty.com search.azby.fmworld.net ?q,Text
Nifty Videos: videosearch.nifty.com ?kw
Rakuten: websearch.rakuten.co.jp ?qt
So-net: so-net.ne.jp ?query
So-net Videos: video.so-net.ne.jp ?kw
Seesaa: search.seesaa.jp
Woopie: woopie.jp ?kw
JWord: jwsearch.jword.jp
Seznam: search.seznam.cz cz.seznam.sbrowser
Seznam Videa: videa.seznam.cz
Centrum: search.centrum.cz morfeo.centrum.cz
Atlas: searchatlas.centrum.cz
Jyxo: jyxo.1188.cz
1.cz: 1.cz !iso-8859-2
Zoohoo: zoohoo.cz !windows-1250
Volny: web.volny.cz ?search !windows-1250
Zoznam: zoznam.sk ?s
Onet: szukaj.onet.pl ?qt
Wirtualna Polska: szukaj.wp.pl ?szukaj
Interia: google.interia.pl
Najdi.si: najdi.si
Neti: neti.ee ?query !iso-8859-1
Delfi EE: otsing.delfi.ee
Delfi LV: smart.delfi.lv
Apollo LV: apollo.lv/portal/search
Latne: latne.lv
www värav: search.www.ee ?query
ABC Søk: abcsok.no verden.abcsok.no
Kvasir: kvasir.no ?q,search_word
Startsiden: startsiden.no
Online.no: online.no
Gule Sider: gulesider.no
Opplysningen 1881: 1881.no ?Query,query
Eniro: eniro.se ?q,search_word
118 700: .118700.se
Allaverksamheter: allaverksamheter.se ?What
Riksdelen: riksdelen.se ?What
Isodelen: isodelen.se ?Keywords
Findhurtig: findhurtig.dk
Ilse: ilse.nl ?search_for
Vinden: vinden.nl
Vindex: .vindex.nl ?search_for
Web.nl: web.nl ?zoekwoord
Zoek: zoek.nl www3.zoek.nl
Zoeken: zoeken.nl
Startpagina: startgoogle.startpagina.nl ?q,query
Skynet: skynet.be
Orange: lemoteur.orange.fr lemoteur.ke.voila.fr busca.orange.es ?q,kw
Voila: search.ke.voila.fr lemoteur.fr ?rdata
Free: .search.free.fr search1-1.free.fr search1-2.free.fr ?q,qs
Alice ADSL: rechercher.aliceadsl.fr ?qs
Francité: recherche.francite.com ?name
dir.com: fr.dir.com ?req
Hit-Parade: .hit-parade.com ?p7
Mozbot: mozbot.fr mozbot.com mozbot.co.uk
Sharelook: sharelook.fr ?keyword
Wedoo: .wedoo.com ?keyword
Weborama: weborama.fr ?QUERY
X-Recherche: x-recherche.com ?MOTS
YouGoo: yougoo.fr
La Toile du Québec: toile.com web.toile.com
Canoe.ca: web.canoe.ca
Arianna: arianna.libero.it arianna.com ?query
Virgilio: ricerca.virgilio.it ricercaimmagini.virgilio.it ricercavideo.virgilio.it ricercanews.virgilio.it mobile.virgilio.it ?qs,qrs
Tiscali: search.tiscali.it search-dyn.tiscali.it hledani.tiscali.cz ?q,key,query
Kataweb: kataweb.it
TrovaRapido: trovarapido.com
El Mundo: ariadna.elmundo.es
Terra: buscador.terra.es buscador.terra.cl buscador.terra.com.br ?query
UOL: busca.uol.com.br
Sapo: pesquisa.sapo.pt
Clix: pesquisa.clix.pt ?question
T-Online: suche.t-online.de brisbane.t-online.de navigationshilfe.t-online.de
Web.de: suche.web.de m.suche.web.de ?q,su
GMX: suche.gmx.net suche.gmx.at suche.gmx.ch search.gmx.com
1&1: suche.1und1.de search.1und1.de
Freenet: suche.freenet.de ?query,Keywords
Arcor: arcor.de ?Keywords
Fireball: fireball.de fireball.com
Abacho: abacho.* .abacho.com
Acoon: acoon.de ?begriff
Allesklar: allesklar.de allesklar.at allesklar.ch ?words
Apollo7: apollo7.de ?query
Das Örtliche: dasoertliche.de ?kw,ph
Das Telefonbuch: dastelefonbuch.de ?kw
GoYellow: goyellow.de ?MDN
Yellowmap: yellowmap.de
meinestadt.de: meinestadt.de ?words
Paperball: paperball.de
Fixsuche: fixsuche.de
Flix: flix.de ?keyword
Gnadenmeer: gnadenmeer.de ?keyword
Jungle Spider: jungle-spider.de
sm.de: sm.de
Suche.info: suche.info ?Keywords
Suchmaschine.com: suchmaschine.com ?suchstr
Suchnase: suchnase.de
Tixuma: tixuma.de ?sc
Witch: witch.de ?search
Benefind: benefind.de
Austronaut: austronaut.at www1.austronaut.at www2.austronaut.at
Bluewin: search.bluewin.ch ?q,searchTerm
Search.ch: search.ch
Toppreise: .toppreise.ch ?search !iso-8859-1
Searchy: searchy.co.uk
TalkTalk: talktalk.co.uk ?query
BT: search.bt.com ?p
Comcast: search.comcast.net
Xfinity: search.xfinity.com ?searchTerm
Charter: charter.net
EarthLink: search.earthlink.net
Frontier: search.frontier.com
Juno: search.juno.com ?query
PeoplePC: search.peoplepc.com
Road Runner: search.rr.com
Verizon: searchresults.verizon.com ?query
CompuServe: websearch.cs.com ?query
Walla: search.walla.co.il ?query
Abv: search.abv.bg
TDC: find.tdc.dk ?query
ZUM: search.zum.com ?query
docomo: search.smt.docomo.ne.jp image.search.smt.docomo.ne.jp ?MT
Wow: .wow.com
AVG Secure Search: search.avg.com isearch.avg.com
ZoneAlarm: search.zonealarm.com
F-Secure: search.f-secure.com searches.f-secure.com ?query
Lenovo: start.lenovo.com
Babylon: search.babylon.com searchassist.babylon.com
Conduit: .search.conduit.com
Crawler: crawler.com
Claro Search: claro-search.com
Daemon Search: .daemon-search.com
Delta Search: delta-search.com
Alot: search.alot.com ?query
Incredibar: search.incredibar.com
IncrediMail: search.incredimail.com search1.incredimail.com search2.incredimail.com search3.incredimail.com search4.incredimail.com
  ?Keywords
SweetIM: search.sweetim.com ?Keywords
Chedot: search.chedot.com ?text
Dolphin: search.dolphin-browser.jp
Monument Browser: monumentbrowser.com
Startab: startab.me
Kadaza: kadaza.com
OfferBox: search.offerbox.com
Fast Browser Search: fastbrowsersearch.com
FreeCause: search.freecause.com ?p
Genieo: search.genieo.com
I-play: start.iplay.com
ICQ: icq.com search.icq.com
iMesh: search.imesh.com ?q,si
Inbox: www2.inbox.com
MySpace: searchservice.myspace.com ?qry
MyWebSearch: .mysearch.com .myway.com search.mywebsearch.com ?searchfor,searchFor
Needtofind: ko.search.need2find.com ?searchfor
PlusNetwork: plusnetwork.com
SmartAddressbar: search.smartaddressbar.com ?s
SmartShopping: search.smartshopping.com ?kwd,keywords
Snap.do: search.snap.do
Softonic: search.softonic.com
Toolbarhome: .toolbarhome.com
WebSearch: websearch.com ?qkw,q
Winamp: search.winamp.com
`
