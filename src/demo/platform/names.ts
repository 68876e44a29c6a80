/** Names in their own spelling, each with a Latin spelling for the e-mail address. */
export interface NameStock {
  readonly familyFirst?: boolean;
  /** Separates the two names; absent: a space. */
  readonly joint?: string;
  readonly given: readonly (readonly [string, string])[];
  readonly family: readonly (readonly [string, string])[];
}

/** Parses pairs such as `Ana=ana José=jose`. A name without a spelling is spelled as it is, in lower case. */
function stock(text: string): readonly (readonly [string, string])[] {
  return text.split(' ').map((item) => {
    const [name = '', latin = name.toLowerCase()] = item.split('=');
    return [name, latin] as const;
  });
}

/** The regions of the demo's customers, with their names. */
export const NAME_STOCKS: readonly NameStock[] = [
  {
    given: stock('Ada Grace Oliver Maya Theo Ruth Samuel Nora Felix Iris Jude Wren'),
    family: stock(
      "Reed Okafor Hughes Price Marsh Adeyemi Wells Frost Barnes O'Neill=oneill Lovell D'Souza=dsouza",
    ),
  },
  {
    given: stock('Sofía=sofia Mateo Lucía=lucia Íñigo=inigo Carmen Joaquín=joaquin Inés=ines Ramón=ramon'),
    family: stock('Núñez=nunez Ibáñez=ibanez Vega Castaño=castano Romero Peña=pena Ortiz Salas'),
  },
  {
    given: stock(
      'Jürgen=juergen Søren=soeren Élodie=elodie François=francois Zoë=zoe Björn=bjoern Anaïs=anais',
    ),
    family: stock(
      'Müller=mueller Groß=gross Lefèvre=lefevre Østergård=oestergaard Weiß=weiss Çelik=celik Noël=noel',
    ),
  },
  {
    given: stock('Łukasz=lukasz Zofia Jiří=jiri Božena=bozena Ágnes=agnes Şebnem=sebnem Ștefan=stefan'),
    family: stock(
      'Wójcik=wojcik Żak=zak Dvořák=dvorak Novák=novak Kovács=kovacs Yılmaz=yilmaz Țurcanu=turcanu',
    ),
  },
  {
    given: stock('ليلى=layla عمر=omar نور=nour يوسف=youssef مريم=maryam كريم=karim سلمى=salma'),
    family: stock('حداد=haddad منصور=mansour النجار=alnajjar خوري=khoury فارس=fares زيدان=zidan'),
  },
  {
    familyFirst: true,
    given: stock('陽菜=hina 蓮=ren さくら=sakura 大翔=hiroto 結衣=yui 湊=minato'),
    family: stock('佐藤=sato 鈴木=suzuki 高橋=takahashi 田中=tanaka 渡辺=watanabe 小林=kobayashi'),
  },
  {
    given: stock('Ελένη=eleni Γιώργος=giorgos Δάφνη=dafni Νίκος=nikos Σοφία=sofia Ορέστης=orestis'),
    family: stock('Παπαδοπούλου=papadopoulou Νικολάου=nikolaou Βλάχος=vlachos Ζέρβας=zervas Μακρή=makri'),
  },
  {
    given: stock('आरव=aarav अनन्या=ananya विहान=vihaan दीया=diya कबीर=kabir मीरा=meera'),
    family: stock('शर्मा=sharma वर्मा=verma गुप्ता=gupta अय्यर=iyer जोशी=joshi मेहता=mehta'),
  },
  {
    familyFirst: true,
    joint: '',
    given: stock('伟=wei 芳=fang 秀英=xiuying 娜=na 磊=lei 静=jing'),
    family: stock('王=wang 李=li 张=zhang 刘=liu 陈=chen 杨=yang'),
  },
  {
    given: stock('Ольга=olga Дмитро=dmytro Анна=anna Павел=pavel Юлия=yulia Тарас=taras'),
    family: stock('Иванова=ivanova Шевченко=shevchenko Ким=kim Соколов=sokolov Бондар=bondar'),
  },
];

/** Names that spreadsheets, CSV readers and careless programs often handle wrongly. */
export const AWKWARD_NAMES: readonly string[] = [
  '=1+1 (QA team)',
  "Robert'); DROP TABLE users;--",
  'Ann "Annie" Lee, M.D.',
  '+49 Kontor GmbH',
  '@home, Ltd.',
  '-Dash & Co.',
  'Zoë 🚀 Team Rocket',
  '\u{1F469}\u200D\u{1F4BB} Pair & Pair',
  'Ng, Wei; "Ops"',
  'נועה לוי',
  'ＦＵＬＬ　ＷＩＤＴＨ',
  'L’été, l’hiver',
];
