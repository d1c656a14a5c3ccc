"""Words that tell an answer from a person's name: those of roles, organisations and answers, and first names that are nothing else.

Neither list is complete, nor need it be: two words in capitals that hold none of COMMON are taken for a name, so that a name of any origin is
recognised without standing here. FIRST_NAMES is for names written small or alone, and leaves out what is also a common word (Will, Mark, May).
"""

from __future__ import annotations

_COMMON = frozenset(
    """
    please tick select choose skip blank
    social worker workers work senior junior lead leader leaders head deputy assistant assistants associate principal chief director directors
    directorate manager managers management mgr supervisor supervisors practitioner practitioners officer officers coordinator co-ordinator
    administrator admin administration administrative support staff team teams unit service services department division section group hub board
    office central nurse nurses nursing doctor consultant specialist therapist therapists therapy psychologist psychology psychiatrist teacher
    teachers teaching lecturer tutor trainer trainee student students apprentice graduate undergraduate postgraduate researcher research professor
    fellow analyst engineer engineering developer technician advisor adviser advocate counsellor counselor councillor educator education educational
    school schools college university nursery early years youth child children childrens children's family families parent parents carer carers foster
    fostering adoption adult adults older people person people's persons young disability learning mental health healthcare care caring residential
    home homes community communities housing homelessness domestic abuse violence safeguarding protection assessment assessments intervention
    interventions prevention referral referrals duty court legal law finance financial human resources hr it ict digital data information
    communications policy strategy planning performance quality assurance improvement business commercial corporate customer sales marketing
    operations operational project programme program public private sector voluntary charity council county city borough district region regional
    national local north south east west northern southern eastern western midlands new old permanent temporary contract agency bank locum full part
    time fixed term qualified unqualified newly registered unregistered volunteer volunteers independent reviewing conference looked after leaving
    aftercare short break breaks access contact first response multi multidisciplinary disciplinary mash front door emergency out hours night day
    shift driver cleaner catering kitchen facilities maintenance reception receptionist secretary clerk executive non other others various mixed
    general none any all both neither nor not no yes maybe sometimes never always often rarely seldom usually occasionally frequently very quite
    rather somewhat slightly fairly extremely moderately highly completely totally partly mostly definitely probably possibly certainly strongly tend
    agree disagree agreed neutral undecided unsure sure know don't dont do does did satisfied dissatisfied satisfactory unsatisfactory likely unlikely
    important unimportant good better best bad worse worst poor fair average excellent well okay ok fine same less more most least much many few
    little lot great deal extent some moderate small large too enough about right applicable prefer say answer opinion n/a male female man woman
    non-binary nonbinary transgender gender self describe white black asian african caribbean british english scottish welsh irish european american
    background ethnic christian muslim hindu jewish sikh buddhist religion heterosexual straight gay lesbian bisexual single married divorced widowed
    partnership employed unemployed self-employed retired weekly daily monthly fortnightly quarterly yearly annually annual week weeks month months
    year hour minute minutes once twice times than under over between up to in at of and or the a an with within without for by on off only per each
    every high higher low lower medium middle nothing something everything nobody i my me we our us you your they their is are was were be have has
    had can could would should will may might improved worsened increased decreased unchanged change changes changed easy difficult hard useful
    helpful confident comfortable aware familiar concerned interested happy unhappy positive negative favourable unfavourable favorable unfavorable
    red amber green blue yellow orange purple pink grey gray level grade band tier stage phase pilot control treatment comparison wave round cohort
    baseline follow follow-up pre post before spring summer autumn winter january february april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday degree master masters doctorate phd diploma certificate second third fourth fifth sixth
    seventh eighth ninth tenth one two three four five six seven eight nine ten qualification gcse nan inf bachelor bachelors secondary primary
    further training location site ward clinic hospital gp practice surgery email e-mail letter phone meeting meetings newsletter intranet website
    product science sciences medical medicine clinical technical technology software hardware media design content creative art arts music sport
    sports retail supply chain logistics production manufacturing construction safety security police fire ambulance justice probation prison prisons
    offending sozialarbeiter sozialarbeiterin leitung leiter leiterin teamleitung fachkraft mitarbeiter mitarbeiterin verwaltung abteilung dienst
    dienste jugendamt stimme stimmt trifft zu nicht voll ganz eher sehr weder noch teils gut schlecht zufrieden unzufrieden manchmal immer nie selten
    oft keine angabe ja nein weiß travailleur travailleuse sociale chef cheffe équipe équipes responsable directeur directrice assistante éducateur
    éducatrice infirmier infirmière administratif cadre agent accord pas tout fait plutôt d'accord très peu jamais parfois souvent toujours oui ne
    sais satisfait satisfaite trabajador trabajadora jefe jefa equipo directora coordinador coordinadora técnico técnica educador educadora
    administrativo servicio servicios acuerdo desacuerdo muy algo nada poco bastante nunca siempre veces sí bueno malo regular totalmente ni de en la
    el los las y o assistente chefe equipe equipa diretor diretora coordenador coordenadora serviço serviços concordo discordo parcialmente não sim
    nem sempre às vezes raramente frequentemente muito pouco bom mau maatschappelijk werker teamleider leidinggevende medewerker afdeling zorg jeugd
    eens oneens helemaal mee niet wel soms vaak altijd nooit nee tevreden ontevreden goed slecht redelijk pracownik socjalny kierownik dyrektor zespół
    zespołu specjalista asystent koordynator pedagog zgadzam się zdecydowanie raczej ani tak trudno powiedzieć nigdy zawsze czasami często rzadko
    dobry zły dobrze źle zadowolony niezadowolony gweithiwr cymdeithasol rheolwr tîm uwch cyfarwyddwr swyddog cytuno anghytuno cryf gryf yn ddim byth
    weithiau bob amser fel arfer
    """.split()
)
"""Words of roles and organisations, and of answers."""

_OF_SCALES = frozenset(
    """
    ab ability above absolument absolut absolutamente absolutely accept acceptable accessible accurate achieved adegau adequate adequately advanced af
    affect afraid against agreement algumas algunas aliases almost alright am amherthnasol aml amount anaml anfodlon anghytuno'n answered antwort
    anxious aplica aplicável apply appropriate approve ar as assez attend attractive awareness awful badly bardzo barely barrier basic basis been
    beetje beginner beide believe below beneficial berthnasol bien big bijna bit bodlon boring bryd but can't cannot casi całkowicie certain
    challenging chance clarity clean clear cold com comfort comfortably committed competent completamente complètement con concern confidence consider
    considerable considerably constantly convenient critical cuando cytuno'n czasem czasu częściowo dan das days decline declined decrease decreasing
    del demotivated demotivating des descontento describes desirable deteriorated developing difference different difficulty dikwijls dirty
    disappointed disapprove dislike displeased dk doesn't dotyczy drwy'r du désaccord ease een eerder effect effective effectiveness efficient
    einverstanden eithaf either elementary em engaged engaging enigszins enthusiastic entirely entièrement equally equals erg especially essential
    etwas evaluation ever exactly exceeded exceeds exceptional exceptionally expectations expected experience experienced expert extensive
    extremadamente extremamente extreme extrêmement failed fallen false familiarity far fast favour favourability favourably feelings fell fod fodlon
    fois formada fortement fortemente frecuencia frecuentemente frequency frequent frequência freqüência friendly from fréquemment fuertemente fullest
    fully gar gedeeltelijk geen gelegentlich genau generally generalmente geralmente gewoonlijk gilydd got greatly gweddol gwybod gytuno généralement
    habituellement half hardly haven't healthy heard heb heel hin hot häufig i'd i'm i'w iawn ich ik impact impolite importance improbable
    inaccessible inaccurate inadequate inappropriate inconvenient increase increasing indeciso indiferente indifferent indifférent indécis ineffective
    inefficient influential informed infrequent infrequently insatisfait insatisfecho insatisfeito insignificant inteiramente interest interesting
    intermediate involved irrelevant je judge judgement judgment just kaum knowledgable knowledge knowledgeable l'autre l'un ladders largely late le
    lehne length lesser levels ligeiramente ligeramente like likelihood limited line llall lo long lots maior maioria major mam matched mayor mayoría
    medianamente meestal meet meets meist meistens mening menudo met middles mild mildly minimal minimally minor mittel mittelmässig motivated
    motivating moyennement mucha muchas muita muitas más mécontent n.v.t na na'r nac naill nc nearly needs negatively neutraal neutralnie neutralny
    neutre neutro nice nid niekiedy niemals niwtral normally normalmente novice now ns nsp nu objet ocasionalmente ocasiones occasionnellement od
    ogóle open opinião oppose optimistic outstanding parte partially particularly particulière perfectly perhaps pessimistic pełni pleasant pleased
    plenamente plupart plus pocas polite poorly por positively possibility possible poucas practical practically prawie prepared presque prin priority
    probable problem procede professional proficient quando quase quelquefois quick rara raras rarement rate really reasonable reasonably recht
    reduced refused regelmatig regularly regularmente reject relatively relevant reliable remained requires respected responsive risen role rwy'n
    régulièrement réponse s'applique sabe safe sans satisfaction satisfecho satisfeito se secure sei sem serious sets several severe significant
    significantly skilled slight slow so so-so soon sort stanowczo stark starts stated stay stayed sterk strengthened stressed stressful strong
    ständig substantial substantially successful supported supportive sé tamelijk teilweise tellement tempo temps terrible that then think this tiempo
    todo toe toepassing top totaal totalement tro true truth tueddu uiterst um un unable unacceptable unattractive unaware uncertain unclear
    uncomfortable unconfident und understandable undervalued undesirable unentschieden unfair unfamiliar unfavourably unfriendly unhealthy unhelpful
    uninformed uninterested unlike unmet unpleasant unprepared unprofessional unreasonable unreliable unsafe unsatisfied unsuccessful unsupported
    unsupportive untrue unwilling use used usefulness useless usual valuable valued van vez view volkomen volledig vollkommen vollständig vraiment
    völlig wastad way weak weakened weakly weet weiss weniger what while wholly wieder wiem willing wish words worried worthwhile wyf zazwyczaj zdania
    zeer zelden ziemlich zupełnie zutreffend äusserst überein überhaupt
    """.split()
)
"""More words of the answer scales in common use."""

COMMON = _COMMON | _OF_SCALES
"""Words of roles, organisations, places in them, and answers."""

FIRST_NAMES = frozenset(
    """
    aaron abdul abdullah abigail adam adaeze adrian agnes agnieszka ahmed aisha aishah alan alana alasdair albert alejandro aleksandra alessandro alex
    alexander alexandra alfie ali alice alicia alison alistair amanda amara amelia amina amir amit amy ana anastasia andrea andreas andrew andrzej
    angela angharad aneesa anil anita anjali ann anna anne annette annie anthony antoine antonio arjun arthur asha ashley ayesha aylin barbara
    beatrice becky ben benjamin bernard beth bethan bethany bob brenda brian bronwen bruno caitlin callum camille cara carl carlos carmen carol
    caroline carolyn catherine cathy catrin ceri charles charlie chiara chidi chinedu chloe chris christina christine christopher ciara claire clara
    claudia clive colin connor craig cristina daisy damian dan daniel danielle darren dave david dawn deborah debbie deepak denise derek diana diane
    diego dominic donald donna dorothy duncan dylan eduardo edward eileen elaine eleanor elena eleri elif elisabeth elizabeth ella ellen ellie elsie
    emeka emily emma emmanuel eric erin ewa ewan fatima fatma felicity fernando fiona frances francesca francisco francois françois fraser freddie
    frederik gabriel gareth gary gavin gemma geoff george georgia gerald gethin gillian giovanni giulia glenn gordon graham greg gregory gwen
    gwenllian hamza hannah harriet harry hassan hayley heather heinz helen helena henry holly hugh hussain ian ibrahim ifan imogen imran ines ingrid
    isaac isabel isabella isla ivan jackie jacob jacqueline jake jakub james jamie jan jane janet janice jasmine jason javier jean jeff jennifer jenny
    jeremy jerzy jess jessica jill jim joan joanna joanne joe joel johan johanna john jon jonathan jordan jorge jose josé josef joseph josh joshua
    juan judith julia julian julie jürgen kamal karen karl karolina kate katarzyna katharina katherine kathleen kathryn katie katy kayleigh keith
    kelly ken kenneth kerry kevin khadija kieran kim kirsty klaus krzysztof kwame laura lauren leah leanne lena leon leonie lesley lewis liam linda
    lisa liz lorna lorraine louisa louise luca lucas lucia lucy luis lukas luke lydia lynn lynne maciej maddie madison magdalena mahmoud malcolm
    malgorzata małgorzata manuel marcin marco marcus margaret maria marie marina mario marion mariam marta martha martin martina mary maryam mateusz
    matt matthew maureen max megan mehmet mei melanie melissa michael michał michelle miguel mike mina miriam mohamed mohammad mohammed moira molly
    monica monika muhammad nadia nancy naomi natalia natalie natasha nathan neil ngozi nia niamh nicholas nick nicola nicole nigel nikhil nina noah
    nora norma nuala oliver olivia olu oluwaseun omar oscar owen oyin pablo paige pamela patricia patrick paul paula pauline pawel paweł pedro penny
    peter petra phil philip philippa pierre piotr priya rachel rafael rahul raj rajesh ravi raymond rebecca rhian rhiannon rhys ricardo richard rita
    robert roberto robin roger ronald rory rosa rosemary rosie ross roy ruth ryan sabine sadia sally sam samantha samuel sandeep sandra sanjay sara
    sarah saskia scott sean sebastian sergio shannon sharon sheila shirley sian siân simon simone sinead siobhan sofia sonia sophia sophie stefan
    stella stephanie stephen steve steven stewart stuart sunita susan suzanne sylvia tamara tanya tariq teresa tesfaye theresa thomas tim timothy tina
    toby tom tomasz tony tracey tracy ursula valerie vanessa veronica vicky victoria vikram vincent vivian vivienne wei wendy wiktoria william
    wolfgang xavier yasmin yusuf yvonne zachary zara zoe zofia
    """.split()
)
"""First names that are no common word beside."""
