/** Social networks, forums and messengers, with their shortened links and apps, one a line, as `parseReferrerTable` reads them. */
export const socialNetworks = `
Facebook: .facebook.com .fb.com .fb.me .facebookwkhpilnemxj7asaniu7vnjjbiltxjqhye3mhbshg7kx5tfyd.onion com.facebook.katana com.facebook.lite
Messenger: .messenger.com .m.me com.facebook.orca
Workplace: .workplace.com
Instagram: .instagram.com .ig.me com.instagram.android
Threads: .threads.net .threads.com com.instagram.barcelona
WhatsApp: .whatsapp.com .wa.me com.whatsapp com.whatsapp.w4b
Twitter: .twitter.com .t.co .x.com com.twitter.android
LinkedIn: .linkedin.com .lnkd.in .linkedin.android com.linkedin.android
Pinterest: .pinterest.* .pinterest.info .pin.it com.pinterest
reddit: .reddit.com .redd.it com.reddit.frontpage
TikTok: .tiktok.com com.zhiliaoapp.musically com.ss.android.ugc.trill
YouTube: .youtube.com .youtu.be .youtube-nocookie.com com.google.android.youtube
Snapchat: .snapchat.com com.snapchat.android
Telegram: .telegram.org .telegram.me .t.me org.telegram.messenger
Discord: .discord.com .discord.gg .discordapp.com com.discord
Slack: .slack.com com.slack
Signal: signal.me signal.group org.thoughtcrime.securesms
Viber: .viber.com com.viber.voip
LINE: .line.me line.naver.jp jp.naver.line.android
KakaoTalk: .kakao.com com.kakao.talk
Bluesky: .bsky.app .bsky.social .skyfeed.app xyz.blueskyweb.app
Mastodon: .mastodon.social .mastodon.online .mastodon.world .mastodon.cloud .mastodon.technology .mastodon.xyz .mastodon.at .mastodon.art
  .mastodon.nz .mastodon.scot .mastodon.eus .mastodon.jalgi.eus .mastodonapp.uk .mastodont.cat .masto.ai .mas.to .mstdn.io .mstdn.jp
  .mstdn.social .mstdn.party .mamot.fr .pawoo.net .friends.nico .ro-mastodon.puyo.jp .quey.org .botsin.space .social.tchncs.de .knzk.me
  .bitcoinhackers.org .fosstodon.org .chaos.social .cybre.space .vis.social .typo.social .front-end.social .hachyderm.io .infosec.exchange
  .newsie.social .indieweb.social .sfba.social .c.im .universeodon.com .social.vivaldi.net .ohai.social .toot.community .graphics.social
  .tkm.eus org.joinmastodon.android
Pixelfed: .pixelfed.social .pixelfed.de .pixelfed.uno .pxlmo.com .metapixl.com .pix.toot.wales .pixey.org
Lemmy: .lemmy.world .lemmy.ml .beehaw.org
Hacker News: news.ycombinator.com
Lobsters: lobste.rs
Product Hunt: .producthunt.com
Stack Overflow: .stackoverflow.com
Quora: .quora.com com.quora.android
Medium: .medium.com com.medium.reader
GitHub: github.com gist.github.com
SourceForge: .sourceforge.net
Dribbble: .dribbble.com
Behance: .behance.net
DeviantArt: .deviantart.com
Flickr: .flickr.com .flic.kr
500px: .500px.com
Tumblr: .tumblr.com .t.umblr.com com.tumblr
Vimeo: .vimeo.com
Dailymotion: .dailymotion.com .dai.ly
Twitch: .twitch.tv tv.twitch.android.app
SoundCloud: .soundcloud.com .gate.sc com.soundcloud.android
Last.fm: .last.fm .lastfm.*
Nextdoor: .nextdoor.*
Meetup: .meetup.com .meetu.ps
Foursquare: .foursquare.com .4sq.com
Yelp: .yelp.*
Tripadvisor: .tripadvisor.*
StumbleUpon: .stumbleupon.com
Mix: mix.com
Flipboard: .flipboard.com flipboard.app
Gab: .gab.com
Truth Social: .truthsocial.com
Minds: .minds.com
Peepeth: .peepeth.com
XING: .xing.com com.xing.android
Viadeo: .viadeo.com
VK: .vk.com .vk.ru .vkontakte.ru com.vkontakte.android
Odnoklassniki: .odnoklassniki.ru .ok.ru ru.ok.android
my.mail.ru: my.mail.ru
MoiKrug.ru: .moikrug.ru
MyLife: .mylife.ru
vkrugudruzei.ru: .vkrugudruzei.ru
LiveJournal: .livejournal.com .livejournal.ru
WeChat: .wechat.com mp.weixin.qq.com open.weixin.qq.com channels.weixin.qq.com .weixin.qq.com com.tencent.mm
Weibo: .weibo.com .weibo.cn t.cn com.sina.weibo
Qzone: .qzone.qq.com
Douyin: .douyin.com com.ss.android.ugc.aweme
Douyu: .douyu.com
Douban: .douban.com
Huya: .huya.com
MissEvan: .missevan.com
Zhihu: .zhihu.com com.zhihu.android
Xiaohongshu: .xiaohongshu.com .xhslink.com
bilibili: .bilibili.com .b23.tv tv.danmaku.bili
Renren: .renren.com
V2EX: .v2ex.com
Mixi: .mixi.jp
Gree: .gree.jp
Niconico: .nicovideo.jp
TwitCasting: .twitcasting.tv
Cyworld: .cyworld.com
Lang-8: .lang-8.com
Habbo: .habbo.*
Badoo: .badoo.com
Bebo: .bebo.com
BlackPlanet: .blackplanet.com
Buzznet: .buzznet.com
Classmates: .classmates.com
Fetlife: .fetlife.com
Flixster: .flixster.com
Fotolog: .fotolog.com
Friends Reunited: .friendsreunited.com
Friendster: .friendster.com
Gaia Online: .gaiaonline.com
Geni: .geni.com
Google+: plus.google.com url.google.com com.google.android.apps.plus
hi5: .hi5.com
Hyves: .hyves.nl
identi.ca: .identi.ca
MeinVZ: .meinvz.net
StudiVZ: .studivz.net
Multiply: .multiply.com
MyHeritage: .myheritage.com
Myspace: myspace.com
myYearbook: .myyearbook.com
Nasza-klasa: .nk.pl
Netlog: .netlog.com
Orkut: .orkut.com
Plaxo: .plaxo.com
Skyrock: .skyrock.com
Sonico: .sonico.com
Tagged: .tagged.com
Taringa!: .taringa.net
Tuenti: .tuenti.com
WAYN: .wayn.com
WeeWorld: .weeworld.com
Xanga: .xanga.com
`
