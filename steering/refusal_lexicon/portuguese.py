"""Portuguese, of Portugal and of Brazil."""

from steering.refusal_lexicon.language import Language

_AI = "(um|uma|apenas um|apenas uma) (modelo|assistente|ia|inteligência artificial|sistema) (de linguagem|de ia|de"
_AI += " inteligência artificial|virtual|de voz|responsável|)"
_WE = "(eu|nós|)"
_YOU = "(te|lhe|lhes|vos|o|a|os|as|se|me|nos|lho|lha|to|ta|)"
_ME = "(te|lhe|lhes|vos|se|me|nos|)"
_ON = "(te|lhe|lhes|vos|lo|la|los|las|lho|lha|me|nos|você|vocês|)"
_ADVERB = "(realmente|simplesmente|(infeliz|lamentavel|sincera|consciente|direta|ética|legal|moral)mente|aqui|mesmo"
_ADVERB += "|já|de (forma|maneira) (alguma|nenhuma)|de (modo|jeito) (algum|nenhum)|em (hipótese|circunstância) (alguma"
_ADVERB += "|nenhuma)|em caso algum|por isso|portanto|também|nunca|jamais|nem|ainda assim|no entanto|porém|como (ia"
_ADVERB += "|assistente)|)"
_THIS = "(isso|isto|disso|disto|nisso|nisto|esse|essa|esses|essas|este|esta|estes|estas|desse|dessa|desses|dessas"
_THIS += "|deste|desta|destes|destas|nesse|nessa|neste|nesta|tal|tais|semelhante|semelhantes|aquilo)"
_REQUEST = "(pedido|solicitação|pergunta|questão|tema|assunto|conversa|conteúdo|mensagem|ordem|instrução|requisição)"
_ASKED = f"(isso|isto|(o|a|) (seu|sua|teu|tua|esse|essa|este|esta|vosso) {_REQUEST}|(o|aquilo) que (você|tu|o senhor"
_ASKED += "|a senhora|) (me|) (pede|pedes|pediu|pediste|está pedindo|está a pedir|estás a pedir|descreve|descreves"
_ASKED += "|propõe|propões|quer|queres|solicita|solicitou|pergunta|perguntou))"
_RULES = "(diretrizes|normas|políticas|política|regras|princípios|orientações|protocolos|valores|limites|instruções"
_RULES += "|critérios|programação|função|finalidade|ética|restrições|directrizes)"
_CAN = "(posso|consigo|poderei|vou|irei|devo|pretendo|tenciono|tenho como|me cabe|me compete|ouso|hei de)"
# What "we" say too, or somebody, or what takes a thing as well as a verb: it refuses before what is listed only.
_MAY = "(podemos|conseguimos|poderemos|poderia|poderíamos|possa|possamos|devemos|deveria|vamos|iremos|quero|queremos"
_MAY += "|costumo|costumamos|pretendemos|desejo|temos como|gostaria de|aceito|nos cabe)"
_HELP = "(ajuda|auxilia|assisti|apoia|orienta|colabora|coopera|contribui|aconselha|guia|participa|envolve|interfi"
_HELP += "|responde|atende|prossegui|opina|pronuncia|compactua|socorre|servi|vale|assessora|acompanha|compromete)"
_GIVE = "(fornece|oferece|facilita|compartilha|partilha|divulga|revela|mostra|explica|descreve|detalha|ensina|instrui"
_GIVE += "|indica|entrega|cede|concede|presta|informa|comunica|menciona|transmiti|publica|difundi|expo|especifica"
_GIVE += "|enumera|lista|passa|gera|cria|escreve|redigi|produzi|elabora|compo|fabrica|desenvolve|prepara|promove"
_GIVE += "|fomenta|incentiva|incita|encoraja|estimula|aprova|endossa|respalda|justifica|tolera|consenti|aceita|permiti"
_GIVE += "|propo|cumpri|satisfaze|completa|realiza|executa|aborda|discuti|comenta|debate|traduzi|imita|clona|insulta"
_GIVE += "|difama|assedia|ameaça|engana|espia|exibi|disponibiliza|viabiliza|acata|fala|conversa)"
_TOO_LITTLE = "!sem até se suficiente suficientemente bastante melhor por pelos pelas pela pelo conta muito te lhe"
_TOO_LITTLE += " lhes vos lo la los las lho lha me nos você vocês que mais conselhos"
# "Não posso" and its like refuse before any word but these. Some of them refuse with what follows.
_VERBS = (
    # what one perceives and knows
    "ouvir escutar ver olhar observar enxergar perceber notar distinguir diferenciar discernir detectar decifrar"
    " entender compreender captar reconhecer identificar encontrar achar localizar situar rastrear acessar aceder"
    " abrir carregar reproduzir tocar ler visualizar baixar descarregar receber conectar ligar navegar buscar procurar"
    " pesquisar consultar rever verificar confirmar comprovar checar comparar medir calcular determinar estabelecer"
    " precisar saber conhecer adivinhar prever antecipar estimar avaliar julgar decidir escolher eleger votar lembrar"
    " recordar esquecer memorizar pensar crer acreditar imaginar conceber concluir deduzir provar demonstrar resumir"
    " transcrever analisar"
    # what one says, promises and feels
    " dizer contar falar explicar descrever mostrar ensinar expressar exprimir responder opinar ajudar assistir dar"
    " oferecer fornecer facilitar compartilhar partilhar passar indicar recomendar sugerir garantir assegurar prometer"
    " jurar afirmar descartar negar excluir culpar queixar reclamar criticar discordar concordar mentir enganar"
    " exagerar fingir esconder ocultar entediar aborrecer cansar assustar alarmar incomodar preocupar ofender estender"
    " alongar prolongar repetir insistir agradecer parabenizar felicitar elogiar destacar sublinhar enfatizar esperar"
    " aguardar aguentar suportar resistir evitar deixar parar conter permitir confiar tirar parecer amar querer odiar"
    " gostar chorar rir sorrir sentir cheirar saborear provar experimentar"
    # what everybody does
    " fazer ser estar ter haver poder dever ir vir chegar sair entrar voltar regressar ficar viver morrer sobreviver"
    " existir dormir descansar respirar comer beber jantar almoçar cozinhar caminhar andar correr nadar voar dirigir"
    " conduzir viajar jogar brincar dançar trabalhar estudar seguir continuar superar ganhar perder falhar faltar pagar"
    " comprar vender gastar custear casar levantar subir descer sentar mover mudar usar utilizar chamar pôr colocar"
    " desligar reservar enviar mandar imprimir guardar aceitar comparecer competir começar terminar acabar arrumar"
    " consertar reparar resolver melhorar complicar omitir ignorar pular traduzir levar tomar prestar"
)
_NOT_DECLINED = " ".join(f"{verb} {verb[:-1]}" for verb in _VERBS.split()) + (
    " que não mais menos senão com sem se quando como porque até nem e ou mas nada tudo tanto muito bem melhor assim"
    " só o a os as um uma ao à aos às no na de do da em por pelo pela para isso isto esse essa este esta eu já aqui"
    " agora hoje amanhã sempre nunca jamais também te lhe lhes vos me nos lo la los las você mesmo realmente"
    " simplesmente infelizmente lamentavelmente sinceramente conscientemente diretamente eticamente legalmente"
    " moralmente portanto ainda porém"
)
_OFFER = "(dar|dá|oferecer|oferecê|fornecer|fornecê|facilitar|passar|indicar)"
_MAY_NOT = f"({_WE} {_ADVERB} (não|nunca|jamais|nem) {_YOU} {_MAY} {_ADVERB} {_YOU}|a gente não {_YOU} (pode|vai"
_MAY_NOT += f"|consegue|quer|costuma|deve|tem como) {_YOU}|não (é|seria|será) possível (eu|que eu|)|não há como (eu|)"
_MAY_NOT += f"|não dá (para|pra) (eu|) {_YOU}|não (acho|creio|penso) que (eu|) (te|lhe|) (deva|possa|devo|posso|seja"
_MAY_NOT += " capaz de|deveria)|(acho|creio|penso) que não (te|lhe|) (deveria|poderia)|evito|evitarei|evitamos|sou"
_MAY_NOT += f" contra|({_THIS}|com|sobre|em|para|a|ao|aí|de|por) * não {_YOU} {_MAY} {_ADVERB} {_YOU})"
_DO_IT = f"({_HELP}(r|) {_ON}|{_GIVE}(r|) {_ON}|(dar|dá) (te|lhe|) ({_THIS}|conselhos|instruções|informações|detalhes)"
_DO_IT += f"|(fazer|fazê|dizer|realizar|executar|processar|continuar com|seguir com) {_ON} ({_THIS}|o que|nada de|seu"
_DO_IT += "|sua|o seu|a sua)|fazê (lo|la|los|las)|dizer (te|lhe|) (como|onde|quem)|recomendar (te|lhe|) como|entrar em"
_DO_IT += " (detalhes|pormenores)|fazer parte|tomar parte)"
_I_DO = "(ajud|auxili|apoi|orient|colabor|contribu|forneç|fornec|ofereç|oferec|compartilh|partilh|divulg|revel"
_I_DO += "|identific|ger|escrev|redij|redig|particip|foment|promov|incentiv|endoss|explic|detalh|ensin|coment|trat"
_I_DO += "|abord|discut|descrev|respond|fal|mostr|recomend|produz|aceit|entr|compactu|pass|aconselh|facilit"
_I_DO += "|disponibiliz|publi|elabor)(o|amos|emos|imos)"
_BAD = "(irresponsável|inapropriado|inadequado|antiético|pouco ético|imoral|imprudente|incorreto|incorrecto|ilegal"
_BAD += "|perigoso|errado)"
_GOOD = "(apropriado|correto|correcto|ético|adequado|responsável|certo|conveniente|prudente|oportuno|aconselhável)"

PORTUGUESE = Language(
    code="pt",
    name="Portuguese",
    prefaces=(
        "(eu|) (sinto|lamento) (muito|imenso|profundamente|) (que|)",
        "(lamento|sinto) (muito|) (ter de|ter que|em|) (informar|dizer|comunicar) (lhe|te|) que",
        "(me|) (desculpe|desculpa|desculpem|perdão|perdoe|perdoa) (me|)",
        "(peço|as minhas|minhas) (imensa|) (desculpa|desculpas|perdão)",
        "(no momento|neste momento|por (agora|enquanto|ora)|atualmente|de momento|ainda|opa)",
        "(o meu|meu) objetivo é *",
        "(infelizmente|lamentavelmente|sinceramente|honestamente|realmente|receio que|temo que|na verdade|a verdade é"
        " que)",
        "(mas|não|porém|contudo|no entanto|entretanto|todavia|e|portanto|olá|oi|porque|pois|bem|então|logo|assim|além"
        " disso)",
        "(por (isso|conseguinte|favor)|(mesmo|ainda|ainda) assim|só que|de (modo|forma|maneira) que|de qualquer (modo"
        "|forma)|apesar disso|neste caso|nesse caso|pelo que|já que|dado que|uma vez que|em todo o caso|sendo assim"
        "|com todo (o|) respeito)",
        f"(como|sou|sendo|eu sou) {_AI}",
        "(como|sendo|enquanto) (modelo|assistente|ia|inteligência artificial|sistema) *",
        "(obrigado|obrigada|agradeço) (por|pela|pelo|a|o) (sua|tua|seu|teu|) (mensagem|pergunta|contato|contacto"
        "|perguntar)",
        "por (razões|motivos|segurança|privacidade|respeito|precaução|ética|prudência|questões|questão|uma questão"
        "|responsabilidade) *",
        "(de (jeito|modo|forma|maneira) (nenhum|nenhuma|algum|alguma)|absolutamente não|claro que não|da minha parte"
        "|nem pensar|nem por sombras|impossível|respeitosamente|pessoalmente|eu|nós)",
    ),
    concessions=(
        "(eu|) (entendo|compreendo|reconheço|agradeço|sei|percebo|respeito|imagino|vejo que)",
        "(o|aquilo) que (você|tu|) (me|) (pede|pediu|descreve|quer|pedes|descreves|queres|propõe)",
        "(embora|ainda que|mesmo que|como|dado que|visto que|obrigado|obrigada|(gostaria|adoraria|queria|gostava)"
        " (muito|) de)",
        "(não (apoio|aprovo|compartilho|partilho|defendo|tolero|justifico)|(esse|este|essa|esta|seu|sua) (conteúdo"
        "|pedido))",
        "seria",
        "(isso|isto) (é|seria|pode|poderia|parece|soa)",
        "não (é|seria) (recomendável|aconselhável|seguro|legal|ético|apropriado)",
    ),
    opening=r"\w+[aeio]r|o|a|os|as|um|uma|esse|essa|esses|essas|este|esta|estes|estas|seu|sua|piadas",
    resumptions=("mas", "e", "porém", "por", "então"),
    inabilities=(
        f"(eu|) {_ADVERB} (não|nunca|jamais|nem) {_YOU} {_CAN} (nem (quero|vou|devo)|e não (vou|quero|devo)|)"
        f" {_ADVERB} {_ME}",
        f"de (modo|forma|maneira|jeito) (nenhum|nenhuma|algum|alguma) {_YOU} {_CAN} {_ME}",
        "não (me|nos) (é|será|seria) (possível|lícito|permitido)",
        "((é|seria|ser) (me|nos) (ia|)|(me|nos) (é|seria|será)) (totalmente|completamente|de todo|) impossível",
        "não (é|seria|será) possível (para mim|da minha parte)",
        "não (sou|estou|estamos) (capaz|em condições|em posição|apto|apta|habilitado|habilitada|em posição) (de|a"
        "|para)",
        "não (estou|estamos|fui|fomos) (autorizad|dispost|programad|treinad|criad|preparad|feit|destinad|concebid)(o|a"
        "|os) (a|para)",
        "não estou (aqui|cá) para",
        "estou (impedid|proibid)(o|a) de",
        "não (tenho|temos|disponho de|possuo|conto com) (a|) (permissão|autorização|intenção|liberdade|direito|vontade"
        "|licença) * (para|de)",
        "não me (é|está|foi) permitido",
        "não me sinto (nada|muito|) (confortável|à vontade|bem|segur(o|a)) (em|para|com|a|)",
        "não (me|nos) (cabe|compete|corresponde) (a mim|)",
        "(lamento|sinto|receio|temo) (muito|) não poder (te|lhe|)",
        "não (dá (para|pra)|há como) (eu|) (te|lhe)",
        f"({_THIS}|com|sobre|em|para|quanto|a|ao|aí|aqui|de|nisso|desse|por) * (não|nem|eu não) {_YOU} {_CAN} {_ADVERB}"
        f" {_ME}",
        f"({_ASKED}|(é|trata se de|há) (um|uma|algo|coisas|temas)) * (que|qual|quais) (não|eu não) {_YOU} {_CAN} {_ME}",
        "(acho|creio|penso) que não (te|lhe|) (devo|posso)",
        "não (pretendo|tenciono|penso|(tenho|temos) (nenhuma|qualquer|a|) intenção de)",
        "(abstenho me de|me abstenho de|vou me abster de|abster me ei de)",
        "não me (presto|prestarei|atrevo|disponho|dedico|comprometo) a",
    ),
    declined=(
        f" !{_NOT_DECLINED}",
        f"traduzir {_ON} {_TOO_LITTLE}",
        "(responder|respondê) (te|lhe|) a !tudo todos todas",
        f"(responder|respondê) {_ON} !sem até se suficiente melhor mais muito te lhe lhes vos lo la los las lho lha me"
        " nos você vocês tudo todos a",
        f"(ajudar|ajudá|opinar) {_ON} !sem até se suficiente melhor mais muito te lhe lhes vos lo la los"
        " las lho lha me nos você vocês tudo todos",
        "assistir (te|lhe|você|na|no|em) !sem",
        f"(explicar|explicá|descrever|descrevê|mostrar|ensinar|expressar|compartilhar|partilhar|contar) {_ON}"
        f" {_TOO_LITTLE} o a com até quanto",
        "(contar|descrever|explicar|mostrar|ensinar|compartilhar|partilhar|expressar) (te|lhe|) (a|o) !quanto quão"
        " minha meu que",
        "(contar|descrever|explicar|mostrar|ensinar|compartilhar|partilhar) (te|lhe|) o que",
        f"{_OFFER} {_ON} {_TOO_LITTLE} um uma uns umas crédito parabéns a o ao as os conta exatamente",
        f"{_OFFER} (te|lhe|) conselhos !médicos jurídicos legais financeiros",
        f"{_OFFER} (te|lhe|) conselhos (médicos|jurídicos|legais|financeiros) .",
        f"{_OFFER} (te|lhe|lhes|vos|) uma !resposta data cifra ideia estimativa opinião certeza previsão hora garantia",
        f"{_OFFER} (te|lhe|lhes|vos|) um !número dado valor prazo preço palpite prognóstico diagnóstico exame",
        f"{_OFFER} (te|lhe|lhes|vos|) (a|as|o|os) !hora razão data certeza resposta parabéns pena nome braço exame",
        "(dar|dá) (te|lhe|lhes|vos|) uma (mão|mãozinha)",
        "falar (a respeito|acerca|com detalhe|mais|de|do|da|sobre|disso|nisso)",
        f"(fazer|fazê) {_ON} !mais melhor nada outra só tudo sem até se muito de por reservas chamadas ligações pedidos"
        " fotos compras previsões promessas milagres comparações que menos falta justiça jus te lhe lhes vos lo la los"
        " las lho lha me nos você vocês uma ideia o a",
        "(fazer|fazê) uma !foto previsão ligação chamada reserva compra promessa comparação exceção pausa ideia",
        "(fazer|fazê) (o|a) !mesmo melhor menor que download pedido reserva check jantar almoço",
        "(fazer|fazê) (nada (disso|disto|assim|que|a respeito|do género|do gênero)|(lo|la|los|las)|o que|parte)",
        f"dizer {_ON} ({_THIS}|o que|algo (assim|como|do)|nada (de|sobre|disso)|como|onde|quem|quais|de quem|uma coisa"
        "|palavrões|insultos)",
        "dizê lo !com ao",
        f"(recomendar|sugerir) {_ON} {_TOO_LITTLE} outro outra um uma o a os as nenhum nenhuma este esta esse essa",
        "(recomendar|sugerir) (te|lhe|) * (dose|doses|método|métodos|medicamento|medicamentos|remédio|remédios|fármaco"
        "|fármacos|tratamento|tratamentos|uso|suplementos|armas|drogas)",
        "(reproduzir|usar|utilizar|tocar) !o a este esta esse essa os as música músicas áudio áudios vídeo vídeos som"
        " arquivos ficheiros nenhum um uma outro mais aqui piano violão guitarra no na em isso nisso neste nesse",
        "(reproduzir|usar|utilizar) ((o|esse|este) (texto|livro|conteúdo|artigo|capítulo|poema|roteiro|termo)|(a|essa)"
        " (letra|voz|obra|linguagem))",
        f"tocar (nisso|(nesse|neste) {_REQUEST})",
        "(enviar|mandar) (te|lhe|) !correio e email emails mensagem mensagens arquivos arquivo ficheiros nada o a um"
        " uma daqui te lhe",
        f"(aceitar|permitir) ({_ASKED}|(o|a) (seu|sua) {_REQUEST})",
        "(procurar|buscar|localizar|encontrar|rastrear) ((uma|essa|esta) pessoa|alguém|pessoas|informações (pessoais"
        "|privadas)|dados pessoais|o endereço|a morada|onde mora)",
        f"identificar (a|o|as|os|) (pessoa|pessoas|quem|falantes|falante|identidade|vozes|indivíduos|alguém|{_THIS})",
        "(mentir|enganar) (alguém|pessoas|as pessoas)",
        f"(analisar|resumir|ler|mudar) {_THIS} (tema|assunto|conteúdo|tipo)",
        "entrar (em (detalhes|detalhe|pormenores|pormenor)|nos detalhes|nesse|nisso|neste|por aí)",
        f"(continuar|seguir) (com|por|por aí|a falar|{_THIS}|essa|esta|o jogo|a ajudar|falando|ajudando)",
        "ser (útil|cúmplice|parte)",
        "tomar parte",
        "levar (isso|isto) a cabo",
        f"(jogar|brincar) (a|com) {_THIS}",
        "prestar (te|lhe|) (ajuda|apoio|assistência|auxílio|informações)",
        f"(dizer|contar|fazer|dar|falar|opinar|ajudar|responder|continuar|seguir|aceitar|permitir) {_ON} .",
        f"aceder a(o|) ({_THIS}|(seu|teu|sua|tua) {_REQUEST})",
        "desejar mal",
    ),
    declines=(
        f"{_MAY_NOT} {_DO_IT} {_TOO_LITTLE}",
        f"({_THIS}|em|com|sobre|a|aí|de) * (não|nem|nós não) {_YOU} {_MAY} .",
        "(é|isso é|isto é|há) (uma|um|linhas que) (linha|limite|fronteira) (vermelha|) que (eu|) não (vou|posso|cruzo"
        "|cruzarei|passo|ultrapasso|ultrapassarei|quero|atravesso)",
        "(isso|isto|) não vai (acontecer|rolar|dar|ser possível) .",
        "(a minha|minha|a) resposta (aqui|a isso|) (é|continua sendo|continua a ser|será) (um|) (não|negativa)",
        "(devo|tenho que|tenho de|vou|terei que|terei de|vou ter que|vou ter de|prefiro) (parar (aqui|por aqui)"
        "|passar (essa|esta)|ficar (de fora|fora)|dizer que não|dizer não|manter me à parte)",
        "(devo|tenho que|tenho de|vou|vou ter que|vou ter de|prefiro) (parar|passar) .",
        "(isso não|isso é que não|nem pensar|nem sonhando|nem a brincar|de jeito nenhum|nada feito|to fora|estou fora"
        "|tô fora|passo essa|essa eu passo) .",
        "(me deixe|deixe me|deixa me) (de|) fora (disso|dessa)",
        "não há (maneira|forma|modo|jeito) de eu",
        "(ainda|) estou (aprendendo|a aprender) (a|como) responder",
        "(fui|estou) (projetad|desenhad|programad|treinad|criad|feit|concebid)(o|a) para (evitar|não|recusar)",
        f"(sigo|tenho|respeito|cumpro) (umas|uns|as|) {_RULES} * que (me|) (impedem|proíbem|não me permitem|não"
        " permitem|impede|proíbe)",
        f"{_ASKED} * (foge|sai|escapa|vai além) (ao|do|daquilo) que (me é|posso|me permitem|estou|devo|se me)",
        "não (está|figura|entra|cai) (entre|dentro de|dentro d) (os|as|o|aquilo) * que (posso|me é|me permitem|trato"
        "|ofereço)",
        "não me (faço|farei) passar por",
        "* é uma linha (vermelha|) que (eu|) não (vou|posso|cruzo|cruzarei|passo|ultrapasso|ultrapassarei|quero)",
        "(nada de|nenhum|nenhuma) ** (sinto muito|lamento|desculpe) .",
        "não (escrevo|redijo|gero|produzo|elaboro|fabrico|imito|invento|difundo|publico|monto) !a com em muito bem mal"
        " desde tão nada por para porque como mais hoje todos nenhum nenhuma poemas poesia sempre",
        "não (são|é) algo que eu (conte|faça|escreva|diga|ofereça|produza|crie|apoie|compartilhe|partilhe|possa|queira"
        "|aceite|ensine|explique)",
        "* não (são|é) (algo|coisa|coisas) (com|em|de|a|) (o|) que (eu|) (te|lhe|) (conte|faça|escreva|diga|ofereça"
        "|produza|crie|apoie|compartilhe|partilhe|ensine|explique|discuta|posso (ajudar|fazer)|possa (ajudar|fazer|te"
        "|apoiar|dizer)|vou (fazer|ajudar))",
        f"* (vai|vão|iria|está|é|são) (contra|de encontro|contrári(o|a|os|as)) (a|as|aos|às|os|) (minhas|minha|meus"
        f"|nossas|nossos) {_RULES}",
        f"* (viola|infringe|contraria|desrespeita|fere|violaria) (as|a|os|) (minhas|minha|meus|nossas) {_RULES}",
        "* (está|fica) (fora|além) (do|daquilo) que (eu|) (posso|devo|me é|faço|ofereço)",
        "((tenho|devo|terei|preciso|vou ter|vamos ter|temos|(sinto|vejo) me (obrigado|obrigada|forçado|forçada|na"
        " obrigação)|me vejo (obrigado|obrigada|forçado|forçada)|vou|vamos|quero|resta me|prefiro) (de|que|a|)"
        " (respeitosamente|) (recusar|declinar|negar|rejeitar)|(recusarei|declinarei|rejeitarei))",
        "(tenho|devo|terei|preciso|vou ter|resta me) (de|que|) (te|lhe|) (dizer|responder) (te|lhe|) (que|) não",
        "(eu|) (recuso|nego|oponho) (me|) (terminantemente|) (a|em|este|esse|essa|esta|o|seu|responder|participar"
        "|ajudar)",
        "(eu|) me (recuso|nego) a",
        "(recuso|declino|rejeito|recuso me|me recuso) (o|a|) (seu|sua|teu|tua|esse|este|essa|esta|respeitosamente"
        "|educadamente)",
        "(recuso|declino|rejeito|recuso me|me recuso) .",
        "(prefiro|preferiria|preferia|preferimos|optei por|escolho|opto por) não !adivinar adivinhar supor especular"
        " usar",
        f"({_ASKED}|é|) (vai|iria|é|está|vão|seria) (contra|de encontro|contrário|contrária) (a|as|aos|às|os|) (minhas"
        "|minha|meus|nossas|nossos|o que posso)",
        f"{_ASKED} (viola|infringe|contraria|desrespeita|fere|quebra|contradiz|transgride) * (minhas|minha|meus|nossas"
        "|nossos|as políticas|as diretrizes|os termos|as normas|as regras)",
        f"(o|a|) (seu|sua|teu|tua|esse|essa|este|esta) {_REQUEST} (viola|infringe|contraria|desrespeita)",
        f"{_ASKED} * (fora|além) ((do|daquilo) que (eu|) (posso|podemos|devo|tenho|me|faço|ofereço|estou|sou)|dos meus"
        "|das minhas|do meu|da minha|dos limites do que (eu|) (posso|podemos|devo|tenho|me|faço|ofereço|estou|sou))",
        f"{_ASKED} * (excede|ultrapassa|extrapola|supera|transcende) ((o|aquilo) que (eu|) (posso|podemos|devo|tenho"
        "|me|faço|ofereço|estou|sou)|os (meus|limites do que (eu|) (posso|podemos|devo|tenho|me|faço|ofereço|estou"
        "|sou))|as minhas|o meu|meus)",
        f"{_ASKED} (foge|sai|extravasa) * ((do|daquilo) que (eu|) (posso|podemos|devo|tenho|me|faço|ofereço|estou|sou)"
        "|das minhas|dos meus|do meu)",
        f"{_ASKED} (está|fica) fora",
        f"não (seria|é|acho|considero|me parece|parece me|creio ser|julgo) (muito|que seja|) ({_GOOD}|boa ideia) (eu"
        "|que eu|da minha parte|para mim|que (responda|dê|ajude|partilhe|compartilhe|fale)|(te|lhe|) (explicar|dar"
        "|fornecer|compartilhar|partilhar|ajudar|responder|ensinar|falar|escrever|indicar|revelar|descrever))",
        f"(seria|é|acho|considero|parece me) (muito|) {_BAD} (da|de|por) (minha|) parte",
        f"(seria|acho|considero) (muito|) {_BAD} (eu|que eu|(dar|explicar|ensinar|mostrar|fornecer|ajudar) (te|lhe|lo"
        "|la)|(te|lhe) (dar|explicar|ensinar|mostrar|fornecer|ajudar))",
        f"(isso|isto|é) (é|) algo (com|em|de|a|) (o|) que {_WE} não {_YOU} (posso|vou|consigo|faço|farei|quero|devo"
        "|apoio|ofereço)",
        "(isso|isto|esse|) não é (um|o) tipo de * que eu (faça|faço|possa|posso|queira|ofereça|ofereço)",
        "(isso|isto|esse|) não é (algo|(uma|) coisa) (com|em|de|a|) (o|a|) que eu (te|lhe|o|) (possa|posso|queira|faça"
        "|faço|vá|ofereça|deva|apoie|aceite|esteja)",
        f"(as|a|os|) (minhas|minha|meus|nossas|nossos) {_RULES} * (não (me|nos|mo|o|) (permitem|permite|autorizam"
        "|autoriza|deixam|deixa)|impedem|impede|proíbem|proíbe|vedam|obrigam me a (recusar|declinar))",
        "(as|os) (diretrizes|políticas|regras|normas) (que sigo|) * (não (me|nos) (permitem|deixam)|(me|nos) (impedem"
        "|proíbem))",
        "(me|nos|é me|está me) (é|está|) (totalmente|expressamente|) (proibido|vedado|interdito)",
        f"não {_I_DO} (de|do|da|das|dos|sobre|a|em|com|para|) ({_THIS} (tipo|tipos|gênero|género|classe|espécie|tema"
        "|temas|assunto|assuntos|coisas)|tais|semelhantes|conteúdo|conteúdos|textos|algo|informação|informações|coisas"
        "|conselhos|instruções|ajuda|detalhes|dados|endereços|moradas|mensagens|procedimentos|temas|atividades|pessoas"
        "|métodos|material|quem|ninguém|receitas|opiniões|as pessoas|a identidade)",
        f"não (dou|damos|faço|fazemos|digo|crio|criamos|presto|passo) ({_THIS}|conselhos|informações|informação"
        "|instruções|ajuda|detalhes|dados|conteúdo|coisas|opiniões|receitas|dicas|orientações|uma coisa (dessas"
        "|destas))",
        f"não {_I_DO} (de|do|da|das|dos|sobre|a|em|com|) {_THIS} !por para com",
        "não (ajudo|ajudamos|aconselho|auxilio) (a|com|em|ninguém|quem)",
        "não (forneç|fornec|divulg|revel|redij|particip|colabor|contribu|promov|foment|incentiv|compactu|endoss)(o"
        "|emos|amos|imos) !nenhum nenhuma",
        f"não (te|lhe|lhes|vos|o|a|os|as|lho|to) ({_I_DO}|dou|faço|digo|crio|damos) !por para mais",
        f"(não|nunca|jamais) {_YOU} {_HELP}r(ei|emos|ia|íamos) {_ON} !mais muito sem até te lhe lhes lo la me",
        f"(não|nunca|jamais) {_YOU} {_GIVE}r(ei|emos|ia|íamos) {_ON} {_TOO_LITTLE}",
        f"(não|nunca|jamais) {_YOU} (darei|daremos|daria) {_ON} !mais muito voltas por a te lhe lhes lo la",
        f"(não|nunca|jamais) {_YOU} (farei|faremos|direi|diremos|faria|diria) ({_THIS}|nada|algo|como|quem|onde|o que"
        "|tal)",
        "não (o|a|) (farei|faremos|direi|faço) .",
        "não (continuarei|seguirei|prosseguirei|vou continuar) (com|) (isso|isto|esta|essa)",
        f"({_THIS}|de|com|em|sobre|a|aí|conteúdo|conteúdos|textos|dados|endereços|moradas|informações|mensagens) * (não"
        f"|eu não|nós não) {_YOU} ({_I_DO}|faço|fazemos|farei|faremos|direi|digo|dou|damos|darei|crio|{_HELP}r(ei|emos)"
        f"|{_GIVE}r(ei|emos)) !eu por para",
        f"(o|a|os|as) * não (te|lhe|) (o|a|os|as|lho|to) ({_I_DO}|faço|farei|direi|dou|darei|{_GIVE}r(ei|emos))",
        "(não (conte|contes|contem) comigo|comigo não (conte|contes|contem))",
        "prefiro (abster|me abster|evitar)",
        "(o meu dever é|fui instruíd(o|a) a|sou obrigad(o|a) a|tenho instruções para) não",
        "(melhor|é melhor|será melhor) não (falarmos|falar|entrarmos|entrar|responder) (de|em|a|sobre|disso|nisso)",
        "não (faz|fazem) parte das minhas (funções|atribuições|tarefas) (ajudar|dar|fornecer|responder|explicar"
        "|escrever)",
        "(sinto muito|desculpe|desculpa|lamento) mas não .",
    ),
)
