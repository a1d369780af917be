"""Spanish."""

from steering.refusal_lexicon.language import Language

_AI = "(un|una|solo un|solo una) (modelo|asistente|ia|inteligencia artificial|sistema) (de lenguaje|de ia|de"
_AI += " inteligencia artificial|virtual|de voz|lingüístico|responsable|)"
_ADVERB = "(realmente|simplemente|de (ninguna|ningún) (manera|modo|forma)|(en|bajo) ningún (caso|concepto)|tampoco|ya"
_ADVERB += "|directamente|éticamente|legalmente|(lamentable|desafortunada|desgraciada|consciente|moral|sincera)mente"
_ADVERB += "|por (desgracia|tanto|lo tanto|eso|ello)|sin embargo|en absoluto|nunca|jamás|aquí|como (ia|asistente)|)"
_TO_YOU = "(te|le|les|os|lo|la|los|las|se|me|nos|) (lo|la|los|las|)"
_ON = "(lo|la|los|las|te|le|les|os|me|nos|se|telo|tela|telos|telas|selo|sela|selos|selas|)"
_THIS = "(eso|esto|ello|ese|esa|esos|esas|este|esta|estos|estas|tal|tales|semejante|semejantes|aquello)"
_REQUEST = "(petición|solicitud|pregunta|consulta|tema|asunto|demanda|conversación|contenido|orden|mensaje"
_REQUEST += "|instrucción)"
_ASKED = f"(eso|esto|ello|(tu|su|esta|esa|este|ese|la|el|vuestra) {_REQUEST}|lo que (me|nos|) (pides|pide|piden|pedís"
_ASKED += "|solicitas|solicita|propones|propone|describes|describe|planteas|plantea|preguntas|pregunta|quieres"
_ASKED += "|quiere))"
_RULES = "(normas|directrices|políticas|política|reglas|principios|pautas|protocolos|lineamientos|valores|límites"
_RULES += "|instrucciones|criterios|programación|función|diseño|propósito|ética|guías|restricciones)"
_CAN = "(puedo|podré|voy a|debo|pienso|pretendo)"
# What "we" say too, or somebody, or what takes a thing as well as a verb: it refuses before what is listed only.
_MAY = "(podemos|podremos|podría|podríamos|pueda|podamos|vamos a|debemos|debería|deberíamos|quiero|queremos|quisiera"
_MAY += "|pensamos|suelo|solemos|deseo|deseamos|acepto|acostumbro a)"
_HELP = "(ayudar|asistir|apoyar|acompañar|colaborar|cooperar|contribuir|auxiliar|orientar|guiar|asesorar|aconsejar"
_HELP += "|complacer|participar|involucrar|intervenir|responder|contestar|atender|proseguir|opinar|pronunciar"
_HELP += "|comprometer|prestar|servir)"
_GIVE = "(facilitar|proporcionar|ofrecer|brindar|suministrar|entregar|aportar|conceder|ceder|otorgar|compartir"
_GIVE += "|revelar|divulgar|comunicar|indicar|desvelar|difundir|filtrar|publicar|mostrar|enseñar|explicar|describir"
_GIVE += "|detallar|instruir|especificar|desglosar|enumerar|listar|generar|crear|redactar|escribir|producir|elaborar"
_GIVE += "|componer|fabricar|diseñar|preparar|promover|fomentar|incitar|alentar|animar|incentivar|aprobar|avalar"
_GIVE += "|respaldar|justificar|tolerar|consentir|aceptar|permitir|proponer|cumplir|satisfacer|completar|tramitar"
_GIVE += "|gestionar|abordar|discutir|comentar|debatir|realizar|ejecutar|traducir|imitar|clonar|suplantar|insultar"
_GIVE += "|difamar|acosar|amenazar|engañar|espiar|exhibir|secundar|acceder a)"
_MAY_NOT = f"((yo|nosotros|) {_ADVERB} (no|nunca|jamás|ni) {_TO_YOU} {_MAY} {_ADVERB}|no estaría bien|no (creo"
_MAY_NOT += "|considero|pienso|veo) que (yo|) (te|le|) (deba|pueda|debería)|(creo|considero|pienso|me parece) que no"
_MAY_NOT += " (te|le|) (debería|podría)|no (es|sería|será) posible (que (yo|) (te|le|lo|os|)|)|evito|evitaré|evitamos"
_MAY_NOT += f"|paso de|(estoy|es) en contra de|({_THIS}|en|con|sobre|para|de|a|respecto|ante|ahí|así|por) * (no"
_MAY_NOT += f"|tampoco) {_TO_YOU} {_MAY})"
_DO_IT = f"({_HELP}{_ON}|{_GIVE}{_ON}|dar(te|le|les|os|) ({_THIS}|consejos|instrucciones|información|detalles|una mano)"
_DO_IT += f"|(hacer|decir|realizar|ejecutar|procesar|gestionar|hablar de|hablar sobre|continuar con|seguir con){_ON}"
_DO_IT += f" ({_THIS}|lo que|nada de|tu|su)|recomendar(te|le|) cómo|decir(te|le) (cómo|dónde"
_DO_IT += "|quién)|entrar en (detalle|detalles|ese|eso)|tomar parte|formar parte)"
_OFFER = "(dar|ofrecer|proporcionar|facilitar|aportar)"
_TOO_LITTLE = "!sin hasta si suficiente suficientemente bastante mejor lo más demasiado tanto cuánto que por"
# "No puedo" and its like refuse before any word but these. Some of them refuse with what follows.
_VERBS = (
    # what one perceives and knows
    "oír escuchar ver mirar observar percibir notar distinguir diferenciar discernir detectar apreciar descifrar"
    " entender comprender captar reconocer identificar encontrar localizar hallar ubicar situar rastrear acceder abrir"
    " cargar reproducir leer visualizar descargar recibir conectar navegar buscar consultar revisar comprobar"
    " verificar confirmar corroborar comparar medir calcular determinar establecer precisar concretar saber conocer"
    " adivinar predecir prever anticipar pronosticar estimar evaluar valorar juzgar decidir elegir escoger votar"
    " recordar acordar olvidar memorizar pensar creer imaginar concebir concluir deducir demostrar probar resumir"
    " transcribir analizar"
    # what one says, promises and feels
    " decir contar hablar explicar describir mostrar enseñar expresar responder contestar opinar ayudar asistir dar"
    " ofrecer proporcionar facilitar aportar compartir recomendar sugerir garantizar asegurar prometer jurar afirmar"
    " descartar negar excluir culpar quejar criticar reprochar objetar discrepar mentir engañar exagerar presumir"
    " fingir ocultar aburrir cansar asustar alarmar molestar preocupar ofender extender alargar enrollar repetir"
    " insistir agradecer felicitar elogiar alabar destacar subrayar enfatizar esperar aguantar soportar resistir"
    " evitar dejar parar contener permitir confiar quitar parecer amar querer odiar llorar reír sonreír sentir oler"
    " saborear disfrutar"
    # what everybody does
    " hacer ser estar tener haber poder deber ir venir llegar salir entrar volver regresar quedar vivir morir"
    " sobrevivir existir dormir descansar respirar comer beber cenar desayunar cocinar caminar andar correr nadar"
    " volar conducir manejar viajar jugar bailar tocar trabajar estudiar seguir continuar superar ganar perder fallar"
    " pagar comprar vender gastar costear casar levantar subir bajar sentar mover cambiar usar utilizar llamar poner"
    " encender apagar reservar enviar mandar imprimir guardar aceptar acudir competir empezar terminar acabar arreglar"
    " reparar solucionar resolver mejorar complicar omitir obviar pasar saltar traducir discutir llevar formar echar"
    " tender prestar"
)
_CLITICS = ("", "lo", "la", "los", "las", "te", "le", "les", "os", "me", "nos", "se", "telo", "selo", "melo", "oslo")
_NOT_DECLINED = " ".join(f"{verb}{clitic}" for verb in _VERBS.split() for clitic in _CLITICS) + (
    " que no más menos sino con sin si cuando como porque hasta ni y o pero nada todo tanto mucho muy bien mejor así"
    " solo el la los las lo un una al a de en por para bajo eso esto ese esa este esta yo ya aquí ahora hoy mañana"
    " siempre nunca jamás tampoco realmente simplemente directamente éticamente legalmente lamentablemente"
    " sinceramente desafortunadamente desgraciadamente conscientemente moralmente"
)
_I_DO = "(ayud|apoy|facilit|proporcion|suministr|divulg|revel|identific|redact|gener|particip|colabor|foment|aval"
_I_DO += "|brind|respald|explic|detall|enseñ|coment|enter|entr|trat|toc|abord|publico|filtr|aconsej|asesor|recomiend"
_I_DO += "|compart|escrib|describ|respond|contribuy|promuev|aprueb|ofrezc|proporcion|difund|discut|indic|muestr|habl"
_I_DO += "|acept)(o|amos|imos|emos)"

SPANISH = Language(
    code="es",
    name="Spanish",
    prefaces=(
        "(lo|) (siento|lamento) (mucho|muchísimo|de verdad|de veras|de corazón|en el alma|) (que|)",
        "(siento|lamento) (tener que|) (decir|informar|comunicar|anunciar)(te|le|les|os|) que",
        "(disculpa|disculpe|disculpad|perdona|perdone|perdón|mis disculpas|mil disculpas|mil perdones) (usted|)",
        "(te|le|les|os|) (pido|ruego) (disculpas|perdón)",
        "me (temo|disculpo) (que|)",
        "(pero|mas|no|sin embargo|no obstante|aunque|así que|y|porque|hola|ya que|dado que|bueno|entonces|además|con"
        " todo)",
        "(por (lo|) (tanto|que)|por (eso|ello|consiguiente|favor)|de (modo|manera|forma) que|en consecuencia|ahora"
        " bien)",
        "((aun|aún|incluso) así|igualmente|de todos modos|de todas (formas|maneras)|a pesar de (eso|ello|todo)|en este"
        " caso)",
        "(ahora mismo|por (ahora|el momento)|de momento|actualmente|hoy por hoy|en este momento|todavía|aún)",
        "(lamentable|desafortunada|desgraciada|triste|real|honesta|sincera|simple|franca)mente",
        "(por desgracia|la verdad|la verdad es que|en realidad|debo (decir|aclarar|ser claro) (que|)|con (todo|)"
        " respeto)",
        f"(como|soy|al ser) {_AI}",
        "(como|al ser) (modelo|asistente|ia|inteligencia artificial|sistema) *",
        "gracias por (tu|su|el|la|) (mensaje|pregunta|consulta|preguntar|escribir|confianza|interés|contactarme)",
        "(yo|nosotros|nosotras|personalmente)",
        "por (razones|motivos|seguridad|privacidad|respeto|precaución|ética|prudencia|cuestiones|responsabilidad) *",
        "(absolutamente no|(de|en) (ninguna|ningún) (manera|modo|caso)|claro que no|por supuesto que no|por mi parte"
        "|honestamente|en absoluto|ni hablar|imposible|lo siento en el alma|respetuosamente|educadamente)",
    ),
    concessions=(
        "(yo|) (entiendo|comprendo|reconozco|aprecio|agradezco|sé que|respeto|veo que|imagino)",
        "(lo que|eso que) (me|) (pides|pide|describes|describe|propones|propone)",
        "(aunque|si bien|como|dado que|puesto que|gracias|me (gustaría|encantaría)|ojalá|quisiera|desearía)",
        "(no (apoyo|apruebo|comparto|defiendo|tolero|justifico)|(ese|esa|este|esta|tu|su) (contenido|petición"
        "|solicitud))",
        "sería",
        "(eso|esto) (es|sería|puede|podría|parece|suena)",
        "no (es|sería) (recomendable|aconsejable|seguro|legal|ético|apropiado)",
    ),
    opening=r"\w+[aei]r([lmnst]?[aeo]s?|nos)?|el|la|los|las|un|una|ese|esa|esos|esas|este|esta|estos|estas|tu|su",
    resumptions=("pero", "y", "así", "por"),
    inabilities=(
        f"(yo|) {_ADVERB} (no|nunca|jamás|ni) {_TO_YOU} {_CAN} (ni (quiero|debo|voy a|deseo)|y no (quiero|voy a)|)"
        f" {_ADVERB}",
        f"de (ningún|ninguna) (modo|manera|forma) {_TO_YOU} {_CAN}",
        "no (me|nos) (es|será|resulta|sería) (posible|factible|lícito)",
        "(me|nos) (es|resulta|sería|será) (del todo|totalmente|completamente|) imposible",
        "no (es|sería|será) posible (para mí|por mi parte)",
        "(estoy|me veo) (en la imposibilidad de|imposibilitado (para|de)|imposibilitada (para|de))",
        "no (soy capaz|estoy capacitad(o|a)|estoy en (condiciones|posición|disposición)|estoy facultad(o|a)) (de|para)",
        "no (estoy|estamos|fui|he sido) (autorizad|dispuest|programad|diseñad|entrenad|cread|preparad|habilitad)(o|a"
        "|os) (a|para)",
        "no estoy (aquí|) para",
        "no (tengo|tenemos|dispongo de|cuento con) (la|) (permitido|permiso|autorización|intención|ganas|facultad"
        "|potestad|libertad|derecho) (para|de|a|)",
        "no (se me|me|se nos|nos) (está|es|) (permite|permitido|autoriza|permiten|corresponde|compete|incumbe"
        "|consiente)",
        "no me (siento|sentiría) (nada|muy|) (cómod(o|a)|bien|a gusto|segur(o|a)) (con|para|a la hora de|al|)",
        "(lo|) (lamento|siento) (mucho|) no poder",
        f"({_THIS}|en|con|sobre|para|de|a|respecto|acerca|ante|ahí|aquí|así|por) * (yo no|no|tampoco) {_TO_YOU} {_CAN}"
        f" {_ADVERB}",
        "(el|la|los|las|contenido|contenidos|datos|direcciones|información|textos) * no (te|le|se|os|) (lo|la|los"
        f"|las) ({_CAN}|{_MAY})",
        f"({_ASKED}|(es|se trata de|hay) (un|una|algo|temas|cosas)) * (que|cual|cuales) (yo no|no) {_TO_YOU} {_CAN}",
        "(creo|considero|pienso|me parece) que no (te|le|) (debo|puedo)",
        "no (estaría|está) en (mi mano|mis manos)",
        "me (abstengo|abstendré|guardaré|guardo) de",
        "no me (presto|prestaré|atrevo|dedico|ofrezco|comprometo) a",
        "no me veo (capaz de|con ánimo de)",
    ),
    declined=(
        f" !{_NOT_DECLINED}",
        f"(ayudar|opinar){_ON} !sin hasta si suficiente mejor mucho más todo todos",
        f"(responder|contestar){_ON} !sin hasta si suficiente mejor mucho más todo todos a",
        f"(responder|contestar){_ON} a !todo todos todas",
        f"(traducir|discutir){_ON} {_TOO_LITTLE}",
        f"asistir{_ON} !sin a al",
        f"(explicar|describir|mostrar|enseñar|expresar|compartir|contar){_ON} {_TOO_LITTLE} con hasta me",
        f"(contar|describir|explicar|mostrar|enseñar){_ON} lo que",
        f"{_OFFER}{_ON} {_TOO_LITTLE} un una unas unos crédito marcha la las el los consejos abasto exactamente",
        f"{_OFFER}{_ON} consejos !médicos legales financieros jurídicos",
        f"{_OFFER}{_ON} consejos (médicos|legales|financieros|jurídicos) .",
        f"{_OFFER}{_ON} una !respuesta cifra fecha idea estimación opinión hora predicción valoración garantía",
        f"{_OFFER}{_ON} un !número dato veredicto pronóstico plazo precio diagnóstico",
        f"{_OFFER}{_ON} (la|el|las|los) !hora razón fecha cifra espalda bienvenida enhorabuena nombre brazo dato",
        f"hablar{_ON} (de|del|sobre|acerca|con detalle|en detalle|en detalles|en ese|en esos|en eso|{_THIS})",
        f"hacer{_ON} !más mejor nada otra solo sola todo sin hasta si mucho de por reservas llamadas pedidos fotos"
        " compras predicciones promesas milagros comparaciones otra cosa que menos falta justicia caso clic una",
        f"hacer{_ON} una !foto predicción llamada reserva compra promesa comparación excepción pausa",
        f"hacer{_ON} (nada|mucho) (de|así|que|por ti|al respecto|parecido)",
        f"decir{_ON} ({_THIS}|lo que|algo (así|como)|nada de|cómo|dónde|quién|quiénes|cuál es|de quién|que sí|tacos"
        "|palabrotas|insultos|groserías)",
        f"decir{_ON} .",
        "decir(telo|selo|oslo) !con",
        f"(recomendar|sugerir){_ON} {_TOO_LITTLE} otro otra un una el la los las ninguno ninguna este esta",
        f"(recomendar|sugerir){_ON} * (dosis|métod(o|os)|medicament(o|os)|fármac(o|os)|tratamiento|tratamientos|uso"
        "|suplementos|armas|drogas)",
        f"(reproducir|usar|utilizar){_ON} !el este ese esta la música audio audios vídeo vídeos sonido archivos ningún"
        " un una otro más aquí",
        "(reproducir|usar|utilizar) (el (texto|libro|contenido|artículo|capítulo|poema|guion)|ese (texto|lenguaje"
        "|término)|la (letra|voz|obra|novela))",
        f"(enviar|mandar){_ON} !correo correos mensaje mensajes archivos archivo nada el la un una desde",
        f"(aceptar|aprobar|permitir) {_ASKED}",
        "(buscar|localizar|encontrar|rastrear|ubicar)(te|le|) (a (una persona|alguien|personas|esa persona|tu ex)"
        "|información (personal|privada)|datos personales|la dirección|dónde vive)",
        "identificar(la|lo|las|los|) (a|al|personas|voces|quién|hablantes|la identidad|esa|esta|por)",
        "(mentir|engañar)(le|les|) a !nadie",
        f"(tocar|analizar|resumir|leer|cambiar) {_THIS} (tema|asunto|contenido|tipo)",
        f"entrar (en (detalle|detalles|{_THIS}|pormenores)|ahí)",
        f"(continuar|seguir)(te|) (con|adelante|por ahí|ayudando|hablando|{_THIS}|la|el juego)",
        "(echar|dar|tender|prestar)(te|le|les|os|) (una|) (mano|ayuda|asistencia|apoyo)",
        "ser (de ayuda|cómplice|parte|partícipe|útil)",
        f"jugar (a|con) {_THIS}",
        "(formar|tomar) parte",
        "llevar(lo|la|) a cabo",
        f"(hacer|contar|dar|hablar|responder|continuar|seguir|aceptar|permitir)({_ON}|telo|selo|oslo) .",
        f"acceder a ({_ASKED}|hacer|ayudar|(tu|su) (ruego|deseo))",
    ),
    declines=(
        f"{_MAY_NOT} {_DO_IT} {_TOO_LITTLE}",
        f"(no|nunca) {_MAY} hacer(lo|la|los|las) .",
        f"({_THIS}|en|con|sobre|de|a|ahí) * (yo no|no|tampoco) {_TO_YOU} {_MAY} .",
        "(es|eso es|esto es|ahí hay|hay) (una|un|líneas que) (línea|límite|frontera|raya|) (roja|) que (yo|) no (voy a"
        "|pienso|puedo|cruzo|cruzaré|paso|pasaré|quiero)",
        "va a ser que no",
        "(eso|esto|) no va a (ocurrir|pasar|poder ser|suceder) .",
        "(mi|la) respuesta (aquí|a eso|a esto|) (es|sigue siendo|será) (un|) (no|negativa)",
        "(debo|tengo que|voy a|tendré que|prefiero|me) (parar|parar aquí|detenerme|plantarme|planto|parar esto"
        "|detener esto|plantar|quedo al margen|mantenerme al margen|quedarme fuera|quedarme al margen)",
        "(debo|tengo que|voy a|tendré que|prefiero) (pasar|dejarlo aquí|dejarlo ahí|cortar aquí) .",
        "(eso sí que no|de eso nada|ni lo sueñes|ni pensarlo|ni en broma|ni de broma|ni hablar|paso de eso"
        "|paso de esto|yo paso|no cuela) .",
        "no hay (manera|forma|modo) de que (yo|) (te|le|os|lo)",
        "(todavía|aún|) estoy aprendiendo (a|cómo) responder",
        "(fui|he sido|estoy) (diseñad|programad|entrenad|cread|pensad|hech)(o|a) para (evitar|no|rechazar|negarme)",
        f"(sigo|tengo|respeto|cumplo) (unas|unos|) {_RULES} * (que|y) (me|) (lo|) (impiden|prohíben|no me permiten"
        "|impide|prohíbe)",
        "no (está|figura|entra|cae) (entre|dentro de) (los|las|lo|aquello) * que (puedo|me está|me es|me permiten|trato"
        "|ofrezco)",
        "no (suplanto|imito|encarno|clono) (a|la voz)",
        "no me (hago|haré) pasar por",
        "* es una línea (roja|) que (yo|) no (voy a|pienso|puedo|cruzo|cruzaré|paso|pasaré|quiero)",
        "(nada de|ninguna|ningún) ** (lo siento|lo lamento) .",
        "no (escribo|redacto|genero|produzco|elaboro|fabrico|imito|suplanto|invento|difundo|publico) !a con en muy"
        " mucho bien mal desde tan nada por para porque como más hoy todos ninguna ningún poemas poesía",
        f"* (va|van|iría|está|es) (en|) (contra|contraria|contrario) (de|a|) (mis|mi|nuestras|nuestros) {_RULES}",
        f"* (infringe|viola|incumple|vulnera|contraviene|infringiría|violaría) (mis|mi|nuestras) {_RULES}",
        "* no es algo (en lo|con lo|a lo|de lo|) que (yo|) (te|le|lo|) (pueda|puedo|quiera|vaya|voy|haga|hago)"
        " (ayudar|ayudarte|hacer|colaborar|asistir|participar|apoyar|escribir|contar|decir|ofrecer|facilitar|discutir)",
        "* (está|queda|cae) (fuera|al margen|más allá) de (lo que (yo|) (puedo|debo|tengo permitido|se me permite|hago"
        "|ofrezco)|mis (límites|normas|funciones|capacidades éticas))",
        "((debo|debemos|he de|(tengo|tenemos|tendré|tendremos|voy a tener|vamos a tener) que|me veo obligad(o|a) a|me"
        " veo en la obligación de|me toca|quiero|quisiera|voy a|prefiero) (respetuosamente|) (rechazar|declinar"
        "|negarme|rehusar|abstenerme|denegar)(la|lo|)|(rechazaré|declinaré|rehusaré|denegaré))",
        "(mi deber es|tengo (instrucciones|órdenes) de|estoy obligad(o|a) a) no",
        "(mejor|será mejor que) no (hablo|hablemos|hablamos|entro|entremos|respondo) (de|en|a|sobre)",
        "no (está|entra|figura) (entre|dentro de) mis (funciones|tareas|atribuciones)",
        "(lo siento|lo lamento|disculpa|perdona) pero no .",
        f"{_ASKED} (lo tengo prohibido|(no|) (está|queda|cae) (en mi mano|fuera de mi alcance|en mis manos))",
        "(debo|tengo que|tendré que|voy a tener que|he de|me toca) (responder|decir|contestar)(te|le|les|os|) que no",
        "(rechazo|declino|deniego|rehúso) (esta|esa|este|ese|tu|su|la|respetuosamente|amablemente|responder|dar|ayudar"
        "|participar|hacer|contestar|escribir|cortésmente)",
        "(rechazo|declino|rehúso|me niego|paso) .",
        "(me|nos|) (niego|rehúso|negamos|negaré|opongo) (rotundamente|firmemente|) (a|en)",
        "(prefiero|preferiría|preferimos|elijo|he decidido|opto por|preferiríamos) no !adivinar suponer asumir"
        " inventar elegir usar especular comer perder",
        f"({_ASKED}|es|) (va|iría|es|está|sería|irían|queda) (en|) (contra|contraria|contrario) (de|a|) (mis|mi"
        "|nuestras|nuestros|lo que (tengo|se me))",
        f"{_ASKED} (va|iría|es|está|sería) (en|) (contra|contraria|contrario) (de|a|) (mis|mi|las normas|las"
        " directrices|las políticas|los principios|la política|la ley)",
        f"{_ASKED} (infringe|viola|incumple|vulnera|contraviene|contradice|choca con|rompe|quebranta|atenta contra) *"
        " (mis|mi|nuestras|las normas|las políticas|las directrices|las reglas|la política|los principios|los"
        " términos)",
        f"(tu|su|esta|esa|la) {_REQUEST} (infringe|viola|incumple|vulnera|contraviene)",
        f"{_ASKED} * (fuera|más allá|al margen) de (lo que (yo|) (puedo|podemos|debo|tengo|se me|me|hago|ofrezco|mis)"
        "|mis|mi|nuestro|nuestras|los límites de lo que (yo|) (puedo|podemos|debo|tengo|se me|me|hago|ofrezco|mis))",
        f"{_ASKED} * (excede|sobrepasa|supera|rebasa|se sale de|traspasa|sale de) (lo que (yo|) (puedo|podemos|debo"
        "|tengo|se me|me|hago|ofrezco|mis)|mis|mi|los límites de lo que (yo|) (puedo|podemos|debo|tengo|se me|me|hago"
        "|ofrezco|mis)|nuestras)",
        f"(tu|su|esta|esa|la) {_REQUEST} (está fuera|queda fuera|excede|está más allá|sobrepasa)",
        "no (sería|es|me parece|resulta|resultaría|considero|creo|veo|encuentro) (muy|) (apropiado|correcto|ético"
        "|adecuado|responsable|conveniente|oportuno|prudente|moral|bien|que sea (apropiado|correcto|ético|adecuado"
        "|conveniente|responsable|prudente)) (que (yo|te|le|responda|dé|ayude|hable|comparta|escriba|explique|describa"
        "|revele)|(por|de) mi parte|(explicar|dar|proporcionar|compartir|ayudar|responder|ofrecer|enseñar|hablar"
        "|escribir|indicar|facilitar|revelar|describir)(te|le|os|lo|))",
        "(sería|es|me parece|resultaría|considero) (muy|) (irresponsable|inapropiado|inadecuado|poco ético|inmoral"
        "|imprudente|incorrecto|ilegal|peligroso|antiético) ((de|por) mi parte|que (yo|te)|(dar|explicar|ayudar"
        "|facilitar|enseñar|proporcionar|compartir|indicar|decir|mostrar|ofrecer)(te|os|telo))",
        "(eso|esto|es) (es|) algo (en lo|con lo|a lo|de lo|) que (yo|) no (te|le|lo|) (puedo|voy|podemos|debo|quiero"
        "|hago|haré|apoyo|ofrezco|comparto|hacemos|deseo)",
        "(eso|esto|esa|esta|) no es (algo|(una|) cosa) (en lo|con lo|a lo|de lo|a la|en la|) que (yo|) (te|le|lo|)"
        " (pueda|puedo|quiera|quiero|haga|hago|vaya|voy|ofrezca|ofrezco|esté|deba|apoye|acepte|hacemos|comparta)",
        "(eso|esto|esa|esta|) no es (el tipo|la clase) de * que (yo|) (haga|hago|pueda|puedo|quiera|ofrezca|ofrezco)",
        f"(mi|mis|nuestra|nuestras|nuestros) {_RULES} * (no (me|nos|) (lo|) (permiten|permite|dejan|deja|autorizan"
        "|autoriza)|(me|nos|) (lo|) (impiden|impide|prohíben|prohíbe|vetan|obligan a (rechazar|negarme|declinar)))",
        f"(las|los|la) {_RULES} * (no (me lo|me|nos|lo) (permiten|permite|dejan)|(me lo|me|nos|lo) (impiden|impide"
        "|prohíben|prohíbe))",
        "(mi|mis) (programación|función|diseño|propósito) no (es|incluye)",
        "(me|nos) (lo|) (está|es|queda|tienen) (totalmente|terminantemente|) (prohibido|vetado|vedado|prohíben)",
        f"{_ASKED} no (me|nos|) (está|es) (permitid(o|a)|autorizad(o|a))",
        "no me (está|es) permitido .",
        f"no {_I_DO} (de|del|sobre|acerca de|a|en|con|para|) ({_THIS} (tipo|clase|tema|temas|contenido|contenidos"
        "|asunto|asuntos)|eso|tales|semejantes|contenido|contenidos|textos|algo|información|cosas|consejos"
        "|instrucciones|ayuda|indicaciones|detalles|direcciones|datos|mensajes|procedimientos|temas|actividades"
        "|personas|métodos|material|quien|nadie|las personas|nada que)",
        f"no (doy|damos|hago|hacemos|presto|digo|creo|creamos|genero) ({_THIS}|recetas|pasos|pistas|trucos|información"
        "|datos|consejos|instrucciones|ayuda|indicaciones|detalles|direcciones|opiniones|contenido|contenidos|nada de"
        "|nada que|cosas así|textos)",
        "no (ayudo|ayudamos|asisto|asesoro) (a|con|en|nadie|quien)",
        "no (facilit|proporcion|suministr|divulg|revel|redact|particip|colabor|contribuy|promuev|foment)(o|amos|imos"
        "|emos) !ninguna ningún",
        f"no (te|le|les|os|lo|la|los|las) (lo|la|los|las|) {_I_DO} !por para más tanto",
        "no (te|se|os) (lo|la|los|las) (digo|doy|diré|daré) !por para",
        f"(no|nunca|jamás) {_TO_YOU} {_HELP}(é|emos|ía|íamos) !más mucho demasiado sin hasta",
        f"(no|nunca|jamás) {_TO_YOU} {_GIVE}(é|emos|ía|íamos) !más mucho demasiado sin hasta todo todos todas",
        f"no {_TO_YOU} (daré|daremos|dar|dará) !más mucho rodeos vueltas tregua por la",
        f"no {_TO_YOU} (haré|haremos|diré|diremos|hablaré|hablaremos) ({_THIS}|nada|algo|cómo|quién|dónde|lo que|sobre"
        "|de|tu)",
        f"no {_TO_YOU} (haré|haremos|diré|diremos|hablaré) .",
        "no lo (haré|haremos|hago|hacemos) !largo más otra de nunca solo por así",
        f"({_THIS}|de|con|en|sobre|a|ahí|contenido|contenidos|textos|datos|direcciones|información|mensajes) * no"
        f" {_TO_YOU} ({_I_DO}|hago|hacemos|haré|haremos|diré|digo|doy|damos|daré|daremos|{_HELP}(é|emos)|{_GIVE}(é"
        "|emos)) !yo por para",
        f"(el|la|los|las) * no (te|le|se|os|) (lo|la|los|las) ({_I_DO}|hago|haré|diré|doy|damos|daré|{_GIVE}(é|emos))",
        "(no (cuentes|cuente|cuenten|contéis) conmigo|conmigo no (cuentes|cuente|cuenten|contéis))",
        "no me siento (cómodo|cómoda) (respondiendo|hablando|escribiendo|compartiendo|ayudando|con|haciendo|dando)",
        f"no me {_HELP}(é|emos)",
        f"no (seguiré|continuaré|seguiremos|continuaremos) con {_THIS}",
    ),
)
