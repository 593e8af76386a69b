/** Words of time in English, Spanish, French and German; numbers and clock times are read by time-expressions.ts. */
export const TIME_WORDS = {
  now: `now immediately instantly straightaway at_once right_away right_now right_this straight_away this_minute this_second this_instant this_very as_we_speak as_i_write at_this_moment
    without_delay before_its_too_late
    jetzt sofort augenblicklich auf_der_stelle unverzuglich gerade_eben ahora ya ahorita inmediatamente de_inmediato ahora_mismo ya_mismo
    maintenant immediatement tout_de_suite de_suite a_l_instant sur_le_champ sans_delai`,
  minute: `min mins minute minutes minuten minutos minuto seconds secs sekunden segundos secondes`,
  hour: `hour hours hr hrs stunde stunden std hora horas heure heures halfhour half_hour half_an_hour`,
  day: `day days tag tage tagen tages dia dias jour jours working_days business_days werktage werktagen arbeitstage night nights`,
  week: `week weeks wk wks fortnight woche wochen semana semanas semaine semaines quincena quinzaine`,
  month: `month months monat monate monaten mes meses mois year years yr yrs jahr jahre jahren ano anos an ans annee quarter quartal trimestre`,
  today: `today 2day todays tonight tonite tonights this_morning this_afternoon this_evening this_noon later_today by_noon by_midnight at_noon at_midnight by_lunch by_lunchtime
    end_of_day eod by_close close_of_business cob before_close this_pm this_am
    heute heutige heutigen heut hoy esta_noche esta_tarde esta_misma esta_manana de_hoy aujourdhui aujourd_hui ce_soir ce_matin cet_apres cette_nuit ce_midi`,
  tomorrow: `tomorrow tomorrows tmrw tmw tomoz tomo 2moro 2morrow next_morning in_the_morning first_thing overnight at_dawn by_dawn sunrise
    morgen_fruh morgen_um morgen_abend morgen_vormittag morgen_mittag bis_morgen ab_morgen manana_a manana_por manana_temprano manana_mismo es_manana para_manana demain demain_matin`,
  dayAfter: `day_after_tomorrow ubermorgen pasado_manana apres_demain in_two_days in_2_days weekend wochenende finde fin_de_semana week_end`,
  weekday: `monday tuesday wednesday thursday friday saturday sunday mon tue tues thu thur thurs fri mondays tuesdays fridays saturdays montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
    lunes martes miercoles jueves viernes sabado domingo lundi mardi mercredi jeudi vendredi samedi dimanche`,
  monthName: `january february april june july august september october november december jan feb apr jul aug sept oct nov dec
    januar februar marz mai juni juli oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre`,
  season: `spring summer autumn winter easter christmas xmas halloween term semester fruhling fruhjahr sommer herbst ostern weihnachten primavera verano otono invierno navidad
    printemps ete automne hiver noel paques rentree`,
  past: `yesterday last_week last_month last_year last_night last_monday last_tuesday last_wednesday last_thursday last_friday ago since earlier already previous previously the_other_day recently
    gestern vorgestern seit letzte letzten letzter letztes vor_zwei vorige vorigen ayer anteayer hace pasada la_semana_pasada desde depuis semaine_derniere l_an_dernier mois_dernier`,
  nextSpan: `next_week next_month next_year next_quarter next_spring next_summer next_autumn next_winter next_season next_term next_time next_issue next_reprint nachste_woche nachsten_monat nachstes_jahr nachsten_jahr
    proxima_semana proximo_mes proximo_ano ano_que_viene semana_que_viene mes_que_viene l_an_prochain annee_prochaine semaine_prochaine mois_prochain la_prochaine`,
  deadline: `by before until till due deadline within bis vor spatestens innerhalb antes antes_de para_el hasta plazo avant d_ici au_plus_tard jusqu`,
  clockWord: `oclock o_clock am pm uhr noon midday midnight mittag mitternacht mediodia medianoche midi minuit quarter_past quarter_to half_past half_nine half_ten half_eight half_seven half_six`,
  timeAt: `at um gegen a_las a_la from starts begins`,
  numberWord: `one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fortyfive sixty ninety half few couple
    zwei drei vier funf sechs sieben acht neun zehn elf zwolf zwanzig dreissig vierzig einer
    dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cuarenta deux trois quatre cinq sept huit neuf dix onze douze quinze vingt trente`,
  running: `currently in_progress already_printing already_running already_on under_way gerade lauft dabei ya_esta esta_saliendo en_train en_cours`,
} as const;
