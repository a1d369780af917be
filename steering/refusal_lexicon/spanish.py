"""Spanish."""

from steering.refusal_lexicon.language import Language

_AI = "(un|una|solo un|solo una) (modelo|asistente|ia|inteligencia artificial|sistema)"
_AI += " (de lenguaje|de ia|de inteligencia artificial|virtual|de voz|lingüístico|responsable|)"
_ADVERB = "(realmente|simplemente|de ninguna manera|en ningún caso|tampoco|directamente|éticamente|legalmente|)"
_TO_YOU = "(te|le|les|os|lo|la|los|las|se lo|)"

SPANISH = Language(
    code="es",
    name="Spanish",
    prefaces=(
        "(lo|) (siento|lamento) (mucho|muchísimo|de verdad|de veras|) (que|)",
        "(disculpa|disculpe|disculpad|perdona|perdone|perdón|mis disculpas|mil disculpas|mil perdones)",
        "(te|le|les|os|) (pido|ruego) (disculpas|perdón)",
        "me (temo|disculpo) (que|)",
        "(pero|no|sin embargo|no obstante|aunque|así que|y|por lo tanto|por eso|porque|hola|ya que|dado que|bueno)",
        "(lamentablemente|desafortunadamente|desgraciadamente|por desgracia|tristemente)",
        f"(como|soy|al ser) {_AI}",
        "(como|al ser) (modelo|asistente|ia|inteligencia artificial) (de lenguaje|de ia|lingüístico|virtual|)",
        "gracias por (tu|su|el|la|) (mensaje|pregunta|consulta|preguntar|escribir|confianza|interés|contactarme)",
        "por (razones|motivos) (éticas|éticos|legales|de seguridad)",
        "(absolutamente no|de ninguna manera|claro que no|por supuesto que no|por mi parte|honestamente|en absoluto)",
    ),
    concessions=(
        "(yo|) (entiendo|comprendo|reconozco|aprecio|agradezco)",
        "(lo que|eso que) (pides|pide|describes|describe|propones|propone)",
    ),
    resumptions=("pero",),
    inabilities=(
        f"(yo|) no {_TO_YOU} (puedo|podemos|podré|podría|podremos) (ni (quiero|debo|voy a)|y no (quiero|voy a)"
        f"|) {_ADVERB}",
        f"(yo|) {_ADVERB} no {_TO_YOU} (voy|vamos) a",
        "(no (me|nos) (es|será|resulta) posible|(me|nos) (es|resulta) imposible)",
        "no (soy capaz|estoy capacitado|estoy capacitada|estoy en condiciones) (de|para)",
        "no (estoy|estamos) (autorizado|autorizada|autorizados|dispuesto|dispuesta|programado|programada|diseñado)"
        " (a|para)",
        "no (tengo|tenemos) (permitido|permiso para|autorización para)",
        "no (se me|me está|me es) (permite|permitido)",
        "no me siento (cómodo|cómoda) (con|)",
        "(yo|) no (debo|debería|quiero)",
        "(lo|) lamento (mucho|) no poder",
        "siento (mucho|) no poder",
        f"(eso|esto|en|con|sobre|para|de|a|ese|esa|este|esta|respecto a|acerca de|ante) * (yo|) no {_TO_YOU}"
        " (puedo|podemos|voy a|vamos a|quiero|debo|pienso)",
        "(no (creo|considero|pienso) que (deba|pueda|debería)|(creo|considero|pienso) que no (debo|puedo|debería))",
        "no (estaría bien|estaría en mi mano|está en mis manos|está en mi mano)",
        "no tengo (intención|permiso|autorización|permitido) (de|para|)",
    ),
    declined=(
        "(ayudar|asistir|apoyar|acompañar|enseñar|facilitar|proporcionar|ofrecer|brindar|indicar)(te|le|les|os"
        "|lo|la|los|)",
        "(dar|compartir|revelar|mostrar|suministrar|explicar|describir|detallar)(te|le|les|os|lo|la|) !que",
        "(generar|crear|redactar|escribir|producir|elaborar|promover|fomentar|incitar|apoyar)(lo|la|los|las|)",
        "(responder|contestar|atender|cumplir|satisfacer|completar|procesar|tramitar|continuar|seguir)(te|lo|la|)",
        "(participar|colaborar|contribuir|involucrarme|aconsejar|aconsejarte|asesorar|asesorarte|aceptar)",
        "(hablar|discutir|comentar|conversar|tratar|hablando|discutiendo) (de|sobre|ese|este|esto|eso|esos|acerca)",
        "hacer(lo|) (eso|esto|lo que|algo así|algo como|)",
        "ser (de ayuda|cómplice|parte)",
        "decir(te|le) (cómo|dónde)",
        "(ofrecer|dar|proporcionar|entrar|pronunciarme|opinar|orientar|orientarte|guiarte|prestar|recomendar"
        "|sugerir|divulgar|permitir|aprobar|respaldar)(te|le|) !que",
        "(hacer|hacerlo|abordar|procesar|aceptar|realizar|ejecutar|avalar|justificar|gestionar) (eso|esto|esta"
        "|esa|tu|su|ese|este|tal|algo|lo que)",
        "hacerlo .",
        "(proseguir|mostrar|revelar|divulgar|contestar|opinar|compartirla|compartirlo|generarlo|traducir|cumplir con)",
    ),
    declines=(
        "(debo|tengo que|me veo obligado a|me veo obligada a|he de|debemos) (rechazar|declinar|negarme|rehusar"
        "|abstenerme)",
        "(rechazo|declino) (esta|esa|tu|su|la|respetuosamente)",
        "(me|) (niego|rehúso) a",
        "(prefiero|preferiría) no (hablar|responder|contestar|hacer|decir|discutir|participar|dar|entrar|tratar"
        "|escribir)",
        "(eso|esto|ello|tu petición|su petición|tu solicitud|su solicitud|lo que pides) (va|iría|es|está) (en|)"
        " contra"
        " (de|) (mis|mi)",
        "(tu|su|esta|esa|la) (petición|solicitud|pregunta|consulta) (infringe|viola|incumple|vulnera|contraviene)",
        "no (sería|es|me parece) (apropiado|correcto|ético|adecuado|responsable) (que (yo|te|le)|por mi parte)",
        "(eso|esto|es) (es|) algo (en lo|con lo|) que no (puedo|voy|podemos)",
        "(mis|las) (normas|directrices|políticas) no me permiten",
        "(eso|esto|tu solicitud|tu petición|esta solicitud|esta petición|esa solicitud|esa petición|lo que"
        " pides) (va|iría|es|está|sería) (en|) (contra|contraria|contrario) (de|a|) (mis|mi|las|los)",
        "(eso|esto) no (está|me está) permitido",
        "(mis|las) (normas|directrices|políticas|reglas|principios) no (me lo|me|lo) (permiten|permite)",
        "(mis|las) (normas|directrices|políticas|reglas|principios) (me|lo|) (impiden|prohíben)",
        "no (sería|es|me parece) (apropiado|correcto|ético|adecuado|responsable) (explicar|dar|proporcionar"
        "|compartir|ayudar|responder|ofrecer|enseñar|hablar|por)(te|le|)",
        "no (doy|proporciono|ofrezco|comparto|facilito|brindo) (ese|este|esa|esta|esos|esas|tales|información"
        "|consejos|instrucciones|ayuda)",
        "no (hablo|escribo|genero|creo|apoyo|redacto|respondo|participo|ayudo|colaboro) (de|sobre|a|en|con|)"
        " (ese|este|esa|esta|eso|esto|esos|tales|contenido|contenidos|textos|algo)",
        "no me siento (cómodo|cómoda) (respondiendo|hablando|escribiendo|compartiendo|ayudando|con|haciendo|dando)",
        "es algo que no (puedo|voy|debo|quiero)",
        "(esa|esta|ese|este|esos|esas) * no (la|lo|los|las) puedo",
        "mi (programación|función|diseño|propósito) (me impide|no me permite|no es|no me deja)",
        "(esa|esta|tu|su|la) (consulta|pregunta|petición|solicitud) (está fuera|queda fuera|excede|está más allá)",
        "(siento|lamento) (decirte|decirle|informarte|comunicarte) que no puedo (ayudar|responder|hacer)(te|le|lo|)",
        "(me abstengo|me abstendré|prefiero abstenerme) de",
    ),
)
