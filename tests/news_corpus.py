"""A small corpus for the tests of the whole chain: eight short articles written for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

ROOT = Path(__file__).resolve().parent.parent

SETTINGS = """title = "Bees, night trains and bicycles, in five languages"
passage_words = 40
resamples = 200
models = []
names = ["夜班列车"]
"""

THEMES = """[[theme]]
id = "beekeeping"
description = "Keeping bees: hives, honey, swarms and what kills the colonies."
terms = ["beehive", "honey harvest", "养蜂人", "Bienenvolk", "apicoltore"]
labels = { en = "Beekeeping", de = "Imkerei" }

[[theme]]
id = "night-trains"
description = "Sleeper trains that carry passengers through the night between cities."
terms = ["sleeping car", "night train timetable", "Schlafwagen", "夜班列车", "kereta malam"]
labels = { en = "Night trains" }

[[theme]]
id = "cycling"
description = "Bicycles in the city: cycle lanes, parking for bikes and safe crossings."
terms = ["cycle lane", "bike parking", "jalur sepeda", "pista ciclabile", "Radweg"]
labels = { en = "City cycling" }
"""

#: By file name; the theme and the language stand in it.
WRAPPED: Mapping[str, str] = MappingProxyType(
    {
        "001_cycling_id.txt": """Jalur sepeda baru di tepi sungai
Penulis: Wulan Prameswari

Pemerintah kota membuka jalur sepeda sepanjang sembilan kilometer di tepi sungai pada hari Senin.
Jalur itu dipisahkan dari mobil oleh deretan pot tanaman, sehingga anak sekolah dapat bersepeda
tanpa takut. Pada minggu pertama penghitung otomatis mencatat empat ribu pesepeda setiap hari.

Para pedagang pasar semula menolak karena tempat parkir mobil berkurang. Sekarang sebagian dari
mereka memasang rak sepeda di depan kios, sebab pembeli yang bersepeda berhenti lebih sering.
Dinas perhubungan berjanji menambah lampu dan penyeberangan yang aman sebelum musim hujan tiba.

Kelompok pesepeda masih menghitung titik berbahaya. Di tiga persimpangan jalur berakhir begitu
saja, dan pengendara sepeda harus bercampur dengan truk. Peta titik itu akan diserahkan kepada
wali kota bulan depan, bersama usulan untuk menurunkan batas kecepatan kendaraan bermotor.
""",
        "002_night-trains_de.txt": """Der Schlafwagen kehrt zurück
Autor: Jost Wieland

Nach elf Jahren Pause rollt wieder ein Nachtzug von der Küste in die Berge. Der erste Zug war
ausverkauft, obwohl ein Bett im Schlafwagen mehr kostet als ein billiger Flug. Viele Fahrgäste
sagen, sie wollten am Morgen ausgeruht ankommen und nicht im Stau vor dem Flughafen stehen.

Die Bahn hat dafür vierzig alte Liegewagen umgebaut. Die Abteile haben jetzt Steckdosen, dickere
Matratzen und eine Tür, die sich von innen verriegeln lässt. Das Frühstück bringt der Schaffner
eine halbe Stunde vor der Ankunft, auf Wunsch auch ohne Kaffee und mit frischem Obst.

Schwierig bleibt der Fahrplan. In der Nacht werden Gleise erneuert, und Güterzüge haben auf der
Strecke Vorrang. Deshalb verspätet sich jeder vierte Nachtzug um mehr als eine Stunde. Im
nächsten Jahr soll eine zweite Linie mit Schlafwagen nach Süden folgen.
""",
        "003_beekeeping_zh.txt": """山谷里的养蜂人迎来丰收
作者:沈若兰

今年春天雨水充足,山谷里的槐花开得特别茂盛,养蜂人把三百多个蜂箱搬到了山坡上。蜜蜂每天清晨飞出蜂箱采蜜,傍晚才回来。养蜂人说,一个强壮的蜂群一天就能采回两公斤花蜜。

不过丰收的背后也有忧虑。前年冬天,一种寄生的螨虫杀死了将近一半的蜂群,许多老养蜂人因此放弃了这一行。县里的技术员现在每个月都来检查蜂箱,教大家用草药代替农药给蜜蜂治病。

合作社还建起了一间小小的蜂蜜作坊,把蜂蜜过滤、装瓶,再贴上写着养蜂人姓名的标签。城里的顾客只要扫一下标签,就能看到蜂箱放在哪一片树林旁边,也能知道蜂蜜是哪一天采收的。
""",
        "004_beekeeping_it.txt": """Il miele che manca sulle colline
Autore: Ornella Bassi

Gli apicoltori delle colline aprono gli alveari e trovano poco miele. La primavera fredda ha
fatto cadere i fiori di acacia prima del tempo, e le api sono rimaste chiuse nelle arnie per
settimane. Molte famiglie di api hanno consumato le scorte che dovevano bastare fino a giugno.

Chi alleva api da generazioni parla dell'annata peggiore degli ultimi vent'anni. Un apicoltore
racconta di avere nutrito gli sciami con sciroppo di zucchero pur di salvarli. Un altro ha
spostato le arnie di notte, verso i castagni più alti, dove la fioritura arriva più tardi.

La regione promette un aiuto per ogni alveare perduto, ma chiede un censimento delle api prima
dell'autunno. Gli apicoltori rispondono che contare le arnie è facile, mentre nessuno conta le
api selvatiche, che impollinano gli stessi frutteti senza che qualcuno le nutra.
""",
        "005_cycling_en.txt": """Council paints first cycle lane through the old town
By: Harriet Loomis

The council has painted a cycle lane through the narrow streets of the old town, where cyclists
used to share the cobbles with delivery vans. Vans may now unload only before nine in the
morning. Shopkeepers were given six weeks to get used to it before the first fines are sent.

Parents say the cycle lane has changed the way to school. A count by volunteers found three
times as many children on bicycles as in the spring, most of them without an adult. The bike
parking next to the library is full by eight, and a second rack has been ordered.

Not everybody is pleased. Drivers complain that the detour around the bridge costs them ten
minutes, and the fire service wants the plastic posts removed from one corner. The council
will decide about bicycles on the bridge itself after a trial in the winter months.
""",
        "006_night-trains_en.txt": """A bed on rails across three borders
By: Callum Ferrier

The new night train leaves at nine in the evening and crosses three borders before breakfast.
Passengers can choose between a seat, a couchette for six and a sleeping car with two beds and
a washbasin. Families have booked most of the sleeping cars until the end of the summer.

The operator leases its sleeping cars from a firm that bought them at auction and rebuilt them.
Every carriage needed new brakes, because the rules for trains differ from one country to the
next. An attendant wakes the passengers and hands back the passports that were collected.

Night trains earn little money, since a bed can be sold only once in twenty-four hours. The
operator hopes that track charges at night will be lowered. Until then it runs the train four
times a week and keeps two locomotives in reserve for the steep line over the pass.
""",
        "007_beekeeping_de.txt": """Ein Bienenvolk auf dem Dach der Schule
Autorin: Mechthild Aurich

Auf dem Flachdach der Schule stehen seit April vier Bienenstöcke. Jeden Mittwoch ziehen zwölf
Kinder weiße Anzüge an und sehen mit der Imkerin nach, ob die Königin Eier gelegt hat. Wer
Angst vor Stichen hat, zählt vom Fenster aus die Bienen, die mit Blütenstaub heimkehren.

Die Imkerin erklärt, warum ein Bienenvolk im Winter eine Kugel bildet und wie die Milbe die
Brut schwächt. Im Juli wurde zum ersten Mal Honig geschleudert, und jedes Kind nahm ein Glas
mit nach Hause. Der Rest des Honigs bleibt den Bienen als Vorrat für die kalten Monate.

Im Viertel hat sich die Sache herumgesprochen. Zwei Gärtnereien säen jetzt Wiesenblumen statt
Rasen, damit die Bienen im August noch Nahrung finden. Einen Schwarm, der im Mai in einer
Linde hing, fing die Feuerwehr gemeinsam mit der Imkerin in einem leeren Karton ein.
""",
        "008_night-trains_zh.txt": """夜班列车重新驶向草原
作者:贺明远

停运六年之后,开往草原的夜班列车上个星期重新发车。列车晚上十点从省城出发,第二天早上七点到达,乘客可以在卧铺上睡一整夜。首趟列车的软卧车票在半个小时之内就全部卖完了。

铁路部门说,夜班列车换上了新的卧铺车厢,每个铺位都有台灯、插座和布帘。列车员夜里轻声查票,快到站的时候再把乘客叫醒。餐车一直营业到半夜,供应热面条和奶茶。

也有乘客抱怨列车太慢,因为夜里要给货运列车让路,在小站常常一停就是半个小时。铁路部门答应明年调整时刻表,并且在周末加开一趟卧铺列车,方便大家去草原度假之后直接回去上班。
""",
    }
)


def unwrapped(text: str) -> str:
    """Write every paragraph in one line, as the press does."""
    title, byline, body = text.split("\n", 2)
    return (
        "\n".join(
            [title, byline, "", body.strip().replace("\n\n", "\0").replace("\n", " ")]
        ).replace("\0", "\n\n")
        + "\n"
    )


TEXTS = {file: unwrapped(text) for file, text in WRAPPED.items()}
THEMES_OF = {file: file.split("_")[1] for file in TEXTS}


def lay_out(root: Path, texts: Mapping[str, str] = TEXTS) -> Path:
    """Make a project folder with the corpus ``news`` without texts, and the texts beside it."""
    for name in ("data/news", "notebooks", "incoming"):
        (root / name).mkdir(parents=True)
    (root / "data/news/corpus.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "data/news/themes.toml").write_text(THEMES, encoding="utf-8")
    for file, text in texts.items():
        (root / "incoming" / file).write_text(text, encoding="utf-8")
    return root


def copy_press(root: Path) -> Path:
    """Make a project folder with the corpus ``press`` as it is committed, without texts."""
    (root / "notebooks").mkdir(parents=True)
    local = shutil.ignore_patterns("articles", "labels")
    shutil.copytree(ROOT / "data/press", root / "data/press", ignore=local)
    shutil.copy(ROOT / "data/actors.toml", root / "data")
    return root


def use(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """Take a folder for the project folder, with its own cache."""
    monkeypatch.setenv("POLYTHEMES_ROOT", str(root))
    monkeypatch.setenv("POLYTHEMES_CACHE", str(root / ".cache"))


def run(root: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "polythemes", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=root,
        env={
            **os.environ,
            "POLYTHEMES_ROOT": str(root),
            "POLYTHEMES_CACHE": str(root / ".cache"),
            **environment,
        },
    )
