"""The phrases, in a dozen languages, by which web pages name what is not the article."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# A line that is only this: below it readers speak.
COMMENTS = _any(
    r"^(?:(?:view(?:ing)?|show(?:ing)?|read|see|load|hide|all|reader|user|most helpful|add|post"
    r"|write)\s+)*(?:all\s+|a\s+|your\s+)?[([]?\d*[)\]]?\s*(?:user |reader )?"
    r"(?:comments?|responses?|replies|kommentare?|leserkommentare|commentaires?|réactions"
    r"|comentarios?|comentários?|commenti|комментари[ийев]+|komentarze|yorumlar|reacties"
    r"|コメント|评论|評論)"
    r"\s*[([]?\d*[)\]]?\s*(?:[:»↓]|below)?$",
    r"^\d+ (?:thoughts?|responses?|comments?|replies) (?:on|to|so far)\b",
    r"^(?:leave|post|add|write|submit) (?:a|your) (?:reply|comment|response)\b",
    r"^join the (?:conversation|discussion)\b",
    r"^(?:comments|replies) (?:are )?(?:closed|disabled|off)\b",
    r"^(?:what do you think|have your say)\?*$",
    r"your e-?mail (?:address )?will not be published",
    r"^see responses\b",
    r"comments powered by",
    r"^(?:schreiben? sie|laissez|deja|deixe|lascia) (?:einen|un|um) \w+",
)

# When a comment or a teaser was posted.
AGO = _any(
    r"\b(?:\d+|an?|one) ?(?:[smhdwy]|sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?"
    r"|years?) ago\b",
    r"\bvor (?:\d+|eine[mr]) \w+",
    r"\bil y a \d+ \w+",
    r"\bhace \d+ \w+",
    r"\bhá \d+ \w+",
    r"\b\d+ \w+ (?:fa|назад|temu|önce|geleden)\b",
    r"\d ?(?:時間|分|日)前|\d ?(?:小时|分钟|天)前",
    r"\bsays:$|\bsaid\.{3}$|\b(?:wrote|schrieb|a écrit|escribió|disse|пишет):$",
    r"^posted by\b",
    r"^\d{1,2} ?[hd]$",
)

# What may be done with a comment.
REACTION = _any(
    r"^(?=.*[^\W\d])(?:\W*(?:\d+|likes?|dislikes?|reply|report(?: abuse)?|share|flag|permalink"
    r"|(?:up|down)votes?|quote|antworten|melden|répondre|signaler|responder|denunciar|rispondi|segnala|ответить|odpowiedz"
    r"|yanıtla|返信|回复)\b)+\W*$",
)

# A heading over links to other pages.
LINKS = _any(
    r"^(?:you (?:may|might)(?: also)? (?:like|be interested)|recommended|related|read (?:next|more"
    r"|also)|more (?:from|in|on|stories|news|articles|to)|most (?:read|popular|viewed|shared"
    r"|commented|discussed)|trending|popular|latest|recent|top (?:stories|news|posts)|today.s top"
    r"|editor.?s.? (?:picks?|choice)|from (?:around )?the web|around the web|sponsored|promoted"
    r"|what to read next|don.t miss|in case you missed|see also|up next|next (?:article|post|story)"
    r"|previous (?:article|post|story)|must.?read|hot topics|also (?:in|on|from)|further reading"
    r"|similar|explore|keep reading|(?:about|meet) the (?:author|writer)s?|about me|categories"
    r"|archives?|topics?|tags?|filed under|follow(?: us)?|share(?: this)?|like this|newsletter"
    r"|sign up|subscribe|stay (?:connected|in touch|informed)|contact(?: us)?)\b"
    r"[^.!?]{0,40}:?$",
    r"^more\b[^.!?]{0,40}:$",
    r"^(?:das könnte sie|mehr zum thema|lesen sie|auch interessant|meistgelesen|à lire|lire aussi"
    r"|sur le même sujet|les plus lus|te puede|lee también|más (?:información|leíd|noticias)"
    r"|lo más|leia (?:também|mais)|relacionad|notícias relacionadas|mais lidas|leggi anche"
    r"|articoli correlati|i più letti|potrebbe interessarti|читайте также|по теме|смотрите также"
    r"|czytaj (?:także|też|również)|zobacz (?:też|także|również)|polecane|ilgili haberler"
    r"|bunlar da|関連|あわせて|おすすめ|ランキング|相关|相關|更多|推荐|lees ook)[^.!?。]{0,40}$",
)

# One line that leads elsewhere, its words and all.
POINTER = _any(
    r"^[\W\d]*(?:also )?(?:read|see|watch|listen|related|more|recommended|don.t miss|must.?read"
    r"|lire|lesen sie|lee|leia|leggi|читайте|czytaj|zobacz|oku|関連)(?: (?:also|more|next|on|too"
    r"|aussi|auch|también|também|mais|anche|także|też|również|также|here|this|related|story|article"
    r"|stories))*\s*[:|»>–—]",
    r"^(?:also read|read also|see also|read more|read next|read the full|continue reading"
    r"|click here|tap here|watch (?:below|now|the video)|view (?:image|gallery|photos)"
    r"|skip (?:to|ad)|(?:story|article) continues|scroll (?:down|to)|jump to"
    r"|read the original (?:article|story)|more (?:coverage|here))\b",
    r"^(?:this (?:article|story|post) (?:was )?(?:originally|first) (?:appeared|published|ran)\b)",
)

ADVERT = _any(
    r"^(?:advert(?:isement|ising|isment)?s?|ads?|sponsored(?: content)?|promoted|anzeige|werbung"
    r"|publicité|publicidad|publicidade|pubblicità|реклама|reklam[ay]?|広告|广告|loading\W*"
    r"|recommended videos?|sponsor message)\W*$",
    r"^advertisement\b.{0,40}$",
)

# Whole lines of furniture, short ones.
FURNITURE = _any(
    r"^(?:play video|video player is loading|this is a modal window|close|menu|search|mute|share"
    r"|tweet|print|email|save|facebook|twitter|whatsapp|linkedin|pinterest|reddit|copy link"
    r"|follow|subscribe|sign (?:in|up)|log ?in|register|home|reply|report|like|teilen"
    r"|partager|compartir|partilhar|condividi|поделиться|udostępnij|paylaş|シェア|分享)\W*$",
    r"^(?:share|tweet|pin|print|e?mail|click to (?:share|email|print)|follow us|view all posts)\b"
    r"[^.!?]*$",
    r"^(?:(?:photo|image|picture|video|credit|photograph|source|foto|bild|crédit|crédito|фото)"
    r"(?:s|graph|graphy)?(?: (?:credits?|copyright|by|courtesy(?: of)?))*\s*+[:|©]?\s*+)"
    r"(?:\S++\s++){0,5}+\S*+$",
    r"^\d+(?:[.,]\d*)?\s?[km]?\+? (?:shares?|views?|likes?|comments?|claps?|votes?)$",
    r"^[\[(]?\d+ ?/ ?\d+[\])]?$",
    r"^(?:tags?|topics|filed under|tagged|categor(?:y|ies)|posted in|labels|keywords|schlagwörter"
    r"|mots-clés|etiquetas|теги|tagi|etiketler)\s*:",
    r"©|\(c\) ?(?:19|20)\d\d|^copyright\b|all rights reserved|alle rechte vorbehalten"
    r"|tous droits réservés|todos los derechos|todos os direitos|tutti i diritti"
    r"|все права защищены|wszelkie prawa|tüm hakları|無断転載|版权所有",
    r"googletag|\bfunction ?\(\w*\) ?\{|window\.\w+|document\.\w+",
    r"^(?:min(?:ute)?s? read|\d+ min(?:ute)?s?[ -]read)$",
)

# Sentences that sell, warn or beg. Each alone may stand in an article about such things.
PLEA = _any(
    r"\bnewsletters?\b",
    r"\bsubscri(?:be|bing|ptions?)\b",
    r"\b(?:use|uses|using|accept|our|of|these|via|and|strictly necessary) cookies\b",
    r"\bcookie (?:policy|notice|settings|consent|preferences)\b",
    r"\bsign(?:ing)? up\b",
    r"\b(?:in|to) your inbox\b|\bunsubscribe\b|\be-?mail address\b",
    r"\bprivacy (?:policy|notice|statement|rights)\b",
    r"\bterms (?:of (?:use|service)|and conditions)\b|\b(?:user|visitor) agreement\b",
    r"\b(?:enable|turn on|without) javascript\b|\bad.?block\w*",
    r"\b(?:your|modern) browser\b|\b(?:this|our) (?:web)?site\b",
    r"\bsupport (?-i:us|our)\b",
    r"\b(?:donat\w+|patron\w*|contributions?)\b.{0,60}\b(?-i:us|our)\b",
    r"\b(?:consider|make|with) a (?:small |one-off |one-time )?(?:donation|contribution)",
    r"\bfree to read\b|\bfavou?r to ask\b|\badvertising revenues?\b|\bour journalis\w+",
    r"\bbecome an? (?:patron|member|supporter|subscriber)",
    r"\baffiliate (?:links?|advertising|program\w*)",
    r"\bearn (?:us )?(?:an? )?(?:\w+ )?(?:commission|fees)",
    r"\b(?:follow|like|join|find)(?:ing)? (?-i:us|me|@\w+|him|her|them)\b",
    r"\b(?:follow|share|join|like)\b.{0,50}\b(?:facebook|twitter|instagram|whatsapp|telegram)\b",
    r"\b(?:click|tap) (?:here|below)\b|\bdownload our\b|\b(?:our|your) (?:app|partners|readers)\b",
    r"\bnotify me\b|\b(?:push|receive|browser) notifications?\b|\bpress standards\b",
    r"\b(?:datenschutz|abonnier\w+|abonnez|inscrivez|suscríb\w+|boletín|assine|iscriviti)\b",
    r"рассылк|подпи(?:шитесь|саться)|zapisz się|abone ol|çerez|クッキー|ニュースレター|订阅|登録",
)
ADDRESS = _any(
    r"\b(?:you|your|(?-i:[Ww]e|us|[Oo]urs?)|here|please|(?-i:Sie|Ihre[nrms]?)|vous|votre|vos|usted"
    r"|nuestr\w+|você|noss[ao]s?|nostr\w+|вы|вас|ваш\w*|nasz\w*|twoj\w*|size|sizin|bizim)\b",
    r"当サイト|本网站|您|お届け",
)
# Words of the trade: these alone make a sentence one about rights, not news.
LEGAL = _any(
    r"may not be (?:published|reproduced|broadcast|rewritten|redistributed|copied)",
    r"(?:reproduc|redistribut|reprint)\w+ .{0,80}(?:permission|prohibited|consent|material)",
    r"(?:materials?|content) (?:on|of|from) (?:this|the) (?:web)?site",
    r"\b(?:link|reference) to the (?:web)?site .{0,60}(?:mandatory|required|obligatory)",
    r"registered (?:office|number|in england)",
    r"(?:delayed|delay) (?:by )?(?:at least )?\d+ min",
    r"is (?:a|an) (?:\w+ )?news agency founded|one of the world.s largest (?:wire|news)",
    r"constitutes (?:acceptance|agreement)",
    r"opinions? expressed (?:in|by|here)",
    r"opens? in (?:a )?new (?:window|tab)|external links and will open",
    r"has not been edited by|syndicated feed|auto-?generated",
)
# Three different ones in a block make it a notice.
RIGHTS = _any(
    r"\b(?:copyright|materials?|reprodu\w+|republi\w+|redistribut\w+|permission|prohibited"
    r"|mandatory|consent|hyperlinks?|websites?|licen[cs]ed?|trademarks?|disclaimer|liab\w+|citing"
    r"|rights|publisher|вправе|материал\w*|гиперссылк\w*|перепечатк\w*|nachdruck|urheberrecht\w*"
    r"|reproduc\w+|prohibida|riproduzione|riservata|çoğaltılamaz)\b"
)
BIO = _any(
    r"^(?:[A-Z][\w.’'-]+ ){1,4}is (?:an? |the )?(?:[\w’'-]+ ){0,4}"
    r"(?:reporter|writer|journalist|editor|correspondent|columnist|author|blogger|freelancer"
    r"|producer|contributor|photographer|critic|lecturer|professor|fellow|intern|founder)\b"
    r".{0,40}\b(?:at|for|of|based|who|covering|with|from|in|and)\b",
    r"^(?:follow|contact|reach|email|write to) "
    r"(?:the (?:author|reporter|writer)|[A-Z]\w+ [A-Z]\w+)",
    r"^(?:reporting|additional reporting|writing|editing|compiled|edited) by\b",
    r"has been (?:writing|blogging|reporting|covering) (?:about|for|since)",
    r"(?:is|was) (?:based|lives?) in .{0,40}(?:his|her|their) (?:work|book|writing)",
    r"all posts by|opinions are my own",
    r"^(?:about me\b|hi,? (?:there,? )?(?:i.m|my name is)\b)|\bi (?:write|blog) about\b",
)
