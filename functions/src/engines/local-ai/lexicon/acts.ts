/** What the writer asks for or does, in English, Spanish, French and German. `*` ends a stem, `_` joins a phrase. */
export const ACT_WORDS = {
  stop: `stop stopp halt hold hold_off hold_the hold_it halt_the freeze quarantin* block_the pull_the pull_it pull_them pulled_from cancel_the
    abort kill_the_run kill_it intercept recall take_down takedown switch_off turn_off shut_down lock_the dont_print do_not_print dont_ship
    do_not_ship dont_send dont_cut dont_laminate dont_bind dont_press dont_post dont_mail dont_run dont_dispatch must_not_leave must_not_go nothing_leaves
    nothing_ships not_leave not_go_out stop_it stop_them stop_the stop_press stop_printing put_on_hold on_hold anhalten stoppen stoppt stoppe haltet
    sperren gesperrt abbrechen nicht_drucken nicht_schneiden nicht_ausliefern nicht_versenden zuruckhalten abschalten abfangen
    paren detengan detener deten para_la pare parar frenen frena bloqueen bloquear no_impriman no_envien no_corten no_manden retengan
    arretez arreter arrete stoppez stopper bloquez bloquer coupez suspendez n_imprimez ne_lancez n_envoyez retenez gelez`,
  sendNow: `reprint rerun re_run redo_the run_again run_them send_someone send_somebody send_a send_the_rest get_someone get_somebody get_a get_your
    come_now come_back come_and bring_the bring_new bring_a bring_them courier_them courier_it drive_it drive_them put_them_on put_it_on
    on_the_next by_courier by_taxi by_van by_bike a_driver your_driver send_your get_me_a track_down find_them find_it find_the locate chase_them
    chase_it turn_around turn_the_van turn_back redirect ring_me call_me phone_me ring_the call_the phone_the rescue save_us
    schicken_sie schickt bringen_sie bringt kommen_sie kommt_sofort nachdrucken neudruck holen_sie rufen_sie ruft_mich umleiten
    manden mandad mandenme envien enviad traigan traedme vengan venid localicen localizad reimpriman llamenme avisen
    envoyez envoyez_nous envoyez_moi apportez venez rappelez appelez reimprimez localisez livrez debrouillez`,
  demand: `i_need we_need i_must we_must need_it need_them need_this need_someone have_to_have must_have must_be has_to_be need_to_know make_it_happen
    do_something fix_this sort_this sort_it act_now immediate_action confirm_in_writing confirm_that confirm_by confirm_now
    ich_brauche wir_brauchen muss_heute mussen_heute benotigen benotige necesito necesitamos hace_falta j_ai_besoin
    nous_avons_besoin il_nous_faut il_me_faut il_faut`,
  approve: `approve approved approves approving approval approvals aprove aproved ok_to_print okay_to_print ok_to_go go_ahead green_light greenlight green_lit
    greenlit sign_off signoff signed_off sign_it_off signing_off signed thumbs_up good_to_go good_to_print all_good happy_to_proceed please_proceed
    proceed proceed_with release_to released_for release_it release_for i_release print_it print_away run_it run_with_it roll_it send_it_to_press
    to_press press_on lets_print lets_go_with going_with go_with go_for_it full_steam ship_it its_a_yes a_yes yes_to yes_from yes_yes my_yes our_yes
    accept accepted accepting i_accept acceptance consent no_objection* no_changes no_further_changes no_corrections nothing_to_change
    nothing_to_add looks_good looks_great looks_perfect looks_right lgtm fine_by_me fine_by_us fine_with_me ok_from_me ok_from_us
    you_have_my you_may_print have_my_blessing blessing initialled countersign* ticked my_tick rubber_stamp seal_of
    freigabe freigeben freigegeben freizugeben gebe_frei geben_frei geb_ich_frei freigeb* druckfreigabe abgesegnet genehmig* einverstanden abnahme
    passt_so passt_alles alles_passt kann_in_druck in_druck_gehen druckreif drucken_sie ja_zu zustimm* stimme_zu stimmen_zu gutzumdruck
    gut_zum_druck absegnen abgenommen
    apruebo aprobado aprobada aprobados aprobadas aprobamos aprobacion aprobar aprueba aprobadisimo visto_bueno conforme conformidad doy_el_ok doy_el_si
    damos_el damos_por_buena adelante impriman_ya pueden_imprimir podeis_imprimir imprimid autorizo autorizamos autorizad* si_a_todo
    luz_verde firmada firmado firme_la dale_para acepto aceptamos aceptad*
    valide validee validees valides validons valider validation bon_a_tirer bat b_a_t j_approuve approuve approuvee nous_approuvons
    accord_pour d_accord_pour mon_accord notre_accord feu_vert c_est_bon_pour bon_pour_accord vous_pouvez_imprimer vous_pouvez_lancer
    j_accepte accepte_la lancez_l lancez_la`,
  reject: `reject rejected rejecting rejection decline declined declining refuse refused i_refuse do_not_approve dont_approve not_approve not_approved
    not_approving cant_approve cannot_approve wont_approve never_approved not_signing wont_sign cannot_sign cant_sign not_a_yes its_a_no a_no
    no_from_me no_from_us the_answer_is_no withdraw* withdrew revoke* rescind* retract* take_back taking_back my_approval_back undo_my unapprove*
    un_approve cancel_my_approval void_my not_accept dont_accept cannot_accept wont_accept send_it_back back_to_the_drawing
    lehne ablehn* abgelehnt nicht_frei keine_freigabe nicht_freigeben nicht_einverstanden zuruckziehen ziehe_zuruck zuruckgezogen widerruf*
    rechazo rechazamos rechazada rechazado no_apruebo no_aprobamos no_doy retiro_mi anulo_mi no_acepto anular_mi quitar_mi
    je_refuse refusons refusee refuse_le nous_refusons n_approuve pas_valide ne_valide je_retire retire_mon j_annule annuler_mon pas_d_accord rejet*`,
  proof: `proof proofs proofed prepress mockup mock_up mockups mock_ups visual visuals pdf_proof hard_proof softproof soft_proof proof_copy contract_proof
    epreuve epreuves maquette maquettes prueba pruebas galerada galeradas boceto bocetos muestra muestras korrekturabzug abzug abzuge andruck andrucke
    proofdatei korrekturfahne entwurf probedruck sample samples swatch swatches dummy prototype muster`,
  change: `change changes changed changing amend amended amendment* alter alteration* correct_the corrected correction* corrections replace replaced
    replacing swap swapped swapping switch_the switch_to substitute put_back revert restore move moved moving shift_the shift_it nudge nudged align aligned
    realign centre_the center_the rotate flip_the mirror_the crop cropped enlarge shrink_the shrink resize scale_up scale_down widen narrow_the thicken
    lighten darken brighten remove removed take_out take_off take_the drop_the drop_line delete strike_the strike_out cut_the lose_the ditch get_rid
    add_a add_the add_our add_an add_my please_add insert include_the make_it make_the make_them set_it set_the turn_it turn_the recolour recolor redraw
    rework redesign rewrite reword retype rename tweak tweaks edit edits update_the use_the use_our should_read should_say should_be must_read must_say
    reads_now ought_to_read instead_of in_place_of rather_than upgrade_to downgrade increase_the reduce_the raise_the lower_the lower_case bump split_the
    merge_the reorder_the shorten lengthen typo typos misspel* spelt spelled spelling
    andern anderung anderungen geandert abandern ersetzen ersetzt austauschen tauschen vertauschen verschieben verkleinern vergrossern entfernen
    entfernt streichen loschen hinzufugen erganzen korrigieren korrektur korrigiert umstellen drehen umdrehen statt anstelle anstatt
    soll_heissen muss_heissen heller dunkler kleiner grosser breiter schmaler nach_oben nach_unten tippfehler schreibfehler weglassen aufhellen
    cambiar cambien cambiad cambie cambio cambios cambiarlo cambiarla reemplazar sustituir sustituyan corregir corrijan correccion corrijan quitar quiten
    quitad eliminar eliminen borrar borren anadir anadan agregar agreguen mover muevan subir_el bajar_el ampliar reducir achicar agrandar
    en_lugar_de en_vez_de donde_dice debe_decir tiene_que_decir poner_el pongan que_quede sobra_el falta_el_tilde falta_la_tilde acento errata modificar
    modifiquen aclarar oscurecer girar centrar
    changer changez changement changements modifier modifiez modification modifications remplacer remplacez corriger corrigez correction
    supprimer supprimez enlever enlevez retirer_le retirez ajouter ajoutez deplacer deplacez remonter descendre agrandir reduire reduisez
    passer_de passer_le mettre mettez au_lieu_de a_la_place_de plutot_que inverser inversez recadrer eclaircir assombrir decaler faute_de_frappe coquille`,
  ask: `question questions wondering curious inquir* enquir* ask asking wonder like_to_know want_to_know love_to_know can_you_tell could_you_tell let_me_know tell_me any_idea
    do_you do_u d_you dyou can_you could_you can_u would_you is_it is_there are_there are_you does_your does_it does_the how_much how_many how_long how_do how_does
    how_big how_thick how_soon how_can how_should what_is whats what_are what_does what_would what_do which when_will when_does when_is where_is wheres
    where_do who_is who_do why_is why_does why_do is_your are_your will_it will_the could_i can_i may_i may_we can_we could_we should_i should_we am_i
    is_that is_this possible_to is_it_possible do_i do_we would_it what_if
    frage fragen wissen wusste wurde_gerne mochte_wissen konnen_sie konnten_sie haben_sie bieten_sie machen_sie drucken_sie gibt_es gibts
    wie_viel wieviel wie_lange wie_teuer was_kostet was_kosten welche welches welcher wann wo_ist wo_finde warum wieso ist_es_moglich kann_ich konnte_ich
    pregunta consulta quisiera_saber queria_saber me_gustaria_saber saber_si puedo podria podrian pueden tienen teneis haceis hacen hay cuanto cuanta
    cuantos cuantas cuando cual cuales donde como_puedo por_que es_posible se_puede desde_cuant* a_que_hora
    question_sur savoir_si j_aimerais_savoir souhaite_savoir voudrais_savoir est_ce_que est_ce_qu est_il_possible pouvez_vous pourriez_vous
    avez_vous faites_vous proposez_vous combien quel quelle quels quelles quand_est ou_en_est comment pourquoi puis_je peut_on y_a_t_il`,
  price: `price prices pricing priced quote quotes quotation estimate cost costs costing rate rates discount discounts fee fees surcharge minimum_order
    moq min_order minimum_run minimum_quantity price_break price_list budget cheaper cheapest dearer expensive how_dear ballpark per_unit each_cost
    preis preise preisliste angebot kostet kosten kostenvoranschlag rabatt rabatte mindestmenge mindestbestell* staffelpreis* gunstiger auflage_ab
    precio precios presupuesto presupuestos cuesta cuestan costaria coste costo tarifa tarifas descuento descuentos minimo_de cantidad_minima
    prix tarif tarifs devis coute coutent couterait cout remise remises minimum_de quantite_minimale budget`,
  offer: `do_you_offer do_you_do do_you_print do_you_have do_you_sell do_you_make do_you_stock do_you_ship do_you_deliver do_you_take do_you_accept in_stock
    lead_time lead_times turnaround turn_around_time delivery_time opening_hours opening_times open_on close_at pick_up collect_from certified fsc
    recyclable compostable food_safe washable dishwasher waterproof outdoor_use templates spec spec_sheet data_sheet sample_pack sample_book sample_kit
    swatch_book brochure catalogue catalog price_for capability policy guarantee warranty
    lieferzeit lieferzeiten vorlauf lieferbar vorratig offnungszeiten abholen abholung bieten drucken_sie musterbuch mustermappe zertifiziert
    plazo plazos plazo_de entrega_en tiempo_de en_stock horario horarios recoger trabajan_con ofrecen muestrario certificado
    delai delais en_stock horaires retirer_sur livrez_vous proposez echantillon echantillons certifie certification`,
  status: `where_are_my wheres_my where_is_my has_it_shipped has_my shipped_yet tracking tracking_number track_my status order_status on_track when_can_i_expect
    eta expected_delivery out_for_delivery in_the_queue still_waiting any_news any_update update_on heard_nothing any_sign arrived_yet ready_yet
    ready_for_pickup ready_for_collection
    wo_bleibt sendungsnummer sendungsverfolgung lieferstatus unterwegs schon_raus bearbeitungsstand wann_kommt
    seguimiento estado_de numero_de_seguimiento donde_esta_mi cuando_llega salio_ya ha_salido
    suivi numero_de_suivi ou_en_est en_est_la etat_de quand_arrive est_partie`,
  refund: `refund refunds refunded refunding money_back return_them returning return_label send_back sending_back rma chargeback credit_note credit_me
    store_credit reimburse* compensation compensate partial_credit overcharged charged_twice billed_twice
    erstatt* ruckerstatt* ruckgabe gutschrift geld_zuruck reklamation reklamier* zuruckschicken zurucksenden retoure entschadigung
    reembolso reembols* devolucion devolver devuelvo devuelvan dinero_de_vuelta nota_de_credito reclamacion indemniza*
    rembours* retourne retourner renvoie retour_de avoir_sur un_avoir reclamation dedommag* geste_commercial`,
  complain: `complaint complaints complain on_record for_the_record formal_complaint feedback one_star two_stars review reviews trustpilot never_again
    last_order last_time taking_my_business take_my_business elsewhere lost_a_customer ombudsman small_claims solicitor lawyer disappointed_with
    poor_service rude rudeness attitude hung_up hold_music ignored beschwerde beschweren nie_wieder anwalt bewertung unverschamt queja quejarme nunca_mas
    abogado resena atencion_pesima plainte jamais_plus avocat avis_negatif service_client_deplorable`,
  notice: `fyi please_note kindly_note for_your_information for_your_records for_your_files note_that heads_up just_so_you_know new_address new_number moved_to moved_office
    has_left retired maternity_leave new_contact contact_person update_your_records update_our_record* our_details bank_details vat_number new_vat
    billing_contact unsubscribe mailing_list newsletter out_of_office on_holiday annual_leave auto_reply automatic_reply autoreply mailbox_is
    no_longer_monitored wrong_window wrong_chat wrong_number ignore_that ignore_last ignore_my disregard never_mind nevermind test_message testing
    attached_is enclosed forwarding forward_this remittance tax_exempt certificate_attached w9 survey
    zur_kenntnis zur_info abwesenheit abwesend im_urlaub automatische_antwort neue_adresse neue_anschrift ansprechpartner* newsletter abmelden
    bankverbindung umgezogen ignorieren
    les_informo informamos informo_que para_su_informacion nueva_direccion nuevo_numero dar_de_baja darme_de_baja fuera_de_la_oficina respuesta_automatica
    de_vacaciones ignoren ignorad
    pour_information je_vous_informe nous_vous_informons nouvelle_adresse nouveau_numero desabonner desinscrire absence absent reponse_automatique
    en_conges changement_d_adresse ignorez`,
  outreach: `job_application apply applying application_for internship intern apprentice* cv resume vacancy hiring hire vacancies career journalist press_pass
    interview reporter article_about podcast magazine_feature sponsor sponsorship donate donation charity_raffle raffle partnership collaborate
    influencer seo backlink* rank_your first_page guaranteed_traffic crypto bitcoin lottery winner congratulations_you invoice_attached_click
    supplier_of we_offer our_company leads cold_email webinar tour school_visit plant_tour visit_your shadow
    bewerbung bewerben praktikum ausbildung stelle lebenslauf presseanfrage spende spenden partnerschaft
    candidatura curriculum practicas empleo vacante periodista entrevista donacion patrocinio
    candidature stage_de emploi embauche journaliste entretien don_pour partenariat mecenat`,
  look: `look_at look_over take_a_look have_a_look see_my_screen my_screen screen_share screenshare share_screen share_my shared_screen on_screen on_my_screen co_browse cobrowse
    side_by_side together with_me watch_me walk_me walk_us show_me show_you show_us zoom_in zoom_into point_at point_out hop_on join_me in_the_editor open_in_front
    same_view watch_it on_camera on_cam on_video video_call video_chat facetime videocall by_video a_video vid video video_meeting face_to_face
    hold_up hold_it_up hold_them_up in_person on_a_call conference zoom teams_call camera webcam teams_meeting
    bildschirm bildschirmfreigabe gemeinsam aufschalten videoanruf videocall per_video videokonferenz videogesprach kamera zeigen ansehen draufschauen durchgehen anschauen
    pantalla compartir_pantalla videollamada por_video camara juntos juntas ver_juntos verlo mirar mirarlo ensenar mostrar en_vivo
    ecran partage_d_ecran visio en_visio appel_video camera ensemble montrer regarder voir_ensemble`,
} as const;
