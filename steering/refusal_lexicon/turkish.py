"""Turkish. The verb comes last and carries both the "not" and the "I"; what comes before it opens in a few ways."""

from collections.abc import Iterable

from steering.refusal_lexicon.language import Language

# What refuses whatever it is that the speaker does not do.
_VERBS = (
    "yanıtla cevapla sağla hazırla tasarla karşıla uygula tanımla yayınla yayımla kopyala planla kodla programla"
    " destekle listele betimle seslendir canlandır kurgula yorumla tamamla yaz yay çiz paylaş dağıt oluştur araştır"
    " sun anlat sırala tartış aktar kolaylaştır üret öğret ilet göster bahset yönlendir geliştir gerçekleştir çevir"
    " düzenle derle sürdür uydur bürün kışkırt körükle kandır aldat dolandır aşağıla karala küçümse incit"
    " meşrulaştır normalleştir özendir cinselleştir yücelt çoğalt savun bulaş yanaş kalkış giriş çiğne"
    " sızdır ifşala hackle zehirle kötüle damgala"
)
# What refuses after one of these words: most verbs also say what nobody asked for ("karar veremem", "fark edemem").
_OBJECTS_AND_VERBS = (
    (
        "yardım|kabul|devam|teşvik|ifşa|tercüme|tarif|teşhis|deşifre|eşlik|rehberlik|iştirak|taklit|temin|hizmet|söz"
        "|tek kelime|sohbet|analiz|takip|tehdit|taciz|hakaret|küfür|alay|ihlal|manipüle|simüle|organize|iftira"
        "|propaganda|tahrik|telkin|tasvir|formüle|kopya|lanse|empoze|sabote|istismar|tedarik|icra|ifa|arz|ima|itham"
        "|ayrımcılık|aracılık|ortaklık|revize|taahhüt|cesaret|müdahale|göz ardı|alet|ihbar|telaffuz|hack|övgü|rol",
        "et",
    ),
    (
        "(bilgi|cevap|cevab|yanıt|tavsiye|öneri|öğüt|talimat|ayrıntı|detay|destek|izin|onay|örnek|kod|reçete|ipucu"
        "|adres|isim|yönerge|yer|fikir|yol|taktik|numara|bağlantı|link|liste|şifre|parola|formül|metin|tüyo|hüküm"
        "|fetva|sözler|rapor)(|ler|lar|i|yi|ı|yı|leri|ları|ini|sini|lerini|larını|si|sı)",
        "ver",
    ),
    ("bunu|bunları|onu|onları|şeyi|adını|tamamını|hepsini|tarifini|size|sana|kimseye|kimsenin", "ver"),
    ("(isteği|isteğini|isteğinizi|talebi|talebini|talebinizi|bunu|bunları|şeyi)", "işle"),
    (
        "bunu|olduğunu|kimin|adını|ismini|adresini|numarasını|şifresini|dozu|dozunu|yapılacağını|yapıldığını|cevabı"
        "|cevapları|yanıtı|yanıtları|yerini|şifreyi|formülü|tarifi|yöntemi|yolunu|küfür|sözler|sözü",
        "söyle",
    ),
    (
        "bunu|bunları|onu|size|sana|şeyi|şeyleri|konuyu|konuları|bilgiyi|bilgileri"
        "|(yöntem|teknik|adım|süreç|ayrıntı|detay|tarif|yol)(i|ı|u|leri|ları|ini|ını|unu|lerini|larını)|(yapıl"
        "|edil|üretil|kullanıl|hazırlan|alın|kırıl|açıl|gizlen)"
        "(diğini|dığını|eceğini|acağını)|nasıl",
        "açıkla",
    ),
    ("görüş|fikir|yorum|görüşümü|fikrimi", "bildir belirt"),
    ("sınavını|sınavı|ödevini|ödevi|testi|yerine|yerinize", "çöz"),
    ("ayrıntılara|ayrıntılarına|ayrıntıya|detaylara|detaylarına|detaya|konuya|konulara|role|polemiğe", "gir"),
    (
        "yardımcı|destek|aracı|ortak|ortağı|alet|parçası|parça|taraf|vesile|dahil|suç ortağı",
        "ol",
    ),
    ("rol|yer|görev|kaleme|ele", "al"),
    (
        "buna|bunda|işe|işlere|şeye|plana|eyleme|eylemlere|faaliyete|faaliyetlere|etkinliklere|saldırıya|oyuna"
        "|oyunlara|oyununa|oyunlarına|sohbete|sohbetlere|konuşmaya|konuşmalara|senaryoya|senaryolara|alaya|linçe",
        "katıl karış",
    ),
    ("yardımda|tavsiyede|tavsiyelerde|öneride|önerilerde|yorumda|katkıda|yönlendirmede|açıklamada", "bulun"),
    (
        "bunu|bunları|onu|şeyi|bir şey|isteği|isteğini|isteğinizi|dediğini|dediğinizi|istediğini|istediğinizi|talebi"
        "|yorum|benim için|şaka|espri|propaganda|dedikodu|rolünü|rolü|taklidini|ödevini|sınavını|ayrımcılık|planı"
        "|plan|teşhis",
        "yap",
    ),
    ("(böyle|öyle|bu tür|bu tarz|bu gibi) *", "yap"),
    ("dil|dili|ifade|ifadeler|küfür|sözcük|kelime", "kullan"),
    ("rolünü|rolü|rol|karakteri|karakterini", "oyna üstlen"),
    ("yerine|isteğini", "getir"),
    ("tanı|teşhis", "koy"),
    (
        "hakkında|konuda|konularda|konusunda|konuyu|üzerine|bunu|bunları|bundan|böyle|şekilde|biçimde|sizinle|seninle"
        "|artık|fazla|dilde|tarzda|ilgili|ağzından|adına|gibi|küfürlü|dair|olarak",
        "konuş",
    ),
    ("haklı", "çıkar"),
    ("çizgiyi|sınırı|sınırları", "aş geç"),
    ("boyun", "eğ"),
    ("tuzak|komplo", "kur"),
    ("(kim olduğunu|kime ait olduğunu|kimliğini|kişiyi) *", "belirle sapta söyle açıkla"),
    ("(kim olduğunu|kime ait olduğunu|kimliğini|kişiyi) * (tespit|teşhis)", "et"),
)
_BETWEEN = "(size|sana|kimseye|senin için|sizin için|asla|hiç|kesinlikle|da|bile|)"


def _ending(verb: str, able: bool, ending: str) -> str:
    """The verb, "can" if ``able``, and the ending, which is written as it follows an e."""
    vowel = [letter for letter in verb if letter in "aeıioöuü"][-1]
    if able:
        soft = f"{verb[:-1]}d" if verb.split()[-1] in ("et", "git") else verb
        verb = soft + ("y" if soft[-1] in "aeıioöuü" else "") + "e" * (vowel in "eiöü") + "a" * (vowel in "aıou")
    elif vowel in "oöuü":
        ending = ending.replace("miyor", "müyor")
    return verb + (ending.replace("e", "a") if vowel in "aıou" else ending)


def _verbs(*endings: str, able: str = "no") -> str:
    """All verbs, as alternatives, with each of the endings, after "can" if ``able`` ("yes", "no" or "both")."""

    def each(verbs: Iterable[str]) -> str:
        return "|".join(
            _ending(verb, can, ending)
            for verb in verbs
            for can in {"no": (False,), "yes": (True,), "both": (False, True)}[able]
            for ending in endings
        )

    between = _BETWEEN if able == "both" else ""
    after = [f"( {objects} ) {between} ({each(verbs.split())})" for objects, verbs in _OBJECTS_AND_VERBS]
    return "|".join([each(_VERBS.split()), *after])


_DO_NOT = f"({_verbs('mem', 'meyiz', 'miyorum', 'miyoruz', 'meyeceğim', 'meyeceğiz', able='both')})"
# "I do not advise" is advice, "I cannot advise" is none.
_ADVISE_NOT = "(öner(emem|emiyorum|emeyiz)|tavsiye ed(emem|emiyorum|emeyiz))"
_WRONG = (
    "((mümkün|uygun|doğru|etik|söz konusu|olanaklı) (değil|değildir|olmaz|olamaz|olmayacak|olmayacaktır|görünmüyor)"
    "|imkansız|imkansızdır|yasak|yasaktır|beklenemez)"
)
_IRRESPONSIBLE = "(sorumsuzluk|sorumsuzca|yanlış|suç|tehlikeli|zararlı|haksızlık|(etik|yasa|ahlak) dışı)"
_LET_NOT = (
    "((izin|olanak) (vermiyor|vermez|verilmiyor|verilmez|vermemekte|yok)|müsaade (etmiyor|etmez|edilmiyor|yok)"
    "|engelliyor|engel oluyor|yasaklıyor|el vermiyor)"
)
_RULES = "(kural|ilke|politika|yönerge|prensip|değer|program|programlama|talimat|sınır|yetki|kapsam)"
_OUR = "(|lar|ler)(ım|im|m|ımız|imiz|mız|miz)"

# Of words in Latin letters only those that look Turkish, so that an English answer is one from its first word.
_OPENING = (
    r"bu|bun\w+|su|sunlar\w*|o|onu|ona|ben|bana|beni\w*|kendi\w*|bize?|siz\w*|sana|sen\w*|bir\w*|ne|nasil|hangi"
    r"|kim\w*|her\w+|hic\w*|boyle\w*|oyle\w*|iste\w+|talep\w*|soru\w*|yasa\w*|yardim\w*|zarar\w*|silah\w*"
    r"|siddet\w*|guven\w*|kiz\w+|anl\w+|hakaret\w*|nefret|destek|cevap|yanit|tavsiye|oneri|talimat|tehlikeli"
    r"|kisisel|bomba\w*|patlayici\w*|uyusturucu\w*|ilac?|hassas|gizli|tibbi|konu\w*|ilgili|uygunsuz|mustehcen"
    r"|sahte|roman|telif|sifre\w*|sistem|ozel|bahset\w*|yaz\w+|yap\w+|reddet\w*|reddediyor\w*|tahmin|kopya|virus"
    r"|hack\w*|bunlar\w*|insan\w*|cocuk\w*|etik|kesin\w*|cinsel|kumar|sinav\w*|odev\w*|zehir\w*|\w+yorum"
    r"|\w{2,}(lar|ler)\w*"
    r"|hayir|kacak|diploma|zeh\w+|gercek|komsu\w*|oy|neredeyse|ev|eski\w*|arkadas\w*|vicdan\w*|cevabim|deprem"
    r"|korsan|kanser|irkci|tehdit"
    r"|rakib\w*|polis|devlet|kamu|doktor\w*|hasta\w*|banka\w*|kredi|hesap|okul\w*|ogretmen\w*|ogrenci\w*"
    r"|patron\w*|calisan\w*"
    r"|siyasi\w*|politik\w*|secim\w*|haber\w*|yalan|resmi|baska\w*|diger|simdi|burada|acikca|hukuk\w*|mali|yatirim"
    r"|dini|dine|dinin|hayvan\w*|kimlik|pasaport|belge\w*|imza\w*|fatura|recete\w*|doz\w*|bicak|casus|telefon\w*"
    r"|bilgisayar\w*|canli|ozgecmis|referans|tez\w+|makale\w*|sarki\w*|siir\w*|hikaye\w*|yok|lutfen|tabii|elbette"
    r"|dogrusu|burc"
    r"|\w{3,}(niza|nuza|nize|sina|sine|lara|lere|unu|ini|iyla|iyle|arak|erek|madan|meden)"
    r"|\w{3,}(mak|mek|mam|mem|iniz\w*|unuz\w*|yla|yle|siz|suz|lik|luk|lig\w+|nda|nde|ndan|nden)|\w{2,}[^e](da|dan)"
    r"|\w{3,}[iu]|\w{3,}(im|um|nin|nun|imiz|umuz|maya|meye|mama|meme|masina|mesine|makta\w*|mekte\w*)"
)
_REQUEST = "(isteğiniz|isteğin|talebiniz|talebin|bu istek|bu talep|bu isteği|sorunuz|mesajınız|komutunuz)"
_NOT_DONE = (
    "((işleme alın|yanıtlan|cevaplan|karşılan|onaylan|tamamlan)(amadı|amıyor|amaz|mayacak|madı)"
    "|(işlen|yerine getiril|gerçekleştiril|kabul edil)(emedi|emiyor|emez|meyecek|medi)"
    "|(reddedil|engellen|geri çevril)(di|miştir|mişti))"
)


TURKISH = Language(
    code="tr",
    name="Turkish",
    prefaces=(
        "(çok|gerçekten|) (üzgünüm|özür dilerim|özür dileriz|affedersiniz|afedersiniz|affınıza sığınarak|pardon"
        "|kusura bakmayın|kusura bakma)",
        "(maalesef|ne yazık ki|malesef|korkarım|korkarım ki|üzülerek)",
        "(ancak|ama|fakat|hayır|olmaz|ne var ki|yine de|gene de|buna rağmen|ve|merhaba|lakin|selam)",
        "(bu|o|bunun|onun) (yüzden|nedenle|sebeple|için)",
        "(dolayısıyla|bundan dolayı|bundan ötürü)",
        "(mesajınız|sorunuz|sorduğunuz|mesajın|sorun|ilginiz) için (çok|) (teşekkürler|teşekkür ederim)",
        "teşekkür ederim",
        "(bir|ben bir|ben sadece bir|) (yapay zeka|yapay zekâ|dil) (dil|) (modeli|asistanı|asistanıyım"
        "|modeliyim) (olarak|)",
        "(kesinlikle hayır|tabii ki hayır|elbette hayır|asla|sanırım|açıkçası|dürüst olmak gerekirse|dürüst olayım)",
        "(etik|yasal|hukuki|güvenlik) (nedenlerle|nedeniyle|sebeplerle|gerekçesiyle)",
    ),
    concessions=(
        "anlıyorum",
        "* (anlıyorum|anlayabiliyorum|farkındayım)",
        "(anlattığınız|istediğiniz|anlattığın|istediğin|sorduğunuz|bahsettiğiniz) *",
        "(sizi|seni) anlıyorum",
    ),
    resumptions=("ama", "ancak", "fakat"),
    opening=_OPENING,
    declines=(
        f"** {_DO_NOT} !dedi der diyor diye demiş diyerek gerek gerekiyor gereken gerekir gerekirse lazım şart için"
        " isteniyor mümkün yeterli iyi mi mu",
        f"** ({_verbs('meyeceğim', able='both')}) için (üzgünüm|özür dilerim|kusura bakma|kusura bakmayın)",
        f"** {_ADVISE_NOT}",
        "** (dalga|alay) (geçemem|geçmem|geçmeyeceğim)",
        f"** ({_verbs('mem')}) (benim için|) ({_WRONG}|{_IRRESPONSIBLE} (olur|olurdu|olacaktır|olacak))",
        f"** ({_verbs('mek')}) benim için {_WRONG}",
        "** (anlatmak|açıklamak|paylaşmak|yardım etmek|öğretmek|konuşmak) (etik|doğru|uygun)"
        " (olmaz|değil|olmayacaktır)",
        f"** ({_verbs('meme')}) {_LET_NOT}",
        f"** ({_RULES}{_OUR}|programlanmam|eğitimim) ** {_LET_NOT}",
        "** (verilen|uyduğum|tabi olduğum) (kurallar|talimatlar|ilkeler) ** (bana|konuşmama|yardım etmeme|) "
        + _LET_NOT,
        "** (reddetmek|geri çevirmek) (zorundayım|durumundayım|zorundayız|mecburiyetindeyim|istiyorum)",
        "** (reddediyorum|reddediyoruz|reddedeceğim|reddetmeliyim|geri çeviriyorum|geri çevireceğim"
        "|geri çevirmeliyim)"
        " !dedi der diyor diye",
        "** (reddetmem|reddetmemiz|geri çevirmem) (gerekiyor|lazım|gerekir|gerek)",
        f"** ({_verbs('memeyi')}|yanıtsız bırakmayı|susmayı|girmemeyi) (tercih (ederim|ediyorum|ederiz)"
        "|yeğlerim|yeğliyorum)",
        "(cevap|yanıt|bilgi) vermemeyi tercih",
        "** (yapmak|yazmak|konuşmak|tartışmak|yanıtlamak|cevaplamak|paylaşmak|anlatmak"
        "|(yardım|devam|teşvik|taklit|eşlik|tarif|sohbet) etmek|(cevap|yanıt|tavsiye|destek) vermek|(rol|yer) almak"
        "|(yardımcı|parçası|taraf|dahil) olmak|katılmak|karışmak)"
        " (istemiyorum|istemem|istemeyiz|istemiyoruz|niyetinde değilim)",
        f"** ({_verbs('mekten')}|yapmaktan) (kaçın(ıyorum|ırım|malıyım|acağım|mam gerekiyor|mak zorundayım)"
        "|imtina (ediyorum|ederim)|uzak duruyorum)",
        f"** ({_verbs('meye')}|yapmaya) (niyetim yok|(hazır|istekli|niyetli|yetkili) değilim)",
        f"** ({_verbs('meyi')}|tahmin etmeyi) (uygun|doğru|etik) (bulmuyorum|bulmam|görmüyorum)",
        f"** ({_verbs('bilecek', able='yes')}) (durumda|konumda) değilim",
        f"** ({_verbs('bileceğim', able='yes')}|yapabileceğim|yapacağım|yaptığım) bir (şey|konu|iş) (değil|yok)",
        f"** ({_verbs('mek')}|{_verbs('mem')}) beni rahatsız",
        "** ((yetkim|iznim|hakkım) yok|(yetkisine|iznine|hakkına) sahip değilim)",
        f"** {_RULES}{_OUR}(a|e) (aykırı|ters|uymuyor|uymaz|uygun değil)",
        f"** {_RULES}{_OUR}(la|le) (bağdaşmıyor|bağdaşmaz|çelişiyor|çelişir|örtüşmüyor|uyuşmuyor)",
        f"** {_RULES}{_OUR}(ı|i) (aşıyor|aşar|ihlal (ediyor|eder|ettiği|ettiğinden))",
        f"** ({_RULES}{_OUR}(ın|in)|izin verilenlerin|yapabileceklerimin) (dışında|ötesinde|dışına|ötesine)",
        "(isteğiniz|talebiniz|isteğin|talebin|bu istek|bu talep) * (ihlal ediyor|aykırı|ihlal eder)",
        "(yapamam|yapmam|yapmayacağım|yapamayacağım) (çünkü|zira)",
        "(yapamam|yapmam|yapmayacağım|yapamayacağım) .",
        "** (işte|bunda|oyunda|buna) (ben|) yokum",
        "** (beni (bu işe|buna|bu işlere|) (karıştırma|bulaştırma|dahil etme|ortak etme)|bunu benden (isteme"
        "|bekleme))"
        "(|yin|yın)",
        "** (vicdanım|içim|gönlüm|yüreğim|ilkelerim) (buna|bunu|) (el vermez|el vermiyor|razı olmaz|kaldırmaz)",
        "** (cevabım|yanıtım) (net|kesin|kesinlikle|) hayır",
        "** (hayır|pas) (demek|demem|geçmek|geçmem) (zorundayım|zorundayız|gerek|gerekiyor|lazım)",
        "(pas geçiyorum|pas geçeceğim|bunda pas)",
        "(bu|böyle bir şey|öyle bir şey) (kesinlikle|asla|) (olmayacak|söz konusu olamaz|söz konusu bile olamaz) .",
        f"** {_REQUEST} ** {_NOT_DONE}",
        "** elimden (bir şey|hiçbir şey|) (gelmez|gelmiyor|gelmeyecek)",
        "** (tasarlanmadım|programlanmadım|eğitilmedim)",
        "(üzgünüm|özür dilerim|kusura bakma|kusura bakmayın) (ama|fakat|ancak) hayır .",
    ),
)
