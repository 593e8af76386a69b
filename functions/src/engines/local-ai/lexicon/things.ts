/** What messages are about: faults, files, artwork, goods, events and harm. `*` ends a stem, `_` joins a phrase. */
export const THING_WORDS = {
  fault: `error errors bug bugs buggy glitch* crash crashes crashed crashing freezes frozen froze hangs hung_at stuck spins spinning spinner loop loops looping
    timeout times_out timed_out timing_out fails failed failing failure not_working doesnt_work does_not_work dont_work isnt_working stopped_working wont_load
    wont_open wont_upload wont_let wont_take wont_accept wont_save wont_go cant_upload cant_open cant_log cant_login cant_download cannot_upload cannot_open
    doesnt_load not_loading doesnt_open invalid corrupt* corrupted unsupported rejected_by rejects not_recognised not_recognized unrecognised unable_to
    blank_page white_screen blank_screen black_screen grey_screen greyed_out grayed_out greyed stays_grey disappears disappeared vanish* keeps_saying keeps_asking
    keeps_failing keeps_logging logs_me logged_out kicks_me kicks_us locked_out bounces bounced 404 500 502 503 403 something_went_wrong oops unexpected malfunction* broken_link
    page_not_found not_found out_of_memory access_denied permission_denied duplicated doubles doubled garbled pixelated rasteri* flatten* shows_up_as comes_out_as
    comes_up reverts reset_itself resets wipes_my forgets doesnt_save not_saving wont_save overwrites gone_missing_from
    fehler fehlermeldung absturz sturzt abgesturzt hangt haengt funktioniert_nicht geht_nicht klappt_nicht ladt_nicht lasst_sich_nicht offnet_sich ungultig* bricht_ab
    abgebrochen verschwunden verschwindet eingefroren leere_seite weisse_seite weisses_fenster angezeigt wird_nicht kaputt spinnt
    fallo fallos falla no_funciona no_carga no_abre no_deja no_me_deja no_puedo_subir no_puedo_entrar no_sube se_cuelga se_queda se_bloquea colgado invalido no_valido no_permitido
    no_reconoce desaparece desaparecio pantalla_en_blanco da_error me_dice me_sale me_da sale_error no_aparece
    erreur erreurs bogue panne plante ne_fonctionne ne_marche ne_s_ouvre ne_charge ne_passe ne_se n_arrive_pas impossible_de bloque bloquee tourne_dans introuvable
    non_valide invalide non_reconnu echec echoue disparu disparait page_blanche s_affiche affiche refuse_mon refuse_de`,
  system: `upload uploads uploaded uploader uploading download downloads portal website site web_site webpage page_loads app browser chrome firefox safari edge plugin
    plug_in login log_in logged sign_in signin password passwords two_factor 2fa account_page dashboard checkout basket cart payment_form payment_page card_declined
    paypal captcha api webhook webhooks endpoint integration integrat* shopify woocommerce magento prestashop etsy sso saml oauth edi ftp sftp sync syncing server
    csv xml json excel spreadsheet variable_data mail_merge import imports imported export exported exports exporting viewer preview previews editor online_editor designer_tool
    configurator calculator template_file button buttons field dropdown menu_bar toolbar slider tick_box popup notification notifications email_link reset_link
    link links code_expired session update version release_notes software printer_driver rip hotfolder plotter cutter kiosk
    hochladen hochgeladen upload_bereich herunterladen portal webseite webshop anmelden anmeldung passwort einloggen warenkorb kasse bezahlen zahlungsformular
    schnittstelle vorschau ansicht editor browser datei_upload schaltflache knopf werkzeugleiste
    subir_el_archivo subir_archivos subida descargar descarga portal pagina_web sitio_web web contrasena iniciar_sesion cuenta carrito pasarela formulario vista_previa
    visor editor boton enlace navegador tienda_online actualizacion
    televerser televersement telecharger depot_du portail site_web site_internet mot_de_passe connexion connecter panier paiement formulaire apercu visionneuse editeur
    bouton lien navigateur boutique_en_ligne mise_a_jour`,
  file: `file files pdf pdfs pdf_x pdfx pdf_x4 pdf_x1a ai_file eps svg psd tiff tif jpeg jpg png heic indd indesign illustrator photoshop affinity canva coreldraw
    corel word_file word_doc powerpoint publisher acrobat preflight resolution dpi ppi low_res lowres vector vectors outlines outlined embedded embed fonts_embedded
    font_missing missing_font layer layers artboard artboards bleed bleeds trim_box trimbox crop_marks trim_marks overprint overprints knockout transparency
    cmyk rgb srgb icc profile profiles fogra gracol swop spot_colour spot_color spot pantone pms k100 rich_black gamut convert conversion converted
    dieline die_line cutline cut_line cut_contour mask clipping zip archive attachment megabytes mb gb
    datei dateien druckdatei druckdaten beschnitt anschnitt farbprofil farbraum sonderfarbe auflosung schrift_eingebettet schriften einbetten vektoren stanzkontur
    konturlinie ebene ebenen umwandlung uberdrucken
    archivo archivos fichero ficheros sangrado sangre perfil_de_color resolucion fuentes incrustar incrustad* trazados capa capas troquel tinta_plana conversion
    fichier fichiers fond_perdu fonds_perdus traits_de_coupe profil_colorimetrique resolution polices vectoris* calque calques trace_de_decoupe ton_direct surimpression`,
  artwork: `logo logos headline heading title subtitle caption captions text texts wording font fonts typeface lettering letters paragraph line_two line_one sentence slogan
    strapline tagline background border borders frame margin margins gutter spine cover back_cover front_cover flap flaps inside_page page_two page_three
    photo photos picture pictures image images illustration icon icons qr barcode bar_code colour color colours colors shade hue red blue green yellow navy teal burgundy
    gold silver black white grey gray pink purple orange cream ivory foil varnish laminate matt matte gloss glossy uncoated satin emboss* deboss* stock paper card_stock
    gsm weight size sizes width height layout spacing kerning bold italic serif artwork design designs address phone_number postcode surname initials middle_name
    accent umlaut hyphen comma apostrophe full_stop quantity quantities copies
    schriftzug schriftart schriftgrad uberschrift titelseite ruckseite vorderseite hintergrund rahmen rand bild bilder foto fotos farbe farben rot blau grun gelb schwarz
    weiss papier grammatur auflage stuckzahl gestaltung motiv umschlag deckblatt zeile absatz satz
    logotipo titular titulo texto letra letras tipografia fondo borde marco margen foto fotos imagen imagenes color colores rojo azul verde amarillo negro blanco dorado
    papel gramaje tirada ejemplares portada contraportada solapa lomo diseno tamano apellido
    titre texte police caractere fond bordure cadre marge photo photos image images couleur couleurs rouge bleu vert jaune noir blanc dore papier grammage exemplaires
    couverture dos tranche mise_en_page taille nom_de_famille`,
  event: `wedding funeral ceremony christening launch opening opens open_at doors doors_open gates gate_opens kick_off kickoff concert gig show showtime curtain premiere
    exhibition expo trade_fair trade_show fair festival parade march match game tournament race marathon conference congress gala auction election polling polls vote
    hearing court trial mass service_at vigil graduation prom party birthday inspection inspector audit inauguration ribbon mayor minister president queen bishop
    guests audience passengers patients voters delegates speech ferry flight train departs sails takes_off takeoff boarding truck_leaves lorry_leaves van_leaves
    mail_drop deadline customs broadcast on_air live_at goes_live air shoot filming photographer_arrives
    hochzeit beerdigung trauerfeier eroffnung messe messestand premiere vorstellung konzert umzug feier gaste einlass turnier wahl prufung abfahrt spediteur
    boda funeral tanatorio misa inauguracion feria congreso concierto estreno desfile evento fiesta invitados partido elecciones abrimos
    mariage enterrement obseques ceremonie inauguration salon vernissage concert premiere spectacle fete invites election elections ouverture rideau`,
  missing: `not_arrived hasnt_arrived havent_arrived never_arrived not_here isnt_here arent_here not_turned_up hasnt_turned no_show didnt_come didnt_arrive nothing_here no_sign_of missing
    wrong_box wrong_boxes wrong_order somebody_elses someone_elses someone_else_s wrong_address wrong_building wrong_city wrong_venue wrong_town lost_parcel misdelivered
    empty_box half_of_them only_half short_by short_of one_of_two boxes_short without_the delivered_to went_to depot stuck_at
    fehlt fehlen nicht_angekommen nicht_da nicht_geliefert falsche_kartons verschollen falsche_adresse
    no_ha_llegado no_han_llegado no_llego no_llegaron no_ha_venido falta faltan solo_llego equivocad* extraviad* perdid*
    pas_arrive pas_arrivee pas_arrives n_est_pas_arrive ne_sont_pas il_manque manque manquent introuvables egare perdu mauvaise_adresse`,
  harm: `smoke smoking fire burning burn burnt melting sparks leak leaking flood flooding bleeding cut_her cut_his choke choking swallow* allergic allergen allergens allergy
    poison toxic fumes injured hurt hospital ambulance fell fallen falling coming_down come_down ripped_loose tore_loose torn_loose loose peeling peels peeling_off lifting_off
    collapse* danger dangerous unsafe blocking blocks_the traffic recall recalled injunction cease desist court_order regulator legal illegal lawsuit police data_breach leaked exposed
    strangers names_and running_now still_running still_printing is_running on_the_press on_press printing_now being_printed being_cut on_the_line line_is_down line_down line_stopped production_stopped
    standing_still idle people_waiting every_minute each_minute per_hour going_out_now already_loading being_loaded loading_now on_the_truck on_the_road
    lauft_gerade laeuft_gerade druckt_gerade steht_still linie_steht band_steht gefahr brand raucht brennt lost_sich allergene verletzt gericht einstweilige
    esta_tirando estan_imprimiendo ya_esta_en_maquina linea_parada parada peligro humo fuego se_cae se_despega alergeno alergenos juez demanda
    est_en_train tourne_deja en_cours_d_impression ligne_arretee a_l_arret danger fumee feu se_decolle allergene allergenes justice tribunal huissier`,
  goods: `card cards flyer flyers leaflet leaflets brochure brochures booklet booklets banner banners poster posters sticker stickers label labels box boxes carton cartons
    bag bags mug mugs shirt shirts tee tees hoodie hoodies cap caps hat hats jersey jerseys sign signs signage menu menus invitation invitations invites program programs programme programmes
    calendar calendars book books photobook album albums magnet magnets badge badges lanyard lanyards ticket tickets wristband wristbands sleeve sleeves pouch pouches tin tins tag tags
    envelope envelopes letterhead postcard postcards magazine magazines catalogues folder folders notebook notebooks wrap wraps vinyl decal decals canvas print prints
    visitenkarten flyern plakat plakate etikett etiketten karton kartons tasse tassen broschure broschuren aufkleber kalender einladung einladungen schild schilder tuten
    tarjetas folletos carteles cartel pegatinas etiquetas cajas bolsas camisetas tazas calendarios invitaciones lonas lona vinilo
    cartes depliants depliant affiche affiches autocollants etiquettes boites sacs tasses calendrier calendriers invitations bache baches faire_part`,
  person: `manager supervisor director someone somebody a_human real_person your_boss owner your_team your_staff your_designer your_driver your_courier your_printer our_lawyer
    our_client the_client our_director chef geschaftsfuhrer mitarbeiter vorgesetzt* encargado jefe responsable directeur gerente patron`,
  manyParts: `all_versions versions variants languages markets branches stores skus sheets records rows thousand million dozens each_of several both_of attached_list spreadsheet_attached
    legal compliance contract liability audit auditors regulator insurer insurance director directors board stakeholders our_it your_it engineers engineer finance
    database migration systems erp sap root_cause investigation rollback recall million_euro damages claim penalty`,
} as const;
