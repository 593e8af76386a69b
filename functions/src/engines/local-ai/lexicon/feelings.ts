/** How the writer feels, in English, Spanish, French and German. `*` ends a stem, `_` joins a phrase. */
export const FEELING_WORDS = {
  thanks: `thanks thank thank_you thankyou thx ty cheers ta much_appreciated appreciate* grateful gratitude bless bless_you bless_u god_bless kudos hats_off hat_tip
    danke dankeschon vielen_dank herzlichen_dank besten_dank dankbar gracias mil_gracias muchas_gracias agradec* merci merci_beaucoup mille_mercis remerci* reconnaissan*`,
  politeThanks: `thanks_in_advance thank_you_in_advance many_thanks_in thanks_for_your_help kind_regards best_regards regards sincerely yours_faithfully
    im_voraus mit_freundlichen freundliche_grusse mfg gracias_de_antemano un_saludo saludos cordialmente atentamente de_antemano
    merci_d_avance par_avance cordialement bien_a_vous salutations`,
  praise: `love loved loves loving lovely adore adored adores gorgeous beautiful beautifully stunning wonderful wonderfully amazing awesome brilliant fantastic fabulous magnificent
    marvellous marvelous superb splendid excellent outstanding perfect perfectly perfection flawless immaculate exquisite divine delightful delight delighted thrilled
    chuffed ecstatic overjoyed happy happier happiest pleased impressed impressive incredible unreal breathtaking dreamy a_dream dream_team legend legends hero heroes
    angel angels star stars superstar* genius magic magical charming elegant classy sublime spotless crisp top_notch first_class world_class best_ever
    the_best great fab ace spot_on bang_on nailed nailed_it knocked_it smashed_it blew_us blown_away over_the_moon in_love proud treasure gem gold_star five_stars
    5_stars ten_out 10_10 recommend recommended recommending well_done bravo_to congratulations congrats fan biggest_fan favourite favorite pleasure a_joy joy kind kindness
    patient_with helpful friendly speedy quick_work on_time early ahead_of wow yay hooray woohoo cried_happy happy_tears tears_of compliment* beauty beauties glorious
    stunner stunners cracking belter banging fire_emoji dope sick_work chef_s_kiss chefs_kiss slay obsessed glows glowing dazzl* sparkl* tickled smitten swoon*
    wunderbar wunderschon grossartig fantastisch toll tolle tolles tollen super spitze klasse hervorragend ausgezeichnet perfekt traumhaft begeistert liebe_es verliebt genial
    prima makellos herrlich fabelhaft freude freuen schon_geworden schones kompliment lob zufrieden knaller hammer mega bestens entzuckt glucklich stolz
    maravill* precios* preciosa preciosas hermos* bonito bonita bonitas lindo linda lindas chulo chula genial estupend* fantastic* excelente perfecto perfecta increible espectacular*
    encanta encanto encantad* felic* enhorabuena alegria contento contenta contentisim* divino divina bravo un_sol una_joya crack cracks impecable magnific* fenomenal
    superbe superbes magnifique magnifiques parfait parfaite parfaits splendide* sublime* merveill* ravi ravie ravis ravies enchant* adore adorons genial geniale
    impeccable formidable excellent excellente bravo felicitations chapeau content contente contents heureux heureuse joli jolie jolis beau belle top extra bluff* reussi reussie`,
  positiveEmoji: `😊 🥰 😍 ❤ ♥ 🙏 👍 👏 🎉 🥳 💛 💚 💙 💜 🧡 💕 💖 ⭐ 🌟 ✨ 😁 😃 😄 😀 🤩 🥹 😻 🙌 💪 😘 🤗 ☺ 🌷 💐 🌸 💯 🔥 🤍 🩷 😇 🏆`,
  negativeEmoji: `😡 😠 🤬 😤 😭 😢 😞 😟 😩 😫 😱 🙄 😒 👎 💔 🤦 😖 😣 😔 😓 😰 😨 😧 😦 🤯 🤡 💀 🤮 🚨`,
  anger: `angry furious livid outrag* enraged fuming seething disgust* disgrace* disgraceful appalling appalled shocking shambles farce joke_of a_joke circus clowns clown amateur*
    incompetent incompetence useless idiots idiot stupid stupidity moron* insult* insulting scam scammers fraud thieves theft robbery rip_off ripoff liar* lied lies lie cheat*
    nerve audacity shame shameful ashamed unacceptable inexcusable unforgivable intolerable ridiculous ludicrous absurd pathetic nonsense rubbish garbage trash crap crappy
    damn hell bloody wtf ffs omg screw_you sick_of fed_up had_enough enough_is how_dare are_you_serious are_you_kidding seriously what_the is_this_a_joke
    wutend stinksauer sauer emport unverschamt* frechheit skandal* unfassbar lacherlich inakzeptabel zumutung saftladen verarscht schlamperei unmoglich peinlich betrug
    indignante indignad* furios* enfadad* cabread* verguenza vergonzos* inaceptable intolerable estafa ladrones tomadura tomarme_el_pelo ridicul* chapuza barbaridad inutiles hart*
    furieux furieuse en_colere inadmissible inacceptable honte honteux scandal* scandaleux escroquerie voleurs ridicule foutez moque* moquez ras_le_bol incompetent*
    incapables n_importe_quoi lamentable`,
  frustration: `again yet_again still_not still_no third_time second_time fourth_time fifth_time three_times four_times five_times six_times twice_now twice_already every_time each_time
    keeps_on for_the_third for_the_fourth how_many_times once_more as_usual same_thing same_mistake told_you i_told i_said i_asked as_i_said already_said already_sent already_told
    already_asked asked_for nobody_answers no_one_answers no_reply no_answer no_response ignoring ignored passed_around passed_from passed_between waited waiting_for_days on_hold_for
    frustrat* annoy* annoyed irritat* exasperat* maddening tedious nightmare headache driving_me up_the_wall mind_numbing tired_of tearing_my pulling_my_hair waste_of
    wasted lost_the_whole lost_an hours_of days_of give_up giving_up beg begging i_beg for_heaven* for_god* for_pete* please_please pls_pls apparently so_called supposedly of_course_not
    somehow frankly honestly
    schon_wieder immer_noch noch_immer zum_dritten zum_zweiten zum_vierten dreimal viermal funfmal seit_tagen seit_wochen nervt nervig genervt frustrier* verzweifel* geduld allen_ernstes angeblich
    otra_vez de_nuevo por_tercera por_segunda por_cuarta tres_veces cuatro_veces siempre_lo_mismo llevo_dias llevo_horas harto harta cansad* desesper* paciencia nadie_contesta nadie_responde
    encore_une_fois encore_et toujours_pas troisieme_fois trois_fois quatre_fois deuxieme_fois depuis_des agac* enerv* marre fatigu* desesper* patience personne_ne_repond`,
  disappointment: `disappoint* disappointing disappointed let_down letdown underwhelm* expected_better expected_more hoped_for had_hoped sad sadly saddened unfortunately regret regrettabl* sorry_to_say
    poor poorly bad badly terrible terribly awful dreadful horrible horrid hideous ugly cheap_looking looks_cheap tacky shoddy sloppy careless flimsy faded smudged smeared scratched dented creased crushed
    crumpled torn ripped broken cracked chipped damaged stained blotchy blurry blurred fuzzy muddy crooked wonky warped bent misaligned mangled ruined ruin spoiled spoilt botched butchered
    mess messed messy disaster catastrophe wreck worst worse inferior mediocre unusable worthless wrong wrongly nothing_like not_what not_at_all misses_the lifeless
    schlecht* schlimm* furchtbar schrecklich hasslich* enttausch* leider schade billig mies* katastroph* zerkratzt verschmiert zerknittert beschadigt kaputte falsch falsche falschen
    mal malo mala malisim* pesim* horrible horribles feo fea feisim* decepcion* decepcionad* lamentabl* desastre terrible roto rota rotas rayad* arrugad* danad* mancha* equivocado fatal
    mauvais mauvaise mal nul nulle horrible* affreu* moche moches decu decue decus decevant* deception malheureusement dommage catastrophe desastre abim* dechire* raye* tache* rate ratee`,
  worry: `worried worry worries worrying anxious nervous afraid scared fear fearing uneasy panic panicking panicked desperate desperately stress* stressed terrified help help_me help_us please_help
    at_stake depend* depends_on hope_it hopefully hoping fingers_crossed in_time too_late run_out running_out sos oh_no oh_god god_help dread unsure not_sure sick_with
    sorge sorgen besorgt angst nervos panik hilfe verzweifelt bange unsicher
    preocup* nervios* miedo angusti* panico ayuda socorro desesperad* apurad* agobi*
    inquiet inquiete inquiets inquietude angoiss* panique peur aide au_secours stresse soucieu* craint crains`,
  confusion: `confus* confused confusing puzzled puzzling baffled baffling lost_me dont_understand do_not_understand cant_understand not_sure_what not_sure_which not_sure_if unclear no_idea what_does_it_mean what_does
    dont_get make_sense makes_no_sense makes_sense cant_tell cant_figure figure_out thought_i dont_know which_one explain understand
    verwirr* verstehe_nicht verstehe_ich_nicht unklar keine_ahnung ratlos begreife versteh
    confundid* no_entiendo no_comprendo no_se no_se_si perdid* lio
    perdu perdue ne_comprends je_comprends_pas comprends_pas confus pas_clair sais_pas`,
  sarcasm: `bravo well_done_on congratulations_on congrats_on great_job nice_job good_job nice_one thanks_a_lot thanks_for_nothing thanks_so_much_for how_kind how_lovely how_nice how_clever how_thoughtful what_service
    what_a_surprise big_surprise real_classy classy_move genius_move impressive_really truly very_funny lovely_shade oops_indeed slow_clap award prize_for marvel what_joy
    obviously clearly naturally evidently presumably wonderful_news good_to_know magically cheerful cheerfully smart_move masterpiece
    glanzleistung herzlichen_gluckwunsch_zu toll_gemacht na_super na_toll na_bravo vielen_dank_auch klasse_leistung
    que_bien muy_bonito vaya_servicio gracias_por_nada menudo que_gracia enhorabuena_por
    bravo_pour felicitations_pour merci_pour_rien quel_service quelle_surprise bien_joue_pour super_boulot`,
  calm: `no_rush no_hurry no_hurries no_panic no_pressure not_urgent isnt_urgent nothing_urgent no_urgency whenever when_you_can whenever_you_can whenever_suits at_your_leisure in_your_own_time
    take_your_time no_need_to no_deadline plenty_of_time lots_of_time time_enough ages_away weeks_away months_away not_until not_before can_wait it_can_wait will_keep no_worries dont_worry
    just_curious out_of_curiosity some_day one_day eventually in_due_course not_in_a_hurry next_time at_some_point far_off not_needed_until someday
    eilt_nicht keine_eile hat_zeit nicht_eilig nicht_dringend in_ruhe irgendwann reicht_nachste
    sin_prisa no_corre_prisa no_hay_prisa no_es_urgente nada_urgente cuando_puedan cuando_podais con_calma sin_apuro no_urge
    rien_d_urgent pas_urgent pas_pressé pas_presse sans_urgence quand_vous_pourrez quand_vous_voudrez prenez_votre_temps rien_ne_presse sans_hate`,
  urgentWord: `urgent urgently urgency asap a_s_a_p rush rushed hurry quick quickly fast emergency 911 priority critical crucial life_or_death time_critical time_sensitive mayday
    dringend eilig eilt schnell schnellstmoglich notfall umgehend
    urgente urgentemente urge urgencia rapido cuanto_antes emergencia prisa
    urgence urgente au_plus_vite rapidement vite des_que_possible pressant`,
  negator: `not no never none nothing nobody neither nor dont doesnt didnt isnt arent wasnt werent wont cant cannot couldnt shouldnt wouldnt hasnt havent hadnt aint without needn neednt mustnt
    nicht kein keine keinen keiner keinem keines nie niemals nichts ohne weder
    no nunca jamas nada nadie ninguno ninguna ningun sin tampoco ni
    ne pas jamais rien aucun aucune sans ni plus_jamais`,
  contrast: `but however though although yet except nevertheless still_though only_thing apart_from other_than aber jedoch allerdings trotzdem nur_dass ausser pero aunque sin_embargo salvo mais toutefois cependant pourtant sauf`,
  intensifier: `very so really extremely totally absolutely completely utterly truly quite such too super sehr total vollig absolut so_was muy tan totalmente absolutamente demasiado tres vraiment tellement absolument trop`,
  secondPerson: `you your yours u ur youve youre youd yourselves ihr ihre ihren ihrem ihrer sie euch euer eure su sus ustedes vosotros vuestro vuestra vuestros vous votre vos`,
  blame: `your_people your_team_has your_mistake your_fault your_error your_lot you_people you_lot you_promised you_said you_told you_guaranteed you_sent you_printed you_have_printed youve_printed
    you_cropped you_changed you_lost you_forgot you_ruined you_charged you_call whose_fault who_at_your somebody_at_your someone_at_your your_so_called your_magic your_smart what_did_you what_have_you who_changed
    blame responsible explain_how explain_why explain_to_me promised guaranteed supposed_to was_told were_told
    ihr_fehler ihre_schuld versprochen zugesagt su_error su_culpa prometieron prometisteis me_dijeron nos_dijeron votre_faute votre_erreur aviez_promis promis`,
} as const;
