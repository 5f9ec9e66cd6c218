/**
 * Search engines, one a line, as `parseReferrerTable` reads them; without parameters the words are in `q`. Many are gone, and stay for
 * the logs that are older than their end.
 */
export const searchEngines = `
Google: google.* www2.google.* encrypted.google.com ipv6.google.com go.google.com wwwgoogle.* gogole.* gppgle.* googel.*
  webcache.googleusercontent.com com.google.android.googlequicksearchbox
Google Images: images.google.* google.*/imgres
Google Maps: maps.google.* google.*/maps com.google.android.apps.maps
Google News: news.google.* com.google.android.apps.magazines
Google Scholar: scholar.google.*
Google Video: video.google.*
Google Shopping: shopping.google.* google.*/products google.*/shopping
Google Translations: translate.google.* .translate.goog
Google Blogsearch: blogsearch.google.*
Google Custom Search: cse.google.* google.*/cse google.*/custom ?q,query
Google syndicated search: googlesyndicatedsearch.com syndicatedsearch.goog
Google Discover: discover.google.com
Bing: bing.com .bing.com cc.bingj.com msnbc.msn.com dizionario.it.msn.com enciclopedia.it.msn.com com.microsoft.bing ?q,Q
Bing Images: bing.com/images .bing.com/images/search ?q,Q
MSN: msn.com search.msn.com .search.msn.com
Yahoo!: .search.yahoo.com cade.yahoo.com one.cn.yahoo.com com.yahoo.mobile.client.android.search ?p,q
Yahoo! Directory: search.yahoo.com/search/dir ?p
Yahoo! Images: images.search.yahoo.com .images.yahoo.com ?p,va
Yahoo! Japan: search.yahoo.co.jp ?p,vp !euc-jp
Yahoo! Japan Images: image.search.yahoo.co.jp ?p !euc-jp
Yahoo! Japan Videos: video.search.yahoo.co.jp ?p !euc-jp
DuckDuckGo: duckduckgo.com .duckduckgo.com duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion com.duckduckgo.mobile.android
Ecosia: ecosia.org com.ecosia.android
Brave: search.brave.com com.brave.browser
Startpage: .startpage.com startpagel6srwcjlue4zgq3zevrujfaow726kjytqbbjyrswwmjzcqd.onion s6-eu5.ixquick.com ?query,q
Ixquick: .ixquick.com .ixquick.de ?query
Qwant: .qwant.com com.qwant.liberty
Kagi: kagi.com
Mojeek: mojeek.com
Swisscows: swisscows.com swisscows.ch ?query
MetaGer: metager.de metager.org meta.rrzn.uni-hannover.de ?eingabe
MetaGer2: metager2.de
Presearch: presearch.com presearch.org
Yep: yep.com
Stract: stract.com
Marginalia: search.marginalia.nu marginalia-search.com ?query
Mwmbl: mwmbl.org
Wiby: wiby.me wiby.org
SearXNG: searx.be searx.space searx.me searxng.org search.disroot.org
Whoogle: whoogle.io
Peekier: peekier.com
Petal Search: petalsearch.com ?query
Kiddle: kiddle.co
Kidrex: kidrex.org
Neeva: neeva.com
Andi: andisearch.com
Oscobo: oscobo.com oscobo.co.uk
Lilo: search.lilo.org
Gibiru: gibiru.com
Freespoke: freespoke.com
Tusk Search: tusksearch.com
Ocean Hero: oceanhero.today
Karma: karmasearch.org
Ekoru: ekoru.org
Gexsi: gexsi.com
Epic Search: epicsearch.in
Privacy Wall: privacywall.org
Search Encrypt: searchencrypt.com
Search Lock: .searchlock.com
Disconnect Search: search.disconnect.me
Surf Canyon: surfcanyon.com
Torry: torry.io
My Private Search: myprivatesearch.com
Trustnav: search.trustnav.com
Swiggle: swiggle.org.uk
Junior Safe Search: juniorsafesearch.com
K9 Safe Search: k9safesearch.com
Ask: ask.com .ask.com ask.co.uk askkids.com ask.reference.com .qbyrd.com .search-results.com searchqu.com ?q,ask,searchfor
Avira SafeSearch: search.avira.com search.avira.net safesearch.avira.com ?q,ask,searchfor
AOL: search.aol.* recherche.aol.* suche.aol.de aolsearch.aol.* aolrecherche.aol.fr aolrecherches.aol.fr aolimages.aol.fr
  aolbusqueda.aol.com.mx sucheaol.aol.de o2suche.aol.de alicesuche.aol.de alicesuchet.aol.de suchet2.aol.de suche.aolsvc.de
  aim.search.aol.com find.web.aol.com .my.aol.com.au .my.aol.de .my.aol.it .aolsearch.com search-intl.netscape.com ?q,query
AltaVista: .altavista.com altavista.de altavista.fr
AllTheWeb: alltheweb.com
All the Internet: alltheinternet.com
Alexa: alexa.com search.toolbars.alexa.com
AlohaFind: alohafind.com
Lycos: lycos.* search.lycos.* ?query,q
HotBot: hotbot.com ?q,query
Excite: search.excite.* msxml.excite.com excite.co.jp ?q,search !shift_jis
InfoSpace: .infospace.com dogpile.com metacrawler.com webcrawler.com webfetch.com tattoodle.com .inspsearch.com isearch.babylon.com
  search.avast.com isearch.glarysoft.com search.v9.com search.iminent.com start.facemoods.com start.funmoods.com search.kiwee.com
  search.magentic.com search.chatzum.com search.handycafe.com search.b1.org search.webssearches.com search.fbdownloader.com
  search.searchcompletion.com searchmobileonline.com searches.vi-view.com searches3.globososo.com home.speedbit.com searchya.com ?q,s
MetaCrawler DE: metacrawler.de .metacrawler.de ?qry
Monstercrawler: monstercrawler.com ?qry
Mamma: .mamma.com ?query,q
Teoma: teoma.com
Gigablast: gigablast.com
Gigablast (Directory): dir.gigablast.com
Cuil: cuil.com
Blekko: blekko.com
Yippy: search.yippy.com yippy.com ?query
Scour: scour.com
LookSmart: looksmart.com ?key
Lookseek: search.lookseek.com
LookAny: lookany.com
Search.com: search.com
Searchalot: searchalot.com
SearchCanvas: searchcanvas.com
info.com: info.com
Entireweb: entireweb.com
Euroseek: euroseek.com ?string
Exalead: exalead.com exalead.fr
Everyclick: everyclick.com ?keyword
Forestle: .forestle.org forestle.mobi
Hooseek: hooseek.com ?recherche
ZapMeta: .zapmeta.com zapmeta.* zapmetasearch.* ?q,query
Setooz: .setooz.com ?query
Tarmot: tarmot.com
Vuhuv: vuhuv.com
Quendu: quendu.com
Kensaq: kensaq.com
Qualigo: qualigo.*
Walhello: walhello.* ?key
Picsearch: picsearch.com
Plazoo: plazoo.com
Fooooo: search.fooooo.com
Jungle Key: junglekey.com junglekey.fr ?query
Trouvez.com: trouvez.com ?query
Eurip: eurip.com
Yasni: yasni.* ?query
Yatedo: yatedo.com yatedo.fr
123people: 123people.* ?search_term
PeopleCheck: extern.peoplecheck.de
HighBeam: highbeam.com
Technorati: technorati.com
Icerocket: blogs.icerocket.com
Blogdigger: blogdigger.com
BlogPulse: blogpulse.com ?query
Twingly: twingly.com
rpmfind: .rpmfind.net ?query
URL.ORGanizer: url.org
DMOZ: dmoz.org editors.dmoz.org ?search
Mister Wong: mister-wong.com mister-wong.de ?keywords
FriendFeed: friendfeed.com
Digg: digg.com ?s,q
Local Moxie: localmoxie.com
Zxuso: zxuso.com ?wd
Aguea: chercherfr.aguea.com
Geona: geona.net
Only Search: only-search.com
Firstsfind: firstsfind.com ?qry
Trusted Search: trusted-search.com ?w
talimba: talimba.com ?search
maailm.com: maailm.com ?tekst
Gomeo: gomeo.com ?Keywords
eo: eo.st ?x_query
Lo.st: lo.st ?x_query
Holmes: holmes.ge
Arama: arama.com
Laban: laban.vn
Cốc Cốc: coccoc.com com.coccoc.trinhduyet ?query
`
