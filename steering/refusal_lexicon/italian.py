"""Italian."""

from steering.refusal_lexicon.language import Language

_AI = "(un|una|solo un|solo una|) (modello|assistente|ia|intelligenza artificiale|sistema) (linguistico|di linguaggio"
_AI += "|ia|virtuale|vocale|di intelligenza artificiale|ai|responsabile|)"
_CLITIC = "(ti|le|vi|la|lo|l|li|gli|ne|ci|mi|te lo|te la|te li|te le|ve lo|ve la|glielo|gliela|glieli|gliele|me lo|me"
_CLITIC += " la|)"
_ADVERB = "(assolutamente|davvero|proprio|purtroppo|(semplice|sincera|consapevole|legal|etica|moral|diretta)mente"
_ADVERB += "|neanche|nemmeno|neppure|comunque|in (alcun|nessun) (modo|caso)|quindi|perciò|pertanto|tuttavia|però|mai"
_ADVERB += "|più|qui|certo|come ia|invece|ugualmente|lo stesso|)"
_THIS = "(questo|questa|queste|questi|quello|quella|quel|quelle|quei|ciò|tale|tali|simile|simili|quest|quell)"
_REQUEST = "(richiesta|domanda|argomento|tema|contenuto|conversazione|discorso|materia|messaggio|ordine|istruzione"
_REQUEST += "|quesito)"
_ASKED = f"(questo|questa|ciò|quello|(la|il|questa|questo|quest|quella|quel) (tua|sua|vostra|tuo|suo|) {_REQUEST}"
_ASKED += "|(quello|quanto|ciò) che (mi|ci|) (chiedi|chiede|chiedete|stai chiedendo|sta chiedendo|descrivi|descrive"
_ASKED += "|proponi|propone|vuoi|vuole|domandi))"
_RULES = "(linee guida|regole|politiche|politica|principi|direttive|norme|valori|limiti|istruzioni|criteri"
_RULES += "|programmazione|funzione|etica|restrizioni|indicazioni|policy)"
_CAN = "(posso|possiamo|potrò|potremo|potrei|potremmo|possa|possiamo|voglio|vogliamo|vorrei|devo|dobbiamo|dovrei"
_CAN += "|dovremmo|intendo|intendiamo|desidero|riesco a|riesco ad|riusciamo a|sono tenuto a|sono disposto a|sono"
_CAN += " disposta a|oso|me la sento di|sento di|accetto di|sono solito|sono solita|penso di|vado a)"
_ENDING = "(r|re|rti|rla|rlo|rvi|rle|rli|rci|rmi|rne|rgli|rtelo|rtela|rteli|rtele|rglielo|rgliela|rglieli|rgliele"
_ENDING += "|rvelo|rmi)"
_ARE = "(aiut|insegn|consigli|accompagn|mostr|indic|spieg|cre|gener|divulg|rivel|comunic|accett|collabor|partecip"
_ARE += "|complet|approv|incoraggi|don|tratt|affront|parl|nomin|elenc|dettagli|present|pubblic|prepar|progett|fabbric"
_ARE += "|giustific|toller|avall|assecond|accontent|orient|guid|istig|realizz|appoggi|assicur|support|incentiv|illustr"
_ARE += "|invent|rilasci|consegn|specific|svel|comment|insult|minacci|molest|inganni|imit|clon|spi|identific|diffam"
_ARE += "|agevol|incit)"
_FUT_ARE = "(aiut|insegn|consigl|accompagn|mostr|indich|spiegh|cre|gener|divulgh|rivel|comunich|accett|collabor"
_FUT_ARE += "|partecip|elabor|approv|incoragg|tratt|affront|parl|elench|dettagl|pubblich|prepar|progett|assecond"
_FUT_ARE += "|support|illustr|incentiv|svel|comment|insult|minacc|imit|spi|identifich|continu|present)"
_ERE = "(assist|scriv|descriv|condivid|rispond|discut|promuov|svolg|diffond|procced|proced|sostien|sosten|conced"
_ERE += "|permett|trasmett|ammett|accond|soddisf|risolv|risponder|cond|esprim|espor|propor|compor|produ|prend|redig"
_ERE += "|offend|esegu)"
_IRE = "(forn|contribu|esaud|favor|offr|prosegu|serv|sugger|eseg|gest|cost|attribu)"
_ISC = "(fornisco|forniamo|contribuisco|contribuiamo|favorisco|offro|offriamo|suggerisco|do|diamo|dico|diciamo|faccio"
_ISC += "|facciamo|produco|produciamo|traduco|eseguo|sostengo|propongo|espongo|vado|mi esprimo|mi pronuncio)"
_I_DO = "((aiut|insegn|consigli|mostr|indic|spieg|gener|divulg|rivel|comunic|collabor|partecip|approv|incoraggi"
_I_DO += "|tratt|affront|parl|elenc|pubblic|prepar|assecond|support|illustr|incentiv|svel|comment|identific|imit"
_I_DO += f"|assist|scriv|descriv|condivid|rispond|discut|promuov|diffond|redig|cre|elabor)(o|iamo|amo|hiamo)|{_ISC})"
_WILL = f"({_FUT_ARE}er(ò|emo|ei|emmo)|{_ERE}er(ò|emo|ei|emmo)|{_IRE}ir(ò|emo|ei|emmo)|(dar|far|dir|produrr|sosterr"
_WILL += "|esporr|tradurr|comporr|proporr)(ò|emo|ei|emmo))"
_INFINITIVE = f"({_ARE}a{_ENDING}|{_ERE}e{_ENDING}|{_IRE}i{_ENDING}|(continua|da|compila|soddisfa|appoggia){_ENDING})"
_GOOD = "(appropriato|corretto|etico|giusto|opportuno|responsabile|adeguato|prudente|il caso|lecito|consono|saggio)"
_BAD = "(irresponsabile|inappropriato|inopportuno|immorale|imprudente|scorretto|sbagliato|illegale|pericoloso|poco"
_BAD += " etico)"

ITALIAN = Language(
    code="it",
    name="Italian",
    prefaces=(
        "(mi|ci) (dispiace|spiace|scuso|rincresce|duole) (molto|davvero|tanto|) (che|)",
        "(mi (dispiace|spiace|duole|rincresce)|sono (spiacente|desolat(o|a))|temo|devo) (molto|) (di|) (dover|dovere|)"
        " (dirti|dirle|informarla|informarti|comunicarle|comunicarti|dir) che",
        "(scusa|scusami|scusi|scusate|spiacente|perdonami|mi perdoni|chiedo scusa|le mie scuse|perdonate|chiedo"
        " (perdono|venia))",
        "(sono|siamo|) (molto|davvero|profondamente|) (spiacente|spiacenti|desolat(o|a|i)|dispiaciut(o|a|i)) (di"
        " (informarla|informarti|comunicarle|doverle dire|doverti dire) che|)",
        "(purtroppo|sfortunatamente|temo che|ahimè|davvero|onestamente|sinceramente|in realtà|a dire il vero|la verità"
        " è che)",
        "(ma|no|però|tuttavia|eppure|quindi|perciò|e|ed|ciao|salve|allora|pertanto|perché|dunque|poiché|anzi|inoltre"
        "|infatti)",
        "((anche|pur) così|lo stesso|ugualmente|comunque|ciononostante|nonostante (ciò|questo|tutto)|ciò nonostante|di"
        " conseguenza|per cui|per questo|in (ogni|questo|tal|nessun|alcun) (caso|modo)|motivo per cui|e nemmeno"
        "|malgrado ciò|così|con tutto il rispetto|di solito|al tempo stesso)",
        f"(in quanto|come|sono|essendo|in qualità di) {_AI}",
        "(in quanto|come|essendo|in qualità di) (modello|assistente|ia|intelligenza artificiale|sistema) *",
        "grazie (per|di|del|della|) (il|la|tuo|tua|suo|sua|il tuo|la tua|il suo|la sua|) (messaggio|domanda|richiesta"
        "|aver chiesto)",
        "per (ragioni|motivi|sicurezza|rispetto|privacy|precauzione|etica|prudenza|questioni|ragione|una questione"
        "|riservatezza) *",
        "(assolutamente no|certo che no|da parte mia|con rispetto|neanche per (sogno|idea)|nemmeno per (sogno|idea)"
        "|impossibile|niente da fare|rispettosamente|personalmente|io|noi|non se ne parla)",
    ),
    concessions=(
        "(capisco|comprendo|riconosco|apprezzo|so che|so bene|ti ringrazio|la ringrazio|immagino|rispetto|vedo che|so)",
        "(quello che|ciò che) (mi|) (chiedi|chiede|descrivi|descrive|proponi|propone)",
        "(anche se|sebbene|benché|poiché|dato che|visto che|grazie|siccome|vorrei|(mi|ci) (piacerebbe|farebbe"
        " piacere))",
        "(non (sostengo|approvo|condivido|appoggio|tollero|giustifico)|(quel|questo|questa|quella|tuo|tua) (contenuto"
        "|richiesta))",
        "(sarebbe|è (illegale|pericoloso|un reato|una cosa))",
        "(questo|ciò|quello|sembra|sarebbe|pare) (è|sarebbe|può|potrebbe|pare|sembra|una|un)",
    ),
    resumptions=("ma", "però", "e", "perciò", "quindi"),
    inabilities=(
        f"(io|noi|) {_ADVERB} (non|né|neanche|nemmeno) {_CLITIC} {_CAN} (e non (voglio|intendo|posso)|né (voglio"
        f"|intendo)|) {_ADVERB}",
        f"in (nessun|alcun) (modo|caso) {_CLITIC} {_CAN}",
        "non (mi|ci) (è|sarà|sarebbe) (possibile|permesso|consentito|concesso|dato|lecito)",
        "(mi|ci) (è|risulta|sarebbe) (del tutto|assolutamente|davvero|completamente|) impossibile",
        "(mi|ci) è (vietato|proibito|precluso|interdetto)",
        "non (è|sarebbe) possibile (per me|da parte mia)",
        "non (sono|siamo) (in grado|capac(e|i)|autorizzat(o|a|i)|dispost(o|a|i)|programmat(o|a|i)|abilitat(o|a|i)"
        "|progettat(o|a)|nella posizione|in condizione|pront(o|a)|qui|stat(o|a) (creat|progettat|programmat"
        "|addestrat)(o|a)) (di|a|ad|per)",
        "(sono|siamo) impossibilitat(o|a|i) a",
        "(mi|) impossibilitat(o|a) a",
        "non (ho|abbiamo|dispongo|dispongo di|godo) (il|l|della|dell|alcuna|nessuna|la|) (permesso|autorizzazione"
        "|facoltà|diritto|intenzione|libertà|modo|possibilità|voglia) (di|per|a|ad)",
        "non mi sento (affatto|molto|) (a mio agio|di|tranquill(o|a)|sicur(o|a)) (a|ad|nel|nell|con|di|)",
        "non (mi|ci) (compete|riguarda|spetta|tocca)",
        "non (spetta|sta|tocca|compete) a (me|noi)",
        "(temo|credo|penso|ritengo) (proprio|) di non (poter|poterti|poterla|poterle|potervi|potere|dover|dovere"
        "|doverti|dovervi)",
        "(mi|) (dispiace|spiace) (molto|) (di|) non (poter|poterti|poterla|poterle|potervi|potere)",
        f"({_THIS}|in|su|con|per|a|di|riguardo|quanto|sul|sulla|qui|del|al|alla|così|sui|sulle|di questo) * (io|noi|)"
        f" non {_CLITIC} {_CAN} {_ADVERB}",
        "(il|la|i|le|gli|lo|l|contenuti|testi|dati|indirizzi|informazioni) * non (te|ve|) (lo|la|li|le|l|glielo"
        f"|glieli) {_CAN}",
        f"({_ASKED}|(è|si tratta di|ci sono) (un|una|qualcosa|cose|temi)) * (che|cui|quale|quali) non {_CLITIC} {_CAN}",
        "non (credo|penso|ritengo) (sia il caso|) di (poter|poterti|poterla|poterle|potervi|poterlo|dover|doverti"
        "|doverle|potere|dovere|essere in grado di|)",
        "(evito|evitiamo|eviterò|mi (astengo|asterrò|rifiuto)|sono contrari(o|a)) (di|dal|dallo|a)",
        "non mi (presto|presterò|metto|dedico) a",
        f"non {_CLITIC} (è mia intenzione|rientra tra i miei compiti)",
    ),
    declined=(
        f"{_INFINITIVE} !senza finché se abbastanza meglio che torto ragione retta consigli un una più per",
        f"{_INFINITIVE} per !ora adesso gli",
        "(dare|darti|darle|darvi) consigli !medici legali finanziari medico",
        "(dare|darti|darle|darvi) consigli (medici|legali|finanziari) .",
        f"{_INFINITIVE} (un|una) !risposta data cifra stima parere idea numero valore termine voto prezzo opinione"
        " certezza",
        "(produrre|produrti|tradurre|esporre|esporti|proporre|proporti|comporre|porre) !senza",
        "(esprimer|pronunciar|adoperar|prestar|intromettere|coinvolger|espor)(mi|ci)",
        "(parlarne|discuterne|occuparmene|occuparmi|farlo|farla|farle|farti questo|entrare nel (merito|dettaglio)"
        "|entrare nei dettagli|entrare (in|su))",
        f"(fare|farti|dire|dirti|dirle|elaborare|gestire|eseguire) ({_THIS}|una (cosa|cose) |nulla|niente|qualcosa"
        "|cose|la tua|la sua)",
        "(dirti|dirle|dirvi|dire) (come|dove|chi|quale|di chi)",
        "(dirtelo|dirglielo|dirvelo|dartelo|darglielo) !con",
        "(essere|esserti|esserle|esservi) (d'aiuto|di aiuto|utile|complice|parte)",
        "(dare|prestare|offrire|fornire) (aiuto|assistenza|seguito|supporto)",
        "(darti|darle|dare|darvi) una mano",
        "(prendere|far) parte",
        "(parlare|parlarti|discutere|parlarle) (di|con|su|del|della|dei|delle|dell)",
        "(fare|dire|dare|raccontare|rispondere|aiutare) .",
        "(soddisfa|accoglie|accondiscende|asseconda|adempie)(r|re|rla|rlo|rti)",
        "fare (cose|una cosa|questo|quello|ciò)",
    ),
    declines=(
        "((devo|dobbiamo|dovrò|dovremo|(sono|siamo|mi vedo|mi trovo|mi sento) (costrett|obbligat)(o|a|i) a|mi tocca"
        "|voglio|vorrei|preferisco|intendo) (rispettosamente|purtroppo|quindi|) (rifiutare|declinare|rifiutarmi"
        "|respingere|negare|astenermi|rifiutarla|rispettosamente|tirarmi indietro)|(rifiuterò|declinerò|respingerò))",
        "(devo|dovrò|(mi vedo|sono|mi trovo) (costrett|obbligat)(o|a) a|mi tocca) (dire|dirti|dirle|rispondere"
        "|risponderti|risponderle) (purtroppo|) (di no|che no)",
        "(mi|) (rifiuto|declino|oppongo|rifiutiamo) (categoricamente|) (di|questa|la|rispettosamente|a|cortesemente)",
        "(respingo|rifiuto|declino) (la|questa|rispettosamente|gentilmente|l)",
        "(rifiuto|declino|mi rifiuto|respingo) .",
        "(preferisco|preferirei|preferiamo|preferiremmo|scelgo di|ho scelto di) non !indovinare supporre ipotizzare"
        " usare",
        f"({_ASKED}|) (va|andrebbe|è|sarebbe|vanno|risulta) (contro|contrario|contraria|in contrasto con) (le|i|a|ai"
        "|alle|alla|la|) (mie|miei|mia|mio|nostre|nostri|nostra)",
        f"{_ASKED} (viola|infrange|contravviene|contraddice|trasgredisce|calpesta) * (mie|miei|mia|nostre|nostri|le"
        " regole|le norme|le linee guida|le politiche|i termini|la politica)",
        "(la|questa|) (tua|sua|) (richiesta|domanda) (viola|infrange|contravviene)",
        f"{_ASKED} * (al di fuori|fuori|oltre|al di là) (di|da|) (((quello|ciò|quel) che (io|) (posso|possiamo|devo|mi"
        " è|faccio|offro)|quanto (posso|mi è|possiamo))|miei|mie|dei miei|delle mie|dalle mie|dai miei|i limiti di"
        " ((quello|ciò|quel) che (io|) (posso|possiamo|devo|mi è|faccio|offro)|quanto (posso|mi è|possiamo))|le mie|i"
        " miei)",
        f"{_ASKED} * (supera|eccede|oltrepassa|esula) (da|dai|dalle|) (((quello|ciò|quel) che (io|) (posso|possiamo"
        "|devo|mi è|faccio|offro)|quanto (posso|mi è|possiamo))|i miei|mie|miei|le mie|i limiti di ((quello|ciò|quel)"
        " che (io|) (posso|possiamo|devo|mi è|faccio|offro)|quanto (posso|mi è|possiamo)))",
        "non (sarebbe|è|ritengo|trovo|mi (sembra|pare)|considero|credo sia|penso sia|ritengo sia|giudico) (molto|)"
        f" {_GOOD} (per me|che io|da parte mia|(di|) (spiega|fornir|forni|da|aiuta|risponder|risponde|insegna|parla"
        "|condivide|scrive|rivela|descrive)(re|rti|ti|rvi|e|rne|rle|r))",
        f"(sarebbe|è|trovo|ritengo|mi sembra) (molto|) {_BAD} (da|per) (parte mia|me)",
        f"(sarebbe|trovo|ritengo) (molto|) {_BAD} (da|spiega|aiuta|insegna|forni|mostra|di)(rti|rvi)",
        "(questo|questa|ciò|è) (è|) (qualcosa|una cosa) (che|in cui|con cui|di cui|a cui) (io|) non (posso|possiamo"
        "|voglio|faccio|farò|farei|intendo)",
        "(questo|questa|) non è (il genere|il tipo) di * che (io|) (faccio|faccia|posso|possa|offro)",
        "(questo|questa|) non è (una cosa|qualcosa|cosa) (che|in cui|con cui|di cui|a cui) (io|) (ti|) (faccio|faccia"
        "|posso|possa|voglia|voglio|offro|intendo|intenda|facciamo)",
        f"non {_CLITIC} {_WILL} !più mai torto ragione per troppo che senza finché",
        f"non {_CLITIC} (farò|faremo|dirò|diremo|darò|farei) ({_THIS}|niente|nulla|nessun|nessuna|cose|come|dove|chi"
        "|una)",
        f"(non {_CLITIC} (farò|faccio|facciamo)|non posso) .",
        f"(le mie|i miei|la mia|le nostre|i nostri|la nostra|il mio) {_RULES} * (non (me lo|mi|ci|) (permettono"
        "|permette|consentono|consente|lasciano|lascia|autorizzano|autorizza)|(vietano|vieta|impediscono|impedisce"
        "|proibiscono|proibisce))",
        f"(le|i|la) {_RULES} (non (me lo|mi|ci) (permettono|permette|consentono|consente|lasciano)|(me lo|mi|ci)"
        " (vietano|impediscono))",
        f"non {_I_DO} (di|su|a|ad|in|con|per|del|della|il|lo|la|le|i|gli|l|) ({_THIS} (tipo|tipi|genere|argomento"
        "|argomenti|tema|temi|cose|richieste|contenuti|informazioni|consigli)|simili|tali|contenuti|contenuto|testi"
        "|informazioni|consigli|istruzioni|aiuto|indicazioni|dettagli|indirizzi|dati|messaggi|procedimenti|procedure"
        "|argomenti|attività|persone|metodi|materiale|cose|opinioni|ricette|nessuno|identità|qualcosa|temi|chi)",
        f"non {_I_DO} (di|su|a|in|con|) {_THIS} !per con",
        "non (aiuto|aiutiamo|consiglio come) (a|ad|con|in|nessuno|chi)",
        "non (fornisco|forniamo|divulgo|divulghiamo|rivelo|redigo|partecipo|collaboro|contribuisco|promuovo|incoraggio"
        "|favorisco) !nessun nessuna alcun alcuna",
        f"non (ti|le|vi|lo|la|li|te lo|te la|te li|ve lo|ve la|glielo|gliela|glieli) {_I_DO} !per più torto ragione"
        " che apposta",
        f"({_THIS}|di|con|in|su|a|per|qui|contenuti|testi|dati|indirizzi|informazioni|messaggi) * (io|noi|) non"
        f" {_CLITIC} ({_I_DO}|{_WILL}) !io per più",
        f"(il|la|i|le|gli|l) * non (te|ve|) (lo|la|li|le|l|glielo|glieli) ({_I_DO}|{_WILL})",
        f"{_THIS} * non {_CLITIC} {_CAN} (farlo|fare|dire|dirlo|dare|dartelo|dirtelo|farla)",
        f"{_ASKED} * (che|cui|quale) non {_CLITIC} {_CAN} (parlare|fare|entrare|toccare|discutere|rispondere)",
        "è (una richiesta|una domanda|qualcosa) (alla quale|a cui|che|cui) non (posso|voglio|intendo)",
        "(non (contare|conti|contate)|non puoi contare|non può contare) su di me",
        "(preferisco|preferirei|devo) astenermi",
        "(ho il dovere di|sono tenut(o|a) a|ho istruzioni di|sono obbligat(o|a) a) non",
        "(meglio|è meglio|sarà meglio) non (parlarne|parlare|entrare|rispondere)",
        "non (rientra|fa parte|è) (tra i|dei|nei|tra le|nelle) (miei|mie) (compiti|funzioni|competenze|possibilità)",
        "(mi dispiace|scusa|spiacente|mi spiace) ma no .",
        "mi è (vietato|proibito) .",
    ),
)
