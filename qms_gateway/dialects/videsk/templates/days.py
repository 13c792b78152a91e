"""What languages call the days, weeks, months and years next to now, by unit and distance. Source: Unicode CLDR."""

from collections.abc import Mapping

_PLACES = ["year-1", "year+1", "month-1", "month+1", "week-1", "week+1", "day-1", "day+1", "second+0", "day-2", "day+2"]


def _row(words: str) -> Mapping[str, str]:
    return dict(zip(_PLACES, words.split(" · "), strict=False))


_SPANISH = (
    "el mes pasado · el próximo mes · la semana pasada · la próxima semana · ayer · mañana · ahora"
    " · anteayer · pasado mañana"
)
_MEXICAN = _SPANISH.replace("próximo mes", "mes próximo").replace("próxima semana", "semana próxima")

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": _row("last year · next year · last month · next month · last week · next week · yesterday · tomorrow · now"),
    "es": _row(f"el año pasado · el próximo año · {_SPANISH}"),
    "es-MX": _row(f"el año pasado · el año próximo · {_MEXICAN}"),
    "fr": _row(
        "l’année dernière · l’année prochaine · le mois dernier · le mois prochain · la semaine dernière"
        " · la semaine prochaine · hier · demain · maintenant · avant-hier · après-demain"
    ),
    "pt": _row(
        "ano passado · próximo ano · mês passado · próximo mês · semana passada · próxima semana · ontem · amanhã"
        " · agora · anteontem · depois de amanhã"
    ),
    "de": _row(
        "letztes Jahr · nächstes Jahr · letzten Monat · nächsten Monat · letzte Woche · nächste Woche · gestern"
        " · morgen · jetzt · vorgestern · übermorgen"
    ),
    "it": _row(
        "anno scorso · anno prossimo · mese scorso · mese prossimo · settimana scorsa · settimana prossima · ieri"
        " · domani · ora · l’altro ieri · dopodomani"
    ),
    "ar": _row(
        "السنة الماضية · السنة القادمة · الشهر الماضي · الشهر القادم · الأسبوع الماضي · الأسبوع القادم · أمس · غدًا"
        " · الآن · أول أمس · بعد الغد"
    ),
}
"""A language, or one as a country speaks it → unit and distance → the words; elsewhere it is said in numbers."""
