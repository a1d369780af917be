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
_CAN = "(puedo|podemos|podré|podremos|podría|podríamos|pueda|podamos|voy a|vamos a|debo|debemos|debería|deberíamos"
_CAN += "|quiero|queremos|quisiera|pienso|pensamos|suelo|solemos|deseo|deseamos|pretendo|acepto|acostumbro a)"
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
_TOO_LITTLE = "!sin hasta si suficiente suficientemente bastante mejor lo que por"
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
    ),
    resumptions=("pero", "y", "así", "por"),
    inabilities=(
        f"(yo|nosotros|) {_ADVERB} (no|nunca|jamás|ni) {_TO_YOU} {_CAN} (ni (quiero|debo|voy a|deseo)|y no (quiero|voy"
        f" a)|) {_ADVERB}",
        f"de (ningún|ninguna) (modo|manera|forma) {_TO_YOU} {_CAN}",
        "no (me|nos) (es|será|resulta|sería) (posible|factible|lícito)",
        "(me|nos) (es|resulta|sería|será) (del todo|totalmente|completamente|) imposible",
        "no (es|sería|será) posible (para mí|que (yo|) (te|le|lo|os|)|por mi parte|)",
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
        f"({_THIS}|en|con|sobre|para|de|a|respecto|acerca|ante|ahí|aquí|así|por) * (yo|) (no|tampoco) {_TO_YOU} {_CAN}"
        f" {_ADVERB}",
        "(el|la|los|las|contenido|contenidos|datos|direcciones|información|textos) * no (te|le|se|os|) (lo|la|los"
        f"|las) {_CAN}",
        f"({_ASKED}|(es|se trata de|hay) (un|una|algo|temas|cosas)) * (que|cual|cuales) (yo|) no {_TO_YOU} {_CAN}",
        "no (creo|considero|pienso|veo) que (yo|) (te|le|) (deba|pueda|debería)",
        "(creo|considero|pienso|me parece) que no (te|le|) (debo|puedo|debería|podría)",
        "no (estaría bien|(estaría|está) en (mi mano|mis manos))",
        "(evito|evitaré|evitamos|paso de|me (abstengo|abstendré|guardaré|guardo) de|(estoy|es) en contra de)",
        "no me (presto|prestaré|atrevo|dedico|ofrezco|comprometo) a",
    ),
    declined=(
        f"{_HELP}{_ON} !sin hasta si suficiente mejor",
        f"{_GIVE}{_ON} {_TOO_LITTLE}",
        "(continuar|seguir)(te|) !sin hasta si tu",
        "(echar|dar|tender)(te|le|les|os|) una mano",
        f"dar{_ON} {_TOO_LITTLE} un una crédito marcha la más consejos",
        "(dar|ofrecer)(te|le|) consejos !médicos legales financieros jurídicos",
        "(dar|ofrecer)(te|le|) consejos (médicos|legales|financieros|jurídicos) .",
        f"dar{_ON} una !respuesta cifra fecha idea estimación opinión hora predicción",
        f"dar{_ON} un !número dato veredicto pronóstico plazo precio",
        f"dar{_ON} la !hora razón fecha cifra espalda bienvenida enhorabuena",
        "(hablar|conversar|charlar|tratar|hablando|discutiendo|discutir|opinar|entrar|meter|meterme)(te|le|me|) (de"
        f"|del|sobre|acerca|con detalle|en detalle|en detalles|en ese|en esos|en eso|{_THIS})",
        f"(hacer|realizar|ejecutar|procesar|gestionar|decir){_ON} ({_THIS}|lo que|algo (así|como)|nada|tu|su|una cosa)",
        f"(recomendar|sugerir){_ON} (cómo|métodos|formas|maneras|dosis|nada|que|{_THIS} tipo|ningún)",
        f"(decir|contar|dar|hacer|hablar|opinar){_ON} .",
        "hacer(lo|la|los|las) !más mejor solo sola todo sin hasta si",
        "entrar (en (detalle|detalles|ese|esos|eso|pormenores)|ahí)",
        "ser (de ayuda|cómplice|parte|partícipe|útil)",
        "(formar|tomar) parte",
        "llevar(lo|la|) a cabo",
        "(decir|decirte|decirle|deciros|decirles) (cómo|dónde|quién|quiénes|cuál es|de quién|que sí)",
        "decir(telo|selo|oslo) !con",
        "identificar(la|lo|las|los|) (a|al|personas|voces|quién|hablantes|la identidad|esa|esta|por)",
        "prestar(te|le|) (ayuda|asistencia|apoyo)",
        "acceder a (tu|su|esa|esta|ese|este|lo que) (petición|solicitud|pides|pide|ruego|deseo)",
    ),
    declines=(
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
        f"{_ASKED} * (que|cual|cuales) no {_TO_YOU} {_CAN} (hablar|opinar|entrar|hacer|tocar)",
        "(no (cuentes|cuente|cuenten|contéis) conmigo|conmigo no (cuentes|cuente|cuenten|contéis))",
        "no me siento (cómodo|cómoda) (respondiendo|hablando|escribiendo|compartiendo|ayudando|con|haciendo|dando)",
        f"no me {_HELP}(é|emos)",
        f"no (seguiré|continuaré|seguiremos|continuaremos) con {_THIS}",
    ),
)
